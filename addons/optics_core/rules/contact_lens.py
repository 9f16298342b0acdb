"""Contact lenses: the series of back vertex powers of GOST 31586-2012.

Suppliers may offer finer steps: where a brand has a list of parameters, the list wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .problem import Problem
from .step import neighbours, on_step

DIAMETER_TOLERANCE = Decimal("0.3")
RADIUS_TOLERANCE = Decimal("0.1")


@dataclass(frozen=True)
class Band:
    """Up to `high` dioptres of either sign; above, the next band's step counts."""

    high: Decimal
    step: Decimal
    tolerance: Decimal


SERIES = (
    Band(Decimal("6.00"), Decimal("0.25"), Decimal("0.125")),
    Band(Decimal("12.50"), Decimal("0.50"), Decimal("0.25")),
    Band(Decimal("Infinity"), Decimal("1.00"), Decimal("0.50")),
)


def in_series(power: Decimal) -> bool:
    return on_step(power, _band(power).step)


def snap(power: Decimal) -> Decimal:
    """The nearest power of the series; right between two, the one farther from zero."""
    low, high = _around(power)
    if power - low == high - power:
        return max(low, high, key=abs)
    return low if power - low < high - power else high


def power_tolerance(power: Decimal) -> Decimal:
    return _band(power).tolerance


def check(eye: str, power: Decimal | None, field: str = "cl_power") -> list[Problem]:
    if power is None or in_series(power):
        return []
    low, high = _around(power)
    return [Problem("off_series", field, eye, power, low, high, _band(power).step)]


def _around(power: Decimal) -> tuple[Decimal, Decimal]:
    """The powers of the series next to `power`, or it twice. Where two bands meet, the
    nearest may belong to either."""
    pairs = [neighbours(power, band.step) for band in SERIES]
    lows = [low for low, _ in pairs if in_series(low)]
    highs = [high for _, high in pairs if in_series(high)]
    return max(lows), min(highs)


def _band(power: Decimal) -> Band:
    return next(band for band in SERIES if abs(power) <= band.high)
