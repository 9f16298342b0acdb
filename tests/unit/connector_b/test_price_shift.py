"""How far a price moves, and what is left of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.price_shift import (
    MOST,
    Verdict,
    Watch,
    margin_percent,
    shift_percent,
)

D = Decimal


@pytest.mark.parametrize(
    ("old", "new", "percent"),
    [
        ("100", "120", "20"),
        ("100", "80", "-20"),
        ("100", "100", "0"),
        ("300", "400", "33.33"),
        ("100", "0", "-100"),
        ("3", "2", "-33.33"),
        ("0.01", "1000000", str(MOST)),
        ("800", "799.96", "-0.01"),
        ("8000", "7999.60", "-0.01"),
        ("8000", "8000.40", "0.01"),
    ],
)
def test_by_how_much_a_price_moves(old: str, new: str, percent: str) -> None:
    assert shift_percent(D(old), D(new)) == D(percent)


def test_where_there_was_no_price_nothing_moves() -> None:
    assert shift_percent(None, D(5)) is None
    assert shift_percent(D(0), D(5)) is None
    assert shift_percent(D(5), None) is None


@pytest.mark.parametrize(
    ("price", "cost", "vat", "percent"),
    [
        ("200", "100", None, "50"),
        ("120", "100", "20", "0"),
        ("240", "100", "20", "50"),
        ("100", "150", "0", "-50"),
        ("300", "200", None, "33.33"),
        ("0", "100", None, str(-MOST)),
        ("0.01", "1000000", None, str(-MOST)),
    ],
)
def test_what_is_left_of_the_price(price: str, cost: str, vat: str | None, percent: str) -> None:
    assert margin_percent(D(price), D(cost), None if vat is None else D(vat)) == D(percent)


def test_without_price_or_cost_nobody_knows() -> None:
    assert margin_percent(None, D(5)) is None
    assert margin_percent(D(5), None) is None
    assert margin_percent(D(0), D(0)) is None


def test_a_shift_beyond_the_limit_stands_out_in_both_directions() -> None:
    watch = Watch(D(20))
    assert watch.verdict(D("20.01"), None) == (Verdict.SHIFT,)
    assert watch.verdict(D("-20.01"), None) == (Verdict.SHIFT,)
    assert watch.verdict(D(20), None) == ()
    assert watch.verdict(D(-20), D(-90)) == ()
    assert watch.verdict(None, None) == ()


def test_a_margin_below_the_floor_stands_out() -> None:
    watch = Watch(None, D(30))
    assert watch.verdict(D(900), D("29.99")) == (Verdict.MARGIN,)
    assert watch.verdict(None, D(30)) == ()
    assert watch.verdict(None, None) == ()
    assert Watch(D(20), D(30)).verdict(D(50), D(5)) == (Verdict.SHIFT, Verdict.MARGIN)
    assert Watch().verdict(D(21), None) == (Verdict.SHIFT,)


prices = st.decimals("0.01", 1_000_000, places=2, allow_nan=False)


@given(prices, prices)
def test_the_sign_is_that_of_the_change(old: Decimal, new: Decimal) -> None:
    shift = shift_percent(old, new)
    assert shift is not None
    assert -100 <= shift <= MOST
    if abs(new - old) * 100 > old:
        assert (shift > 0) == (new > old)
    margin = margin_percent(new, old)
    assert margin is not None
    assert margin <= 100
