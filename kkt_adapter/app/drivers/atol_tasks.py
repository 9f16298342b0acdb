"""Fiscal document → JSON task of the ATOL driver 10, and its answers back. No device here.

Names are those of the driver's JSON tasks [ATOL Web Requests OpenAPI 1.0.1, driver-10 clients];
nothing of this has been run against a real register yet [assumed].
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from kkt_adapter.app.ffd import CORRECTION, PAYMENT_TAGS, REFERENCE_NAME
from kkt_adapter.app.money import kopecks
from kkt_adapter.app.receipt import Operation, PaymentKind
from kkt_adapter.app.vat import BY_TAG

_TASKS = {Operation.SALE: "sell", Operation.REFUND: "sellReturn"}

_TAXATION = {
    1: "osn",
    2: "usnIncome",
    4: "usnIncomeOutcome",
    16: "esn",
    32: "patent",
}

_METHODS = {
    1: "fullPrepayment",
    2: "prepayment",
    3: "advance",
    4: "fullPayment",
    5: "partialPayment",
    6: "credit",
    7: "creditPayment",
}

_SUBJECTS = {
    1: "commodity",
    2: "excise",
    3: "job",
    4: "service",
    5: "gamblingBet",
    6: "gamblingPrize",
    7: "lottery",
    8: "lotteryPrize",
    9: "intellectualActivity",
    10: "payment",
    11: "agentCommission",
    12: "pay",
    13: "another",
    14: "proprietaryLaw",
    15: "nonOperatingIncome",
    16: "otherContributions",
    17: "merchantTax",
    18: "resortFee",
    19: "deposit",
    20: "consumption",
    21: "soleProprietorCPIContributions",
    22: "cpiContributions",
    23: "soleProprietorCMIContributions",
    24: "cmiContributions",
    25: "csiContributions",
    26: "casinoPayment",
    27: "fundsIssuance",
    30: "exciseWithoutMarking",
    31: "exciseWithMarking",
    32: "commodityWithoutMarking",
    33: "commodityWithMarking",
}

_UNITS = {
    0: "piece",
    10: "gram",
    11: "kilogram",
    12: "ton",
    20: "centimeter",
    21: "decimeter",
    22: "meter",
    30: "squareCentimeter",
    31: "squareDecimeter",
    32: "squareMeter",
    40: "milliliter",
    41: "liter",
    42: "cubicMeter",
    50: "kilowattHour",
    51: "gkal",
    70: "day",
    71: "hour",
    72: "minute",
    73: "second",
    80: "kilobyte",
    81: "megabyte",
    82: "gigabyte",
    83: "terabyte",
    255: "otherUnits",
}

_PAYMENTS = {
    PAYMENT_TAGS[PaymentKind.CASH]: "cash",
    PAYMENT_TAGS[PaymentKind.CASHLESS]: "electronically",
    PAYMENT_TAGS[PaymentKind.PREPAID]: "prepaid",
    PAYMENT_TAGS[PaymentKind.CREDIT]: "credit",
    PAYMENT_TAGS[PaymentKind.BARTER]: "other",
}
_COMPARED = ("1054", "1020", *_PAYMENTS)

_KINDS = {
    "receiptCorrection": "correction",
    "openShift": "open_shift",
    "closeShift": "close_shift",
}


@dataclass(frozen=True, slots=True)
class RegisteredFields:
    """What a register says of a document it fiscalised, whoever asked and however.

    `kind` is sale, refund, correction, open_shift, close_shift or the register's own word; it
    and `receipt_id` are None where the answer does not tell (`registered`).
    """

    fn: str
    fd: int
    fiscal_sign: str
    shift: int
    number: int
    time: str
    total: int
    registration_number: str = ""
    receipt_id: str | None = None
    kind: str | None = None


def receipt_task(document: dict[str, Any]) -> dict[str, Any]:
    """The task that makes the register print this document (of `ffd.document`)."""
    correction = document["code"] == CORRECTION
    task: dict[str, Any] = {
        "type": _TASKS[document["1054"]] + ("Correction" if correction else ""),
        "taxationType": _TAXATION[document["1055"]],
        "electronically": document.get("electronically", False),
        "operator": _operator(document),
    }
    if "1008" in document:
        task["clientInfo"] = {"emailOrPhone": document["1008"]}
    task["paymentsPlace"] = document["1187"]
    task["paymentsAddress"] = document["1009"]
    if correction:
        task.update(_correction(document))
    task["items"] = _items(document)
    task["payments"] = [
        {"type": name, "sum": _money(document[tag])}
        for tag, name in _PAYMENTS.items()
        if document[tag]
    ]
    task["total"] = _money(document["1020"])
    return task


def registered(result: dict[str, Any]) -> RegisteredFields:
    """The answer to a receipt or shift task."""
    params = result["fiscalParams"]
    return RegisteredFields(
        fn=params["fnNumber"],
        fd=params["fiscalDocumentNumber"],
        fiscal_sign=str(params["fiscalDocumentSign"]),
        shift=params["shiftNumber"],
        number=params.get("fiscalReceiptNumber", 0),
        time=params["fiscalDocumentDateTime"],
        total=kopecks(params.get("total", 0)),
        registration_number=params.get("registrationNumber", ""),
    )


def from_tlv(tlv: dict[str, Any]) -> RegisteredFields:
    """The same of a document read back from the register's memory (`getFnDocument`)."""
    return RegisteredFields(
        # The register pads strings of fixed length with spaces.
        fn=tlv["1041"].strip(),
        fd=tlv["1040"],
        fiscal_sign=str(tlv["1077"]),
        shift=tlv.get("1038", 0),
        number=tlv.get("1042", 0),
        time=tlv["1012"],
        total=tlv.get("1020", 0),
        registration_number=tlv.get("1037", "").strip(),
        receipt_id=reference(tlv),
        kind=_kind(tlv),
    )


