"""When a lens is not made in a power, the number that stopped it is told."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.lens_range import LensRange, fits
from optics_core.rules.power import Power
from optics_core.rules.shortfall import Shortfall, shortfalls

D = Decimal
ROW = LensRange(D(-6), D(4), D(-4), D(0), diameter=D(70), prism_max=D(2))


def test_a_cylinder_beyond_the_row_names_how_far_the_row_goes() -> None:
    assert shortfalls(ROW, Power(D(-2), D("-4.5"), 20)) == [Shortfall("cyl", D("-4.5"), D(-4))]


def test_a_sphere_is_measured_from_the_nearer_end() -> None:
    assert shortfalls(ROW, Power(D(-7))) == [Shortfall("sph", D(-7), D(-6))]
    assert shortfalls(ROW, Power(D(5))) == [Shortfall("sph", D(5), D(4))]


def test_a_row_of_plus_cylinders_speaks_plus() -> None:
    row = LensRange(D(0), D(4), D(0), D(2))
    # +3.50 -2.50 x 90 is +1.00 +2.50 x 180.
    assert shortfalls(row, Power(D("3.5"), D("-2.5"), 90)) == [Shortfall("cyl", D("2.5"), D(2))]


def test_blank_prism_step_and_addition() -> None:
    assert shortfalls(ROW, Power(D("-2.125")), D(3), D(72)) == [
        Shortfall("step", D("-2.125"), D("0.25")),
        Shortfall("diameter", D(72), D(70)),
        Shortfall("prism", D(3), D(2)),
    ]
    assert shortfalls(ROW, Power(D(0), add=D(2))) == [Shortfall("add", D(2), None)]
    progressive = LensRange(D(-6), D(4), D(-4), D(0), D("0.75"), D("3.5"))
    assert shortfalls(progressive, Power(D(0))) == [Shortfall("add", None, D("0.75"))]


eighths = st.integers(-64, 64).map(lambda n: D(n) / 8)


@given(eighths, eighths.filter(bool), st.integers(1, 180), st.integers(55, 80))
def test_every_limit_that_failed_is_told_once(
    sph: Decimal, cyl: Decimal, axis: int, blank: int
) -> None:
    power = Power(sph, cyl, axis)
    told = [shortfall.limit for shortfall in shortfalls(ROW, power, None, D(blank))]
    assert told == fits(ROW, power, None, D(blank))
    for shortfall in shortfalls(ROW, power, None, D(blank)):
        assert shortfall.wanted != shortfall.allowed
