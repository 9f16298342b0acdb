"""The same effect on the eye from another distance."""

from __future__ import annotations

from decimal import Decimal

from .meridian import strongest
from .power import Power
from .step import QUARTER, to_step

# Below four dioptres two millimetres change less than the step of a lens.
MIN_POWER = Decimal(4)
MIN_CHANGE_MM = Decimal(2)


def compensate(power: Power, from_mm: Decimal, to_mm: Decimal) -> Power:
    """Power that does at `to_mm` what `power` does at `from_mm`, unrounded.

    Each principal meridian by itself; axis and Add stay as they were. A plus
    lens so strong that it focuses before the new place has no equal there: its sphere
    and cylinder come back as None.
    """
    if power.sph is None:
        return power
    sph = _moved(power.sph, from_mm, to_mm)
    across = _moved(power.sph + (power.cyl or 0), from_mm, to_mm)
    if sph is None or across is None:
        return Power(add=power.add)
    cyl = None if power.cyl is None else across - sph
    return Power(sph, cyl, power.axis, power.add)


def rounded(power: Power, step: Decimal = QUARTER) -> Power:
    """The nearest lens on `step`.

    Both principal meridians are rounded, not sphere and cylinder: so both notations
    of a lens round to one lens, and no meridian is off by more than half a step.
    """
    if power.sph is None:
        return power
    sph = to_step(power.sph, step)
    if power.cyl is None:
        return Power(sph, None, power.axis, power.add)
    cyl = to_step(power.sph + power.cyl, step) - sph
    return Power(sph, cyl, power.axis if cyl else None, power.add)


def needs_compensation(
    power: Power,
    from_mm: Decimal,
    to_mm: Decimal,
    min_power: Decimal = MIN_POWER,
    min_change_mm: Decimal = MIN_CHANGE_MM,
) -> bool:
    """Whether the change is worth a word: strong enough a lens, moved far enough."""
    strength = strongest(power)
    if strength is None:
        return False
    return strength >= min_power and abs(from_mm - to_mm) > min_change_mm


def _moved(power: Decimal, from_mm: Decimal, to_mm: Decimal) -> Decimal | None:
    denominator = 1 - (from_mm - to_mm) / 1000 * power
    return power / denominator if denominator > 0 else None
