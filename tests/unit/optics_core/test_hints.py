from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.hints import Hint, hints, usual_add
from optics_core.rules.transposition import transpose
from tests.unit.optics_core.powers import power, prescriptions

WEAK = power("-1")


def codes(found):
    return [(hint.code, hint.eye) for hint in found]


def test_a_pair_as_most_are_gets_no_hint():
    od, os = power("-2", "-1", 20), power("-2.25", "-0.75", 160)
    assert hints(od, os, "distance", 30, (od, os), vertex=Decimal(12)) == []


def test_nothing_measured_gets_no_hint():
    assert hints(None, None, "constant") == []
    assert hints(power(), power(), "bifocal", 60, (None, None)) == []


@pytest.mark.parametrize(("left", "told"), [("-3.00", False), ("-3.25", True)])
def test_eyes_more_than_two_dioptres_apart_are_told(left, told):
    found = hints(power("-1"), power(left), "constant")
    expected = [Hint("anisometropia", None, {"difference": Decimal("2.25")})]
    assert found == (expected if told else [])


def test_spheres_that_differ_with_one_mean_are_not_anisometropia():
    assert hints(power("-0.5", "-3", 90), power("-2"), "constant") == []


def test_one_eye_far_sighted_and_one_short_sighted_is_told():
    found = hints(power("-0.25"), power("+0.25"), "constant")
    params = {"od": Decimal("-0.25"), "os": Decimal("0.25")}
    assert found == [Hint("antimetropia", None, params)]
    assert hints(power("0"), power("+0.25"), "constant") == []


@given(prescriptions(), prescriptions(), st.integers(0, 100))
def test_hints_do_not_depend_on_the_notation(od, os, age):
    written = hints(od, os, "bifocal", age, pd=Decimal(63))
    turned = hints(transpose(od), transpose(os), "bifocal", age, pd=Decimal(63))
    assert codes(written) == codes(turned)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (("-2", "-1", 20), ("-2", "-1", 41), True),
        (("-2", "-1", 20), ("-2", "-1", 40), False),
        (("-2", "-1", 175), ("-2", "-1", 10), False),
        (("-2", "-0.75", 20), ("-2", "-0.75", 90), False),
        (("-2", "-1", 20), ("-2", "-0.75", 90), False),
        (("-2", "-1", 20), ("-3", "+1", 110), False),
        (("-2", "-1", 20), ("-2", "+1", 20), True),
    ],
)
def test_an_axis_that_slipped_since_the_last_prescription_is_told(before, after, told):
    found = hints(None, power(*after), "constant", previous=(None, power(*before)))
    assert (("axis_slip", "os") in codes(found)) == told


def test_a_slip_says_from_where_to_where():
    was, now = power("-2", "-1", 175), power("-2", "-1", 30)
    found = hints(now, None, "constant", previous=(was, None))
    assert found == [Hint("axis_slip", "od", {"was": 175, "now": 30, "turn": 35})]


@pytest.mark.parametrize(("after", "told"), [("-3.00", False), ("-3.25", True), ("1", True)])
def test_more_than_a_dioptre_since_the_last_prescription_is_told(after, told):
    found = hints(power(after), None, "constant", previous=(power("-2"), None))
    change = {"change": Decimal(after) + 2}
    assert found == ([Hint("big_change", "od", change)] if told else [])


def test_adds_that_differ_are_told():
    found = hints(power("1", add="2"), power("1", add="2.25"), "bifocal", 60)
    params = {"od": Decimal(2), "os": Decimal("2.25")}
    assert found == [Hint("adds_differ", None, params)]


def test_an_add_in_glasses_for_the_distance_is_told():
    found = hints(power("1", add="2"), power("1"), "distance", 60)
    assert found == [Hint("add_in_distance", "od", {"add": Decimal(2)})]


@pytest.mark.parametrize("kind", ["bifocal", "progressive"])
def test_glasses_of_two_powers_without_an_add_are_told(kind):
    assert codes(hints(power("1"), None, kind, 60)) == [("add_missing", "od")]
    assert codes(hints(power("1"), None, "constant", 60)) == []


