from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkt_adapter.app.ffd import Place, completed, document, qr
from kkt_adapter.app.vat import FLAT_TAG, VatRate
from tests.unit.receipt_samples import (
    NAMES,
    RECEIPT_ID,
    SMALLEST,
    fiscal_document,
    load,
    receipt,
)

PAYMENTS = ("1031", "1081", "1215", "1216", "1217")


def sale(*items, **rest):
    lines = [{"product_id": "P-1", "qty": 1, "price": 1000, **item} for item in items]
    return {**SMALLEST, "items": lines, **rest}


@pytest.mark.parametrize("name", NAMES)
def test_the_golden_request_makes_the_golden_document(name):
    assert fiscal_document(load(name, "request")) == load(name, "ffd")


def test_there_is_a_golden_pair_for_every_kind_of_receipt():
    documents = [load(name, "ffd") for name in NAMES]
    assert {(tags["code"], tags["1054"]) for tags in documents} == {
        (3, 1),
        (3, 2),
        (31, 1),
        (31, 2),
    }
    assert {tag for tags in documents for tag in PAYMENTS if tags[tag]} == set(PAYMENTS)


@pytest.mark.parametrize("name", NAMES)
def test_payments_and_lines_equal_the_total(name):
    tags = load(name, "ffd")
    assert sum(line["1043"] for line in tags["1059"]) == tags["1020"]
    assert sum(tags[tag] for tag in PAYMENTS) == tags["1020"]


def test_a_long_name_is_cut_to_what_the_tag_takes_after_the_letters_are_replaced():
    [line] = fiscal_document(sale({"name": "«" + "О…" * 127}))["1059"]
    assert line["1030"] == ('"' + "О..." * 127)[:128]


def test_place_and_address_are_printed_in_the_letters_the_register_has():
    tags = document(receipt(SMALLEST), receipt_id=RECEIPT_ID, place=Place("Салон «О»", "А" * 300))
    assert (tags["1187"], tags["1009"]) == ('Салон "О"', "А" * 256)


def test_a_receipt_taxed_only_at_new_rates_carries_the_stub():
    tags = fiscal_document(sale({"vat": 22}, {"vat": 5}))
    assert tags["1104"] == 0
    assert tags["1115"] == {"1119": [{"1199": 7, "1120": 4762}, {"1199": 11, "1120": 18033}]}


def test_a_receipt_with_any_older_rate_carries_no_stub():
    tags = fiscal_document(sale({"vat": 22}, {"vat": "none"}, {"vat": 10}))
    assert "1104" not in tags
    assert (tags["1105"], tags["1103"]) == (100000, 9091)


def test_zero_rate_and_exempt_goods_report_turnover_and_no_vat_per_line():
    tags = fiscal_document(sale({"vat": 0}, {"vat": "none"}))
    assert (tags["1104"], tags["1105"]) == (100000, 100000)
    assert all("1200" not in line for line in tags["1059"])


@given(
    st.lists(
        st.tuples(st.sampled_from(list(VatRate)), st.integers(min_value=1, max_value=10**8)),
        min_size=1,
        max_size=10,
    )
)
def test_vat_sums_agree_with_the_lines_and_never_exceed_the_turnover(lines):
    items = [{"vat": rate.value, "price": f"{price / 100:.2f}"} for rate, price in lines]
    tags = fiscal_document(sale(*items))
    container = {part["1199"]: part["1120"] for part in tags.get("1115", {}).get("1119", ())}
    assert not container.keys() & FLAT_TAG.keys()
    for code in {rate.tag for rate, _ in lines}:
        turnover = sum(line["1043"] for line in tags["1059"] if line["1199"] == code)
        reported = tags[FLAT_TAG[code]] if code in FLAT_TAG else container[code]
        if code in {5, 6}:
            assert reported == turnover
        else:
            vat = sum(line["1200"] for line in tags["1059"] if line["1199"] == code)
            assert reported == vat <= turnover
    assert any(tag in tags for tag in FLAT_TAG.values())


@pytest.mark.parametrize(
    ("qty", "written"), [(1, "1"), (10, "10"), ("2.500", "2.5"), (0.125, "0.125"), (100, "100")]
)
def test_a_quantity_is_written_plainly(qty, written):
    [line] = fiscal_document(sale({"qty": qty}))["1059"]
    assert line["1023"] == written


def test_the_register_completes_the_document():
    whole = completed(
        fiscal_document(SMALLEST),
        fn="9999078900001234",
        fd=17,
        fiscal_sign="0123456789",
        shift=3,
        number=5,
        registered_at="2026-02-10T16:38:41+03:00",
        registration_number="0000000001012345",
    )
    assert whole["1020"] == 100000
    assert {
        tag: whole[tag] for tag in ("1012", "1037", "1038", "1040", "1041", "1042", "1077")
    } == {
        "1012": "2026-02-10T16:38:41+03:00",
        "1037": "0000000001012345",
        "1038": 3,
        "1040": 17,
        "1041": "9999078900001234",
        "1042": 5,
        "1077": "0123456789",
    }
    json.dumps(whole)


def test_a_document_taken_over_by_hand_has_no_registration_number():
    whole = completed(
        fiscal_document(SMALLEST),
        fn="9999078900001234",
        fd=17,
        fiscal_sign="1",
        shift=3,
        number=5,
        registered_at="2026-02-10T16:38:41+03:00",
    )
    assert "1037" not in whole


@pytest.mark.parametrize(
    "time",
    ["2015-07-20T16:38:59+03:00", "2015-07-20T16:38:59", "2015-07-20T16:38:00Z"],
)
def test_the_qr_is_as_the_order_wants_it_in_the_registers_wall_clock(time):
    text = qr("8710000100015712", 7, "0004293012", 999999900, 1, time)
    assert text == "t=20150720T1638&s=9999999.00&fn=8710000100015712&i=7&fp=4293012&n=1"
