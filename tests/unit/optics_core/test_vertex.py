from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from optics_core.rules.meridian import principal_meridians
from optics_core.rules.power_vector import same_power
from optics_core.rules.step import QUARTER, on_step
from optics_core.rules.transposition import canonical, transpose
from optics_core.rules.vertex import compensate, needs_compensation, rounded
from tests.unit.optics_core.powers import power, prescriptions, refractions, steps

HALF = Decimal("0.5")
THOUSANDTH = Decimal("0.001")
distances = steps(5, 25, HALF)


def mm(value) -> Decimal:
    return Decimal(str(value))


@pytest.mark.parametrize(
    ("sph", "from_mm", "to_mm", "expected"),
    [
        ("-10.00", 12, 14, "-10.204"),
        ("+8.00", 12, 8, "8.264"),
        ("-8.00", 12, 0, "-7.299"),
        ("+8.00", 12, 0, "8.850"),
        ("-4.00", 12, 0, "-3.817"),
        ("+4.00", 12, 0, "4.202"),
    ],
)
def test_spheres_of_the_reference_at_another_distance(sph, from_mm, to_mm, expected):
    moved = compensate(power(sph), mm(from_mm), mm(to_mm))
    assert moved.sph.quantize(THOUSANDTH) == Decimal(expected)
    assert moved.cyl is None


@pytest.mark.parametrize(
    ("sph", "from_mm", "to_mm", "expected"),
    [("-10.00", 12, 14, "-10.25"), ("+8.00", 12, 8, "8.25")],
)
def test_the_lens_of_the_reference_to_order_for_another_distance(sph, from_mm, to_mm, expected):
    assert rounded(compensate(power(sph), mm(from_mm), mm(to_mm))) == power(expected)


def test_each_meridian_of_a_toric_lens_is_moved_by_itself():
    moved = compensate(power("-8.00", "-2.00", 180), mm(12), mm(0))
    assert moved.sph.quantize(THOUSANDTH) == Decimal("-7.299")
    assert moved.cyl.quantize(THOUSANDTH) == Decimal("-1.629")
    assert moved.axis == 180


@given(prescriptions(), distances, distances)
def test_there_and_back_is_the_same_power(value, from_mm, to_mm):
    there = compensate(value, from_mm, to_mm)
    if there.sph is not None:
        back = compensate(there, to_mm, from_mm)
        assert abs(back.sph - value.sph) < THOUSANDTH
        assert abs((back.cyl or 0) - (value.cyl or 0)) < THOUSANDTH
        assert (back.axis, back.add) == (value.axis, value.add)


@given(refractions(sphere=20, cylinder=6), distances, distances)
def test_both_notations_are_moved_to_the_same_power(value, from_mm, to_mm):
    one = compensate(value, from_mm, to_mm)
    other = compensate(transpose(value), from_mm, to_mm)
    assert abs(canonical(one).sph - canonical(other).sph) < THOUSANDTH


@given(prescriptions(), distances)
def test_a_lens_that_stays_is_not_changed(value, vertex):
    assert compensate(value, vertex, vertex) == value


def test_closer_to_the_eye_minus_gets_weaker_and_plus_stronger():
    assert compensate(power("-6"), mm(12), mm(0)).sph > -6
    assert compensate(power("+6"), mm(12), mm(0)).sph > 6


def test_a_lens_that_focuses_before_the_new_place_has_no_equal_there():
    assert compensate(power("45", add="2"), mm(25), mm(0)) == power(add="2")
    assert compensate(power("30", "+15", 90), mm(25), mm(0)) == power()
    # Right at the focus.
    assert compensate(power("40"), mm(25), mm(0)) == power()


def test_what_was_not_measured_cannot_be_moved():
    assert compensate(power(), mm(12), mm(0)) == power()
    assert rounded(power()) == power()
    assert compensate(power("-8"), mm(12), mm(0)).cyl is None
    assert compensate(power("-8", "0"), mm(12), mm(0)).cyl == 0


@given(prescriptions(), distances, distances)
def test_a_rounded_lens_is_on_the_step_and_close_in_every_meridian(value, from_mm, to_mm):
    exact = compensate(value, from_mm, to_mm)
    lens = rounded(exact)
    assert lens.add == value.add
    if exact.sph is None:
        return
    assert on_step(lens.sph, QUARTER)
    assert on_step(lens.cyl or Decimal(0), QUARTER)
    across = exact.sph + (exact.cyl or 0)
    assert abs(lens.sph - exact.sph) <= QUARTER / 2
    assert abs(lens.sph + (lens.cyl or 0) - across) <= QUARTER / 2


@given(refractions())
def test_both_notations_round_to_one_lens(value):
    assert same_power(rounded(transpose(value)), rounded(value))


def test_a_cylinder_that_rounds_to_nothing_loses_its_axis():
    assert rounded(power("-2.00", "-0.10", 20)) == power("-2", "0")


def test_a_lens_may_be_rounded_to_another_step():
    assert rounded(power("-7.299", "-1.629", 180), Decimal("0.5")) == power("-7.5", "-1.5", 180)


def test_a_strong_lens_moved_far_needs_compensation():
    assert needs_compensation(power("-4.00"), mm(14), mm(11))
    assert needs_compensation(power("-3.00", "-1.00", 20), mm(11), mm(14))
    assert not needs_compensation(power("-3.75"), mm(14), mm(11))
    assert not needs_compensation(power("-10.00"), mm(14), mm(12))
    assert not needs_compensation(power(), mm(14), mm(8))


def test_the_thresholds_of_compensation_are_settings():
    assert needs_compensation(power("-2"), mm(14), mm(13), mm(2), mm("0.5"))
    assert not needs_compensation(power("-4"), mm(14), mm(11), mm(10))
    assert not needs_compensation(power("-4"), mm(14), mm(11), mm(4), mm(3))


@given(refractions())
def test_the_axis_of_a_moved_lens_is_still_a_principal_meridian(value):
    moved = compensate(value, mm(12), mm(13))
    if moved.cyl:
        assert principal_meridians(moved)[0].angle == principal_meridians(value)[0].angle
