from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from hypothesis import given

from optics_core.rules.power import EYES, Power, near_power, stored_axis
from tests.unit.optics_core.powers import power, prescriptions


def test_the_right_eye_comes_first():
    assert EYES == ("od", "os")


def test_nothing_measured_is_not_a_plano_lens():
    assert Power() != Power(Decimal(0))
    assert not Power().is_complete
    assert Power(Decimal(0)).is_complete


@pytest.mark.parametrize(
    ("value", "complete"),
    [
        (power("-2"), True),
        (power("-2", "0"), True),
        (power("-2", "-1", 20), True),
        (power("-2", "-1"), False),
        (power(None, "-1", 20), False),
        (power(add="2"), False),
    ],
)
def test_a_power_is_complete_with_a_sphere_and_an_axis_for_its_cylinder(value, complete):
    assert value.is_complete is complete


@pytest.mark.parametrize("float_or_text", [-2.0, "-2.00", 2])
@pytest.mark.parametrize("field", ["sph", "cyl", "add"])
def test_only_decimals_make_a_power(field, float_or_text):
    with pytest.raises(TypeError):
        Power(**{field: float_or_text})


@pytest.mark.parametrize("axis", [20.0, True, Decimal(20)])
def test_an_axis_is_a_whole_number(axis):
    with pytest.raises(TypeError):
        Power(Decimal(-2), Decimal(-1), axis)


@pytest.mark.parametrize(("typed", "stored"), [(0, 180), (1, 1), (180, 180), (None, None)])
def test_an_axis_of_zero_is_stored_as_180(typed, stored):
    assert stored_axis(typed) == stored


def test_a_power_that_was_written_does_not_change():
    with pytest.raises(FrozenInstanceError):
        power("-2").sph = Decimal(-3)


def test_glasses_for_reading_have_the_add_in_their_sphere():
    assert near_power(power("-2", "-1", 20, "1.50")) == power("-0.5", "-1", 20)


@given(prescriptions())
def test_without_an_add_reading_needs_no_other_power(value):
    if value.add is None:
        assert near_power(value) == value
    else:
        assert near_power(value).sph == value.sph + value.add
        assert near_power(value).add is None
