"""The control side both simulators have: journal, faults, clock, health."""

from __future__ import annotations

from typing import Any, Protocol

from fastapi import Body, FastAPI, Query, Request
from fastapi.responses import JSONResponse

from kkt_adapter.simulators.clock import ShiftedClock, iso
from kkt_adapter.simulators.faults import FaultBoard, FaultError


class Refused(ValueError):
    """A control request that cannot be done; the text names the field."""


class Controlled(Protocol):
    """What the control side needs of a simulator."""

    board: FaultBoard
    clock: ShiftedClock

    def journal(self, since: int, limit: int) -> list[dict[str, Any]]: ...

    def shift_clock(self, offset_s: float) -> None: ...

    def health(self) -> dict[str, Any]: ...


# Handlers are coroutines on purpose: they run in the loop's thread, beside the data side, and so
# never see a document half made.
def control_app(title: str, simulator: Controlled) -> FastAPI:
    app = FastAPI(title=title)
    board = simulator.board

    @app.exception_handler(FaultError)
    @app.exception_handler(Refused)
    async def refused(_request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"error": str(error)}, status_code=422)

    @app.get("/health")
    async def health() -> dict[str, Any]:
        return {"status": "ok", **simulator.health()}

    @app.get("/journal")
    async def journal(
        since: int = Query(0, ge=0, description="Only what came after this number"),
        limit: int = Query(-1, ge=-1, description="At most so many; -1 for all"),
    ) -> JSONResponse:
        return JSONResponse(simulator.journal(since, limit))

    @app.get("/faults")
    async def faults() -> dict[str, Any]:
        return _faults(board)

    @app.post("/faults")
    async def set_fault(wish: dict[str, Any] = Body()) -> dict[str, Any]:
        board.set(wish)
        return _faults(board)

    @app.delete("/faults")
    async def clear_faults() -> dict[str, Any]:
        board.clear()
        return _faults(board)

    @app.get("/clock")
    async def clock() -> dict[str, Any]:
        return _clock(simulator.clock)

    @app.post("/clock")
    async def shift_clock(wish: dict[str, Any] = Body()) -> dict[str, Any]:
        simulator.shift_clock(number_in(wish, "offset_s", -3.2e8, 3.2e8))
        return _clock(simulator.clock)

    return app


def number_in(wish: dict[str, Any], name: str, low: float, high: float) -> float:
    value = wish.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise Refused(f"{name}: нужно число от {low:g} до {high:g}")
    return value


def _faults(board: FaultBoard) -> dict[str, Any]:
    return {
        "active": [fault.as_json() for fault in board.active.values()],
        "known": [
            {
                "fault": fault.name,
                "title": fault.title,
                "description": fault.description,
                "options": {key: option.default for key, option in fault.options.items()},
            }
            for fault in board.known.values()
        ],
    }


def _clock(clock: ShiftedClock) -> dict[str, Any]:
    return {"offset_s": clock.offset_s, "now": iso(clock()), "unix": clock()}
