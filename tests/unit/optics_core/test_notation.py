from __future__ import annotations

from decimal import Decimal

import pytest

from optics_core.rules import notation
from tests.unit.optics_core.powers import power


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1.25", "+1.25"),
        ("-2", "-2.00"),
        ("0", "0.00"),
        ("-0.00", "0.00"),
        ("0.125", "+0.12"),
        ("-0.375", "-0.37"),
        ("2.625", "+2.62"),
        ("-10.875", "-10.87"),
    ],
)
def test_a_dioptre_has_its_sign_and_two_digits_eighths_cut(value, shown):
    assert notation.dioptre(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("-7.299", "-7.30"), ("-0.004", "0.00"), ("0.0625", "+0.06")]
)
def test_a_computed_power_is_rounded(value, shown):
    assert notation.dioptre(Decimal(value)) == shown


def test_what_was_not_measured_is_shown_as_nothing():
    assert notation.dioptre(None) == ""
    assert notation.axis(None) == ""
    assert notation.millimetres(None) == ""
    assert notation.power(power()) == ""


@pytest.mark.parametrize(("value", "shown"), [(5, "005"), (20, "020"), (180, "180")])
def test_an_axis_has_three_digits(value, shown):
    assert notation.axis(value) == shown


@pytest.mark.parametrize(("value", "shown"), [("62.5", "62.5"), ("62.0", "62"), ("60", "60")])
def test_millimetres_are_written_without_needless_digits(value, shown):
    assert notation.millimetres(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (power("-2", "-1", 20, "2"), "-2.00 -1.00 × 020 Add +2.00"),
        (power("-2", "-1", 20), "-2.00 -1.00 × 020"),
        (power("1.25"), "+1.25"),
        (power("0", "-0.125", 90), "0.00 -0.12 × 090"),
        (power("-2", "0"), "-2.00 0.00"),
        (power("-2", add="1.5"), "-2.00 Add +1.50"),
        (power(add="1.5"), "Add +1.50"),
        (power(None, "-1", 20), "cyl -1.00 × 020"),
    ],
)
def test_a_power_is_one_line(value, line):
    assert notation.power(value) == line
