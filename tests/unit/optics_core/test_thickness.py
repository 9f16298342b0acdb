from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from optics_core.rules.step import to_step
from optics_core.rules.thickness import (
    CENTRE_MIN,
    EDGE_MIN,
    GOST_MIN,
    Thickness,
    added_thickness,
    estimate,
)
from optics_core.rules.transposition import transpose
from tests.unit.optics_core.powers import power, refractions, steps

diameters = steps(40, 80, Decimal(1))
indices = steps("1.5", "1.9", Decimal("0.01"))
CR39_LIKE = Decimal("1.50")
TENTH = Decimal("0.1")


@pytest.mark.parametrize(
    ("lens", "index", "expected"),
    [("-6.00", "1.50", "6.34"), ("-6.00", "1.67", "4.73"), ("4.00", "1.50", "4.23")],
)
def test_added_thickness_of_the_reference(lens, index, expected):
    added = added_thickness(Decimal(lens), Decimal(65), Decimal(index))
    assert to_step(added, Decimal("0.01")) == Decimal(expected)


def test_a_minus_lens_is_thick_at_the_rim_and_a_plus_lens_in_the_middle():
    assert estimate(power("-6"), Decimal(65), CR39_LIKE) == Thickness(
        centre=Decimal("1.5"), edge=Decimal("7.8"), edge_thin=Decimal("7.8")
    )
    assert estimate(power("+4"), Decimal(65), CR39_LIKE) == Thickness(
        centre=Decimal("5.2"), edge=Decimal("1.0"), edge_thin=Decimal("1.0")
    )


def test_the_rim_of_a_toric_lens_is_thickest_across_its_axis():
    lens = estimate(power("-2", "-2", 90), Decimal(60), CR39_LIKE)
    assert lens == Thickness(Decimal("1.5"), Decimal("5.1"), Decimal("3.3"))


def test_the_plus_meridian_of_a_mixed_lens_makes_its_centre_thicker():
    lens = estimate(power("+2", "-4", 90), Decimal(60), CR39_LIKE)
    assert lens == Thickness(Decimal("2.8"), Decimal("4.6"), Decimal("1.0"))


def test_a_plano_lens_is_as_thick_as_it_must_be_everywhere():
    lens = estimate(power("0"), Decimal(60), CR39_LIKE)
    assert lens == Thickness(CENTRE_MIN, CENTRE_MIN, CENTRE_MIN)


def test_the_defaults_are_thicker_than_the_law_asks():
    assert GOST_MIN < EDGE_MIN <= CENTRE_MIN


@given(refractions(sphere=20, cylinder=6), diameters, indices)
def test_no_lens_is_thinner_than_the_least_in_the_middle_or_at_the_rim(lens, diameter, index):
    thickness = estimate(lens, diameter, index)
    assert thickness.centre >= CENTRE_MIN
    assert thickness.edge_thin >= EDGE_MIN - TENTH
    assert thickness.edge >= thickness.edge_thin


@given(refractions(sphere=20, cylinder=6), diameters, indices)
def test_a_higher_index_never_makes_the_thickest_place_thicker(lens, diameter, index):
    thick, thin = (estimate(lens, diameter, each) for each in (index, index + Decimal("0.05")))
    assert thin.centre <= thick.centre
    # Not the rim alone: of a weak plus lens it thins less, from a centre that cannot.
    assert max(thin.centre, thin.edge) <= max(thick.centre, thick.edge)


@given(refractions(sphere=20, cylinder=6), diameters, indices)
def test_both_notations_make_one_thickness(lens, diameter, index):
    assert estimate(lens, diameter, index) == estimate(transpose(lens), diameter, index)


def test_an_unmeasured_eye_has_no_thickness():
    assert estimate(power(), Decimal(65), CR39_LIKE) is None


def test_the_least_thickness_may_be_another():
    lens = estimate(power("-6"), Decimal(65), CR39_LIKE, centre_min=Decimal("2.0"))
    assert lens.edge == Decimal("8.3")
    lens = estimate(power("4"), Decimal(65), CR39_LIKE, edge_min=Decimal("2.0"))
    assert lens.centre == Decimal("6.2")
