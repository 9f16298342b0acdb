from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkt_adapter.app.receipt import (
    CorrectionBasis,
    CorrectionKind,
    Line,
    Operation,
    Original,
    Part,
    Payment,
    PaymentKind,
    PaymentMethod,
    Receipt,
    ReceiptType,
    TaxSystem,
    line_amount,
    price_line,
    quantity,
)
from kkt_adapter.app.receipt_check import check
from kkt_adapter.app.vat import VatRate

LINE = Line("P-1", "Оправа", Decimal(1), 100000, 100000, VatRate.NONE)
SALE = Receipt(
    type=ReceiptType.SALE,
    operation=Operation.SALE,
    lines=(LINE,),
    payments=(Payment(PaymentKind.CASHLESS, 100000),),
    tax_system=TaxSystem.USN_INCOME,
    cashier_name="Кассир Иванова",
)


def sale_of(*lines: Line) -> Receipt:
    total = sum(line.amount for line in lines)
    return replace(SALE, lines=lines, payments=(Payment(PaymentKind.CASH, total),))


def faults(receipt: Receipt) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in check(receipt)]


# -- discounts ------------------------------------------------------------------------------


def test_a_discount_that_does_not_divide_splits_the_line():
    assert price_line(Decimal(3), 10000, 20000) == [
        Part(Decimal(2), 3333, 6666),
        Part(Decimal(1), 3334, 3334),
    ]


def test_a_discount_that_divides_keeps_one_line():
    assert price_line(Decimal(2), 10000, 1000) == [Part(Decimal(2), 9500, 19000)]


def test_a_fractional_quantity_is_split_into_whole_units_and_the_rest():
    assert price_line(Decimal("2.5"), 10000, 3) == [
        Part(Decimal("0.5"), 9998, 4999),
        Part(Decimal(2), 9999, 19998),
    ]


def test_a_gift_costs_nothing():
    assert price_line(Decimal(1), 10000, 10000) == [Part(Decimal(1), 0, 0)]


def test_a_discount_cannot_exceed_the_line():
    with pytest.raises(ValueError, match="discount"):
        price_line(Decimal(1), 10000, 10001)


quantities = st.integers(min_value=1, max_value=99_999_999).map(lambda n: Decimal(n) / 1000)
prices = st.integers(min_value=0, max_value=9_999_999_999)


@given(quantities, prices, st.data())
def test_the_parts_of_a_line_always_add_up_to_the_kopeck(count, price, data):
    full = line_amount(count, price)
    discount = data.draw(st.integers(min_value=0, max_value=full))
    parts = price_line(count, price, discount)
    assert len(parts) <= 2
    assert sum(part.amount for part in parts) == full - discount
    assert sum(part.quantity for part in parts) == count
    for part in parts:
        assert part.quantity > 0
        assert part.price >= 0
        assert part.amount == line_amount(part.quantity, part.price)


@given(st.integers(min_value=1, max_value=99_999), prices, st.data())
def test_whole_units_stay_whole(count, price, data):
    discount = data.draw(st.integers(min_value=0, max_value=count * price))
    parts = price_line(Decimal(count), price, discount)
    assert all(part.quantity % 1 == 0 for part in parts)


def test_the_amount_of_a_line_is_rounded_half_up():
    assert line_amount(Decimal("0.5"), 1) == 1
    assert line_amount(Decimal("0.499"), 1) == 0
    assert line_amount(Decimal("1.5"), 3333) == 5000


@pytest.mark.parametrize(
    ("value", "expected"), [(1, "1"), (1.0, "1"), ("2.000", "2"), (0.5, "0.500"), (2.345, "2.345")]
)
def test_a_quantity_is_taken_exactly(value, expected):
    assert str(quantity(value)) == expected


@pytest.mark.parametrize("value", [0.0001, -1, 100_000, "x", True, float("nan")])
def test_what_is_no_quantity_is_refused(value):
    with pytest.raises(ValueError, match=r"\w"):
        quantity(value)


# -- what may be printed --------------------------------------------------------------------


def test_a_lawful_sale_has_no_problems():
    assert check(SALE) == []


