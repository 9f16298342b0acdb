from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.prism import (
    BASES_H,
    BASES_V,
    Prism,
    base_angle,
    components,
    from_resultant,
    prentice,
    resultant,
)
from tests.unit.optics_core.powers import steps

eyes = st.sampled_from(["od", "os"])
amounts = steps("0.25", 30)
prisms = st.builds(Prism, amounts, st.sampled_from(BASES_H), amounts, st.sampled_from(BASES_V))
CLOSE = Decimal("0.02")


def test_three_in_and_four_up_are_five_at_53_degrees():
    prism = Prism(Decimal(3), "in", Decimal(4), "up")
    assert resultant(*components("od", prism)) == (Decimal("5.00"), Decimal("53.13"))


@pytest.mark.parametrize(
    ("eye", "base", "angle"),
    [
        ("od", "in", 0),
        ("od", "up", 90),
        ("od", "out", 180),
        ("od", "down", 270),
        ("os", "in", 180),
        ("os", "up", 90),
        ("os", "out", 0),
        ("os", "down", 270),
    ],
)
def test_a_base_has_its_angle_and_a_prism_that_way_the_same(eye, base, angle):
    assert base_angle(eye, base) == angle
    horizontal = base in BASES_H
    prism = Prism(Decimal(2), base) if horizontal else Prism(v=Decimal(2), base_v=base)
    assert resultant(*components(eye, prism)) == (2, angle)


@given(eyes, prisms)
def test_a_resultant_splits_into_the_components_it_was_made_of(eye, prism):
    again = from_resultant(eye, *resultant(*components(eye, prism)))
    assert (again.base_h, again.base_v) == (prism.base_h, prism.base_v)
    assert abs(again.h - prism.h) < CLOSE
    assert abs(again.v - prism.v) < CLOSE


@given(eyes, prisms)
def test_a_resultant_is_longer_than_each_part_and_shorter_than_both(eye, prism):
    amount, angle = resultant(*components(eye, prism))
    assert max(prism.h, prism.v) <= amount <= prism.h + prism.v
    assert 0 <= angle < 360


@given(prisms)
def test_the_left_eye_mirrors_the_right(prism):
    right, left = components("od", prism), components("os", prism)
    assert left == (-right[0], right[1])


def test_a_prism_to_one_side_only_has_one_base():
    assert from_resultant("od", Decimal(2), Decimal(180)) == Prism(
        Decimal(2), "out", Decimal(0), None
    )
    assert from_resultant("os", Decimal(2), Decimal(270)) == Prism(
        Decimal(0), None, Decimal(2), "down"
    )


@pytest.mark.parametrize(
    ("eye", "angle", "base"),
    [("od", 0, "in"), ("od", 180, "out"), ("os", 0, "out"), ("os", 180, "in")],
)
def test_a_weak_prism_points_the_way_a_strong_one_does(eye, angle, base):
    for amount in (Decimal("0.25"), Decimal(8)):
        assert from_resultant(eye, amount, Decimal(angle)).base_h == base


def test_no_prism_has_no_direction():
    assert resultant(*components("od", Prism())) == (0, 0)
    assert components("os", Prism(Decimal(0), None, Decimal(0), None)) == (0, 0)


def test_an_angle_just_below_the_full_turn_is_shown_as_zero():
    assert resultant(Decimal(1000), Decimal("-0.01")) == (1000, 0)


@pytest.mark.parametrize("prism", [Prism(Decimal(2)), Prism(v=Decimal(2))])
def test_a_prism_without_a_base_is_not_guessed(prism):
    with pytest.raises(ValueError, match="base"):
        components("od", prism)


def test_the_amount_of_a_prism_needs_no_base():
    assert Prism(Decimal(3), None, Decimal(4), None).amount == 5
    assert Prism().amount == 0


@pytest.mark.parametrize(
    ("prism", "directed"),
    [
        (Prism(), True),
        (Prism(Decimal(0), None, Decimal(0), None), True),
        (Prism(Decimal(2), "in"), True),
        (Prism(Decimal(2)), False),
        (Prism(Decimal(2), "in", Decimal(1), None), False),
        (Prism(Decimal(2), "in", Decimal(1), "up"), True),
    ],
)
def test_a_prism_is_directed_when_each_of_its_parts_has_a_base(prism, directed):
    assert prism.is_directed is directed


def test_three_millimetres_beside_the_centre_of_minus_six_are_nearly_two_prism_dioptres():
    assert prentice(Decimal(3), Decimal(-6)) == Decimal("1.8")
    assert prentice(Decimal(-3), Decimal(6)) == Decimal("1.8")
