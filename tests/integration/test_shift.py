"""The shift: opening, X, Z, and the twenty-four hours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.inner_till import InnerTill, inner_till
from tests.processes import OfdProcess, RegisterProcess
from tests.register_tasks import Till as RegisterClient
from tests.till_process import TillProcess, eventually

DAY_S = 24 * 3600


def shift(till: TillProcess) -> dict[str, Any]:
    return till.http.get("/v1/kkt/shift").json()  # type: ignore[no-any-return]


def kinds(till: TillProcess) -> list[str]:
    return [document["type"] for document in till.register.journal()][1:]


def test_a_sale_opens_a_shift_by_itself(till: TillProcess) -> None:
    eventually(lambda: shift(till)["state"] == "closed")

    till.sell()

    assert kinds(till) == ["open_shift", "sale"]
    assert shift(till)["state"] == "opened"
    assert shift(till)["number"] == 1


def test_a_shift_is_opened_and_closed_by_hand(till: TillProcess) -> None:
    opened = till.post("/v1/kkt/shift/open")
    assert (opened.status_code, opened.json()["state"]) == (200, "opened")
    again = till.post("/v1/kkt/shift/open")
    assert (again.status_code, again.json()["code"]) == (409, "shift_state")

    closed = till.post("/v1/kkt/shift/close")
    assert closed.json()["report"] == "z"
    again = till.post("/v1/kkt/shift/close")
    assert (again.status_code, again.json()["code"]) == (409, "shift_state")
    assert kinds(till) == ["open_shift", "close_shift"]


def test_an_opening_whose_answer_was_lost_is_not_repeated(till: TillProcess) -> None:
    till.register.fault("deaf_after_print", count=1, on="shift")

    answer = till.post("/v1/kkt/shift/open")

    assert (answer.status_code, answer.json()["state"]) == (200, "opened")
    assert kinds(till) == ["open_shift"]


def test_a_sale_whose_opening_was_lost_prints_once(till: TillProcess) -> None:
    till.register.fault("deaf_after_print", count=1, on="any")
    receipt_id = till.sell().json()["receipt_id"]
    till.wait_until_printed(receipt_id)

    assert kinds(till) == ["open_shift", "sale"]


def test_a_shift_is_not_closed_over_receipts_that_wait_for_their_paper(till: TillProcess) -> None:
    till.sell()
    till.register.fault("no_paper")
    waiting = till.sell().json()["receipt_id"]

    refused = till.post("/v1/kkt/shift/close")

    assert (refused.status_code, refused.json()["code"]) == (409, "shift_state")
    assert "ненапечатанные" in refused.json()["message"]
    till.register.clear()
    till.wait_until_printed(waiting)
    assert till.post("/v1/kkt/shift/close").status_code == 200
    assert kinds(till) == ["open_shift", "sale", "sale", "close_shift"]


def test_a_day_old_shift_takes_no_sales_until_the_z_report(till: TillProcess) -> None:
    till.sell()
    till.register.shift_clock(DAY_S + 60)
    # The first one learns it from the register: it is safe, and waits for the next shift.
    caught = till.sell().json()
    assert caught["status"] == "buffered"
    eventually(lambda: shift(till)["state"] == "expired")

    refused = till.sell()
    assert (refused.status_code, refused.json()["code"]) == (409, "shift_expired")
    assert "Z-отчёт" in refused.json()["message"]
    assert "24 часов" in shift(till)["warning"]
    assert till.status()["print_lane"]["state"] == "shift_expired"

    # Here a waiting receipt does not stop the Z report: it cannot be printed in this shift.
    assert till.post("/v1/kkt/shift/close").status_code == 200
    till.wait_until_printed(caught["receipt_id"])
    assert till.sell().json()["status"] == "printed"
    assert kinds(till) == ["open_shift", "sale", "close_shift", "open_shift", "sale", "sale"]


def test_a_refund_in_a_day_old_shift_waits_for_the_next_one(till: TillProcess) -> None:
    till.sell()
    till.register.shift_clock(DAY_S + 60)
    caught = till.sell()
    eventually(lambda: shift(till)["state"] == "expired")

    assert till.sell(type="refund").json()["status"] == "buffered"

    till.post("/v1/kkt/shift/close")
    till.wait_until_printed(caught.json()["receipt_id"])
    eventually(lambda: till.status()["waiting_print"] == 0)
    assert kinds(till)[-2:] == ["sale", "refund"]


def test_reports_of_a_dead_register_say_so(till: TillProcess) -> None:
    till.register.fault("dead")

    answer = till.post("/v1/kkt/shift/x-report")

    assert answer.status_code == 503
    assert answer.json()["code"] == "not_printed"


@pytest.fixture
async def inner(
    tmp_path: Path, register_process: RegisterProcess, ofd_process: OfdProcess
) -> AsyncIterator[InnerTill]:
    async with inner_till(tmp_path / "data", register_process, ofd_process) as till:
        yield till


@pytest.mark.anyio
async def test_the_end_of_a_shift_is_announced_two_hours_before(inner: InnerTill) -> None:
    async def warning() -> str | None:
        return (await inner.http.get("/v1/kkt/shift")).json()["warning"]  # type: ignore[no-any-return]

    await inner.sell()
    assert await warning() is None
    inner.clock.advance(21 * 3600)
    assert await warning() is None
    inner.clock.advance(3600 + 60)
    assert "До предела смены" in str(await warning())
    assert (await inner.sell()).json()["status"] == "printed"


@pytest.mark.anyio
async def test_what_somebody_did_to_the_shift_behind_our_back_is_taken_over(
    inner: InnerTill, register_process: RegisterProcess
) -> None:
    await inner.sell()
    with RegisterClient(register_process.port) as service_engineer:
        assert "result" in (service_engineer.ask("closeShift") or {})

    answer = await inner.sell()

    assert answer.json()["fiscal_doc"]["shift"] == 2
    kinds = [document["type"] for document in register_process.journal()][1:]
    assert kinds == ["open_shift", "sale", "close_shift", "open_shift", "sale"]
