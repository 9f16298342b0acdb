"""Receipt → fiscal document of FFD 1.2, as JSON keyed by tag numbers.

Conventions of this JSON, which lies in the buffer and goes to the OFD:
- a key is the tag's number as a string, a container (1059, 1084, 1115, 1174) is a nested
  object, a repeated tag is a list;
- money is whole kopecks, quantity (1023) a decimal string, 1077 the decimal fiscal sign as a
  string, without padding;
- 1012 is the register's ISO 8601 string as it came (the wire has seconds, but JSON is read by
  people), 1178 an ISO date;
- two keys are not tags: "code" is the form code (3 receipt, 31 correction), "electronically"
  is present and true when no paper is printed; FFD says neither inside the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from kkt_adapter.app.cp866 import printable
from kkt_adapter.app.money import roubles
from kkt_adapter.app.receipt import (
    CorrectionBasis,
    CorrectionKind,
    Line,
    PaymentKind,
    Receipt,
    ReceiptType,
    TaxSystem,
)
from kkt_adapter.app.vat import FLAT_TAG

FFD_1_2 = 4
RECEIPT, CORRECTION = 3, 31

# Tag 1084 of each receipt carries our number of it under this name: by it a receipt whose
# answer was lost is recognised in the register's memory.
REFERENCE_NAME = "Чек"

PAYMENT_TAGS = {
    PaymentKind.CASH: "1031",
    PaymentKind.CASHLESS: "1081",
    PaymentKind.PREPAID: "1215",
    PaymentKind.CREDIT: "1216",
    PaymentKind.BARTER: "1217",
}

TAX_SYSTEM_BITS = {
    TaxSystem.OSN: 1,
    TaxSystem.USN_INCOME: 2,
    TaxSystem.USN_INCOME_OUTCOME: 4,
    TaxSystem.ESN: 16,
    TaxSystem.PATENT: 32,
}

_NAME_LENGTH = 128
_PLACE_LENGTH = 256


@dataclass(frozen=True, slots=True)
class Place:
    """Where the money changes hands: 1187 and 1009."""

    place: str
    address: str


def document(receipt: Receipt, *, receipt_id: str, place: Place) -> dict[str, Any]:
    """The document as far as the adapter knows it; `completed` adds what the register answers.

    Expects a receipt that `receipt_check.check` found nothing wrong with.
    """
    lines = [_line(line) for line in receipt.lines]
    tags: dict[str, Any] = {
        "code": CORRECTION if receipt.type is ReceiptType.CORRECTION else RECEIPT,
        "1209": FFD_1_2,
        "1054": int(receipt.operation),
        "1055": TAX_SYSTEM_BITS[receipt.tax_system],
        "1021": printable(receipt.cashier_name),
        "1187": printable(place.place)[:_PLACE_LENGTH],
        "1009": printable(place.address)[:_PLACE_LENGTH],
        "1059": lines,
        "1020": receipt.total,
    }
    for kind, tag in PAYMENT_TAGS.items():
        tags[tag] = receipt.paid(kind)
    tags.update(_vat_totals(lines))
    if receipt.cashier_inn is not None:
        tags["1203"] = receipt.cashier_inn
    if receipt.customer_contact is not None:
        tags["1008"] = receipt.customer_contact
    if receipt.electronic_only:
        tags["electronically"] = True
    if receipt.correction is not None:
        tags.update(_basis(receipt.correction))
    tags["1084"] = {"1085": REFERENCE_NAME, "1086": receipt_id}
    return tags


def completed(
    document: dict[str, Any],
    *,
    fn: str,
    fd: int,
    fiscal_sign: str,
    shift: int,
    number: int,
    registered_at: str,
    registration_number: str | None = None,
) -> dict[str, Any]:
    """The whole document: what we asked for and what the register made of it."""
    known = {} if registration_number is None else {"1037": registration_number}
    return {
        **document,
        **known,
        "1012": registered_at,
        "1038": shift,
        "1040": fd,
        "1041": fn,
        "1042": number,
        "1077": fiscal_sign,
    }


def qr(fn: str, fd: int, fiscal_sign: str, total: int, operation: int, time: str) -> str:
    """The text of the QR code (1196). `time` is the register's ISO string; the code carries its
    wall clock to the minute, the receipt's number and sign without leading zeros."""
    minute = datetime.fromisoformat(time).strftime("%Y%m%dT%H%M")
    return f"t={minute}&s={roubles(total)}&fn={fn}&i={fd}&fp={int(fiscal_sign)}&n={operation}"


def _line(line: Line) -> dict[str, Any]:
    tags: dict[str, Any] = {
        "1030": printable(line.name)[:_NAME_LENGTH].rstrip(),
        "1079": line.price,
        "1023": _plain(line.quantity),
        "2108": line.unit,
        "1043": line.amount,
        "1199": line.vat.tag,
        "1214": int(line.method),
        "1212": line.subject,
    }
    if line.vat.taxed:
        tags["1200"] = line.vat.amount_in(line.amount)
    if line.marking_code is not None:
        # The code as scanned; the register makes 1163 and the check results (2106) of it.
        tags["2000"] = line.marking_code
        tags["2102"] = 0
    return tags


def _vat_totals(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """1102-1107 and 1115 as sums over the lines, so that the document agrees with itself.

    0 % and exempt goods report their turnover, the other rates their VAT.
    """
    sums: dict[int, int] = {}
    for line in lines:
        rate = line["1199"]
        sums[rate] = sums.get(rate, 0) + line.get("1200", line["1043"])
    tags: dict[str, Any] = {
        FLAT_TAG[rate]: amount for rate, amount in sums.items() if rate in FLAT_TAG
    }
    container = [
        {"1199": rate, "1120": amount}
        for rate, amount in sorted(sums.items())
        if rate not in FLAT_TAG
    ]
    if container:
        if not tags:
            # A stub, so that "at least one flat VAT tag" still holds when all sums are in the
            # container. Read from a parser of the edition of 26.03.2025, unconfirmed by the
            # order's own text.
            tags["1104"] = 0
        tags["1115"] = {"1119": container}
    return tags


def _basis(basis: CorrectionBasis) -> dict[str, Any]:
    reason = {"1178": basis.date.isoformat()}
    if basis.kind is CorrectionKind.INSTRUCTION:
        # Without an order there is no number of it: drivers leave 1179 out.
        reason["1179"] = printable(basis.number or "")
    tags: dict[str, Any] = {
        "1173": int(basis.kind is CorrectionKind.INSTRUCTION),
        "1174": reason,
    }
    if basis.fiscal_sign is not None:
        tags["1192"] = basis.fiscal_sign
    return tags


def _plain(quantity: Decimal) -> str:
    text = format(quantity, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
