from decimal import Decimal

import pytest

from optics_core.rules.acuity import to_decimal, written


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("0.8", "decimal", "0.8"),
        ("6", "six_metres", "1"),
        ("12", "six_metres", "0.5"),
        ("20", "twenty_feet", "1"),
        ("40", "twenty_feet", "0.5"),
        ("0", "logmar", "1"),
        ("1", "logmar", "0.1"),
    ],
)
def test_every_chart_comes_to_one_decimal(value, unit, expected):
    assert to_decimal(Decimal(value), unit) == Decimal(expected)


def test_not_measured_stays_not_measured():
    assert to_decimal(None, "logmar") is None
    assert written(None, "decimal") == ""


def test_a_fraction_of_nothing_has_no_answer():
    assert to_decimal(Decimal(0), "six_metres") is None


def test_an_eye_without_light_is_zero_not_nothing():
    assert to_decimal(Decimal(0), "decimal") == 0


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("1", "decimal", "1.0"),
        ("0.80", "decimal", "0.8"),
        ("6", "six_metres", "6/6"),
        ("40", "twenty_feet", "20/40"),
        ("0.1", "logmar", "logMAR 0.1"),
    ],
)
def test_it_is_written_as_its_chart_is(value, unit, expected):
    assert written(Decimal(value), unit) == expected


def test_an_unknown_chart_is_an_error_not_a_guess():
    with pytest.raises(ValueError, match="snellen"):
        to_decimal(Decimal(1), "snellen")
    with pytest.raises(ValueError, match="snellen"):
        written(Decimal(1), "snellen")
