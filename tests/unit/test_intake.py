from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kkt_adapter.app.intake import to_receipt
from kkt_adapter.app.models import ReceiptRequest
from kkt_adapter.app.money import roubles
from kkt_adapter.app.receipt import (
    CorrectionKind,
    InvalidReceipt,
    Operation,
    Original,
    PaymentKind,
    Receipt,
    TaxSystem,
)
from kkt_adapter.app.receipt_check import check
from kkt_adapter.app.vat import VatRate
from tests.unit.receipt_samples import (
    CATALOGUE,
    DEFAULTS,
    NAMES,
    SMALLEST,
    TODAY,
    load,
    receipt,
    request,
)


def body(*items, paid=1000, **rest):
    lines = [{"product_id": "P-1", "qty": 1, "price": 1000, **item} for item in items]
    return {**SMALLEST, "items": lines, "payments": [{"method": "card", "amount": paid}], **rest}


def problems_of(sent) -> list[tuple[str, str]]:
    with pytest.raises(InvalidReceipt) as refused:
        receipt(sent)
    return [(problem.code, problem.field) for problem in refused.value.problems]


def wrong_fields(sent) -> list[tuple[str, tuple[str | int, ...]]]:
    with pytest.raises(ValidationError) as refused:
        request(sent)
    return [(error["type"], error["loc"]) for error in refused.value.errors()]


def test_the_smallest_body_is_a_whole_receipt():
    sold = receipt(SMALLEST)
    assert check(sold) == []
    [line] = sold.lines
    assert (line.product_id, line.name, line.quantity) == ("PROD-001", "PROD-001", Decimal(1))
    assert (line.price, line.amount, line.vat) == (100000, 100000, VatRate.NONE)
    assert (line.subject, line.method, line.unit) == (1, 4, 0)
    assert sold.tax_system is TaxSystem.USN_INCOME
    assert sold.cashier_name == DEFAULTS.cashier_name


@pytest.mark.parametrize("name", NAMES)
def test_every_golden_request_may_be_printed(name):
    assert check(receipt(load(name, "request"))) == []


def test_a_product_id_alone_takes_name_price_and_rate_from_the_catalogue():
    sent = {**SMALLEST, "items": [{"product_id": "SUN-1", "qty": 2}]}
    [line] = receipt(sent).lines
    assert (line.name, line.price, line.vat) == ("Очки солнцезащитные", 349050, VatRate.VAT22)
    assert line.amount == 698100


def test_the_request_prevails_over_the_catalogue():
    item = {"product_id": "SUN-1", "qty": 1, "price": 10, "name": "Другое", "vat": "none"}
    [line] = receipt({**SMALLEST, "items": [item]}).lines
    assert (line.name, line.price, line.vat) == ("Другое", 1000, VatRate.NONE)


def test_a_free_item_is_not_taken_for_an_item_without_price():
    [line, _] = receipt(
        body({"product_id": "SUN-1", "price": 0}, {"product_id": "FRAME-7", "price": 1000})
    ).lines
    assert line.price == 0


def test_the_catalogue_is_not_asked_for_what_the_request_says():
    def closed(product_id: str):
        raise AssertionError(product_id)

    sent = request(body({"name": "Оправа", "vat": "none"}))
    to_receipt(sent, product=closed, defaults=DEFAULTS, today=TODAY)


def test_a_price_that_nobody_knows_is_a_problem_that_names_the_field():
    sent = {**SMALLEST, "items": [SMALLEST["items"][0], {"product_id": "NEW", "qty": 1}]}
    assert problems_of(sent) == [("price_missing", "items[1].price")]


def test_all_problems_come_at_once():
    sent = body({"qty": 0}, {"discount": 1001}, {"price": None})
    assert problems_of(sent) == [
        ("quantity_invalid", "items[0].qty"),
        ("discount_too_large", "items[1].discount"),
        ("price_missing", "items[2].price"),
    ]


@pytest.mark.parametrize("price", [1000.10, "1000.10", "1000.1"])
def test_json_numbers_lose_no_kopecks(price):
    [line] = receipt(body({"price": price}, paid=price)).lines
    assert line.price == 100010


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("10.001", "too_fine"),
        ("-1", "negative"),
        ("1e30", "too_large"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("true", "not_a_number"),
        ('"abc"', "not_a_number"),
    ],
)
@pytest.mark.parametrize(
    ("place", "loc"),
    [("price", ("items", 0, "price")), ("amount", ("payments", 0, "amount"))],
)
def test_a_number_that_is_no_amount_is_refused_by_its_field(number, code, place, loc):
    text = json.dumps(SMALLEST).replace(f'"{place}": 1000', f'"{place}": {number}')
    with pytest.raises(ValidationError) as refused:
        ReceiptRequest.model_validate_json(text)
    [error] = refused.value.errors()
    assert (error["type"], error["loc"]) == (code, loc)
    assert error["msg"].endswith(".")


@pytest.mark.parametrize(
    ("change", "loc"),
    [
        ({"pos_id": "POS 1"}, ("pos_id",)),
        ({"pos_id": "P" * 65}, ("pos_id",)),
        ({"type": "Sale"}, ("type",)),
        ({"items": []}, ("items",)),
        ({"items": SMALLEST["items"] * 251}, ("items",)),
        ({"payments": []}, ("payments",)),
        ({"payments": SMALLEST["payments"] * 11}, ("payments",)),
        ({"discount": 5}, ("discount",)),
        ({"cashier": {"name": "К", "inn": "12"}}, ("cashier", "inn")),
        ({"original": {"fiscal_sign": "12345678901"}}, ("original", "fiscal_sign")),
        ({"tax_system": "envd"}, ("tax_system",)),
        ({"order_ref": "О" * 65}, ("order_ref",)),
    ],
)
def test_a_field_outside_its_limits_is_refused(change, loc):
    assert [where for _, where in wrong_fields({**SMALLEST, **change})] == [loc]


