from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.limits import (
    EYE_FIELDS,
    PAIR_FIELDS,
    check_date,
    check_eye,
    check_order,
    check_pair,
)
from optics_core.rules.problem import Problem
from optics_core.rules.quantity import QUANTITIES
from tests.unit.optics_core.powers import steps

# A person as most are.
GOOD = {
    "sph": Decimal("-2.00"),
    "cyl": Decimal("-1.00"),
    "axis": 20,
    "add": Decimal("1.50"),
    "prism_h": Decimal("1.00"),
    "base_h": "in",
    "prism_v": Decimal("0.50"),
    "base_v": "up",
    "pd": Decimal("31.5"),
    "height": Decimal(22),
    "acuity": Decimal("0.1"),
    "acuity_corrected": Decimal(1),
}
GOOD_PAIR = {"pd": Decimal(63), "pd_near": Decimal(59), "vertex": Decimal(12)}


def codes(problems):
    return [(problem.code, problem.field) for problem in problems]


def check(**values):
    refused, unusual = check_eye("od", values)
    return codes(refused), codes(unusual)


def around(name):
    """Values on the step of a quantity from below to above what is possible."""
    quantity = QUANTITIES[name]
    low, high = quantity.physical
    return steps(low - 2 * quantity.step, high + 2 * quantity.step, quantity.step)


def possible_eyes():
    """Every combination that section 2 of the reference calls possible."""

    def draw(name):
        quantity = QUANTITIES[name]
        return st.none() | steps(*quantity.physical, quantity.step)

    bases = st.tuples(st.sampled_from(["in", "out"]), st.sampled_from(["up", "down"]))
    plain = [
        field
        for field in EYE_FIELDS
        if field not in ("sph", "cyl", "axis", "cl_power", "cl_cyl", "cl_axis")
    ]

    def complete(values, power, lens, base):
        eye = dict(values)
        eye["sph"], eye["cyl"], eye["axis"] = power
        eye["cl_power"], eye["cl_cyl"], eye["cl_axis"] = lens
        eye["base_h"] = base[0] if eye["prism_h"] else None
        eye["base_v"] = base[1] if eye["prism_v"] else None
        return eye

    def power(name):
        spheres = steps(*QUANTITIES[name].physical)
        toric = st.tuples(
            spheres, steps(*QUANTITIES["cyl"].physical).filter(bool), st.integers(1, 180)
        )
        flat = st.tuples(st.none() | spheres, st.sampled_from([None, Decimal(0)]), st.none())
        return toric | flat

    values = st.fixed_dictionaries({field: draw(EYE_FIELDS[field]) for field in plain})
    return st.builds(complete, values, power("sph"), power("cl_power"), bases)


@given(possible_eyes(), st.sampled_from(["od", "os"]))
def test_nothing_that_is_possible_is_ever_refused(values, eye):
    refused, _ = check_eye(eye, values)
    assert refused == []


# The cylinder's usual range is of its canonical form, and an axis has none: see below.
PLAIN_FIELDS = [field for field in EYE_FIELDS if not field.endswith(("cyl", "axis"))]


@pytest.mark.parametrize("field", PLAIN_FIELDS)
@given(data=st.data())
def test_beyond_the_physical_range_is_refused_and_beyond_the_usual_asked(field, data):
    quantity = QUANTITIES[EYE_FIELDS[field]]
    value = data.draw(around(quantity.name))
    refused, unusual = check_eye("os", {field: value})
    low, high = quantity.physical
    usual_low, usual_high = quantity.usual
    beyond = not low <= value <= high
    assert (("beyond_physical", field) in codes(refused)) == beyond
    rare = not beyond and not usual_low <= value <= usual_high
    assert (("beyond_usual", field) in codes(unusual)) == rare


def test_a_person_as_most_are_is_neither_refused_nor_asked():
    assert check_eye("od", GOOD) == ([], [])
    assert check_pair(GOOD, GOOD, GOOD_PAIR) == ([], [])


def test_nothing_typed_is_nothing_wrong():
    assert check_eye("od", {}) == ([], [])
    assert check_eye("od", dict.fromkeys(GOOD)) == ([], [])
    assert check_pair({}, {}, {}) == ([], [])


