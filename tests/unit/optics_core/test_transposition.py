from __future__ import annotations

import pytest
from hypothesis import given

from optics_core.rules.power_vector import same_power
from optics_core.rules.transposition import canonical, in_sign, transpose
from tests.unit.optics_core.powers import power, prescriptions

# Section 3 of the domain reference.
VECTORS = [
    (("-2.00", "-1.00", 20), ("-3.00", "+1.00", 110)),
    (("+1.50", "-0.50", 180), ("+1.00", "+0.50", 90)),
    (("+1.00", "-0.50", 90), ("+0.50", "+0.50", 180)),
]


@pytest.mark.parametrize(("minus", "plus"), VECTORS)
def test_each_notation_transposes_into_the_other(minus, plus):
    assert transpose(power(*minus)) == power(*plus)
    assert transpose(power(*plus)) == power(*minus)


@given(prescriptions())
def test_transposing_twice_gives_back_the_same_power(value):
    assert transpose(transpose(value)) == value


@given(prescriptions())
def test_transposing_changes_the_notation_not_the_lens(value):
    assert same_power(transpose(value), value)


@pytest.mark.parametrize(("axis", "crossed"), [(1, 91), (90, 180), (91, 1), (180, 90)])
def test_the_axis_of_the_other_notation_is_a_right_angle_away(axis, crossed):
    assert transpose(power("0", "-1", axis)).axis == crossed


@given(prescriptions())
def test_a_transposed_axis_lies_between_1_and_180(value):
    axis = transpose(value).axis
    assert axis is None or 1 <= axis <= 180


@pytest.mark.parametrize("value", [power(), power("-2"), power("-2", "0"), power(add="2")])
def test_without_a_cylinder_there_is_nothing_to_transpose(value):
    assert transpose(value) == value


def test_what_is_not_measured_is_not_measured_after_transposing():
    assert transpose(power(None, "-1", 20)) == power(None, "1", 110)
    assert transpose(power("-2", "-1")) == power("-3", "1")


def test_add_stays_when_a_power_is_transposed():
    assert transpose(power("-2", "-1", 20, "1.75")).add == power(add="1.75").add


@given(prescriptions())
def test_the_canonical_form_has_its_cylinder_in_minus(value):
    cylinder = canonical(value).cyl
    assert cylinder is None or cylinder <= 0


@given(prescriptions())
def test_the_canonical_form_of_the_canonical_form_is_itself(value):
    assert canonical(canonical(value)) == canonical(value)


@given(prescriptions())
def test_both_notations_have_one_canonical_form(value):
    assert canonical(transpose(value)) == canonical(value)


@given(prescriptions())
def test_the_canonical_form_is_the_same_lens(value):
    assert same_power(canonical(value), value)


def test_the_canonical_axis_of_zero_is_180():
    assert canonical(power("-2", "-1", 0)) == power("-2", "-1", 180)
    assert canonical(power("-2", "+1", 0)) == power("-1", "-1", 90)


def test_without_a_cylinder_the_canonical_form_has_no_axis():
    assert canonical(power("-2", "0", 90)) == power("-2", "0")
    assert canonical(power("-2", None, 90)) == power("-2")


def test_a_cylinder_that_was_not_measured_does_not_become_zero():
    assert canonical(power("-2")).cyl is None
    assert canonical(power("-2", "0")).cyl == 0


def test_a_sphere_that_came_to_zero_has_no_minus():
    assert not transpose(power("-1.00", "+1.00", 20)).sph.is_signed()


def test_a_supplier_reads_the_sign_it_asked_for():
    minus, plus = power("-2", "-1", 20), power("-3", "1", 110)
    for written in (minus, plus):
        assert in_sign(written, "minus") == minus
        assert in_sign(written, "plus") == plus
        assert in_sign(written, "as_written") == written


def test_a_sign_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="sign"):
        in_sign(power("-2"), "both")
