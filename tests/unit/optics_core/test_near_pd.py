from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from optics_core.rules.near_pd import near_pd, near_pd_of_eyes, near_pd_unrounded
from optics_core.rules.power import Power
from optics_core.rules.step import on_step
from tests.unit.optics_core.powers import steps

HALF = Decimal("0.5")


@pytest.mark.parametrize(
    ("pd", "power", "expected"),
    [("63", "0", "59.02"), ("63", "-9", "59.76"), ("60", "0", "56.21"), ("70", "0", "65.57")],
)
def test_near_pd_of_the_reference(pd, power, expected):
    value = near_pd_unrounded(Decimal(pd), Decimal(power))
    assert value.quantize(Decimal("0.01")) == Decimal(expected)


def test_near_pd_is_rounded_to_half_a_millimetre():
    assert near_pd(Decimal(63)) == Decimal("59.0")
    assert near_pd(Decimal(60)) == Decimal("56.0")
    assert near_pd(Decimal(70)) == Decimal("65.5")


@given(steps(40, 80, HALF), steps(-45, 25))
def test_near_pd_never_exceeds_the_far_one_and_lies_on_half_a_millimetre(pd, power):
    near = near_pd(pd, power)
    assert near <= pd
    assert on_step(near, HALF)


@given(steps(40, 79, HALF), steps(-20, 20))
def test_wider_eyes_stay_wider_when_they_look_near(pd, power):
    assert near_pd_unrounded(pd, power) < near_pd_unrounded(pd + 1, power)


@given(steps(40, 80, HALF), steps(-20, 19))
def test_the_more_minus_the_lens_the_less_the_eyes_turn_in(pd, power):
    assert near_pd_unrounded(pd, power) > near_pd_unrounded(pd, power + 1)


def test_the_closer_the_page_the_more_the_eyes_turn_in():
    pd = Decimal(63)
    assert near_pd_unrounded(pd, working_distance=300) < near_pd_unrounded(pd)


def test_power_that_was_not_measured_counts_as_none():
    assert near_pd(Decimal(63), None) == near_pd(Decimal(63), Decimal(0))


def test_without_a_pd_there_is_no_near_pd():
    assert near_pd(None) is None


def test_a_lens_that_focuses_inside_the_eye_gets_no_suggestion():
    assert near_pd(Decimal(63), Decimal(38)) is None
    assert near_pd(Decimal(63), Decimal(45)) is None


def test_a_pair_of_glasses_converges_by_the_mean_of_its_horizontal_powers():
    weak, strong = Power(Decimal(-8)), Power(Decimal(-9), Decimal(-1), 90)
    assert near_pd_of_eyes(Decimal(63), weak, strong) == near_pd(Decimal(63), Decimal(-9))
    assert near_pd_of_eyes(Decimal(63), Power(), strong) == near_pd(Decimal(63), Decimal(-10))
    assert near_pd_of_eyes(Decimal(63), Power(), Power()) == near_pd(Decimal(63))
