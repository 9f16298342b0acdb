"""How numbers are written in a column of texts: "1 250,50 руб." or "1,250.50"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

AUTO = "auto"
NONE = "none"
DECIMAL_SIGNS = (AUTO, ",", ".")
# A blank stands for every kind of blank: no-break, thin, figure space.
THOUSANDS = (AUTO, NONE, " ", ".", ",", "'")


@dataclass(frozen=True)
class NumberFormat:
    """`fraction`: the numbers of a percentage column are 0.2 for 20 %.

    Left to itself ("auto"), a sign is taken for what it can only be; what can be both, "1.234",
    is a problem and never a guess.
    """

    decimal: str = AUTO
    thousands: str = AUTO
    fraction: bool = False

    def __post_init__(self) -> None:
        if self.decimal not in DECIMAL_SIGNS:
            raise ValueError(f"decimal sign {self.decimal!r} is none of {DECIMAL_SIGNS}")
        if self.thousands not in THOUSANDS:
            raise ValueError(f"thousands sign {self.thousands!r} is none of {THOUSANDS}")
        if self.decimal == self.thousands != AUTO:
            raise ValueError(f"{self.decimal!r} cannot separate both decimals and thousands")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> NumberFormat:
        return cls(
            data.get("decimal", AUTO), data.get("thousands", AUTO), bool(data.get("fraction"))
        )
