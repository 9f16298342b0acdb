"""The wall clock jumps: the order of receipts, the back-off and the breaker do not notice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.inner_till import InnerTill, TurnedClock, inner_till, soon
from tests.processes import OfdProcess, RegisterProcess

DAY_S = 86_400

pytestmark = pytest.mark.anyio


@pytest.fixture
async def till(
    tmp_path: Path, register_process: RegisterProcess, ofd_process: OfdProcess
) -> AsyncIterator[InnerTill]:
    async with inner_till(tmp_path / "data", register_process, ofd_process) as till:
        yield till


async def hlc(till: InnerTill, receipt_id: str) -> tuple[int, int]:
    stamp = (await till.receipt(receipt_id))["hlc"]
    return stamp["local_time"], stamp["logical_counter"]


async def test_a_clock_set_back_a_day_neither_stops_nor_reorders_receipts(
    till: InnerTill, register_process: RegisterProcess, ofd_process: OfdProcess
) -> None:
    sold = []
    for _ in range(3):
        sold.append((await till.sell()).json()["receipt_id"])
        till.clock.set_wall_back(DAY_S)
        sold.append((await till.sell()).json()["receipt_id"])
    await till.deliver()

    stamps = [await hlc(till, receipt_id) for receipt_id in sold]
    assert stamps == sorted(set(stamps))
    for process in (register_process, ofd_process):
        assert [doc["receipt_id"] for doc in process.journal() if doc["receipt_id"]] == sold


async def test_it_does_not_step_back_over_a_restart_either(
    tmp_path: Path, register_process: RegisterProcess, ofd_process: OfdProcess
) -> None:
    clock = TurnedClock()
    data_dir = tmp_path / "data"
    async with inner_till(data_dir, register_process, ofd_process, clock=clock) as till:
        before = await hlc(till, (await till.sell()).json()["receipt_id"])
    clock.set_wall_back(DAY_S)
    async with inner_till(data_dir, register_process, ofd_process, clock=clock) as till:
        after = await hlc(till, (await till.sell()).json()["receipt_id"])

    assert after > before


async def test_a_back_off_is_not_a_day_long_after_the_clock_was_set_back(
    till: InnerTill, ofd_process: OfdProcess
) -> None:
    ofd_process.fault("down")
    receipt_id = (await till.sell()).json()["receipt_id"]
    await soon(lambda: was_tried(till, receipt_id))
    ofd_process.clear()
    till.clock.set_wall_back(DAY_S)

    await till.deliver()

    assert (await till.receipt(receipt_id))["status"] == "synced"


async def test_an_open_breaker_tries_again_in_time_after_the_clock_was_set_back(
    till: InnerTill, ofd_process: OfdProcess
) -> None:
    ofd_process.fault("down")
    receipt_id = (await till.sell()).json()["receipt_id"]
    while (await till.status())["breaker"]["state"] != "OPEN":
        await till.deliver(force=True)
    ofd_process.clear()
    till.clock.set_wall_back(DAY_S)

    assert (await till.deliver()).next_in_s == pytest.approx(60)
    till.clock.advance(61)
    await till.deliver()

    assert (await till.receipt(receipt_id))["status"] == "synced"


async def test_ages_are_never_negative(till: InnerTill, ofd_process: OfdProcess) -> None:
    ofd_process.fault("down")
    await till.sell()
    till.clock.set_wall_back(DAY_S)

    status = await till.status()
    assert status["oldest_unsent_age_s"] == 0
    assert status["shift"]["age_s"] == 0
    assert status["shift"]["state"] == "opened"


async def was_tried(till: InnerTill, receipt_id: str) -> bool:
    return bool((await till.receipt(receipt_id))["retry_count"])


async def test_a_clock_set_forward_two_days_does_not_stop_the_sales(till: InnerTill) -> None:
    await till.sell()
    till.clock.set_wall_back(-2 * DAY_S)

    # The register, whose clock is right, would print: only its word ends a shift.
    assert (await till.sell()).json()["status"] == "printed"
