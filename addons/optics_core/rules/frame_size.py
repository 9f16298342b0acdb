"""The size of a frame as it is printed inside the temple: "52□18-140".

Boxing system of GOST R 71007 (ISO 8624): lens width A, a box, distance between lenses DBL,
temple length. The height B and the effective diameter ED are not printed; they are measured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .notation import millimetres

_NUMBER = r"(\d{1,3}(?:[.,]\d)?)"
# A keyboard has no box sign: people write 52-18-140, 52/18/140, 52 18 140 or 52x18.
_BETWEEN = r"\s*[□☐⬜\-–/\\xхX*\s]\s*"
_PRINTED = re.compile(rf"^\s*{_NUMBER}{_BETWEEN}{_NUMBER}(?:{_BETWEEN}{_NUMBER})?\s*$")

LIMITS = {
    "a": (Decimal(30), Decimal(75)),
    "b": (Decimal(15), Decimal(70)),
    "dbl": (Decimal(8), Decimal(35)),
    "ed": (Decimal(30), Decimal(90)),
    "temple": (Decimal(80), Decimal(170)),
}


@dataclass(frozen=True)
class FrameSize:
    a: Decimal | None = None
    dbl: Decimal | None = None
    temple: Decimal | None = None


def label(size: FrameSize) -> str:
    """ "52□18-140"; without a temple "52□18"; nothing without both A and DBL."""
    if not size.a or not size.dbl:
        return ""
    printed = f"{millimetres(size.a)}□{millimetres(size.dbl)}"
    return f"{printed}-{millimetres(size.temple)}" if size.temple else printed


def parse(text: str) -> FrameSize | None:
    """The size that was printed, or None where the text is no size ("M", "one size")."""
    printed = _PRINTED.match(text)
    if not printed:
        return None
    a, dbl, temple = (
        Decimal(number.replace(",", ".")) if number else None for number in printed.groups()
    )
    size = FrameSize(a, dbl, temple)
    return size if _possible(size) else None


def _possible(size: FrameSize) -> bool:
    return all(
        LIMITS[name][0] <= value <= LIMITS[name][1]
        for name in ("a", "dbl", "temple")
        if (value := getattr(size, name)) is not None
    )
