"""The receipt that is stored over and over: the smallest sale, as the adapter makes it."""

from __future__ import annotations

import functools
import json
import uuid
from datetime import date

from kkt_adapter.app import ffd
from kkt_adapter.app.buffer import NewReceipt
from kkt_adapter.app.hlc import HybridTimestamp
from kkt_adapter.app.intake import Defaults, to_receipt
from kkt_adapter.app.models import ReceiptRequest
from kkt_adapter.app.receipt import TaxSystem
from kkt_adapter.app.receipt_id import new_receipt_id
from kkt_adapter.app.vat import VatRate
from tests.till_process import SALE

_PLACE = ffd.Place("Салон оптики", "г. Москва, ул. Примерная, д. 1")
_DEFAULTS = Defaults(VatRate.NONE, TaxSystem.USN_INCOME, "Кассир")
_ID = "01a1fcc4-6895-759d-8a29-165ca36fca4f"


def document_json(receipt_id: str) -> str:
    return _template().replace(_ID, receipt_id)


def new_receipt(number: int, at: int) -> NewReceipt:
    receipt_id = new_receipt_id(at)
    return NewReceipt(
        id=receipt_id,
        pos_id="POS-001",
        type="sale",
        hlc=HybridTimestamp(at, number),
        total=100_000,
        fiscal_doc=document_json(receipt_id),
        idempotency_key=str(uuid.uuid4()),
        request_hash=bytes(32),
    )


@functools.cache
def _template() -> str:
    request = ReceiptRequest.model_validate(SALE)
    receipt = to_receipt(
        request, product=lambda _: None, defaults=_DEFAULTS, today=date(2026, 11, 21)
    )
    document = ffd.document(receipt, receipt_id=_ID, place=_PLACE)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
