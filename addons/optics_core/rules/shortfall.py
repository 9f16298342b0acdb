"""What stands between a power and a row of the catalogue, in numbers for a sentence.

"Cylinder -4.50, this lens goes to -4.00": the limit that failed, what was wanted, and how far
the row goes. `lens_range.fits` decides which limits failed; nothing is decided again here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .lens_range import LensRange, fits
from .power import Power
from .transposition import canonical, transpose


@dataclass(frozen=True)
class Shortfall:
    """`allowed` is the end of the row nearest to `wanted`; None: the row has none of it, as a
    single-vision lens has no addition."""

    limit: str
    wanted: Decimal | None
    allowed: Decimal | None

    @property
    def excess(self) -> Decimal:
        """By how much it failed, to rank rows; what cannot be measured counts as far."""
        if self.limit == "step":
            return Decimal(0)
        if self.wanted is None or self.allowed is None:
            return Decimal(10)
        return abs(self.wanted - self.allowed)


def shortfalls(
    lens_range: LensRange,
    power: Power,
    prism: Decimal | None = None,
    minimum_blank: Decimal | None = None,
) -> list[Shortfall]:
    """One for each limit that `fits` finds failed, in the row's own notation."""
    row = lens_range
    wanted = canonical(power)
    if row.in_plus_cylinder:
        wanted = transpose(wanted)
    cyl = wanted.cyl or Decimal(0)
    off_step = next((v for v in (wanted.sph, cyl) if v is not None and v % row.step), None)
    known = {
        "sph": (wanted.sph, _nearest(wanted.sph, row.sph_min, row.sph_max)),
        "cyl": (cyl, _nearest(cyl, row.cyl_min, row.cyl_max)),
        "add": (wanted.add, _nearest(wanted.add, row.add_min, row.add_max)),
        "step": (off_step, row.step),
        "diameter": (minimum_blank, row.diameter),
        "prism": (prism, row.prism_max or Decimal(0)),
    }
    return [Shortfall(limit, *known[limit]) for limit in fits(row, power, prism, minimum_blank)]


def _nearest(wanted: Decimal | None, low: Decimal | None, high: Decimal | None) -> Decimal | None:
    if low is None or high is None:
        return None
    return low if wanted is None or wanted < low else high