def test_an_unknown_rate_is_refused_with_the_list_of_rates():
    assert wrong_fields(body({"vat": 18})) == [("unknown_vat", ("items", 0, "vat"))]


def test_a_fiscal_sign_may_come_as_a_number():
    sent = {**SMALLEST, "type": "refund", "original": {"fd": 7, "fiscal_sign": 123}}
    assert receipt(sent).original == Original(fd=7, fiscal_sign="123")


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("cash", PaymentKind.CASH),
        ("card", PaymentKind.CASHLESS),
        ("sbp", PaymentKind.CASHLESS),
        ("certificate", PaymentKind.PREPAID),
        ("prepaid", PaymentKind.PREPAID),
        ("credit", PaymentKind.CREDIT),
        ("barter", PaymentKind.BARTER),
    ],
)
def test_every_means_of_payment_has_its_kind(method, kind):
    [payment] = receipt({**SMALLEST, "payments": [{"method": method, "amount": 1000}]}).payments
    assert payment.kind is kind


@pytest.mark.parametrize("method", [1, 2, 3])
@pytest.mark.parametrize(
    ("vat", "calculated"),
    [(22, VatRate.VAT122), (5, VatRate.VAT105), ("none", VatRate.NONE), (0, VatRate.VAT0)],
)
def test_a_prepayment_is_taxed_at_the_calculated_rate(method, vat, calculated):
    [line] = receipt(body({"payment_method": method, "vat": vat})).lines
    assert line.vat is calculated


def test_an_advance_is_a_payment_and_a_scanned_code_makes_marked_goods():
    advance, marked = receipt(body({"payment_method": 3}, {"marking_code": "01"})).lines
    assert (advance.subject, marked.subject) == (10, 33)


def test_a_discounted_line_keeps_the_place_of_its_item():
    lines = receipt(body({}, {"qty": 3, "price": 100, "discount": 200})).lines
    assert [line.item for line in lines] == [0, 1, 1]


def test_a_marked_item_is_never_split():
    lines = receipt(body({"marking_code": "01", "discount": "0.01"})).lines
    assert [line.amount for line in lines] == [99999]


@pytest.mark.parametrize(
    ("customer", "contact"),
    [
        ({"phone": "8 912 345-67-89"}, "+79123456789"),
        ({"email": "a@b.ru", "phone": "+79123456789"}, "a@b.ru"),
        ({}, None),
    ],
)
def test_the_receipt_goes_to_one_address(customer, contact):
    assert receipt({**SMALLEST, "customer": customer}).customer_contact == contact


def test_a_telephone_that_is_none_is_left_for_the_check_to_name():
    wrong = receipt({**SMALLEST, "customer": {"phone": "112"}})
    assert [problem.field for problem in check(wrong)] == ["customer.phone"]


def test_one_cashier_does_not_lend_another_the_inn():
    sent = request({**SMALLEST, "cashier": {"name": "Кассир Петров"}})
    till = type(DEFAULTS)(VatRate.NONE, TaxSystem.OSN, "Кассир Иванова", "500100732259")
    sold = to_receipt(sent, product=CATALOGUE.get, defaults=till, today=TODAY)
    assert (sold.cashier_name, sold.cashier_inn) == ("Кассир Петров", None)


def test_a_correction_without_basis_is_self_initiated_today():
    corrected = receipt({**SMALLEST, "type": "correction"})
    assert corrected.operation is Operation.SALE
    assert corrected.correction is not None
    assert corrected.correction.kind is CorrectionKind.SELF
    assert corrected.correction.date == TODAY


def test_a_correction_of_a_refund_is_a_refund():
    corrected = receipt(
        {**SMALLEST, "type": "correction", "correction": {"operation": "refund", "kind": "self"}}
    )
    assert corrected.operation is Operation.REFUND


def test_a_settlement_cannot_be_corrected_before_it_happens():
    sent = {**SMALLEST, "type": "correction", "correction": {"date": "2026-02-11"}}
    assert problems_of(sent) == [("correction_date_in_future", "correction.date")]
    sent["correction"] = {"date": "2026-02-10"}
    assert receipt(sent).correction.date == date(2026, 2, 10)


items = st.lists(
    st.builds(
        lambda qty, price, off: (Decimal(qty) / 1000, price, off),
        st.integers(min_value=1, max_value=20_000),
        st.integers(min_value=1, max_value=10_000_000),
        st.integers(min_value=0, max_value=100),
    ),
    min_size=1,
    max_size=8,
)


@given(items)
def test_whatever_is_sold_the_lines_add_up_to_what_is_paid(sold):
    wanted = []
    total = 0
    for count, price, percent in sold:
        full = int(count * price + Decimal("0.5"))
        discount = full * percent // 100
        total += full - discount
        wanted.append({"qty": str(count), "price": roubles(price), "discount": roubles(discount)})
    made: Receipt = receipt(body(*wanted, paid=roubles(total)))
    assert made.total == total
    assert {problem.code for problem in check(made)} <= (
        set() if total else {"total_out_of_range", "payment_not_positive"}
    )


def test_the_schema_is_complete_and_its_examples_are_receipts():
    schema = ReceiptRequest.model_json_schema()
    assert schema["additionalProperties"] is False
    for example in schema["examples"]:
        assert check(receipt(example)) == []