@pytest.mark.parametrize(
    ("age", "add", "told"),
    [
        (20, "1.00", True),
        (37, "0.75", True),
        (38, "0.75", False),
        (45, "1.00", False),
        (45, "2.50", True),
        (60, "2.00", False),
        (60, "0.75", True),
        (70, "2.50", False),
        (70, "3.25", True),
        (None, "3.25", False),
    ],
)
def test_an_add_unusual_for_the_age_is_told(age, add, told):
    found = hints(power("1", add=add), None, "constant", age)
    assert codes(found) == ([("add_for_age", "od")] if told else [])


def test_a_hint_about_the_age_says_what_is_usual():
    found = hints(None, power("1", add="0.75"), "constant", 60)
    params = {
        "add": Decimal("0.75"),
        "age": 60,
        "low": Decimal("1.75"),
        "high": Decimal("2.75"),
    }
    assert found == [Hint("add_for_age", "os", params)]


@pytest.mark.parametrize(
    ("youngest", "oldest", "low", "high"),
    [
        (0, 37, "0", "0"),
        (38, 42, "0", "1.00"),
        (43, 47, "0.75", "1.50"),
        (48, 52, "1.00", "2.00"),
        (53, 57, "1.50", "2.50"),
        (58, 62, "1.75", "2.75"),
        (63, 110, "2.00", "3.00"),
    ],
)
def test_every_five_years_have_their_usual_add(youngest, oldest, low, high):
    expected = (Decimal(low), Decimal(high))
    assert usual_add(youngest) == usual_add(oldest) == expected


@given(st.integers(0, 119))
def test_nobody_needs_less_add_with_the_years(age):
    now, later = usual_add(age), usual_add(age + 1)
    assert now[0] <= later[0]
    assert now[1] <= later[1]


@pytest.mark.parametrize("kind", ["near", "bifocal", "progressive", "intermediate"])
def test_a_near_pd_is_suggested_where_one_is_needed(kind):
    found = hints(power("0", add="1"), None, kind, 40, pd=Decimal(63))
    assert Hint("near_pd", None, {"suggested": Decimal("59.0"), "typed": None}) in found


def test_no_near_pd_is_suggested_for_the_distance():
    assert hints(WEAK, WEAK, "distance", pd=Decimal(63)) == []


@pytest.mark.parametrize(("typed", "told"), [("60.5", False), ("57.5", False), ("61", True)])
def test_a_near_pd_far_from_the_derived_one_is_told(typed, told):
    found = hints(WEAK, WEAK, "near", pd=Decimal(63), pd_near=Decimal(typed))
    params = {"suggested": Decimal("59.0"), "typed": Decimal(typed)}
    assert found == ([Hint("near_pd", None, params)] if told else [])


def test_the_near_pd_is_derived_with_the_power_along_the_horizontal():
    # -18 across the axis of 90 degrees, so along the horizontal.
    strong = power("0", "-18", 90)
    found = hints(strong, strong, "near", pd=Decimal(63), vertex=Decimal(12))
    assert found[0].params["suggested"] == Decimal("60.5")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (power("-4"), True),
        (power("-3.75"), False),
        (power("-3.25", "-0.75", 20), True),
        (power("-4", "+1", 20), True),
    ],
)
def test_a_strong_lens_without_a_vertex_distance_is_told(value, told):
    found = hints(value, None, "constant")
    assert codes(found) == ([("vertex_needed", "od")] if told else [])
    assert hints(value, None, "constant", vertex=Decimal(12)) == []


def test_a_contact_lens_has_no_vertex_distance():
    assert hints(power("-8"), power("-8"), "contact") == []


def test_the_pair_comes_first_then_right_then_left():
    found = hints(power("-6", add="1"), power("6", add="2"), "distance")
    assert codes(found) == [
        ("anisometropia", None),
        ("antimetropia", None),
        ("adds_differ", None),
        ("add_in_distance", "od"),
        ("vertex_needed", "od"),
        ("add_in_distance", "os"),
        ("vertex_needed", "os"),
    ]