def test_zero_is_a_value_and_no_lens_is_plano():
    assert check(sph=Decimal(0)) == ([], [])
    assert check(add=Decimal(0)) == ([("beyond_physical", "add")], [])


def test_a_refusal_names_eye_field_what_was_typed_and_what_is_allowed():
    refused, _ = check_eye("os", {"sph": Decimal("-45.25")})
    assert refused == [
        Problem(
            "beyond_physical",
            "sph",
            "os",
            Decimal("-45.25"),
            low=Decimal(-45),
            high=Decimal(45),
        )
    ]


def test_an_off_step_value_is_refused_with_its_neighbours():
    refused, unusual = check_eye("od", {"sph": Decimal("-2.10")})
    assert refused == [
        Problem(
            "off_step",
            "sph",
            "od",
            Decimal("-2.10"),
            low=Decimal("-2.25"),
            high=Decimal("-2.00"),
            step=Decimal("0.25"),
        )
    ]
    assert unusual == []


@given(steps(-45, 45, Decimal("0.125")))
def test_eighths_are_allowed_only_where_they_are_allowed(sph):
    refused, _ = check_eye("od", {"sph": sph})
    assert bool(refused) == (sph % Decimal("0.25") != 0)
    assert check_eye("od", {"sph": sph}, fine_step=True)[0] == []


def test_a_fine_step_has_its_own_neighbours():
    refused, _ = check_eye("od", {"sph": Decimal("-2.10")}, fine_step=True)
    assert (refused[0].low, refused[0].high) == (Decimal("-2.125"), Decimal("-2.000"))
    assert refused[0].step == Decimal("0.125")


def test_a_fine_step_is_not_for_an_add():
    refused, _ = check_eye("od", {"add": Decimal("1.125")}, fine_step=True)
    assert codes(refused) == [("off_step", "add")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-2.1, "off_step"),
        (0.1 + 0.2, "off_step"),
        ("-2.0001", "off_step"),
        (1e30, "beyond_physical"),
        (float("inf"), "beyond_physical"),
        (float("nan"), "not_a_number"),
        ("-2,00", "not_a_number"),
        (True, "not_a_number"),
    ],
)
def test_any_bad_value_is_refused_by_a_code(value, code):
    refused, unusual = check_eye("od", {"sph": value})
    assert codes(refused) == [(code, "sph")]
    assert unusual == []


def test_floats_of_the_database_are_as_good_as_decimals():
    assert check_eye("od", {"sph": -2.25, "cyl": -0.5, "axis": 20}) == ([], [])


def test_a_field_without_limits_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        check_eye("od", {"sphere": Decimal(1)})
    with pytest.raises(KeyError):
        check_pair({}, {}, {"base_h": "in"})
    with pytest.raises(KeyError):
        check_eye("od", {}, {"sphere": None})


@pytest.mark.parametrize(
    ("cyl", "axis", "expected"),
    [
        ("-1", None, ["axis_missing"]),
        ("+1", None, ["axis_missing"]),
        ("0", 90, ["axis_without_cylinder"]),
        (None, 90, ["axis_without_cylinder"]),
        ("0", None, []),
        (None, None, []),
        ("-1", 90, []),
        ("-1", 1, []),
        ("-1", 180, []),
        ("-1", 0, ["beyond_physical"]),
        ("-1", 181, ["beyond_physical"]),
        ("-1", 20.5, ["off_step"]),
    ],
)
def test_an_axis_belongs_to_a_cylinder(cyl, axis, expected):
    cylinder = None if cyl is None else Decimal(cyl)
    refused, _ = check_eye("od", {"sph": Decimal(-2), "cyl": cylinder, "axis": axis})
    assert [(problem.code, problem.field) for problem in refused] == [
        (code, "axis") for code in expected
    ]


def test_a_cylinder_of_a_contact_lens_needs_its_own_axis():
    refused, _ = check_eye(
        "od", {"cl_power": Decimal(-2), "cl_cyl": Decimal("-0.75"), "axis": None}
    )
    assert codes(refused) == [("axis_missing", "cl_axis")]


