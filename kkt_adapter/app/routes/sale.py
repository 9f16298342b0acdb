"""The receipt from the till: the one route where every tenth of a millisecond counts.

It reads its request by hand. FastAPI's dependencies, pleasant as they are elsewhere, would cost it
as much as a commit; OpenAPI is told in words what they would have told.
"""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from kkt_adapter.app.auth import POS_SECURITY, admit_pos
from kkt_adapter.app.errors import BadRequest, MissingIdempotencyKey
from kkt_adapter.app.models import ReceiptRequest
from kkt_adapter.app.responses import ReceiptResult, receipt_result
from kkt_adapter.app.routes import errors
from kkt_adapter.app.till import Till

router = APIRouter(tags=["receipts"])


@router.post(
    "/v1/kkt/receipt",
    summary="Make a receipt",
    description=(
        "Stores the receipt durably, prints it on the register and delivers it to the OFD in the"
        " background. `printed`: the paper is out. `buffered`: the receipt is safe, the register"
        " has not answered yet, printing goes on by itself. A repeated key gets 409"
        " `duplicate_request` with the first result; the same key with another body gets 409"
        " `idempotency_key_reused`."
    ),
    response_model=ReceiptResult,
    responses=errors(409, 422, 503),
    openapi_extra={
        "security": POS_SECURITY,
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "description": "UUID of this sale. A repeat never makes a second receipt.",
                "schema": {"type": "string", "format": "uuid"},
            }
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/ReceiptRequest"}}
            },
        },
    },
)
async def make_receipt(request: Request) -> Response:
    admit_pos(request)
    key = _idempotency_key(request.headers.get("Idempotency-Key"))
    receipt = await _receipt_request(request)
    till: Till = request.app.state.till
    stored = await till.fiscal.accept(receipt, key)
    return JSONResponse(receipt_result(stored))


def _idempotency_key(key: str | None) -> str:
    if key is None:
        raise MissingIdempotencyKey(field="Idempotency-Key")
    try:
        return str(uuid.UUID(key))
    except ValueError:
        raise BadRequest(
            "Заголовок Idempotency-Key должен быть UUID,"
            " например 3f2b8c1e-5d7a-4e2b-9c3f-1a2b3c4d5e6f.",
            field="Idempotency-Key",
        ) from None


async def _receipt_request(request: Request) -> ReceiptRequest:
    """pydantic's own parser: exact decimals, no surprises with huge numbers or lone surrogates."""
    try:
        return ReceiptRequest.model_validate_json(await request.body())
    except ValidationError as error:
        located = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
        raise RequestValidationError(located) from error
