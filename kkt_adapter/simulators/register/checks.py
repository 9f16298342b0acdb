"""What the register checks in a receipt by itself, whoever sent it (FFD 1.2, order ЕД-7-20/662@).

Written apart from the adapter's own arithmetic on purpose: two readings of the rules must agree.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from kkt_adapter.simulators.register.refusal import Refusal

OPERATIONS = {"sell": 1, "sellReturn": 2, "sellCorrection": 1, "sellReturnCorrection": 2}
TAX_SYSTEMS = {"osn": 1, "usnIncome": 2, "usnIncomeOutcome": 4, "esn": 16, "patent": 32}
VAT_RATES = {
    "vat20": 1, "vat10": 2, "vat120": 3, "vat110": 4, "vat0": 5, "none": 6, "vat5": 7, "vat7": 8,
    "vat105": 9, "vat107": 10, "vat22": 11, "vat122": 12,
}  # fmt: skip
PAYMENT_METHODS = {
    "fullPrepayment": 1, "prepayment": 2, "advance": 3, "fullPayment": 4, "partialPayment": 5,
    "credit": 6, "creditPayment": 7,
}  # fmt: skip
PAYMENT_OBJECTS = {
    "commodity": 1, "excise": 2, "job": 3, "service": 4, "gamblingBet": 5, "gamblingPrize": 6,
    "lottery": 7, "lotteryPrize": 8, "intellectualActivity": 9, "payment": 10,
    "agentCommission": 11, "pay": 12, "another": 13, "proprietaryLaw": 14,
    "nonOperatingIncome": 15, "otherContributions": 16, "merchantTax": 17, "resortFee": 18,
    "deposit": 19, "consumption": 20, "soleProprietorCPIContributions": 21,
    "cpiContributions": 22, "soleProprietorCMIContributions": 23, "cmiContributions": 24,
    "csiContributions": 25, "casinoPayment": 26, "fundsIssuance": 27,
    "exciseWithoutMarking": 30, "exciseWithMarking": 31,
    "commodityWithoutMarking": 32, "commodityWithMarking": 33,
}  # fmt: skip
PAYMENT_KINDS = ("cash", "electronically", "prepaid", "credit", "other")

MAX_ITEMS = 250
MAX_MARKED = 128
MAX_DOCUMENT_BYTES = 32_768
MAX_SUM = 9_999_999_999
MAX_QUANTITY = 281_474_977
_QUANTITY_STEP = Decimal("0.000001")
_CONTACT = re.compile(r"\+\d{1,19}|[^@\s]+@[^@\s]+")
_INN = re.compile(r"\d{10}|\d{12}")


class Figures(NamedTuple):
    """What the register counts of a receipt, in kopecks, and the caller's reference."""

    total: int
    cash: int
    electronically: int
    prepaid: int
    credit: int
    other: int
    receipt_id: str | None


def receipt(task: dict[str, Any], size: int, today: date, registered: frozenset[str]) -> Figures:
    """The figures of a receipt task; Refusal when any rule is broken. `size`: bytes of the task."""
    if not _is_one_of(task.get("taxationType"), registered):
        raise Refusal(143, "taxationType не из зарегистрированных")
    _people(task)
    total_of_lines, receipt_id = _items(task)
    total = _kopecks(task["total"], "total") if "total" in task else total_of_lines
    if total > total_of_lines or total // 100 != total_of_lines // 100:
        raise Refusal(227, "от суммы позиций можно отбросить только копейки")
    if total > MAX_SUM:
        raise Refusal(16, "total")
    paid = _payments(task, total)
    if task["type"].endswith("Correction"):
        _correction(task, today)
    # JSON is never shorter than the TLV made of it, so small tasks need no measuring.
    if size > MAX_DOCUMENT_BYTES and _tlv_size(task) > MAX_DOCUMENT_BYTES:
        raise Refusal(134, "документ больше 32 768 байт")
    cash, electronically, prepaid, credit, other = paid
    return Figures(total, cash, electronically, prepaid, credit, other, receipt_id)


def operator(task: dict[str, Any]) -> None:
    who = task.get("operator")
    if who is None:
        return
    if not isinstance(who, dict):
        raise Refusal(501, "operator")
    _text(who.get("name"), "operator.name", 64)
    inn = who.get("vatin")
    if inn and not (isinstance(inn, str) and _INN.fullmatch(inn)):
        raise Refusal(148, "operator.vatin")


def _people(task: dict[str, Any]) -> None:
    if not task.get("operator"):
        raise Refusal(161, "кассир (1021)")
    operator(task)
    client = task.get("clientInfo") or {}
    if not isinstance(client, dict):
        raise Refusal(501, "clientInfo")
    contact = client.get("emailOrPhone")
    if contact is not None:
        _text(contact, "clientInfo.emailOrPhone", 64)
        if contact != "none" and not _CONTACT.fullmatch(contact):
            raise Refusal(148, "clientInfo.emailOrPhone")
    elif task.get("electronically"):
        raise Refusal(161, "электронному чеку нужен адрес покупателя (1008)")
    for name in ("paymentsPlace", "paymentsAddress"):
        if name in task:
            _text(task[name], name, 256)


def _items(task: dict[str, Any]) -> tuple[int, str | None]:
    items = task.get("items")
    if not isinstance(items, list):
        raise Refusal(501, "items")
    total = positions = marked = 0
    receipt_id, references = None, 0
    for item in items:
        if not isinstance(item, dict):
            raise Refusal(501, "items[]")
        if item.get("type") == "position":
            positions += 1
            marked += "imcParams" in item
            total += _position(item)
        else:
            _attribute(item)
            if item["type"] == "userAttribute":
                references += 1
                receipt_id = item["value"] if item["name"] == "Чек" else receipt_id
    if not 1 <= positions <= MAX_ITEMS:
        raise Refusal(110, f"от 1 до {MAX_ITEMS}, в чеке {positions}")
    if marked > MAX_MARKED:
        raise Refusal(235)
    if references > 1:
        raise Refusal(160, "реквизит 1084 допустим один раз")
    return total, receipt_id


