from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from optics_core.rules.power_vector import (
    PowerVector,
    distance,
    same_power,
    to_power,
    to_vector,
)
from optics_core.rules.transposition import canonical, transpose
from tests.unit.optics_core.powers import power, refractions

TOLERANCE = Decimal("1e-6")


@pytest.mark.parametrize(
    "written", [("-2.00", "-1.00", 20), ("+1.25", "-2.50", 95), ("0.00", "-0.75", 180)]
)
def test_the_powers_of_the_reference_come_back_unchanged(written):
    value = power(*written)
    assert to_power(to_vector(value)) == value


@given(refractions())
def test_a_vector_leads_back_to_the_canonical_power(value):
    back = to_power(to_vector(value))
    wanted = canonical(value)
    assert (back.sph, back.cyl, back.axis) == (wanted.sph, wanted.cyl or 0, wanted.axis)


@given(refractions())
def test_both_notations_have_one_vector(value):
    one, other = to_vector(value), to_vector(transpose(value))
    assert (one - other).length < TOLERANCE


def test_the_vector_is_the_mean_and_two_crossed_cylinders():
    assert to_vector(power("-2", "-1", 180)) == PowerVector(
        Decimal("-2.5"), Decimal("0.5"), Decimal(0)
    )
    assert to_vector(power("-2", "-1", 90)) == PowerVector(
        Decimal("-2.5"), Decimal("-0.5"), Decimal(0)
    )
    assert to_vector(power("-2", "-1", 45)) == PowerVector(
        Decimal("-2.5"), Decimal(0), Decimal("0.5")
    )


@given(refractions())
def test_no_zero_has_a_minus(value):
    vector = to_vector(value)
    back = to_power(vector)
    for number in (vector.j0, vector.j45, back.sph, back.cyl):
        assert number or not number.is_signed()


@pytest.mark.parametrize("value", [power(), power(None, "-1", 20), power("-2", "-1")])
def test_what_is_not_complete_has_no_vector(value):
    assert to_vector(value) is None
    assert distance(value, power("-2")) is None
    assert distance(power("-2"), value) is None


@given(refractions(), refractions())
def test_distance_is_the_same_both_ways(a, b):
    assert distance(a, b) == distance(b, a)


@given(refractions(), refractions(), refractions())
def test_no_detour_is_shorter(a, b, c):
    assert distance(a, c) <= distance(a, b) + distance(b, c) + TOLERANCE


def test_spheres_are_apart_by_their_difference():
    assert distance(power("-2"), power("1.25")) == Decimal("3.25")


def test_a_cylinder_is_as_far_from_none_as_its_blur():
    # The sphere half a dioptre off and a crossed cylinder of the same half.
    assert abs(distance(power("-2", "-1", 20), power("-2")) ** 2 - Decimal("0.5")) < TOLERANCE


@given(refractions(), refractions())
def test_powers_are_the_same_exactly_when_they_are_no_distance_apart(a, b):
    assert same_power(a, b) == (distance(a, b) < TOLERANCE)


def test_one_degree_on_a_quarter_cylinder_is_another_power():
    assert not same_power(power("-2", "-0.25", 20), power("-2", "-0.25", 21))


def test_a_zero_cylinder_and_no_cylinder_make_the_same_lens():
    assert same_power(power("-2", "0"), power("-2"))


def test_an_add_makes_another_lens():
    assert not same_power(power("-2", add="1"), power("-2"))
    assert not same_power(power("-2", add="1"), power("-2", add="1.25"))
    assert same_power(power("-2", "-1", 20, "1"), power("-3", "1", 110, "1"))


def test_nobody_knows_whether_an_unmeasured_eye_is_plano():
    assert not same_power(power(), power("0"))
    assert same_power(power(), power())
