"""Does a lens of a catalogue row exist in the power wanted, and if not, why not?

The match over a catalogue is one SQL query. This is the same rule for one row, so that
a screen can say which limit failed; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .power import Power
from .step import QUARTER, on_step
from .transposition import canonical, transpose

LIMITS = ("sph", "cyl", "add", "step", "diameter", "prism")


@dataclass(frozen=True)
class LensRange:
    """One row, in the cylinder sign its supplier wrote it in.

    Without `add_min` and `add_max` the lens has no Add; without `prism_max` no prism.
    """

    sph_min: Decimal
    sph_max: Decimal
    cyl_min: Decimal
    cyl_max: Decimal
    add_min: Decimal | None = None
    add_max: Decimal | None = None
    diameter: Decimal | None = None
    step: Decimal = QUARTER
    prism_max: Decimal | None = None

    @property
    def in_plus_cylinder(self) -> bool:
        return self.cyl_max > 0


def fits(
    lens_range: LensRange,
    power: Power,
    prism: Decimal | None = None,
    minimum_blank: Decimal | None = None,
) -> list[str]:
    """The limits that failed, in the order of LIMITS; none, and the lens exists.

    `prism` is the resultant. Without `minimum_blank` (no frame yet) any
    diameter will do.
    """
    wanted = canonical(power)
    if lens_range.in_plus_cylinder:
        wanted = transpose(wanted)
    sph, cyl, add = wanted.sph, wanted.cyl or Decimal(0), wanted.add or Decimal(0)
    row = lens_range
    failed = {
        "sph": sph is None or not row.sph_min <= sph <= row.sph_max,
        "cyl": not row.cyl_min <= cyl <= row.cyl_max,
        "add": not (row.add_min or 0) <= add <= (row.add_max or 0),
        "step": not all(on_step(value, row.step) for value in (sph or Decimal(0), cyl)),
        "diameter": (
            minimum_blank is not None and row.diameter is not None and row.diameter < minimum_blank
        ),
        "prism": (prism or 0) > (row.prism_max or 0),
    }
    return [limit for limit in LIMITS if failed[limit]]
