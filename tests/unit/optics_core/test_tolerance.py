from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.tolerance import (
    DEFAULT_PROFILE,
    PROFILES,
    TABLE_OF,
    Check,
    accepted,
    verdict,
    verdict_pair,
)
from optics_core.rules.transposition import transpose
from tests.unit.optics_core.powers import power, refractions

HUNDREDTH = Decimal("0.01")
kinds = st.sampled_from(sorted(TABLE_OF))


def check_of(item, checks, eye=None):
    found = [check for check in checks if (check.item, check.eye) == (item, eye)]
    assert len(found) <= 1
    return found[0] if found else None


def eye(sph="0", cyl=None, axis=None, **more):
    values = {name: Decimal(value) for name, value in more.items() if "base_" not in name}
    bases = {name: value for name, value in more.items() if "base_" in name}
    numbers = {"sph": Decimal(sph), "cyl": None if cyl is None else Decimal(cyl)}
    return {**numbers, "axis": axis, **values, **bases}


# Section 11 of the reference, row by row: kind, nominal, what its measured value may be off by.
@pytest.mark.parametrize(
    ("kind", "sph", "tolerance"),
    [
        ("single", "0", "0.13"),
        ("single", "-6.50", "0.13"),
        ("single", "6.75", "0.135"),
        ("single", "-10", "0.20"),
        ("bifocal", "-10", "0.20"),
        ("progressive", "8.00", "0.16"),
        ("progressive", "-8.25", "0.165"),
        ("office", "-10", "0.20"),
    ],
)
def test_the_sphere_may_be_off_by_as_much_as_the_table_says(kind, sph, tolerance):
    check_edge("sph", kind, power(sph), lambda by: power(str(Decimal(sph) + by)), tolerance)


@pytest.mark.parametrize(
    ("kind", "cyl", "tolerance"),
    [
        ("single", "-0.25", "0.13"),
        ("single", "-2.00", "0.13"),
        ("single", "-2.25", "0.15"),
        ("single", "-4.50", "0.15"),
        ("single", "-5.00", "0.20"),
        ("progressive", "-2.00", "0.16"),
        ("progressive", "-3.50", "0.18"),
        ("progressive", "-4.00", "0.20"),
    ],
)
def test_the_cylinder_may_be_off_by_as_much_as_the_table_says(kind, cyl, tolerance):
    check_edge(
        "cyl",
        kind,
        power("0", cyl, 90),
        lambda by: power("0", str(Decimal(cyl) + by), 90),
        tolerance,
    )


@pytest.mark.parametrize(
    ("kind", "add", "tolerance"),
    [
        ("single", "4.00", "0.12"),
        ("progressive", "1.00", "0.12"),
        ("bifocal", "4.25", "0.18"),
        ("progressive", "4.25", "0.18"),
    ],
)
def test_the_add_may_be_off_by_as_much_as_the_table_says(kind, add, tolerance):
    check_edge(
        "add",
        kind,
        power("0", add=add),
        lambda by: power("0", add=str(Decimal(add) + by)),
        tolerance,
    )


def check_edge(item, kind, nominal, measured_off_by, tolerance):
    allowed = Decimal(tolerance)
    for by, ok in ((allowed, True), (-allowed, True), (allowed + HUNDREDTH, False)):
        check = check_of(item, verdict(nominal, measured_off_by(by), kind))
        assert (check.tolerance, check.ok) == (allowed, ok)


@pytest.mark.parametrize("kind", ["single", "progressive"])
@pytest.mark.parametrize(
    ("cyl", "degrees"),
    [
        ("0.125", 14),
        ("0.25", 14),
        ("0.50", 7),
        ("0.75", 5),
        ("1.00", 3),
        ("1.50", 3),
        ("1.75", 2),
        ("6.00", 2),
    ],
)
def test_the_stronger_the_cylinder_the_less_its_axis_may_turn(kind, cyl, degrees):
    nominal = power("-2", f"-{cyl}", 178)
    for turn, ok in ((degrees, True), (-degrees, True), (degrees + 1, False)):
        axis = (178 + turn - 1) % 180 + 1
        check = check_of("axis", verdict(nominal, power("-2", f"-{cyl}", axis), kind))
        assert (check.nominal, check.measured, check.tolerance) == (178, axis, degrees)
        assert check.ok is ok


