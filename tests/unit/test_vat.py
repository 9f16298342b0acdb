from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkt_adapter.app.vat import BY_TAG, FLAT_TAG, VatRate, parse_vat


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("none", VatRate.NONE),
        ("vat22", VatRate.VAT22),
        ("VAT10", VatRate.VAT10),
        (0, VatRate.VAT0),
        (22, VatRate.VAT22),
        (22.0, VatRate.VAT22),
        ("5", VatRate.VAT5),
        ("22%", VatRate.VAT22),
        ("7 %", VatRate.VAT7),
        ("22/122", VatRate.VAT122),
        ("5/105", VatRate.VAT105),
        ("Без НДС", VatRate.NONE),
        (VatRate.VAT20, VatRate.VAT20),
    ],
)
def test_a_rate_is_understood_in_every_usual_spelling(written, rate):
    assert parse_vat(written) is rate


@pytest.mark.parametrize("written", [18, "18", "vat18", "22/120", "", None, True, 22.5, [], "НДС"])
def test_an_unknown_rate_is_refused(written):
    with pytest.raises(ValueError, match="22/122"):
        parse_vat(written)


def test_the_codes_of_tag_1199_are_those_of_the_order():
    assert {rate.value: rate.tag for rate in VatRate} == {
        "vat20": 1,
        "vat10": 2,
        "vat120": 3,
        "vat110": 4,
        "vat0": 5,
        "none": 6,
        "vat5": 7,
        "vat7": 8,
        "vat105": 9,
        "vat107": 10,
        "vat22": 11,
        "vat122": 12,
    }
    assert all(BY_TAG[rate.tag] is rate for rate in VatRate)


def test_only_the_rates_older_than_2025_have_a_flat_tag():
    assert FLAT_TAG == {1: "1102", 2: "1103", 5: "1104", 6: "1105", 3: "1106", 4: "1107"}


def test_the_vat_inside_a_price():
    assert VatRate.VAT22.amount_in(12200) == 2200
    assert VatRate.VAT10.amount_in(59000) == 5364
    assert VatRate.VAT5.amount_in(3334) == 159
    assert VatRate.NONE.amount_in(12200) == 0
    assert VatRate.VAT0.amount_in(12200) == 0


def test_money_before_goods_is_taxed_at_the_calculated_rate():
    assert VatRate.VAT22.on_prepayment is VatRate.VAT122
    assert VatRate.VAT5.on_prepayment is VatRate.VAT105
    assert VatRate.VAT122.on_prepayment is VatRate.VAT122
    assert VatRate.NONE.on_prepayment is VatRate.NONE
    assert VatRate.VAT0.on_prepayment is VatRate.VAT0


PERCENT = {rate: int(rate.value.removeprefix("vat")) % 100 for rate in VatRate if rate != "none"}


@given(st.sampled_from(sorted(PERCENT)), st.integers(min_value=0, max_value=9_999_999_999))
def test_vat_is_its_share_of_the_price_rounded_half_up(rate, price):
    percent = PERCENT[rate]
    share = Decimal(price) * percent / (100 + percent)
    assert rate.amount_in(price) == int(share.to_integral_value(ROUND_HALF_UP))
    assert rate.amount_in(price) <= price
    assert rate.on_prepayment.amount_in(price) == rate.amount_in(price)
