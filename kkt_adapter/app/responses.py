"""What the API answers: the shapes for OpenAPI and the functions that fill them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from kkt_adapter.app.money import roubles
from kkt_adapter.app.shift import ShiftView
from kkt_adapter.app.stored_receipt import StoredReceipt

_FISCAL_DOC_EXAMPLE: JsonDict = {
    "fn": "9999078902004567",
    "fd": 1042,
    "fiscal_sign": "2134567890",
    "shift": 17,
    "number": 3,
    "time": "2026-11-21T12:30:00+03:00",
    "qr": "t=20261121T1230&s=1000.00&fn=9999078902004567&i=1042&fp=2134567890&n=1",
    "total": "1000.00",
}


class _Answer(BaseModel):
    model_config = ConfigDict(extra="allow")


class FiscalDoc(_Answer):
    """What the register answered."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FISCAL_DOC_EXAMPLE]})

    fn: str
    fd: int
    fiscal_sign: str
    shift: int
    number: int
    time: str
    qr: str
    total: str


class ReceiptResult(_Answer):
    """`printed`: the paper is out. `buffered`: safe on disk, the register has not answered yet."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "status": "printed",
                    "receipt_id": "019ab1c2-4f00-7c3e-9a51-3f1d2c4b5a69",
                    "print_state": "printed",
                    "fiscal_doc": _FISCAL_DOC_EXAMPLE,
                }
            ]
        }
    )

    status: Literal["printed", "buffered"]
    receipt_id: str
    print_state: Literal["queued", "parked", "refused", "printed", "withdrawn"]
    fiscal_doc: FiscalDoc | None


class ReceiptView(_Answer):
    receipt_id: str
    pos_id: str
    type: Literal["sale", "refund", "correction"]
    status: Literal["pending", "syncing", "synced", "failed"]
    print_state: Literal["queued", "parked", "refused", "printed", "withdrawn"]
    created_at: str
    total: str
    order_ref: str | None
    fiscal_doc: FiscalDoc | None
    retry_count: int
    last_error: str | None
    print_error: str | None
    synced_at: str | None
    ofd_id: str | None


class ReceiptDetails(ReceiptView):
    document: dict[str, Any] = Field(description="FFD 1.2 by tag numbers, money in kopecks.")
    events: list[dict[str, Any]]


class ReceiptPage(_Answer):
    items: list[ReceiptView]
    next_cursor: str | None


class DlqEntry(_Answer):
    id: str
    receipt_id: str
    failed_at: str
    reason: str
    last_error: str | None
    retry_attempts: int
    total: str
    fd: int
    resolved_at: str | None
    resolved_by: str | None
    resolution: str | None


class DlqPage(_Answer):
    items: list[DlqEntry]
    next_cursor: str | None


class BufferStatus(_Answer):
    pos_id: str
    mode: Literal["training", "shop"]
    total_capacity: int
    current_queued: int
    percent_full: float
    level: Literal["ok", "warning", "full"]
    message: str | None
    network_status: Literal["online", "offline", "degraded"]
    oldest_unsent_age_s: int | None
    days_to_block: float | None
    dlq: int
    parked: int
    refused: int
    waiting_print: int


class SyncStarted(_Answer):
    status: Literal["started"]


class RefundAllowed(_Answer):
    allowed: Literal[True]
    receipt_id: str
    fiscal_doc: FiscalDoc


class Shift(_Answer):
    state: str
    number: int | None
    opened_at: str | None
    age_s: int | None
    warning: str | None


class ShiftReportAnswer(_Answer):
    report: Literal["x", "z"]
    shift: int
    time: str
    totals: dict[str, Any]
    fiscal_doc: dict[str, Any] | None = None


class Health(_Answer):
    status: Literal["healthy", "degraded", "unhealthy"]
    components: dict[str, Any]


class ErrorAnswer(_Answer):
    """Every error has this shape."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "payments_mismatch",
                    "message": "Оплат на 100.00 руб. меньше итога 1000.00 руб."
                    " Исправьте суммы оплат.",
                    "field": "payments",
                    "request_id": "5f0f4d0c9a7b",
                }
            ]
        }
    )

    code: str = Field(description="Stable; see docs/reference/error_codes.md.")
    message: str = Field(description="For the cashier, in Russian.")
    field: str | None
    request_id: str


def iso(moment: float | None) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).isoformat()


def fiscal_doc(receipt: StoredReceipt) -> dict[str, Any] | None:
    found = receipt.registration
    if found is None:
        return None
    return {
        "fn": found.fn,
        "fd": found.fd,
        "fiscal_sign": found.fiscal_sign,
        "shift": found.shift,
        "number": found.number,
        "time": found.time,
        "qr": found.qr,
        "total": roubles(receipt.total),
    }


def receipt_result(receipt: StoredReceipt) -> dict[str, Any]:
    document = fiscal_doc(receipt)
    return {
        "status": "buffered" if document is None else "printed",
        "receipt_id": receipt.id,
        "print_state": receipt.print_state.value,
        "fiscal_doc": document,
    }


def receipt_view(receipt: StoredReceipt) -> dict[str, Any]:
    return {
        "receipt_id": receipt.id,
        "pos_id": receipt.pos_id,
        "type": receipt.type,
        "status": receipt.status.value,
        "print_state": receipt.print_state.value,
        "created_at": iso(receipt.created_at),
        "hlc": {
            "local_time": receipt.hlc.local_time,
            "logical_counter": receipt.hlc.logical_counter,
            "server_time": receipt.hlc.server_time,
        },
        "total": roubles(receipt.total),
        "order_ref": receipt.order_ref,
        "fiscal_doc": fiscal_doc(receipt),
        "retry_count": receipt.retry_count,
        "last_error": receipt.last_error,
        "print_error": receipt.print_error,
        "synced_at": iso(receipt.synced_at),
        "ofd_id": receipt.ofd_id,
    }


def shift_answer(view: ShiftView) -> dict[str, Any]:
    return {
        "state": view.state,
        "number": view.number,
        "opened_at": view.opened_at,
        "age_s": view.age_s,
        "warning": view.warning,
    }
