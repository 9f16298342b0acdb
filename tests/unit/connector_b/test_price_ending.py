"""Prices that end as shops like them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.price_ending import ceil, floor, nearest, period, round_to, round_up_to

D = Decimal


@pytest.mark.parametrize(
    ("value", "ending", "rounded"),
    [
        ("1499.52", "0.90", "1499.90"),
        ("1499.39", "0.90", "1498.90"),
        ("1499.40", "0.90", "1499.90"),
        ("1493.99", "9", "1489"),
        ("1494", "9", "1499"),
        ("1495", "9", "1499"),
        ("1444", "90", "1490"),
        ("1439", "90", "1390"),
        ("1440", "90", "1490"),
        ("1600", "990", "1990"),
        ("12", "1.5", "11.5"),
        ("1499.5", "0", "1500"),
        ("0.10", "0.90", "0.90"),
        ("2", "90", "90"),
        ("0.2", "0", "1"),
        ("0", "0.90", "0"),
    ],
)
def test_the_nearest_price_with_the_ending(value: str, ending: str, rounded: str) -> None:
    assert round_to(D(value), D(ending)) == D(rounded)


def test_never_below() -> None:
    assert round_up_to(D("1498.91"), D("0.90")) == D("1499.90")
    assert round_up_to(D("1498.90"), D("0.90")) == D("1498.90")
    assert round_up_to(D("1"), D(90)) == D(90)


def test_multiples() -> None:
    assert nearest(D("7.5"), D(5)) == D(10)
    assert nearest(D("-7.5"), D(5)) == D(-10)
    assert ceil(D("7.1")) == D(8)
    assert ceil(D("7.1"), D(50)) == D(50)
    assert floor(D("7.9")) == D(7)
    assert floor(D(99), D(50)) == D(50)
    assert str(nearest(D("-0.1"), D(1))) == "0"


prices = st.decimals("0.01", 1_000_000, places=4, allow_nan=False)
endings = st.sampled_from([D("0.90"), D("0.99"), D("0.5"), D(0), D(9), D(90), D(990), D(5)])


@given(prices, endings)
def test_the_ending_is_there_and_no_nearer_price_has_it(price: Decimal, ending: Decimal) -> None:
    found = round_to(price, ending)
    apart = period(ending)
    assert found > 0
    assert (found - ending) % apart == 0
    if price >= ending:
        assert abs(found - price) <= apart / 2 or found in (ending, apart)
    up = round_up_to(price, ending)
    assert price <= up
    assert up - price < apart or up == ending
