"""The golden receipts of tests/fixtures/receipts and the till that they are sold at."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from kkt_adapter.app.ffd import Place, document
from kkt_adapter.app.intake import Defaults, to_receipt
from kkt_adapter.app.models import ReceiptRequest
from kkt_adapter.app.receipt import CatalogueItem, Receipt, TaxSystem
from kkt_adapter.app.vat import VatRate

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "receipts"
NAMES = sorted(path.name.removesuffix(".request.json") for path in FIXTURES.glob("*.request.json"))

TODAY = date(2026, 2, 10)
RECEIPT_ID = "019c4a10-0000-7000-8000-000000000001"
PLACE = Place("Салон «Оптика на Примерной»", "г. Москва, ул. Примерная, д. 1")
DEFAULTS = Defaults(
    vat=VatRate.NONE, tax_system=TaxSystem.USN_INCOME, cashier_name="Кассир Иванова"
)
CATALOGUE = {
    item.product_id: item
    for item in (
        CatalogueItem("FRAME-7", "Оправа корригирующая мод. 7", 450000, VatRate.NONE),
        CatalogueItem("SUN-1", "Очки солнцезащитные", 349050, VatRate.VAT22),
    )
}
SMALLEST = {
    "pos_id": "POS-001",
    "type": "sale",
    "items": [{"product_id": "PROD-001", "qty": 1, "price": 1000}],
    "payments": [{"method": "card", "amount": 1000}],
}


def request(body: dict[str, Any]) -> ReceiptRequest:
    return ReceiptRequest.model_validate_json(json.dumps(body))


def receipt(body: dict[str, Any]) -> Receipt:
    return to_receipt(request(body), product=CATALOGUE.get, defaults=DEFAULTS, today=TODAY)


def fiscal_document(body: dict[str, Any]) -> dict[str, Any]:
    return document(receipt(body), receipt_id=RECEIPT_ID, place=PLACE)


def load(name: str, kind: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FIXTURES / f"{name}.{kind}.json").read_text("utf-8"))
    return loaded
