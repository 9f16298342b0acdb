"""Receipts: showing them, deciding about the doubtful ones; refunds. Taking them is in `sale`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import segno
from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import JSONResponse

from kkt_adapter.app.auth import require_admin, require_pos
from kkt_adapter.app.errors import BadRequest, NotFound, OriginalNotDelivered
from kkt_adapter.app.fiscal import find_original
from kkt_adapter.app.models import OriginalRequest, ResolveRequest
from kkt_adapter.app.receipt import Original
from kkt_adapter.app.refund import may_be_refunded
from kkt_adapter.app.responses import (
    ReceiptDetails,
    ReceiptPage,
    ReceiptResult,
    RefundAllowed,
    fiscal_doc,
    receipt_result,
    receipt_view,
)
from kkt_adapter.app.routes import TheTill, errors

router = APIRouter(tags=["receipts"], dependencies=[Depends(require_pos)])
admin = APIRouter(tags=["receipts"], dependencies=[Depends(require_admin)])

ReceiptId = Annotated[str, "UUID of a receipt"]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[int | None, Query(ge=0, le=2**63 - 1)]


@router.get(
    "/v1/kkt/receipts",
    summary="List receipts, newest first",
    response_model=ReceiptPage,
    responses=errors(),
)
def list_receipts(
    till: TheTill,
    status: Literal["pending", "syncing", "synced", "failed"] | None = None,
    print_state: Literal["queued", "parked", "refused", "printed", "withdrawn"] | None = None,
    receipt_type: Annotated[
        Literal["sale", "refund", "correction"] | None, Query(alias="type")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    found, after = till.archive.page(
        status=status,
        print_state=print_state,
        receipt_type=receipt_type,
        before=cursor,
        limit=limit,
    )
    return JSONResponse(
        {
            "items": [receipt_view(receipt) for receipt in found],
            "next_cursor": None if after is None else str(after),
        }
    )


@router.get(
    "/v1/kkt/receipts/{receipt_id}",
    summary="One receipt with its document and history",
    response_model=ReceiptDetails,
    responses=errors(404),
)
def show_receipt(till: TheTill, receipt_id: ReceiptId) -> Response:
    receipt, events = till.archive.details(receipt_id)
    return JSONResponse(
        {**receipt_view(receipt), "document": receipt.completed_document, "events": events}
    )


@router.get(
    "/v1/kkt/receipts/{receipt_id}/order",
    summary="The order that came with a receipt",
    response_model=dict[str, Any] | None,
    responses=errors(404),
)
def show_order(till: TheTill, receipt_id: ReceiptId) -> Response:
    return JSONResponse(till.archive.order_of(receipt_id))


@router.get(
    "/v1/kkt/receipts/{receipt_id}/qr.svg",
    summary="QR code of a printed receipt",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}, **errors(404)},
)
def show_qr(till: TheTill, receipt_id: ReceiptId) -> Response:
    receipt, _ = till.archive.details(receipt_id)
    if receipt.registration is None:
        raise NotFound("Чек ещё не напечатан: QR-кода у него нет.")
    code = segno.make(receipt.registration.qr, error="m", micro=False)
    return Response(code.svg_inline(scale=4, border=4), media_type="image/svg+xml")


@admin.post(
    "/v1/kkt/receipts/{receipt_id}/resolve",
    summary="Decide about a parked or refused receipt",
    description=(
        "`printed`: a person has seen the paper and types its FD number and fiscal sign."
        " `not_printed`: there is no paper, print it now. `withdrawn`: a refused receipt will not"
        " be made (the money went back to the customer)."
    ),
    response_model=ReceiptResult,
    responses=errors(404, 409, 422),
)
async def resolve_receipt(till: TheTill, receipt_id: ReceiptId, body: ResolveRequest) -> Response:
    return JSONResponse(receipt_result(await till.resolver.resolve(receipt_id, body)))


@router.post(
    "/v1/pos/refund",
    summary="May this receipt be refunded?",
    description="The first step of the refund saga: money goes back only for a receipt that the"
    " OFD has. The refund itself is a receipt of type `refund` with `original`.",
    response_model=RefundAllowed,
    responses=errors(404, 409),
    tags=["refunds"],
)
async def may_refund(till: TheTill, body: OriginalRequest) -> Response:
    original = Original(body.receipt_id, body.fn, body.fd, body.fiscal_sign)
    if original.receipt_id is None and (original.fn is None or original.fd is None):
        raise BadRequest("Назовите чек: receipt_id или fn, fd и fiscal_sign.", field="receipt_id")
    found = find_original(till.buffer, original)
    if not may_be_refunded(till.buffer, found):
        raise OriginalNotDelivered(field="receipt_id")
    return JSONResponse({"allowed": True, "receipt_id": found.id, "fiscal_doc": fiscal_doc(found)})
