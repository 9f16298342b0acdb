"""The shift: state, opening, X and Z."""

from __future__ import annotations

from fastapi import APIRouter, Body, Depends, Response
from fastapi.responses import JSONResponse

from kkt_adapter.app.auth import require_pos
from kkt_adapter.app.models import CloseShiftRequest
from kkt_adapter.app.responses import Shift, ShiftReportAnswer, shift_answer
from kkt_adapter.app.routes import TheTill, errors
from kkt_adapter.app.shift import totals_in_roubles

router = APIRouter(prefix="/v1/kkt/shift", tags=["shift"], dependencies=[Depends(require_pos)])


@router.get("", summary="State of the shift", response_model=Shift, responses=errors())
async def show_shift(till: TheTill) -> Response:
    return JSONResponse(shift_answer(till.shifts.view()))


@router.post(
    "/open",
    summary="Open a shift",
    description="Not needed before a sale: a sale opens a shift by itself.",
    response_model=Shift,
    responses=errors(409, 503),
)
async def open_shift(till: TheTill) -> Response:
    return JSONResponse(shift_answer(await till.shifts.open()))


@router.post(
    "/x-report",
    summary="X report: totals so far, not a fiscal document",
    response_model=ShiftReportAnswer,
    responses=errors(409, 503),
)
async def report_x(till: TheTill) -> Response:
    report = await till.shifts.report_x()
    return JSONResponse(
        {
            "report": "x",
            "shift": report.shift,
            "time": report.time,
            "totals": totals_in_roubles(report.totals),
        }
    )


@router.post(
    "/close",
    summary="Z report: close the shift",
    description="Works with the OFD away. Receipts that wait for the paper go first (409), unless"
    " the shift is over 24 hours old or `force` is set.",
    response_model=ShiftReportAnswer,
    responses=errors(409, 503),
)
async def close_shift(
    till: TheTill, body: CloseShiftRequest | None = Body(default=None)
) -> Response:
    report = await till.shifts.close(even_if_receipts_wait=body.force if body else False)
    till.lane.wake()
    document = report.document
    return JSONResponse(
        {
            "report": "z",
            "shift": report.shift,
            "time": report.time,
            "totals": totals_in_roubles(report.totals),
            "fiscal_doc": document
            and {
                "fn": document.fn,
                "fd": document.fd,
                "fiscal_sign": document.fiscal_sign,
                "shift": document.shift,
                "time": document.time,
            },
        }
    )