@pytest.mark.parametrize(
    ("nominal", "measured"),
    [
        (power("-2", "-0.11", 90), power("-2", "-0.11", 20)),
        (power("-2"), power("-2", "-0.12", 20)),
        (power("-2", "0"), power("-2", "0")),
        # A sphere was delivered: the cylinder says so, an axis it cannot have.
        (power("-2", "-1", 90), power("-2", "0")),
    ],
)
def test_an_axis_is_checked_only_where_there_is_one(nominal, measured):
    assert check_of("axis", verdict(nominal, measured)) is None


@given(refractions(), refractions(), kinds)
def test_the_verdict_does_not_depend_on_the_notation(nominal, measured, kind):
    checks = verdict(nominal, measured, kind)
    assert verdict(transpose(nominal), measured, kind) == checks
    assert verdict(nominal, transpose(measured), kind) == checks


@given(refractions(), kinds)
def test_a_lens_just_as_ordered_is_accepted(nominal, kind):
    assert accepted(verdict(nominal, nominal, kind))


@given(refractions(sphere=6, cylinder=2), st.integers(-30, 30), st.integers(-30, 30))
def test_being_off_to_plus_is_judged_as_being_off_to_minus(nominal, sph_off, cyl_off):
    def off(sign):
        sphere = nominal.sph + sign * sph_off * HUNDREDTH
        cylinder = None if nominal.cyl is None else nominal.cyl + sign * cyl_off * HUNDREDTH
        measured = replace(nominal, sph=sphere, cyl=cylinder)
        return [check.ok for check in verdict(nominal, measured)]

    # Only while the error does not turn the cylinder into one of the other sign.
    if nominal.cyl is None or abs(nominal.cyl) > Decimal("0.3"):
        assert off(1) == off(-1)


def test_a_verdict_names_what_was_ordered_measured_and_allowed():
    assert verdict(power("-2", "-1", 20, "2"), power("-2.12", "-1.2", 24, "2"), eye="os") == [
        Check("sph", Decimal(-2), Decimal("-2.12"), Decimal("0.13"), True, "os"),
        Check("cyl", Decimal(-1), Decimal("-1.2"), Decimal("0.13"), False, "os"),
        Check("axis", 20, 24, Decimal(3), False, "os"),
        Check("add", Decimal(2), Decimal(2), Decimal("0.12"), True, "os"),
    ]


def test_what_was_not_measured_has_not_passed():
    ordered = power("-2", "-1", 20, "2")
    checks = verdict(ordered, power())
    assert [(check.item, check.measured, check.ok) for check in checks] == [
        ("sph", None, False),
        ("cyl", None, False),
        ("axis", None, False),
        ("add", None, False),
    ]
    assert not check_of("axis", verdict(ordered, power("-2", "-1"))).ok


def test_a_sphere_needs_no_cylinder_to_be_measured():
    assert accepted(verdict(power("-2"), power("-2.1")))
    assert accepted(verdict(power("-2", "0"), power("-2.1")))


def test_nothing_checked_is_nothing_accepted():
    assert not accepted([])


def test_a_profile_and_a_kind_that_nobody_knows_are_refused():
    with pytest.raises(KeyError):
        verdict(power("0"), power("0"), "trifocal")
    with pytest.raises(KeyError):
        verdict(power("0"), power("0"), profile="gost")


def test_the_default_profile_says_where_it_is_from():
    assert DEFAULT_PROFILE == "ansi_z80_1_2015"
    assert set(PROFILES[DEFAULT_PROFILE]) == set(TABLE_OF.values())


# Finished glasses.

PLANO = {"od": eye(), "os": eye()}


def glasses(item, nominal, measured, kind="single"):
    return check_of(item, verdict_pair(nominal, measured, kind))


