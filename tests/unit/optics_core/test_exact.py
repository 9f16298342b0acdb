from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.exact import InexactError, exact


@pytest.mark.parametrize("absent", [None, False, ""])
def test_what_is_absent_stays_not_measured(absent):
    assert exact(absent) is None


def test_zero_is_measured():
    assert exact(0.0) == 0
    assert exact(0.0) is not None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-2.25, "-2.25"),
        (0.125, "0.125"),
        # Neither is exact in binary; both are what these decimals read as.
        (0.1, "0.1"),
        (1.498, "1.498"),
        (62, "62"),
        ("-0.50", "-0.50"),
        (Decimal("1E+1"), "10"),
    ],
)
def test_a_value_becomes_the_decimal_it_was_written_as(value, expected):
    assert exact(value) == Decimal(expected)


@pytest.mark.parametrize(
    "value",
    [
        0.1 + 0.2,
        1.0001,
        "0.1234",
        Decimal("1.00000000000000000000000000000000001"),
        Decimal("1e-999999"),
        1e30,
        Decimal("1e999999"),
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        "1,25",
        "plano",
        True,
    ],
)
def test_what_is_not_an_exact_decimal_of_three_places_is_refused_never_rounded(value):
    with pytest.raises(InexactError) as refused:
        exact(value)
    assert refused.value.value is value


def test_a_zero_has_no_minus():
    assert str(exact(-0.0)) == "0.0"
    assert not exact("-0.00").is_signed()


@given(st.integers(-99_999, 99_999))
def test_every_float_of_three_places_comes_through_exactly(thousandths):
    assert exact(thousandths / 1000) == Decimal(thousandths).scaleb(-3)
