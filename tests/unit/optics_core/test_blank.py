from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.blank import (
    VERDICTS,
    decentration,
    effective_diameter_estimate,
    minimum_blank,
    verdict,
)
from tests.unit.optics_core.powers import steps

millimetres = steps(30, 90, Decimal("0.5"))
HALF_PD = Decimal("34.5")


def mm(value) -> Decimal:
    return Decimal(str(value))


def test_the_blank_of_the_reference_is_76_not_70_and_a_half():
    each = decentration(mm(60), mm(20), HALF_PD)
    assert minimum_blank(mm(63), each) == 76


@pytest.mark.parametrize(("mono_pd", "blank"), [("31.5", 64), ("29.5", 68)])
def test_each_eye_needs_its_own_blank(mono_pd, blank):
    assert minimum_blank(mm(55), decentration(mm(52), mm(18), mm(mono_pd))) == blank


def test_decentration_is_positive_towards_the_nose():
    assert decentration(mm(52), mm(18), mm(31)) == 4
    assert decentration(mm(52), mm(18), mm(37)) == -2


@given(millimetres, steps(-10, 10, Decimal("0.5")))
def test_the_direction_of_decentration_does_not_matter_to_the_blank(ed, moved):
    assert minimum_blank(ed, moved) == minimum_blank(ed, -moved) >= ed + 2


@given(millimetres, steps(0, 10, Decimal("0.5")))
def test_a_millimetre_of_decentration_costs_two_of_diameter(ed, moved):
    assert minimum_blank(ed, moved + 1) == minimum_blank(ed, moved) + 2


@given(millimetres, steps(0, 10, Decimal("0.5")))
def test_a_wider_frame_never_needs_a_smaller_blank(ed, moved):
    assert minimum_blank(ed + 1, moved) > minimum_blank(ed, moved)


@pytest.mark.parametrize(
    ("diameter", "answer"),
    [(75, "fits"), (70, "fits"), ("69.5", "ask"), (68, "ask"), ("67.5", "too_small")],
)
def test_two_millimetres_below_the_minimum_are_for_the_lab_to_say(diameter, answer):
    assert verdict(mm(diameter), mm(70)) == answer


@given(millimetres, millimetres, st.booleans())
def test_a_larger_blank_never_gets_a_worse_verdict(diameter, minimum, estimated):
    answers = [
        VERDICTS.index(verdict(each, minimum, estimated=estimated))
        for each in (diameter, diameter + mm("0.5"))
    ]
    assert answers[1] <= answers[0]


def test_nothing_surely_fits_a_frame_whose_diameter_was_estimated():
    assert verdict(mm(80), mm(70), estimated=True) == "ask"
    assert verdict(mm(60), mm(70), estimated=True) == "too_small"


def test_the_grey_zone_is_a_setting():
    assert verdict(mm(69), mm(70), grey_zone=mm(0)) == "too_small"


@pytest.mark.parametrize(("a", "b", "ed"), [(52, 40, "62.3"), (60, 15, "60")])
def test_an_unmeasured_diameter_is_nearly_the_diagonal_and_never_less_than_the_width(a, b, ed):
    assert effective_diameter_estimate(mm(a), mm(b)) == mm(ed)
