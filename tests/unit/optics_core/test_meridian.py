from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.meridian import (
    Meridian,
    axis_turn,
    power_at,
    principal_meridians,
    spherical_equivalent,
    strongest,
)
from optics_core.rules.transposition import transpose
from tests.unit.optics_core.powers import power, refractions

axes = st.integers(1, 180)
TOLERANCE = Decimal("1e-6")


def test_the_spherical_equivalent_of_the_reference():
    assert spherical_equivalent(power("-3.00", "-1.50", 180)) == Decimal("-3.75")


@given(refractions())
def test_the_spherical_equivalent_does_not_depend_on_the_notation(value):
    assert spherical_equivalent(transpose(value)) == spherical_equivalent(value)


def test_an_unmeasured_eye_has_no_power_anywhere():
    for unmeasured in (power(), power(None, "-1", 20)):
        assert spherical_equivalent(unmeasured) is None
        assert power_at(unmeasured, 180) is None
        assert principal_meridians(unmeasured) is None
        assert strongest(unmeasured) is None


def test_a_cylinder_without_an_axis_has_a_mean_but_no_meridians():
    value = power("-2", "-1")
    assert spherical_equivalent(value) == Decimal("-2.5")
    assert power_at(value, 180) is None
    assert principal_meridians(value) is None
    assert strongest(value) == 3


@pytest.mark.parametrize(("theta", "expected"), [(20, "-2"), (110, "-3"), (65, "-2.5")])
def test_power_goes_from_the_sphere_along_the_axis_to_the_sum_across(theta, expected):
    assert power_at(power("-2", "-1", 20), theta) == Decimal(expected)


@given(refractions(), axes)
def test_two_meridians_at_right_angles_always_have_the_same_mean(value, theta):
    mean = (power_at(value, theta) + power_at(value, theta + 90)) / 2
    assert abs(mean - spherical_equivalent(value)) < TOLERANCE


@given(refractions(), axes)
def test_power_in_a_meridian_does_not_depend_on_the_notation(value, theta):
    assert abs(power_at(value, theta) - power_at(transpose(value), theta)) < TOLERANCE


@given(refractions())
def test_the_principal_meridians_have_the_power_they_say(value):
    first, second = principal_meridians(value)
    assert {first.angle, second.angle} <= set(range(1, 181))
    assert abs(first.angle - second.angle) == 90
    for meridian in (first, second):
        assert abs(power_at(value, meridian.angle) - meridian.power) < TOLERANCE


def test_the_principal_meridians_of_a_toric_lens_and_of_a_sphere():
    assert principal_meridians(power("-2", "-1", 20)) == (
        Meridian(20, Decimal(-2)),
        Meridian(110, Decimal(-3)),
    )
    assert principal_meridians(power("-2", "-1", 90)) == (
        Meridian(90, Decimal(-2)),
        Meridian(180, Decimal(-3)),
    )
    assert principal_meridians(power("-2", "-1", 91))[1] == Meridian(1, Decimal(-3))
    assert principal_meridians(power("-2", "-1", 0)) == (
        Meridian(180, Decimal(-2)),
        Meridian(90, Decimal(-3)),
    )
    assert principal_meridians(power("-2")) == (
        Meridian(180, Decimal(-2)),
        Meridian(90, Decimal(-2)),
    )


def test_the_strongest_meridian_may_be_either():
    assert strongest(power("-2", "-1", 20)) == 3
    assert strongest(power("-3", "+1", 110)) == 3
    assert strongest(power("+1", "-0.5", 90)) == 1
    assert strongest(power("-4.25")) == Decimal("4.25")
    assert strongest(power("4.25")) == Decimal("4.25")


@pytest.mark.parametrize(
    ("a", "b", "turn"),
    [(178, 3, 5), (10, 170, 20), (1, 180, 1), (90, 180, 90), (45, 45, 0), (0, 180, 0)],
)
def test_axes_are_apart_the_short_way_round(a, b, turn):
    assert axis_turn(a, b) == turn


@given(axes, axes)
def test_no_two_axes_are_more_than_a_right_angle_apart(a, b):
    assert 0 <= axis_turn(a, b) <= 90
    assert axis_turn(a, b) == axis_turn(b, a)


def test_there_is_no_turn_without_two_axes():
    assert axis_turn(None, 20) is None
    assert axis_turn(20, None) is None
