"""Powers that a person may have, for property tests."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from optics_core.rules.power import Power

QUARTER = Decimal("0.25")
EIGHTH = Decimal("0.125")


def power(sph=None, cyl=None, axis=None, add=None) -> Power:
    """power("-2.00", "-1.00", 20): decimals written as text, as people write them."""
    numbers = (None if value is None else Decimal(value) for value in (sph, cyl, add))
    sphere, cylinder, addition = numbers
    return Power(sphere, cylinder, axis, addition)


def steps(low, high, step=QUARTER):
    """Every multiple of `step` from low to high."""
    first, last = Decimal(str(low)) / step, Decimal(str(high)) / step
    return st.integers(int(first), int(last)).map(lambda count: count * step)


def refractions(step=EIGHTH, sphere=45, cylinder=25):
    """Sphere and cylinder of either sign, the axis where there is a cylinder."""
    spheres = steps(-sphere, sphere, step).map(Power)
    flat = steps(-sphere, sphere, step).map(lambda sph: Power(sph, Decimal(0)))
    toric = st.builds(
        Power,
        steps(-sphere, sphere, step),
        steps(-cylinder, cylinder, step).filter(bool),
        st.integers(1, 180),
    )
    return st.one_of(toric, toric, spheres, flat)


def prescriptions(step=EIGHTH):
    """Refractions with or without an Add."""
    adds = st.none() | steps("0.25", 6, step)
    return st.builds(
        lambda refraction, add: Power(refraction.sph, refraction.cyl, refraction.axis, add),
        refractions(step),
        adds,
    )
