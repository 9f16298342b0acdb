"""What a till sends, as it is on the wire. What it means is made of it in `intake`.

Numbers are taken as JSON integers, decimals or strings and are exact whole units from here on:
kopecks for money, `Decimal` for quantities.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from kkt_adapter.app.money import AmountError, kopecks
from kkt_adapter.app.receipt import quantity
from kkt_adapter.app.vat import VatRate, parse_vat

T = TypeVar("T")


def _exact(parse: Callable[[Any], T]) -> PlainValidator:
    def validate(value: Any) -> T:
        try:
            return parse(value)
        except AmountError as error:
            raise PydanticCustomError(error.code, "{words}", {"words": str(error)}) from error

    return PlainValidator(validate)


def _vat(value: Any) -> VatRate:
    try:
        return parse_vat(value)
    except ValueError as error:
        raise PydanticCustomError("unknown_vat", "{words}", {"words": str(error)}) from error


Money = Annotated[
    int,
    _exact(kopecks),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 99999999.99},
                {"type": "string", "pattern": r"^[0-9]{1,8}(\.[0-9]{1,2})?$"},
            ],
            "description": "Roubles with at most two decimals, as a number or a string.",
            "examples": [1000, 1000.5, "1000.50"],
        }
    ),
]

Quantity = Annotated[
    Decimal,
    _exact(quantity),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0, "maximum": 99999.999},
                {"type": "string", "pattern": r"^[0-9]{1,5}(\.[0-9]{1,3})?$"},
            ],
            "description": "More than zero, at most three decimals, as a number or a string.",
            "examples": [1, 0.5, "2.000"],
        }
    ),
]

Vat = Annotated[
    VatRate,
    PlainValidator(_vat),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "enum": [rate.value for rate in VatRate]},
                {"type": "integer", "enum": [0, 5, 7, 10, 20, 22]},
                {"type": "string", "pattern": r"^(0|5|7|10|20|22)%?$"},
                {"type": "string", "enum": ["5/105", "7/107", "10/110", "20/120", "22/122"]},
            ],
            "description": "VAT rate; `none` is exempt (corrective lenses, frames and glasses).",
            "examples": ["none", "vat22", 22],
        }
    ),
]

FiscalSign = Annotated[str, Field(pattern=r"^[0-9]{1,10}$", description="Fiscal sign, decimal.")]


class _Request(BaseModel):
    # A misspelt field must not quietly become a receipt without it.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class ItemRequest(_Request):
    product_id: str = Field(min_length=1, max_length=64, description="Key in the catalogue.")
    qty: Quantity
    name: str | None = Field(
        None, min_length=1, max_length=256, description="Default: the catalogue's, then the id."
    )
    price: Money | None = Field(None, description="Per unit, before the discount.")
    discount: Money | None = Field(None, description="Off the whole line, in roubles.")
    vat: Vat | None = Field(None, description="Default: the catalogue's, then the till's.")
    subject: int | None = Field(
        None, ge=1, le=33, description="FFD tag 1212. Default: 1 goods; 10 payment for advances."
    )
    payment_method: int = Field(
        4, ge=1, le=7, description="FFD tag 1214: 1 and 2 prepayment, 3 advance, 4 full payment."
    )
    unit: int = Field(0, ge=0, le=255, description="FFD tag 2108; 0 is a piece.")
    marking_code: str | None = Field(
        None, min_length=1, max_length=256, description="Data Matrix as scanned, GS included."
    )


class PaymentRequest(_Request):
    method: Literal["cash", "card", "sbp", "certificate", "prepaid", "credit", "barter"] = Field(
        description="`certificate` and `prepaid` offset money received earlier (tag 1215)."
    )
    amount: Money = Field(description="Part of the total; for cash without the change.")


class CustomerRequest(_Request):
    """Where the electronic receipt goes; the e-mail, if both are given."""

    email: str | None = Field(None, min_length=1, max_length=64)
    phone: str | None = Field(None, min_length=1, max_length=32)


class CashierRequest(_Request):
    name: str = Field(min_length=1, max_length=64, description="Position and surname.")
    inn: str | None = Field(None, pattern=r"^[0-9]{12}$")


class OriginalRequest(_Request):
    """The receipt being returned: our number of it, or the register's three."""

    receipt_id: str | None = Field(None, min_length=1, max_length=64)
    fn: str | None = Field(None, pattern=r"^[0-9]{16}$", description="FN serial number.")
    fd: int | None = Field(None, ge=1, le=4_294_967_295, description="Fiscal document number.")
    fiscal_sign: FiscalSign | None = None


