"""Training mode only: the switchboard of the simulators, so that a page needs one address."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import httpx
from fastapi import APIRouter, Body, Depends, Query, Response
from fastapi.responses import JSONResponse

from kkt_adapter.app.auth import require_admin
from kkt_adapter.app.config import Settings
from kkt_adapter.app.errors import SimulatorRefused, SimulatorUnreachable
from kkt_adapter.app.routes import TheTill, errors

router = APIRouter(
    prefix="/v1/training/{simulator}",
    tags=["training"],
    dependencies=[Depends(require_admin)],
)

Simulator = Literal["register", "ofd"]
TIMEOUT_S = 5.0
Command = Annotated[dict[str, Any], Body()]


@router.get("/faults", summary="Known and active faults", responses=errors(502))
async def faults(till: TheTill, simulator: Simulator) -> Response:
    return await _ask(till.settings, simulator, "GET", "/faults")


@router.post("/faults", summary="Switch a fault", responses=errors(422, 502))
async def set_fault(till: TheTill, simulator: Simulator, body: Command) -> Response:
    return await _ask(till.settings, simulator, "POST", "/faults", body)


@router.delete("/faults", summary="Clear all faults", responses=errors(502))
async def clear_faults(till: TheTill, simulator: Simulator) -> Response:
    return await _ask(till.settings, simulator, "DELETE", "/faults")


@router.get("/journal", summary="Documents of the simulator", responses=errors(502))
async def journal(
    till: TheTill, simulator: Simulator, since: Annotated[int, Query(ge=0, le=2**32)] = 0
) -> Response:
    return await _ask(till.settings, simulator, "GET", f"/journal?since={since}")


@router.get("/clock", summary="Clock of the simulator", responses=errors(502))
async def clock(till: TheTill, simulator: Simulator) -> Response:
    return await _ask(till.settings, simulator, "GET", "/clock")


@router.post("/clock", summary="Shift the clock of the simulator", responses=errors(422, 502))
async def set_clock(till: TheTill, simulator: Simulator, body: Command) -> Response:
    return await _ask(till.settings, simulator, "POST", "/clock", body)


async def _ask(
    settings: Settings, simulator: Simulator, method: str, path: str, body: Any = None
) -> Response:
    ports = settings.simulator
    port = ports.register_port if simulator == "register" else ports.ofd_port
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as client:
            answer = await client.request(method, f"http://127.0.0.1:{port}{path}", json=body)
        content = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise SimulatorUnreachable from error
    if answer.is_success:
        return JSONResponse(content)
    # A simulator has words of its own, "field: what is wrong"; FastAPI's are not for people.
    words = content.get("error", "Симулятор не понял команду: проверьте её вид.")
    field, colon, _ = words.partition(":")
    raise SimulatorRefused(words, field=field if colon else None)
