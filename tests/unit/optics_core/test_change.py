from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from optics_core.rules.change import change
from optics_core.rules.power_vector import to_vector
from optics_core.rules.transposition import transpose
from tests.unit.optics_core.powers import power, refractions


def test_a_sphere_that_grew_by_half_a_dioptre():
    grown = change(power("-2.00", "-1.00", 20), power("-2.50", "-1.00", 20))
    assert grown.difference == power("-0.5", "0")
    assert grown.distance == Decimal("0.5")
    assert grown.spherical_equivalent == Decimal("-0.5")
    assert grown.axis_turn == 0
    assert grown.add is None


def test_an_axis_that_turned_leaves_the_mean_and_blurs():
    turned = change(power("-2", "-2", 175), power("-2", "-2", 5))
    assert turned.axis_turn == 10
    assert turned.spherical_equivalent == 0
    # Two cylinders of two dioptres ten degrees apart make 2·sin 10° of crossed cylinder.
    assert turned.distance.quantize(Decimal("0.001")) == Decimal("0.347")


@given(refractions())
def test_the_same_lens_in_the_other_notation_is_no_change(value):
    unchanged = change(value, transpose(value))
    assert unchanged.distance < Decimal("1e-6")
    assert unchanged.difference == power("0", "0")
    assert not unchanged.axis_turn


@given(refractions(), refractions())
def test_the_old_lens_and_the_difference_make_the_new_one(before, after):
    made = change(before, after)
    old, new, held = to_vector(before), to_vector(after), to_vector(made.difference)
    # The difference is given to whole degrees: of up to 50 dioptres of cylinder.
    assert abs(new.m - old.m - held.m) < Decimal("0.002")
    assert ((new - old) - held).length < Decimal("0.44")


@given(refractions(), refractions())
def test_the_way_back_is_as_far(before, after):
    there, back = change(before, after), change(after, before)
    assert there.distance == back.distance
    assert there.spherical_equivalent == -back.spherical_equivalent
    assert there.axis_turn == back.axis_turn


def test_an_add_grows_too():
    assert change(power("1", add="1.50"), power("1", add="2")).add == Decimal("0.5")
    assert change(power("1"), power("1", add="2")).add is None


@pytest.mark.parametrize("unknown", [None, power(), power("-2", "-1"), power(None, "-1", 5)])
def test_nothing_is_known_about_the_change_of_what_was_not_measured(unknown):
    assert change(unknown, power("-2")) is None
    assert change(power("-2"), unknown) is None
