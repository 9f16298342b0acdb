"""Distance between the lines of sight when both eyes look at a page.

A suggestion: myopes and aspheric lenses are sometimes left at the far PD, and what the
optician writes wins.
"""

from __future__ import annotations

from decimal import Decimal

from .meridian import power_at
from .power import Power
from .step import HALF_MILLIMETRE, to_step

# In millimetres.
WORKING_DISTANCE = 400
# From the lens to the centre the eye turns about: vertex 13 and 14 behind the cornea.
STOP = 27


def near_pd(
    pd: Decimal | None,
    power: Decimal | None = None,
    working_distance: Decimal | int = WORKING_DISTANCE,
    stop: Decimal | int = STOP,
) -> Decimal | None:
    """To half a millimetre; `power` is the lens's in the horizontal meridian."""
    value = near_pd_unrounded(pd, power, working_distance, stop)
    return None if value is None else to_step(value, HALF_MILLIMETRE)


def near_pd_of_eyes(pd: Decimal | None, od: Power, os: Power) -> Decimal | None:
    """The suggestion for a pair: by the mean power in the horizontal meridians."""
    powers = [power for eye in (od, os) if (power := power_at(eye, 180)) is not None]
    return near_pd(pd, sum(powers, Decimal(0)) / len(powers) if powers else None)


def near_pd_unrounded(
    pd: Decimal | None,
    power: Decimal | None = None,
    working_distance: Decimal | int = WORKING_DISTANCE,
    stop: Decimal | int = STOP,
) -> Decimal | None:
    if pd is None:
        return None
    vergence = 1 / Decimal(stop) - (power or Decimal(0)) / 1000
    if vergence <= 0:
        # The lens focuses before the eye's centre of rotation: no formula for that.
        return None
    return pd - pd / (1 + working_distance * vergence)
