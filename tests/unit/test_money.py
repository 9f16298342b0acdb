from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkt_adapter.app.money import MAX_KOPECKS, AmountError, exact, kopecks, roubles


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1000, 100000),
        (0, 0),
        (1000.10, 100010),
        (0.07, 7),
        (1.15, 115),
        ("1000.50", 100050),
        ("7", 700),
        ("10.500", 1050),
        (Decimal("0.01"), 1),
        (Decimal("1E+3"), 100000),
        (99999999.99, MAX_KOPECKS),
        ("99999999.99", MAX_KOPECKS),
    ],
)
def test_roubles_become_kopecks_exactly(value, expected):
    assert kopecks(value) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0.001, "too_fine"),
        (10.005, "too_fine"),
        ("10.001", "too_fine"),
        (Decimal("10.00000000000000000000000000000000001"), "too_fine"),
        (Decimal("1e-999999"), "too_fine"),
        (-1, "negative"),
        (-0.01, "negative"),
        ("-5", "negative"),
        (100_000_000, "too_large"),
        (10**400, "too_large"),
        (1e30, "too_large"),
        (Decimal("1e999999"), "too_large"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (Decimal("NaN"), "not_a_number"),
        (Decimal("sNaN"), "not_a_number"),
        (Decimal("-Infinity"), "not_a_number"),
        (True, "not_a_number"),
        (None, "not_a_number"),
        ("", "not_a_number"),
        ("1e3", "not_a_number"),
        ("1 000", "not_a_number"),
        ("10,50", "not_a_number"),
        ("１０", "not_a_number"),
        ("9" * 100, "not_a_number"),
    ],
)
def test_what_is_no_amount_is_refused_never_rounded(value, code):
    with pytest.raises(AmountError) as refused:
        kopecks(value)
    assert refused.value.code == code
    assert str(refused.value)


@given(st.integers(min_value=0, max_value=MAX_KOPECKS))
def test_no_way_of_writing_an_amount_in_json_loses_a_kopeck(amount):
    text = roubles(amount)
    assert kopecks(text) == amount
    assert kopecks(json.loads(text)) == amount
    assert kopecks(json.loads(json.dumps(amount / 100))) == amount
    assert kopecks(Decimal(text)) == amount


@given(st.integers(min_value=0, max_value=99_999_999), st.integers(min_value=0, max_value=9999))
def test_a_number_passes_only_if_its_third_and_fourth_decimals_are_zero(whole, fraction):
    number = float(f"{whole}.{fraction:04d}")
    if fraction % 100:
        with pytest.raises(AmountError):
            kopecks(number)
    else:
        assert kopecks(number) == whole * 100 + fraction // 100


def test_roubles_are_written_with_two_decimals():
    assert roubles(123450) == "1234.50"
    assert roubles(5) == "0.05"
    assert roubles(-150) == "-1.50"


def test_the_limit_is_counted_in_units():
    assert exact("99.999", 3, 99_999) == 99_999
    with pytest.raises(AmountError):
        exact("100", 3, 99_999)
