"""The powers that a row of availability offers, one by one: cells of a stock matrix."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .lens_range import LensRange
from .power import Power
from .step import QUARTER, neighbours
from .transposition import canonical

# Any axis: stock lenses are turned to it.
_ANY_AXIS = 180


def powers(row: LensRange) -> Iterator[tuple[Decimal, Decimal]]:
    """(sph, cyl) in minus notation, for a row of either sign."""
    for cyl in _steps(row.cyl_min, row.cyl_max, row.step):
        for sph in _steps(row.sph_min, row.sph_max, row.step):
            minus = canonical(Power(sph, cyl, _ANY_AXIS if cyl else None))
            assert minus.sph is not None
            yield minus.sph, minus.cyl or Decimal(0)


def additions(row: LensRange) -> list[Decimal | None]:
    """What the row offers; `[None]` for a lens without addition."""
    if row.add_min is None or row.add_max is None:
        return [None]
    return list(_steps(row.add_min, row.add_max, max(row.step, QUARTER)))


def _steps(low: Decimal, high: Decimal, step: Decimal) -> Iterator[Decimal]:
    value = neighbours(low, step)[1]
    while value <= high:
        yield value
        value += step
