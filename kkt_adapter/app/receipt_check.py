"""May this receipt be printed? Every rule of the law and of the register's arithmetic that can
be known beforehand, so that nothing is stored that the register would refuse."""

from __future__ import annotations

from collections.abc import Iterator

from kkt_adapter.app.cp866 import printable
from kkt_adapter.app.money import MAX_KOPECKS, roubles
from kkt_adapter.app.receipt import (
    MARKED_EXCISE,
    MARKED_GOODS,
    MAX_QUANTITY,
    QUANTITY_PLACES,
    SUBJECTS,
    UNITS,
    CorrectionKind,
    Line,
    Operation,
    PaymentKind,
    PaymentMethod,
    Problem,
    Receipt,
    ReceiptType,
    line_amount,
)
from kkt_adapter.app.requisites import MAX_CONTACT, is_email, is_inn, normal_phone

MAX_LINES = 250
MAX_MARKING_CODES = 128
MAX_DOCUMENT_BYTES = 32_768
MAX_CASHIER = 64
MAX_BASIS_NUMBER = 32

_METHODS = frozenset(PaymentMethod)

# Upper bounds of what the TLV form takes: head, place, address, cashier and our reference;
# one line without its name; a code with its check results.
_HEAD_BYTES, _LINE_BYTES, _MARKING_BYTES = 1_500, 80, 180
_LINES_THAT_ALWAYS_FIT = 80


def check(receipt: Receipt) -> list[Problem]:
    """What is wrong, in the order of the request; empty if it may be stored and printed."""
    return [
        *_lines(receipt),
        *_payments(receipt),
        *_people(receipt),
        *_references(receipt),
    ]


def _lines(receipt: Receipt) -> Iterator[Problem]:
    lines = receipt.lines
    if not lines:
        yield Problem("no_items", "items", None, "В чеке нет товаров: добавьте хотя бы один.")
    for line in lines:
        yield from _line(line)
    if len(lines) > MAX_LINES:
        yield Problem(
            "too_many_items",
            "items",
            len(lines),
            f"В чеке {len(lines)} строк, а можно {MAX_LINES} (скидка может сделать из одного"
            " товара две строки). Разделите покупку на несколько чеков.",
        )
    elif len(lines) > _LINES_THAT_ALWAYS_FIT and _size(receipt) > MAX_DOCUMENT_BYTES:
        yield Problem(
            "receipt_too_large",
            "items",
            len(lines),
            "Чек не поместится в фискальный накопитель. Разделите покупку на несколько чеков.",
        )
    codes = [line for line in lines if line.marking_code]
    if len(codes) > MAX_MARKING_CODES:
        yield Problem(
            "too_many_marking_codes",
            "items",
            len(codes),
            f"В чеке {len(codes)} кодов маркировки, а накопитель принимает {MAX_MARKING_CODES}."
            " Разделите покупку на несколько чеков.",
        )


def _line(line: Line) -> Iterator[Problem]:
    at = f"items[{line.item}]"
    if not printable(line.name):
        yield Problem("name_empty", f"{at}.name", line.name, "У товара нет названия: впишите его.")
    if not _is_sellable(line):
        yield Problem(
            "quantity_invalid",
            f"{at}.qty",
            str(line.quantity),
            f"Количество должно быть больше 0 и не больше {MAX_QUANTITY}, не более"
            f" {QUANTITY_PLACES} знаков после точки.",
        )
    elif not 0 <= line.price <= MAX_KOPECKS or not 0 <= line.amount <= MAX_KOPECKS:
        yield Problem(
            "price_out_of_range",
            f"{at}.price",
            roubles(line.price),
            f"Цена и стоимость строки — от 0 до {roubles(MAX_KOPECKS)} руб. Проверьте цену.",
        )
    elif abs(line.amount - line_amount(line.quantity, line.price)) > 1:
        yield Problem(
            "amount_mismatch",
            f"{at}.price",
            roubles(line.amount),
            "Стоимость строки не равна цене, умноженной на количество: регистратор её не примет.",
        )
    yield from _codes(line, at)
    yield from _marking(line, at)


def _is_sellable(line: Line) -> bool:
    if not line.quantity.is_finite() or not 0 < line.quantity <= MAX_QUANTITY:
        return False
    return line.quantity.scaleb(QUANTITY_PLACES) % 1 == 0


def _codes(line: Line, at: str) -> Iterator[Problem]:
    if line.subject not in SUBJECTS:
        yield Problem(
            "unknown_subject",
            f"{at}.subject",
            line.subject,
            "Такого признака предмета расчёта (тег 1212) нет. Товар — 1, работа — 3, услуга — 4,"
            " платёж — 10.",
        )
    if line.unit not in UNITS:
        yield Problem(
            "unknown_unit",
            f"{at}.unit",
            line.unit,
            "Такой меры количества (тег 2108) нет. Штуки — 0, другое — 255.",
        )
    if line.method not in _METHODS:
        yield Problem(
            "unknown_payment_method",
            f"{at}.payment_method",
            line.method,
            "Такого признака способа расчёта (тег 1214) нет. Полный расчёт — 4, предоплата — 1"
            " или 2, аванс — 3.",
        )
    elif PaymentMethod(line.method).before_goods and line.vat.on_prepayment is not line.vat:
        yield Problem(
            "vat_not_calculated",
            f"{at}.vat",
            line.vat.value,
            f"С предоплаты НДС берётся по расчётной ставке {line.vat.on_prepayment.value}.",
        )


