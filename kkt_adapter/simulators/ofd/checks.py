"""Format and logic control (ФЛК) of what comes in: present, and agreeing with itself."""

from __future__ import annotations

from typing import Any, NamedTuple

_FIELDS: dict[str, type] = {
    "receipt_id": str,
    "pos_id": str,
    "fn": str,
    "fd": int,
    "hlc": dict,
    "document": dict,
}
_TAGS = ("1012", "1020", "1037", "1038", "1040", "1041", "1042", "1054", "1059", "1077")
_PAYMENT_TAGS = ("1031", "1081", "1215", "1216", "1217")


class Unacceptable(Exception):
    """The document is refused by content; the text says what is wrong with it."""


class Checked(NamedTuple):
    receipt_id: str
    pos_id: str
    fn: str
    fd: int
    fiscal_sign: str
    type: str
    total: int


def receipt(body: Any, idempotency_key: str | None) -> Checked:
    """What the operator keeps of a delivery; Unacceptable when something misses or contradicts."""
    if not isinstance(body, dict):
        raise Unacceptable("тело запроса должно быть объектом JSON")
    for name, wanted in _FIELDS.items():
        if not isinstance(body.get(name), wanted) or not body[name]:
            raise Unacceptable(f"нет поля {name} или оно не того вида")
    if idempotency_key != body["receipt_id"]:
        raise Unacceptable("заголовок Idempotency-Key не совпадает с receipt_id")
    if not (len(body["fn"]) == 16 and body["fn"].isdigit()):
        raise Unacceptable("fn: нужно 16 цифр")
    _check_hlc(body["hlc"])
    document = body["document"]
    for tag in _TAGS:
        if tag not in document:
            raise Unacceptable(f"нет тега {tag}")
    return Checked(
        body["receipt_id"],
        body["pos_id"],
        body["fn"],
        body["fd"],
        _check_identity(body, document),
        _kind(document),
        _check_sums(document),
    )


def _check_identity(body: dict[str, Any], document: dict[str, Any]) -> str:
    """The fiscal sign, once body and document are known to speak of the same receipt."""
    sign = _number(body.get("fiscal_sign"), "fiscal_sign")
    if _number(document["1040"], "1040") != body["fd"]:
        raise Unacceptable("тег 1040 не совпадает с fd")
    if str(document["1041"]).strip() != body["fn"]:
        raise Unacceptable("тег 1041 не совпадает с fn")
    if _number(document["1077"], "1077") != sign:
        raise Unacceptable("тег 1077 не совпадает с fiscal_sign")
    reference = document.get("1084")
    if not isinstance(reference, dict):
        return str(sign)
    if reference.get("1085") == "Чек" and reference.get("1086") != body["receipt_id"]:
        raise Unacceptable("тег 1086 не совпадает с receipt_id")
    return str(sign)


def _check_hlc(hlc: dict[str, Any]) -> None:
    for name in ("local_time", "logical_counter"):
        if not isinstance(hlc.get(name), (int, float)):
            raise Unacceptable(f"hlc.{name}: нужно число")


def _check_sums(document: dict[str, Any]) -> int:
    total = _number(document["1020"], "1020")
    lines = document["1059"]
    if not isinstance(lines, list) or not lines:
        raise Unacceptable("тег 1059: нужна хотя бы одна позиция")
    amounts = 0
    for line in lines:
        if not isinstance(line, dict):
            raise Unacceptable("тег 1059: позиция должна быть объектом")
        amounts += _number(line.get("1043"), "1043")
    if amounts // 100 != total // 100 or total > amounts:
        raise Unacceptable("тег 1020 не сходится с суммой позиций 1043")
    paid = sum(_number(document[tag], tag) for tag in _PAYMENT_TAGS if tag in document)
    if paid != total:
        raise Unacceptable("оплаты 1031, 1081, 1215, 1216, 1217 не сходятся с 1020")
    return total


def _kind(document: dict[str, Any]) -> str:
    operation = _number(document["1054"], "1054")
    if operation not in {1, 2, 3, 4}:
        raise Unacceptable("тег 1054: нужно число от 1 до 4")
    if "1173" in document or "1174" in document:
        return "correction"
    return "sale" if operation in {1, 3} else "refund"


def _number(value: Any, name: str) -> int:
    """Signs come as text, sums as numbers: both must be whole and not negative."""
    if isinstance(value, str) and value.isascii() and value.strip().isdigit():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63:
        return value
    raise Unacceptable(f"{name}: нужно целое число")
