"""The buffer: how it stands, delivery on demand, the dead letter queue."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Body, Depends, Response
from fastapi.responses import JSONResponse

from kkt_adapter.app.auth import require_admin, require_pos
from kkt_adapter.app.errors import SyncRunning
from kkt_adapter.app.models import DecisionRequest, SyncRequest
from kkt_adapter.app.money import roubles
from kkt_adapter.app.responses import BufferStatus, DlqPage, SyncStarted, iso
from kkt_adapter.app.routes import TheTill, errors
from kkt_adapter.app.routes.receipts import Cursor, Limit

router = APIRouter(tags=["buffer"], dependencies=[Depends(require_pos)])
admin = APIRouter(tags=["buffer"], dependencies=[Depends(require_admin)])


@router.get(
    "/v1/kkt/buffer/status",
    summary="How the till stands",
    response_model=BufferStatus,
    responses=errors(),
)
async def buffer_status(till: TheTill) -> Response:
    return JSONResponse(till.status.read())


@admin.post(
    "/v1/kkt/buffer/sync",
    summary="Deliver now",
    description="`force` waits out neither the pauses between attempts nor an open breaker.",
    status_code=202,
    response_model=SyncStarted,
    responses=errors(409),
)
async def sync_now(till: TheTill, body: SyncRequest | None = Body(default=None)) -> Response:
    if not await till.start_sync(force=body.force if body else False):
        raise SyncRunning
    return JSONResponse({"status": "started"}, 202)


@admin.get(
    "/v1/kkt/dlq",
    summary="The dead letter queue, newest first",
    response_model=DlqPage,
    responses=errors(),
)
def dead_letters(
    till: TheTill, resolved: bool = False, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    entries, after = till.archive.dlq_page(resolved=resolved, before=cursor, limit=limit)
    return JSONResponse(
        {
            "items": [_entry(entry) for entry in entries],
            "next_cursor": None if after is None else str(after),
        }
    )


@admin.post(
    "/v1/kkt/dlq/{dlq_id}/requeue",
    summary="Send a dead letter again",
    responses=errors(404, 409),
)
async def requeue(till: TheTill, dlq_id: str, body: DecisionRequest) -> dict[str, str]:
    receipt_id = till.dead_letters.requeue(dlq_id, by=body.by, reason=body.reason)
    till.nudge_sync()
    return {"receipt_id": receipt_id, "resolution": "requeued"}


@admin.post(
    "/v1/kkt/dlq/{dlq_id}/resolve",
    summary="Close a dead letter that was settled by hand",
    responses=errors(404, 409),
)
async def resolve(till: TheTill, dlq_id: str, body: DecisionRequest) -> dict[str, str]:
    receipt_id = till.dead_letters.resolve(dlq_id, by=body.by, reason=body.reason)
    return {"receipt_id": receipt_id, "resolution": "resolved"}


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "receipt_id": row["original_receipt_id"],
        "failed_at": iso(row["failed_at"]),
        "reason": row["reason"],
        "last_error": row["last_error"],
        "retry_attempts": row["retry_attempts"],
        "total": roubles(row["total"]),
        "fd": row["fd"],
        "resolved_at": iso(row["resolved_at"]),
        "resolved_by": row["resolved_by"],
        "resolution": row["resolution"],
        "resolution_note": row["resolution_note"],
    }
