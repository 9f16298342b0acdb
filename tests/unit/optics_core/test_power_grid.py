"""Every power that a row offers, and none that it does not."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.lens_range import LensRange, fits
from optics_core.rules.power import Power
from optics_core.rules.power_grid import additions, powers
from optics_core.rules.step import on_step

D = Decimal


def test_a_small_row_cell_by_cell() -> None:
    row = LensRange(D("-0.5"), D(0), D("-0.25"), D(0))
    assert set(powers(row)) == {
        (D(sph), D(cyl)) for sph in ("-0.5", "-0.25", "0") for cyl in ("-0.25", "0")
    }


def test_a_row_of_plus_cylinders_is_told_in_minus() -> None:
    row = LensRange(D(1), D(1), D("0.5"), D("0.5"))
    assert list(powers(row)) == [(D("1.5"), D("-0.5"))]


def test_a_limit_off_the_step_begins_at_the_next_one() -> None:
    row = LensRange(D("0.125"), D("0.5"), D(0), D(0))
    assert [sph for sph, _cyl in powers(row)] == [D("0.25"), D("0.5")]


def test_additions_are_quarters_or_none() -> None:
    row = LensRange(D(0), D(0), D(0), D(0))
    assert additions(row) == [None]
    fine = LensRange(D(0), D(0), D(0), D(0), D(1), D("1.5"), step=D("0.125"))
    assert additions(fine) == [D(1), D("1.25"), D("1.5")]


eighths = st.integers(-24, 24).map(lambda n: D(n) / 8)
spans = st.tuples(eighths, st.integers(0, 16)).map(lambda s: (s[0], s[0] + D(s[1]) / 8))


@given(spans, spans, st.sampled_from([D("0.125"), D("0.25"), D("0.5")]), eighths, eighths)
def test_the_grid_is_what_the_match_would_find(
    sph: tuple[Decimal, Decimal],
    cyl: tuple[Decimal, Decimal],
    step: Decimal,
    asked_sph: Decimal,
    asked_cyl: Decimal,
) -> None:
    if cyl[0] < 0 < cyl[1]:
        cyl = (cyl[0], D(0))
    row = LensRange(*sph, *cyl, step=step)
    offered = set(powers(row))
    for each_sph, each_cyl in offered:
        assert fits(row, Power(each_sph, each_cyl, 90 if each_cyl else None)) == []
    wanted = (asked_sph, -abs(asked_cyl))
    found = not fits(row, Power(*wanted, 90 if asked_cyl else None))
    assert (wanted in offered) == (found and all(on_step(v, step) for v in wanted))