def reference(tags: dict[str, Any]) -> str | None:
    """Our number of a receipt, from tag 1084 of the document or of the register's copy."""
    attribute = tags.get("1084")
    if not isinstance(attribute, dict) or attribute.get("1085") != REFERENCE_NAME:
        return None
    value = attribute.get("1086")
    return value if isinstance(value, str) else None


def matches(document: dict[str, Any], tlv: dict[str, Any]) -> bool:
    """Whether the register's copy is this document: our reference and every sum agree.

    Sums alone prove nothing (two equal sales in a minute are normal), so a copy without the
    reference never matches.
    """
    expected = reference(document)
    if expected is None or reference(tlv) != expected:
        return False
    return all(document.get(tag, 0) == tlv.get(tag, 0) for tag in _COMPARED)


def _operator(document: dict[str, Any]) -> dict[str, str]:
    operator = {"name": document["1021"]}
    if "1203" in document:
        operator["vatin"] = document["1203"]
    return operator


def _correction(document: dict[str, Any]) -> dict[str, str]:
    reason = document["1174"]
    fields = {
        "correctionType": "instruction" if document["1173"] else "self",
        "correctionBaseDate": reason["1178"].replace("-", "."),
    }
    if "1179" in reason:
        fields["correctionBaseNumber"] = reason["1179"]
    return fields


def _items(document: dict[str, Any]) -> list[dict[str, Any]]:
    items = [_position(line, document["1054"]) for line in document["1059"]]
    if "1192" in document:
        # In a correction: the sign of the receipt that was wrong.
        items.append({"type": "additionalAttribute", "value": document["1192"]})
    own = document["1084"]
    items.append({"type": "userAttribute", "name": own["1085"], "value": own["1086"]})
    return items


def _position(line: dict[str, Any], operation: int) -> dict[str, Any]:
    position = {
        "type": "position",
        "name": line["1030"],
        "price": _money(line["1079"]),
        "quantity": float(line["1023"]),
        "amount": _money(line["1043"]),
        "measurementUnit": _UNITS[line["2108"]],
        # Never left out: the driver takes silence for full prepayment.
        "paymentMethod": _METHODS[line["1214"]],
        "paymentObject": _SUBJECTS[line["1212"]],
        # No sum: the register computes the VAT itself and is the authority on it.
        "tax": {"type": BY_TAG[line["1199"]].value},
    }
    if "2000" in line:
        sold = operation == Operation.SALE
        position["imcParams"] = {
            "imcType": "auto",
            # The separators (GS) of a code do not survive every JSON parser: base64 does.
            "imc": base64.b64encode(line["2000"].encode()).decode("ascii"),
            "itemEstimatedStatus": "itemPieceSold" if sold else "itemPieceReturn",
            "imcModeProcessing": line["2102"],
        }
    return position


def _money(kopecks: int) -> float:
    # The float nearest to two decimals is written back as those two decimals.
    return kopecks / 100


def _kind(tlv: dict[str, Any]) -> str | None:
    form = tlv.get("fiscalDocumentType")
    if form == "receipt":
        return "refund" if tlv.get("1054") == Operation.REFUND else "sale"
    return _KINDS.get(form, form) if isinstance(form, str) else None