def _marking(line: Line, at: str) -> Iterator[Problem]:
    marked = line.subject in {MARKED_EXCISE, MARKED_GOODS}
    if line.marking_code is None:
        if marked:
            yield Problem(
                "marking_code_missing",
                f"{at}.marking_code",
                None,
                "Товар маркированный: отсканируйте его код маркировки.",
            )
        return
    if not marked:
        yield Problem(
            "marking_subject",
            f"{at}.subject",
            line.subject,
            f"У товара с кодом маркировки признак предмета расчёта — {MARKED_GOODS}.",
        )
    if line.quantity != 1:
        yield Problem(
            "marking_quantity",
            f"{at}.qty",
            str(line.quantity),
            "Каждый маркированный товар пробивается отдельной строкой, в количестве 1.",
        )


def _payments(receipt: Receipt) -> Iterator[Problem]:
    total = receipt.total
    if receipt.lines and not 0 < total <= MAX_KOPECKS:
        yield Problem(
            "total_out_of_range",
            "items",
            roubles(total),
            f"Итог чека должен быть больше 0 и не больше {roubles(MAX_KOPECKS)} руб.",
        )
    for index, payment in enumerate(receipt.payments):
        if payment.amount <= 0:
            yield Problem(
                "payment_not_positive",
                f"payments[{index}].amount",
                roubles(payment.amount),
                "Сумма оплаты должна быть больше нуля: уберите пустую оплату.",
            )
    difference = sum(payment.amount for payment in receipt.payments) - total
    if difference:
        relation = "больше" if difference > 0 else "меньше"
        yield Problem(
            "payments_mismatch",
            "payments",
            roubles(total + difference),
            f"Оплат на {roubles(abs(difference))} руб. {relation} итога {roubles(total)} руб."
            " Исправьте суммы оплат.",
        )
    if receipt.cash_received is not None:
        yield from _cash(receipt.cash_received, receipt.paid(PaymentKind.CASH))


def _cash(received: int, due: int) -> Iterator[Problem]:
    if due == 0:
        yield Problem(
            "cash_not_expected",
            "cash_received",
            roubles(received),
            "Наличные получены, но оплаты наличными в чеке нет. Проверьте способ оплаты.",
        )
    elif received < due:
        yield Problem(
            "cash_too_little",
            "cash_received",
            roubles(received),
            f"Наличных получено на {roubles(due - received)} руб. меньше, чем нужно."
            " Доберите наличные или исправьте сумму.",
        )


def _people(receipt: Receipt) -> Iterator[Problem]:
    name = printable(receipt.cashier_name)
    if not 0 < len(name) <= MAX_CASHIER:
        yield Problem(
            "cashier_name_invalid",
            "cashier.name",
            receipt.cashier_name,
            f"Нужны должность и фамилия кассира, не длиннее {MAX_CASHIER} букв.",
        )
    inn = receipt.cashier_inn
    if inn is not None and not (len(inn) == 12 and is_inn(inn)):
        yield Problem(
            "cashier_inn_invalid",
            "cashier.inn",
            inn,
            "ИНН кассира — 12 цифр, и контрольные цифры должны сойтись. Проверьте ИНН.",
        )
    yield from _customer(receipt.customer_contact, electronic_only=receipt.electronic_only)


def _customer(contact: str | None, *, electronic_only: bool) -> Iterator[Problem]:
    if contact is None:
        if electronic_only:
            yield Problem(
                "contact_required",
                "customer",
                None,
                "Электронному чеку нужен телефон или e-mail покупателя.",
            )
    elif "@" in contact:
        if not is_email(contact):
            yield Problem(
                "email_invalid",
                "customer.email",
                contact,
                f"E-mail не похож на адрес или длиннее {MAX_CONTACT} букв. Проверьте его.",
            )
    elif normal_phone(contact) != contact:
        yield Problem(
            "phone_invalid",
            "customer.phone",
            contact,
            "Телефон не похож на номер: нужен вид +79123456789.",
        )


def _references(receipt: Receipt) -> Iterator[Problem]:
    expected = {
        ReceiptType.SALE: {Operation.SALE},
        ReceiptType.REFUND: {Operation.REFUND},
        ReceiptType.CORRECTION: {Operation.SALE, Operation.REFUND},
    }[receipt.type]
    if receipt.operation not in expected:
        yield Problem(
            "operation_mismatch",
            "type",
            int(receipt.operation),
            "Признак расчёта (тег 1054) не подходит к виду чека.",
        )
    if receipt.type is ReceiptType.SALE and receipt.original is not None:
        # More likely a refund sent as a sale than a sale that knows a receipt to return.
        yield Problem(
            "original_not_expected",
            "original",
            None,
            "У продажи нет возвращаемого чека. Если это возврат, выберите возврат.",
        )
    yield from _basis(receipt)


def _basis(receipt: Receipt) -> Iterator[Problem]:
    basis = receipt.correction
    if (receipt.type is ReceiptType.CORRECTION) != (basis is not None):
        yield Problem(
            "correction_mismatch",
            "correction",
            receipt.type.value,
            "Основание коррекции указывают в чеке коррекции, и только в нём.",
        )
    if basis is None:
        return
    number = printable(basis.number or "")
    if basis.kind is CorrectionKind.INSTRUCTION and not number:
        yield Problem(
            "correction_number_required",
            "correction.number",
            basis.number,
            "Для коррекции по предписанию нужен его номер.",
        )
    if len(number) > MAX_BASIS_NUMBER:
        yield Problem(
            "correction_number_too_long",
            "correction.number",
            basis.number,
            f"Номер предписания длиннее {MAX_BASIS_NUMBER} букв. Сократите его.",
        )


def _size(receipt: Receipt) -> int:
    return _HEAD_BYTES + sum(
        _LINE_BYTES
        + min(len(printable(line.name)), 128)
        + (_MARKING_BYTES if line.marking_code else 0)
        for line in receipt.lines
    )
