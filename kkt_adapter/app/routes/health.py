"""For machines: health, metrics, and what a page must know before it may call anything."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from kkt_adapter.app import __version__
from kkt_adapter.app.auth import require_pos
from kkt_adapter.app.errors import StorageFailed, StorageFull
from kkt_adapter.app.responses import Health
from kkt_adapter.app.routes import TheTill, errors

router = APIRouter(tags=["monitoring"])


@router.get("/health", include_in_schema=False)
@router.get(
    "/v1/health",
    summary="Can it sell?",
    response_model=Health,
    responses={503: {"model": Health, "description": "It cannot sell now"}},
)
async def health(till: TheTill) -> Response:
    try:
        verdict = till.status.health()
        till.buffer.check_writable()
    except (StorageFull, StorageFailed) as error:
        verdict = {
            "status": "unhealthy",
            "components": {"database": {"state": error.code, "message": error.message}},
        }
    return JSONResponse(verdict, 503 if verdict["status"] == "unhealthy" else 200)


@router.get("/metrics", summary="Prometheus metrics", response_class=Response)
async def metrics(till: TheTill) -> Response:
    return Response(generate_latest(till.metrics.registry), media_type=CONTENT_TYPE_LATEST)


@router.get("/v1/session", summary="What a page must know before it calls")
async def session(request: Request, till: TheTill) -> dict[str, object]:
    return {
        "auth_required": request.app.state.tokens.required,
        "mode": till.settings.adapter.mode,
        "pos_id": till.settings.adapter.pos_id,
        "version": __version__,
    }


@router.get(
    "/v1/kkt/catalogue",
    summary="Search the till's copy of the catalogue",
    dependencies=[Depends(require_pos)],
    responses=errors(),
)
async def catalogue(till: TheTill, search: str = "", limit: int = 50) -> dict[str, object]:
    found = till.catalogue.search(search[:200], max(1, min(limit, 200)))
    return {
        "products": len(till.catalogue),
        "age_s": till.catalogue.age_s(),
        "items": [product.as_json() for product in found],
    }
