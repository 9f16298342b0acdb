from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from optics_core.rules.ordered_values import WITH_ADD, eyes_with_power, of_eye, pd_shift
from tests.unit.optics_core.powers import steps

WRITTEN = {
    "sph": Decimal("-2.00"),
    "cyl": Decimal("-1.00"),
    "axis": 20,
    "add": Decimal("2.25"),
    "pd": Decimal("31.5"),
    "height": Decimal(19),
    "prism_h": None,
}


def test_reading_glasses_have_the_addition_in_the_sphere():
    ordered = of_eye(WRITTEN, "constant", "near", Decimal(2))
    assert (ordered["sph"], ordered["add"]) == (Decimal("0.25"), None)
    assert (ordered["cyl"], ordered["axis"]) == (Decimal("-1.00"), 20)
    assert ordered["pd"] == Decimal("29.5")


def test_a_prescription_for_near_is_ordered_as_written():
    written = {**WRITTEN, "add": None}
    assert of_eye(written, "near", "near", Decimal(2)) == written


@pytest.mark.parametrize("purpose", WITH_ADD)
def test_an_addition_stays_where_the_lens_has_one(purpose):
    assert of_eye(WRITTEN, "constant", purpose) == WRITTEN


def test_glasses_for_the_distance_have_no_addition():
    ordered = of_eye(WRITTEN, "constant", "distance")
    assert ordered == {**WRITTEN, "add": None}


def test_what_was_not_measured_stays_so():
    empty = dict.fromkeys(WRITTEN)
    for purpose in ("near", "distance", "progressive"):
        assert of_eye(empty, "constant", purpose, Decimal(2)) == empty


def test_without_a_near_pd_the_eye_keeps_its_own():
    assert of_eye(WRITTEN, "constant", "near", None)["pd"] == WRITTEN["pd"]


def test_the_prescription_itself_is_not_changed():
    before = dict(WRITTEN)
    of_eye(WRITTEN, "constant", "near", Decimal(2))
    assert before == WRITTEN


@given(steps(20, 40, Decimal("0.5")), steps(0, 4, Decimal("0.25")))
def test_an_ordered_pd_is_on_the_half_millimetre(pd, shift):
    ordered = of_eye({**WRITTEN, "pd": pd}, "constant", "near", shift)
    assert ordered["pd"] % Decimal("0.5") == 0
    assert abs(ordered["pd"] - (pd - shift)) <= Decimal("0.25")


def test_each_eye_turns_in_by_half():
    assert pd_shift(Decimal("62.5"), Decimal("58.5")) == 2
    assert pd_shift(None, Decimal("58.5")) is None
    assert pd_shift(Decimal("62.5"), None) is None


@pytest.mark.parametrize(
    ("od", "os", "eyes"),
    [("-2", "-1", "both"), ("-2", None, "od"), (None, "-1", "os"), (None, None, "both")],
)
def test_an_eye_without_a_sphere_is_not_ordered(od, os, eyes):
    assert eyes_with_power({"sph": od}, {"sph": os}) == eyes


def test_plano_is_a_sphere():
    assert eyes_with_power({"sph": Decimal(0)}, {"sph": None}) == "od"