@pytest.mark.parametrize(
    ("paid", "words"),
    [(100001, "на 0.01 руб. больше"), (91000, "на 90.00 руб. меньше")],
)
def test_payments_must_equal_the_total_and_the_message_says_by_how_much_they_do_not(paid, words):
    wrong = replace(SALE, payments=(Payment(PaymentKind.CASH, paid),))
    [problem] = check(wrong)
    assert (problem.code, problem.field) == ("payments_mismatch", "payments")
    assert words in problem.message


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": " \n"}, "name_empty", "items[0].name"),
        ({"quantity": Decimal(0)}, "quantity_invalid", "items[0].qty"),
        ({"quantity": Decimal("NaN")}, "quantity_invalid", "items[0].qty"),
        ({"quantity": Decimal("1.0001")}, "quantity_invalid", "items[0].qty"),
        ({"quantity": Decimal(100_000)}, "quantity_invalid", "items[0].qty"),
        ({"price": -1}, "price_out_of_range", "items[0].price"),
        ({"price": 99998}, "amount_mismatch", "items[0].price"),
        ({"subject": 29}, "unknown_subject", "items[0].subject"),
        ({"method": 8}, "unknown_payment_method", "items[0].payment_method"),
        ({"unit": 1}, "unknown_unit", "items[0].unit"),
        ({"subject": 33}, "marking_code_missing", "items[0].marking_code"),
        ({"marking_code": "01"}, "marking_subject", "items[0].subject"),
        ({"method": 1, "vat": VatRate.VAT22}, "vat_not_calculated", "items[0].vat"),
        ({"item": 4, "subject": 0}, "unknown_subject", "items[4].subject"),
    ],
)
def test_a_line_that_the_register_would_refuse_is_named(change, code, field):
    assert faults(sale_of(replace(LINE, **change))) == [(code, field)]


def test_a_kopeck_between_price_and_amount_is_what_registers_allow():
    assert faults(sale_of(replace(LINE, price=99999))) == []


def test_marked_goods_go_one_by_one():
    pair = replace(LINE, quantity=Decimal(2), price=50000, marking_code="01", subject=33)
    assert faults(sale_of(pair)) == [("marking_quantity", "items[0].qty")]


@pytest.mark.parametrize(
    ("count", "code"), [(251, "too_many_items"), (250, "receipt_too_large"), (100, None)]
)
def test_a_receipt_that_the_fiscal_storage_cannot_take_is_refused(count, code):
    lines = [replace(LINE, name="Н" * 200, item=index) for index in range(count)]
    assert faults(sale_of(*lines)) == ([(code, "items")] if code else [])


def test_the_storage_takes_128_marking_codes():
    marked = replace(LINE, marking_code="01", subject=33, name="О")
    assert faults(sale_of(*[marked] * 101)) == []
    assert ("too_many_marking_codes", "items") in faults(sale_of(*[marked] * 129))


def test_a_receipt_for_nothing_is_refused():
    gift = replace(LINE, price=0, amount=0)
    problems = faults(sale_of(gift))
    assert ("total_out_of_range", "items") in problems
    assert ("payment_not_positive", "payments[0].amount") in problems
    assert ("no_items", "items") in faults(sale_of())


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"cashier_name": ""}, "cashier_name_invalid", "cashier.name"),
        # 33 letters, 66 when the ellipses are spelt out.
        ({"cashier_name": "…" * 22}, "cashier_name_invalid", "cashier.name"),
        ({"cashier_inn": "7707083893"}, "cashier_inn_invalid", "cashier.inn"),
        ({"cashier_inn": "500100732258"}, "cashier_inn_invalid", "cashier.inn"),
        ({"electronic_only": True}, "contact_required", "customer"),
        ({"customer_contact": "a@b"}, "email_invalid", "customer.email"),
        ({"customer_contact": "89123456789"}, "phone_invalid", "customer.phone"),
        ({"cash_received": 100000}, "cash_not_expected", "cash_received"),
        ({"operation": Operation.REFUND}, "operation_mismatch", "type"),
        ({"original": Original(fd=1)}, "original_not_expected", "original"),
        (
            {"correction": CorrectionBasis(CorrectionKind.SELF, date(2026, 1, 1))},
            "correction_mismatch",
            "correction",
        ),
        ({"type": ReceiptType.CORRECTION}, "correction_mismatch", "correction"),
    ],
)
def test_the_rest_of_a_receipt_is_checked_too(change, code, field):
    assert faults(replace(SALE, **change)) == [(code, field)]


def test_cash_received_covers_the_cash_part_and_the_change_is_known():
    cash = replace(SALE, payments=(Payment(PaymentKind.CASH, 100000),))
    assert faults(replace(cash, cash_received=99999)) == [("cash_too_little", "cash_received")]
    assert faults(replace(cash, cash_received=100000)) == []
    enough = replace(cash, cash_received=150000)
    assert faults(enough) == []
    assert enough.change == 50000


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (None, "correction_number_required"),
        ("№" * 33, "correction_number_too_long"),
        ("15-12/004", None),
    ],
)
def test_a_correction_by_order_names_the_order(number, expected):
    basis = CorrectionBasis(CorrectionKind.INSTRUCTION, date(2026, 1, 1), number)
    correction = replace(SALE, type=ReceiptType.CORRECTION, correction=basis)
    assert faults(correction) == ([(expected, "correction.number")] if expected else [])


def test_only_the_first_three_methods_come_before_the_goods():
    assert [method.value for method in PaymentMethod if method.before_goods] == [1, 2, 3]


def test_every_problem_tells_the_cashier_something():
    broken = replace(
        SALE, lines=(replace(LINE, subject=0, unit=1, method=0, name=""),), cashier_name=""
    )
    problems = check(broken)
    assert len(problems) == 5
    assert all(problem.message.endswith((".", "!")) for problem in problems)
