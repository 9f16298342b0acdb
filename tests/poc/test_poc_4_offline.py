"""POC-4: eight hours without the OFD, fifty receipts, then all delivered once within ten minutes.

The hours are those of an injected clock; every attempt, pause and trial of the breaker in them is
really made.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.inner_till import InnerTill, inner_till, soon
from tests.processes import OfdProcess, RegisterProcess

RECEIPTS = 50
OFFLINE_S = 8 * 3600
PASS_EVERY_S = 60
DELIVERED_WITHIN_S = 600

pytestmark = pytest.mark.anyio


async def eight_hours_of_trade(till: InnerTill) -> list[str]:
    """A sale every 9.6 minutes, a delivery pass every minute; the ids of the receipts."""
    sold: list[str] = []
    for minute in range(OFFLINE_S // PASS_EVERY_S):
        till.clock.advance(PASS_EVERY_S)
        if len(sold) * OFFLINE_S < minute * PASS_EVERY_S * RECEIPTS + 1:
            answer = await till.sell()
            assert answer.json()["status"] == "printed"
            sold.append(answer.json()["receipt_id"])
        report = await till.deliver()
        assert report.delivered == 0
    return sold


async def test_eight_hours_offline_and_fifty_receipts_are_delivered_within_ten_minutes(
    tmp_path: Path,
    register_process: RegisterProcess,
    ofd_process: OfdProcess,
    record_property: Callable[[str, object], None],
) -> None:
    async with inner_till(tmp_path / "data", register_process, ofd_process) as till:
        ofd_process.fault("down")
        sold = await eight_hours_of_trade(till)
        assert len(sold) == RECEIPTS
        status = await till.status()
        assert status["current_queued"] == RECEIPTS
        assert status["breaker"]["state"] == "OPEN"
        assert status["network_status"] == "offline"
        assert status["dlq"] == 0
        assert status["oldest_unsent_age_s"] >= OFFLINE_S - PASS_EVERY_S
        assert ofd_process.journal() == []

        ofd_process.clear()
        began, clock_began = time.monotonic(), till.clock.elapsed
        passes = 0
        while (await till.status())["current_queued"]:
            report = await till.deliver()
            passes += 1
            assert till.clock.elapsed - clock_began < DELIVERED_WITHIN_S
            till.clock.advance(report.next_in_s or 0.0)
        simulated = till.clock.elapsed - clock_began
        real = time.monotonic() - began

        assert [doc["receipt_id"] for doc in ofd_process.journal()] == sold
        status = await till.status()
        assert status["breaker"]["state"] == "CLOSED"
        assert status["network_status"] == "online"
        assert till.till.buffer.counts()["dlq"] == 0
    print(f"POC-4: {passes} passes, {simulated:.0f} s of the till's clock, {real:.2f} s of work")
    record_property("poc_4_delivered_in_s", round(simulated + real, 2))
    assert simulated + real <= DELIVERED_WITHIN_S


async def retries(till: InnerTill, receipt_id: str) -> int:
    return int((await till.receipt(receipt_id))["retry_count"])


async def test_a_dead_line_costs_one_trial_a_minute_and_never_a_receipt(
    tmp_path: Path, register_process: RegisterProcess, ofd_process: OfdProcess
) -> None:
    """Five failures open the breaker; then each minute has one trial, however long it takes."""
    async with inner_till(tmp_path / "data", register_process, ofd_process) as till:
        ofd_process.fault("down")
        receipt_id = (await till.sell()).json()["receipt_id"]
        # The print has started a pass of its own: the first attempt.
        await soon(lambda: retries(till, receipt_id))
        till.clock.advance(1)
        pauses, attempts = [], []
        for _ in range(OFFLINE_S // PASS_EVERY_S):
            before = await retries(till, receipt_id)
            report = await till.deliver()
            attempts.append(await retries(till, receipt_id) - before)
            pauses.append(report.next_in_s)
            till.clock.advance(report.next_in_s or 0.0)
        receipt = await till.receipt(receipt_id)

        assert pauses[:3] == [2, 4, 8]
        assert set(pauses[3:]) == {60}
        assert set(attempts) == {1}
        assert receipt["status"] == "pending"
        assert receipt["retry_count"] == 1 + len(attempts)
        assert (await till.status())["dlq"] == 0
