"""A stored document as the FN gives it back: tags, money in kopecks."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kkt_adapter.simulators.register import checks
from kkt_adapter.simulators.register.store import Document, Fn

_TYPES = {
    "registration": "registration",
    "openShift": "openShift",
    "closeShift": "closeShift",
    "sell": "receipt",
    "sellReturn": "receipt",
    "sellCorrection": "receiptCorrection",
    "sellReturnCorrection": "receiptCorrection",
}


def document_tlv(document: Document, fn: Fn) -> dict[str, Any]:
    tlv: dict[str, Any] = {
        "fiscalDocumentType": _TYPES[document.kind],
        "short": False,
        "1012": document.time,
        "1037": fn.registration_number,
        "1038": document.shift,
        "1040": document.fd,
        "1041": fn.serial,
        "1077": document.fiscal_sign,
        "1209": 4,
    }
    task = json.loads(document.request, parse_float=Decimal).get("task", {})
    operator = task.get("operator") or {}
    _put(tlv, "1021", operator.get("name"))
    _put(tlv, "1203", operator.get("vatin"))
    if not document.is_receipt:
        return tlv
    operation = checks.OPERATIONS[document.kind]
    tlv |= {
        "qr": _qr(document, fn, operation),
        "1020": document.total,
        "1031": document.cash,
        "1042": document.number,
        "1054": operation,
        "1055": checks.TAX_SYSTEMS[task["taxationType"]],
        "1081": document.electronically,
        "1215": document.prepaid,
        "1216": document.credit,
        "1217": document.other,
        "1059": [_line(item) for item in task["items"] if item["type"] == "position"],
    }
    _put(tlv, "1008", (task.get("clientInfo") or {}).get("emailOrPhone"))
    _put(tlv, "1009", task.get("paymentsAddress"))
    _put(tlv, "1187", task.get("paymentsPlace"))
    for item in task["items"]:
        if item["type"] == "userAttribute":
            tlv["1084"] = {"1085": item["name"], "1086": item["value"]}
        elif item["type"] == "additionalAttribute":
            tlv["1192"] = item["value"]
    if "correctionType" in task:
        tlv["1173"] = int(task["correctionType"] == "instruction")
        tlv["1174"] = {"1178": task["correctionBaseDate"].replace(".", "-")}
        _put(tlv["1174"], "1179", task.get("correctionBaseNumber"))
    return tlv


def _line(item: dict[str, Any]) -> dict[str, Any]:
    price = int(item["price"] * 100)
    amount = item["amount"] * 100 if "amount" in item else price * Decimal(item["quantity"])
    line = {
        "1030": item["name"],
        "1079": price,
        "1023": item["quantity"] if isinstance(item["quantity"], int) else float(item["quantity"]),
        "1043": int(Decimal(amount).to_integral_value(ROUND_HALF_UP)),
        "1199": checks.VAT_RATES[item["tax"]["type"]],
        "1212": checks.PAYMENT_OBJECTS[item["paymentObject"]],
        "1214": checks.PAYMENT_METHODS[item["paymentMethod"]],
    }
    if "imcParams" in item:
        line["2000"] = item["imcParams"].get("imc")
    return line


def _qr(document: Document, fn: Fn, operation: int) -> str:
    when = datetime.fromisoformat(document.time).strftime("%Y%m%dT%H%M")
    total = f"{document.total // 100}.{document.total % 100:02d}"
    return (
        f"t={when}&s={total}&fn={fn.serial}&i={document.fd}"
        f"&fp={int(document.fiscal_sign)}&n={operation}"
    )


def _put(tags: dict[str, Any], tag: str, value: Any) -> None:
    if value is not None:
        tags[tag] = value