def _attribute(item: dict[str, Any]) -> None:
    kind = item.get("type")
    if kind == "userAttribute":
        _text(item.get("name"), "1085", 64)
        _text(item.get("value"), "1086", 256)
    elif kind == "additionalAttribute":
        _text(item.get("value"), "1192", 16)
    elif not _is_one_of(kind, ("text", "barcode")):
        raise Refusal(501, "items[].type")


def _position(item: dict[str, Any]) -> int:
    _text(item.get("name"), "1030", 128)
    price = _kopecks(item.get("price"), "price")
    product = price * _quantity(item)
    if isinstance(product, Decimal):
        product = int(product.to_integral_value(ROUND_HALF_UP))
    amount = _kopecks(item["amount"], "amount") if "amount" in item else product
    if abs(amount - product) > 1:
        raise Refusal(16, "amount расходится с price × quantity больше чем на копейку")
    if amount > MAX_SUM or price > MAX_SUM:
        raise Refusal(16)
    tax = item.get("tax")
    if not isinstance(tax, dict) or not _is_one_of(tax.get("type"), VAT_RATES):
        raise Refusal(144)
    # The real driver takes an omitted method for full prepayment: a trap, so it is not accepted.
    if not _is_one_of(item.get("paymentMethod"), PAYMENT_METHODS):
        raise Refusal(216)
    if not _is_one_of(item.get("paymentObject"), PAYMENT_OBJECTS):
        raise Refusal(217)
    return amount


def _quantity(item: dict[str, Any]) -> int | Decimal:
    quantity = item.get("quantity")
    if isinstance(quantity, bool) or not isinstance(quantity, (int, Decimal)):
        raise Refusal(17, "нужно число")
    if not 0 < quantity < MAX_QUANTITY:
        raise Refusal(17)
    if isinstance(quantity, Decimal) and quantity % _QUANTITY_STEP:
        raise Refusal(17, "не больше шести знаков после запятой")
    if "imcParams" in item:
        if not isinstance(item["imcParams"], dict):
            raise Refusal(501, "imcParams")
        if quantity != 1:
            raise Refusal(17, "маркированный товар продаётся по одной штуке")
    return quantity


def _payments(task: dict[str, Any], total: int) -> list[int]:
    payments = task.get("payments")
    if not isinstance(payments, list):
        raise Refusal(501, "payments")
    paid = dict.fromkeys(PAYMENT_KINDS, 0)
    for payment in payments:
        if not isinstance(payment, dict) or not _is_one_of(payment.get("type"), paid):
            raise Refusal(60)
        paid[payment["type"]] += _kopecks(payment.get("sum"), "payments[].sum")
    in_all = sum(paid.values())
    if in_all - paid["cash"] > total:
        raise Refusal(52)
    if in_all < total:
        raise Refusal(66)
    if in_all > total:
        # A real device would give change; here cash must come net of it, as tag 1031 wants it.
        raise Refusal(54, "наличные передаются без сдачи")
    return list(paid.values())


def _correction(task: dict[str, Any], today: date) -> None:
    kind = task.get("correctionType")
    if not _is_one_of(kind, ("self", "instruction")):
        raise Refusal(161, "correctionType (1173)")
    text = task.get("correctionBaseDate")
    if not isinstance(text, str) or not text:
        raise Refusal(161, "correctionBaseDate (1178)")
    try:
        year, month, day = map(int, text.split("."))
        based_on = date(year, month, day)
    except ValueError:
        raise Refusal(77, "correctionBaseDate: нужно ГГГГ.ММ.ДД") from None
    if based_on > today:
        raise Refusal(77, "correctionBaseDate позже сегодняшнего дня")
    number = task.get("correctionBaseNumber")
    if number is not None:
        _text(number, "correctionBaseNumber", 32)
    elif kind == "instruction":
        raise Refusal(161, "correctionBaseNumber (1179)")


def _is_one_of(value: Any, known: Container[str]) -> bool:
    return isinstance(value, str) and value in known


def _kopecks(value: Any, name: str) -> int:
    """Roubles of the JSON as kopecks; at most two decimals, never negative."""
    if isinstance(value, int) and not isinstance(value, bool):
        amount = value * 100
    elif isinstance(value, Decimal) and abs(value) < MAX_SUM:
        exact = value * 100
        amount = int(exact)
        if amount != exact:
            raise Refusal(16, f"{name}: не больше двух знаков после запятой")
    else:
        raise Refusal(16, f"{name}: нужно число")
    if amount < 0:
        raise Refusal(16, f"{name}: отрицательная сумма")
    return amount


def _text(value: Any, name: str, limit: int) -> None:
    if not isinstance(value, str) or not value.strip():
        raise Refusal(161, name)
    if len(value) > limit:
        raise Refusal(134, f"{name} длиннее {limit} знаков")
    if value.isascii():
        return
    try:
        value.encode("cp866")
    except UnicodeEncodeError:
        raise Refusal(148, f"{name}: знак вне CP866") from None


def _tlv_size(task: dict[str, Any]) -> int:
    """Bytes of the document in the FN: headers of four, sums of six, texts as they are."""
    size = 300 + sum(len(str(task.get(name, ""))) for name in ("paymentsPlace", "paymentsAddress"))
    for item in task["items"]:
        size += 70 + len(item.get("name", "")) + len(str(item.get("value", "")))
        size += len(str(item.get("imcParams", {}).get("imc", "")))
    return size