class CorrectionRequest(_Request):
    kind: Literal["self", "instruction"] = Field(
        "self", description="Own initiative, or an order of the tax office."
    )
    date: dt.date | None = Field(
        None, description="Date of the corrected settlement. Default: today."
    )
    number: str | None = Field(
        None, min_length=1, max_length=32, description="Number of the order."
    )
    fiscal_sign: FiscalSign | None = Field(
        None, description="Sign of the wrong receipt, if the register was used."
    )
    operation: Literal["sale", "refund"] = Field(
        "sale", description="What the corrected settlement was."
    )


class ReceiptRequest(_Request):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "pos_id": "POS-001",
                    "type": "sale",
                    "items": [{"product_id": "PROD-001", "qty": 1, "price": 1000}],
                    "payments": [{"method": "card", "amount": 1000}],
                },
                {
                    "pos_id": "POS-001",
                    "type": "sale",
                    "items": [
                        {
                            "product_id": "RX-GLASSES",
                            "name": "Очки корригирующие",
                            "qty": 1,
                            "price": "12500.00",
                            "discount": 500,
                            "vat": "none",
                        },
                        {
                            "product_id": "SUN-01",
                            "name": "Очки солнцезащитные",
                            "qty": 2,
                            "price": 3490.5,
                            "vat": 22,
                        },
                    ],
                    "payments": [
                        {"method": "prepaid", "amount": 5000},
                        {"method": "cash", "amount": "13981.00"},
                    ],
                    "customer": {"email": "customer@example.ru"},
                    "cashier": {"name": "Кассир Иванова А. П."},
                    "order_ref": "Order 00001-001-0001",
                    "cash_received": 14000,
                },
            ]
        }
    )

    pos_id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="Name of the till.")
    type: Literal["sale", "refund", "correction"]
    items: list[ItemRequest] = Field(min_length=1, max_length=250)
    payments: list[PaymentRequest] = Field(
        min_length=1, max_length=10, description="Must add up to the total exactly."
    )
    customer: CustomerRequest | None = None
    cashier: CashierRequest | None = Field(None, description="Default: the till's setting.")
    tax_system: Literal["osn", "usn_income", "usn_income_outcome", "esn", "patent"] | None = Field(
        None, description="Default: the till's setting."
    )
    electronic_only: bool = Field(False, description="No paper; needs the customer's address.")
    original: OriginalRequest | None = Field(None, description="For a refund.")
    correction: CorrectionRequest | None = Field(
        None, description="Default for a correction: own initiative, today."
    )
    order_ref: str | None = Field(None, min_length=1, max_length=64, description="Order number.")
    order: dict[str, Any] | None = Field(None, description="The whole order, kept as it came.")
    cash_received: Money | None = Field(None, description="For the change on paper.")


Who = Annotated[str, Field(min_length=1, max_length=64, description="Who decides.")]
Why = Annotated[str, Field(min_length=1, max_length=500, description="Why, for the record.")]


class ResolveRequest(_Request):
    """What became of a receipt that the register could not tell of."""

    outcome: Literal["printed", "not_printed", "withdrawn"]
    by: Who
    reason: Why
    fd: int | None = Field(None, ge=1, le=4_294_967_295, description="From the paper.")
    fiscal_sign: FiscalSign | None = None
    fn: str | None = Field(None, pattern=r"^[0-9]{16}$", description="Default: the register's.")


class DecisionRequest(_Request):
    by: Who
    reason: Why


class SyncRequest(_Request):
    force: bool = Field(False, description="Wait out neither pauses nor an open breaker.")


class CloseShiftRequest(_Request):
    force: bool = Field(False, description="Close although receipts wait for the paper.")