def test_a_cylinder_without_a_sphere_is_no_measurement():
    refused, _ = check_eye("os", {"cyl": Decimal(-1), "axis": 90})
    assert codes(refused) == [("sphere_missing", "sph")]


def test_what_is_no_number_is_named_once():
    refused, _ = check_eye("os", {"sph": Decimal(-2), "cyl": "?", "axis": 90})
    assert codes(refused) == [("not_a_number", "cyl")]
    refused, _ = check_eye("os", {"prism_h": "?", "base_h": "in"})
    assert codes(refused) == [("not_a_number", "prism_h")]


@given(steps(-25, 25).filter(bool))
def test_a_cylinder_is_judged_alike_in_either_sign(cyl):
    written = {"sph": Decimal(0), "cyl": cyl, "axis": 20}
    turned = {"sph": cyl, "cyl": -cyl, "axis": 110}
    asked = [
        ("beyond_usual", "cyl") in codes(check_eye("od", values)[1]) for values in (written, turned)
    ]
    assert asked[0] == asked[1] == (abs(cyl) > 6)


def test_an_unusual_cylinder_is_answered_in_the_sign_it_was_typed_in():
    for sign in (1, -1):
        values = {"sph": Decimal(0), "cyl": sign * Decimal(7), "axis": 20}
        _, unusual = check_eye("od", values)
        low, high = sorted((Decimal(0), sign * Decimal(6)))
        assert unusual == [Problem("beyond_usual", "cyl", "od", sign * Decimal(7), low, high)]


@pytest.mark.parametrize("field", ["h", "v"])
@pytest.mark.parametrize(
    ("prism", "base", "expected"),
    [
        ("1", "right", []),
        ("1", None, ["base_missing"]),
        ("0", None, []),
        (None, None, []),
        ("0", "right", ["base_without_prism"]),
        (None, "right", ["base_without_prism"]),
        ("1", "sideways", ["base_unknown"]),
        ("1", "", ["base_missing"]),
    ],
)
def test_a_prism_and_its_base_belong_together(field, prism, base, expected):
    right = {"h": "out", "v": "down"}[field]
    values = {
        f"prism_{field}": None if prism is None else Decimal(prism),
        f"base_{field}": right if base == "right" else base,
    }
    refused, _ = check_eye("od", values)
    assert codes(refused) == [(code, f"base_{field}") for code in expected]


def test_a_vertical_prism_has_no_horizontal_base():
    assert check(prism_v=Decimal(1), base_v="in")[0] == [("base_unknown", "base_v")]


def test_usual_ranges_are_settings():
    wide = {"sph": (Decimal(-30), Decimal(30))}
    narrow = {"sph": (Decimal(-1), Decimal(1))}
    values = {"sph": Decimal(-25)}
    assert codes(check_eye("od", values)[1]) == [("beyond_usual", "sph")]
    assert check_eye("od", values, wide) == ([], [])
    assert check_eye("od", values, {"sph": None}) == ([], [])
    _, unusual = check_eye("od", {"sph": Decimal(-2)}, narrow)
    assert (unusual[0].low, unusual[0].high) == narrow["sph"]


def test_no_setting_reaches_beyond_the_physical_range():
    wide = {"sph": (Decimal(-99), Decimal(99))}
    refused, _ = check_eye("od", {"sph": Decimal(-50)}, wide)
    assert codes(refused) == [("beyond_physical", "sph")]


def test_pd_of_real_people_beyond_the_usual_is_asked_not_refused():
    for pd in ("54", "74", "43"):
        refused, unusual = check_pair({}, {}, {"pd": Decimal(pd)})
        assert (refused, codes(unusual)) == ([], [("beyond_usual", "pd")])


@pytest.mark.parametrize("field", PAIR_FIELDS)
@given(data=st.data())
def test_values_of_the_pair_have_their_limits(field, data):
    quantity = QUANTITIES[PAIR_FIELDS[field]]
    value = data.draw(around(field))
    refused, _ = check_pair({}, {}, {field: value})
    low, high = quantity.physical
    assert codes(refused) == ([] if low <= value <= high else [("beyond_physical", field)])