@pytest.mark.parametrize(
    ("sph", "off", "tolerance", "ok"),
    [
        ("0", "0.33", "0.33", True),
        ("-3", "0.34", "0.33", False),
        ("-3.375", "0.33", "0.33", True),
        ("-5", "0.50", "0.500", True),
        ("-5", "0.51", "0.500", False),
    ],
)
@pytest.mark.parametrize("kind", ["single", "progressive"])
def test_vertical_imbalance_is_a_third_or_a_millimetre_of_a_strong_lens(
    kind, sph, off, tolerance, ok
):
    ordered = {"od": eye(sph), "os": eye(sph)}
    made = {"od": eye(sph, prism_v=off, base_v="up"), "os": eye(sph)}
    check = glasses("prism_v", ordered, made, kind)
    assert (check.measured, check.tolerance, check.ok) == (
        Decimal(off),
        Decimal(tolerance),
        ok,
    )


@pytest.mark.parametrize(
    ("kind", "sph", "tolerance"),
    [
        ("single", "2.75", "0.67"),
        ("single", "3", "0.75"),
        ("bifocal", "-8", "2.00"),
        ("progressive", "3.375", "0.67"),
        ("progressive", "-4", "0.80"),
    ],
)
def test_horizontal_prism_may_be_two_thirds_or_some_millimetres_of_a_strong_lens(
    kind, sph, tolerance
):
    ordered = {"od": eye(sph), "os": eye(sph)}
    for off, ok in ((Decimal(tolerance), True), (Decimal(tolerance) + HUNDREDTH, False)):
        made = {"od": eye(sph), "os": eye(sph, prism_h=str(off), base_h="in")}
        check = glasses("prism_h", ordered, made, kind)
        assert (check.tolerance, check.ok) == (Decimal(tolerance), ok)


def test_the_meridian_that_counts_for_prism_is_the_prisms_own():
    ordered = {"od": eye("0", "-6", 180), "os": eye("0", "-6", 180)}
    assert glasses("prism_v", ordered, ordered).tolerance == Decimal("0.6")
    assert glasses("prism_h", ordered, ordered).tolerance == Decimal("0.67")


def test_the_weaker_lens_of_the_pair_sets_the_tolerance():
    ordered = {"od": eye("-8"), "os": eye("-1")}
    assert glasses("prism_v", ordered, ordered).tolerance == Decimal("0.33")


def test_prism_that_both_eyes_have_alike_strains_nobody():
    both_up = {name: eye(prism_v="1", base_v="up") for name in ("od", "os")}
    assert glasses("prism_v", PLANO, both_up).ok
    to_the_right = {
        "od": eye(prism_h="1", base_h="in"),
        "os": eye(prism_h="1", base_h="out"),
    }
    assert glasses("prism_h", PLANO, to_the_right).ok
    both_in = {name: eye(prism_h="1", base_h="in") for name in ("od", "os")}
    assert not glasses("prism_h", PLANO, both_in).ok


def test_an_ordered_prism_with_its_base_the_wrong_way_is_not_accepted():
    ordered = {"od": eye(prism_v="1", base_v="up"), "os": eye()}
    turned = {"od": eye(prism_v="1", base_v="down"), "os": eye()}
    assert glasses("prism_v", ordered, ordered).ok
    assert glasses("prism_v", ordered, turned).measured == -1
    assert not glasses("prism_v", ordered, turned).ok
    assert not glasses("prism_v", ordered, PLANO).ok


def test_a_prism_whose_base_was_not_written_yet_has_not_passed():
    without_base = {"od": eye(prism_h="0.5"), "os": eye()}
    for ordered, made in ((PLANO, without_base), (without_base, PLANO)):
        checks = verdict_pair(ordered, made)
        assert [check.ok for check in checks if check.item.startswith("prism")] == [
            False,
            False,
        ]
    check = glasses("prism_h", PLANO, without_base)
    assert (check.nominal, check.measured) == (0, None)


