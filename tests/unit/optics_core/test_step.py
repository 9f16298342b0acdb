from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.step import (
    EIGHTH,
    QUARTER,
    neighbours,
    on_step,
    to_step,
    whole_eighth,
)

hundredths = st.integers(-4500, 4500).map(lambda count: Decimal(count) / 100)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.125", "0.25"), ("-0.125", "-0.25"), ("0.375", "0.50"), ("-0.375", "-0.50")],
)
def test_half_a_step_rounds_away_from_zero(value, rounded):
    assert to_step(Decimal(value), QUARTER) == Decimal(rounded)


@given(hundredths)
def test_a_minus_lens_rounds_as_the_plus_lens_of_its_strength(value):
    assert to_step(-value, QUARTER) == -to_step(value, QUARTER)


@given(hundredths)
def test_rounding_moves_by_half_a_step_at_most_and_lands_on_it(value):
    rounded = to_step(value, QUARTER)
    assert on_step(rounded, QUARTER)
    assert abs(rounded - value) <= QUARTER / 2


def test_a_small_minus_rounds_to_a_zero_without_sign():
    assert str(to_step(Decimal("-0.1"), QUARTER)) == "0.00"


@given(hundredths)
def test_neighbours_enclose_the_value_one_step_apart(value):
    low, high = neighbours(value, QUARTER)
    assert low <= value <= high
    assert high - low == (0 if on_step(value, QUARTER) else QUARTER)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0.12", "0.125"),
        ("0.13", "0.125"),
        ("-2.37", "-2.375"),
        ("-2.38", "-2.375"),
        ("7.62", "7.625"),
        ("7.63", "7.625"),
        ("-0.87", "-0.875"),
        ("-0.88", "-0.875"),
        ("1.25", "1.25"),
        ("-1.10", "-1.10"),
        ("0.125", "0.125"),
        ("0", "0"),
    ],
)
def test_an_eighth_is_recognised_cut_and_rounded(typed, meant):
    assert whole_eighth(Decimal(typed)) == Decimal(meant)


@given(st.integers(-360, 360).map(lambda count: count * EIGHTH))
def test_a_whole_eighth_stays_what_it_is(value):
    assert whole_eighth(value) == value
