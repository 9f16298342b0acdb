"""Where the value of one target comes from, and what is done to it on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from .number_format import NumberFormat


class By(StrEnum):
    NAME = "name"
    # "D" or "4".
    POSITION = "position"
    # A regular expression that fits the header.
    PATTERN = "pattern"
    # One value for every row.
    FIXED = "fixed"
    # A formula over other targets.
    EXPRESSION = "expression"


_SAID_WHEN_TRUE = (
    "source",
    "expression",
    "fixed",
    "default",
    "pad",
    "required",
    "company_currency",
)


@dataclass(frozen=True)
class ColumnRule:
    """`source` is the header, position or pattern.

    In the order of what happens: the cell (`default` where it is empty) is read as `number` says
    (None: as the whole mapping says), multiplied by `factor`, put through `expression`, in which
    `value` is what was read. `pad` puts zeros in front of a code of digits.
    `company_currency`: the column is in the company's currency although the file's is another
    ("Опт, $" beside "РРЦ, руб.").
    """

    target: str
    by: By = By.NAME
    source: str = ""
    number: NumberFormat | None = None
    factor: Decimal | None = None
    expression: str = ""
    fixed: str = ""
    default: str = ""
    pad: int = 0
    required: bool = False
    company_currency: bool = False

    @property
    def has_column(self) -> bool:
        return self.by in (By.NAME, By.POSITION, By.PATTERN)

    def to_json(self) -> dict[str, Any]:
        """Only what is not as usual: a mapping is read by people, too."""
        found: dict[str, Any] = {"target": self.target, "by": str(self.by)}
        for name in _SAID_WHEN_TRUE:
            if value := getattr(self, name):
                found[name] = value
        if self.factor is not None:
            found["factor"] = str(self.factor)
        if self.number is not None:
            found["number"] = self.number.to_json()
        return found

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ColumnRule:
        factor, number = data.get("factor"), data.get("number")
        return cls(
            target=data["target"],
            by=By(data.get("by", By.NAME)),
            source=data.get("source", ""),
            number=None if number is None else NumberFormat.from_json(number),
            factor=None if factor is None else Decimal(factor),
            expression=data.get("expression", ""),
            fixed=data.get("fixed", ""),
            default=data.get("default", ""),
            pad=data.get("pad", 0),
            required=bool(data.get("required")),
            company_currency=bool(data.get("company_currency")),
        )