@pytest.mark.parametrize(
    ("right", "left", "refused"),
    [("31.5", "31.5", False), ("32", "31.5", False), ("32", "32", True), ("31", "31", True)],
)
def test_two_halves_make_the_whole_pd_to_half_a_millimetre(right, left, refused):
    od, os = {"pd": Decimal(right)}, {"pd": Decimal(left)}
    problems, _ = check_pair(od, os, {"pd": Decimal(63)})
    total = Decimal(right) + Decimal(left)
    limits = Decimal("62.5"), Decimal("63.5")
    expected = [Problem("pd_sum", "pd", None, total, *limits)] if refused else []
    assert problems == expected


def test_one_half_alone_says_nothing_about_the_whole():
    assert check_pair({"pd": Decimal(20)}, {}, {"pd": Decimal(63)}) == ([], [])
    assert check_pair({"pd": Decimal(31)}, {"pd": Decimal(31)}, {}) == ([], [])


@pytest.mark.parametrize(("left", "asked"), [("30", False), ("29.5", True), ("38.5", True)])
def test_eyes_far_from_the_middle_are_asked(left, asked):
    _, unusual = check_pair({"pd": Decimal(34)}, {"pd": Decimal(left)}, {})
    assert codes(unusual) == ([("pd_asymmetric", "pd")] if asked else [])


def test_near_pd_is_never_more_than_the_far_one():
    pair = {"pd": Decimal(60), "pd_near": Decimal("60.5")}
    refused, _ = check_pair({}, {}, pair)
    assert refused == [
        Problem("pd_near_exceeds_far", "pd_near", None, Decimal("60.5"), high=Decimal(60))
    ]
    assert check_pair({}, {}, {"pd": Decimal(60), "pd_near": Decimal(60)})[0] == []


@pytest.mark.parametrize(("roc", "asked"), [("63", False), ("59", False), ("61", True)])
def test_centres_that_differ_from_every_pd_are_asked_for_a_reason(roc, asked):
    pair = {"pd": Decimal(63), "pd_near": Decimal(59), "roc": Decimal(roc)}
    refused, unusual = check_pair({}, {}, pair)
    assert refused == []
    assert unusual == (
        [Problem("roc_differs", "roc", None, Decimal(61), Decimal(59), Decimal(63))]
        if asked
        else []
    )


def test_centres_without_a_pd_cannot_differ_from_it():
    assert check_pair({}, {}, {"roc": Decimal(61)}) == ([], [])


def test_a_date_of_tomorrow_is_refused():
    today = date(2026, 3, 10)
    assert check_date("date", date(2026, 3, 11), today) == [
        Problem("date_in_future", "date", None, date(2026, 3, 11))
    ]
    assert check_date("date", today, today) == []
    assert check_date("date", None, today) == []


@pytest.mark.parametrize("lens_type", ["bifocal", "progressive"])
def test_lenses_with_two_powers_need_an_add_and_a_height_to_be_ordered(lens_type):
    eyes = {"od": {"sph": Decimal(1)}, "os": {"sph": Decimal(1), "add": Decimal(0)}}
    assert [(p.code, p.eye) for p in check_order(eyes, lens_type)] == [
        ("add_missing", "od"),
        ("height_missing", "od"),
        ("add_missing", "os"),
        ("height_missing", "os"),
    ]
    complete = {"sph": Decimal(1), "add": Decimal(2), "height": Decimal(20)}
    assert check_order({"od": complete}, lens_type, Decimal(30)) == []


def test_a_single_vision_lens_needs_only_its_sphere():
    assert check_order({"od": {"sph": Decimal(0)}}, "single") == []
    problems = check_order({"os": {"sph": None}}, "single")
    assert problems == [Problem("sphere_missing", "sph", "os", None)]


@pytest.mark.parametrize(("height", "refused"), [("29.5", False), ("30", True), ("31", True)])
def test_a_fitting_height_lies_inside_the_frame(height, refused):
    eyes = {"od": {"sph": Decimal(0), "height": Decimal(height)}}
    problems = check_order(eyes, "single", 30.0)
    expected = Problem("height_exceeds_frame", "height", "od", Decimal(height), high=Decimal(30))
    assert problems == ([expected] if refused else [])