def test_centres_a_little_apart_matter_only_in_strong_lenses():
    def pair(sph, pd):
        return {name: eye(sph, pd=pd) for name in ("od", "os")}

    assert glasses("pd", pair("-6", "31"), pair("-6", "32.5")) == Check(
        "pd", Decimal(62), Decimal(65), Decimal("2.5"), False
    )
    assert glasses("pd", pair("-6", "31"), pair("-6", "32")).ok
    # 0.67 prism dioptres of one dioptre are 6.7 millimetres.
    assert glasses("pd", pair("-1", "31"), pair("-1", "34")).ok
    assert not glasses("pd", pair("-1", "31"), pair("-1", "34.5")).ok
    assert glasses("pd", pair("0", "31"), pair("0", "34.5")) is None
    assert glasses("pd", pair("-6", "31"), PLANO) is None
    # No power along the horizontal, however strong the lens is across it.
    upright = {name: eye("0", "-6", 180, pd="31") for name in ("od", "os")}
    assert glasses("pd", upright, upright) is None


def test_each_lens_of_the_pair_is_checked_under_its_eye():
    ordered = {"od": eye("-2", "-1", 20), "os": eye("-3")}
    made = {"od": eye("-2", "-1", 20), "os": eye("-3.25")}
    checks = verdict_pair(ordered, made)
    assert check_of("sph", checks, "od").ok
    assert not check_of("sph", checks, "os").ok
    assert check_of("axis", checks, "od").ok
    assert check_of("axis", checks, "os") is None


def test_an_eye_that_was_not_ordered_is_not_checked():
    checks = verdict_pair({"os": eye("-3")}, {"od": eye("5"), "os": eye("-3")})
    assert {check.eye for check in checks} == {"os", None}
    assert accepted(checks)


def test_an_eye_that_was_ordered_and_not_measured_has_not_passed():
    assert not accepted(verdict_pair(PLANO, {"od": eye()}))


@pytest.mark.parametrize(
    ("item", "tolerance"),
    [
        ("height", "1.0"),
        ("segment_horizontal", "2.5"),
        ("segment_tilt", "2"),
        ("centre_thickness", "0.3"),
        ("base_curve", "0.75"),
    ],
)
def test_a_measure_of_the_mounted_lens_has_its_own_tolerance(item, tolerance):
    ordered = {"od": eye(**{item: "20"})}
    for by, ok in ((Decimal(tolerance), True), (Decimal(tolerance) + HUNDREDTH, False)):
        made = {"od": eye(**{item: str(20 - by)})}
        check = check_of(item, verdict_pair(ordered, made), "od")
        assert (check.tolerance, check.ok) == (Decimal(tolerance), ok)
    assert not check_of(item, verdict_pair(ordered, {"od": eye()}), "od").ok
    assert check_of(item, verdict_pair({"od": eye()}, ordered), "od") is None


@pytest.mark.parametrize("item", ["segment_horizontal", "segment_tilt"])
def test_a_progressive_lens_has_no_segment(item):
    ordered = {"od": eye(**{item: "2"})}
    assert check_of(item, verdict_pair(ordered, ordered, "progressive"), "od") is None


def heights(right, left):
    return {"od": eye(height=right), "os": eye(height=left)}


@pytest.mark.parametrize(
    ("made", "ok"),
    [
        (("20", "22"), True),
        (("20.5", "21.5"), True),
        (("21", "23"), True),
        (("20.6", "21.4"), False),
    ],
)
def test_segments_may_not_drift_apart(made, ok):
    check = glasses("height_difference", heights("20", "22"), heights(*made), "bifocal")
    assert (check.nominal, check.tolerance, check.ok) == (-2, 1, ok)


def test_the_difference_of_heights_is_asked_of_two_measured_segments():
    ordered = heights("20", "22")
    assert glasses("height_difference", ordered, ordered, "progressive") is None
    assert glasses("height_difference", PLANO, PLANO, "bifocal") is None
    assert not glasses("height_difference", ordered, PLANO, "bifocal").ok


def test_numbers_of_the_database_are_as_good_as_decimals():
    ordered = {"od": {"sph": -2.25, "cyl": -0.5, "axis": 20, "base_h": False}}
    assert accepted(verdict_pair(ordered, ordered))
