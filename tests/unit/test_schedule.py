"""What happens by the clock goes on when the clock jumps."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.events import EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from kkt_adapter.app.schedule import CLOCK_JUMP_S, Schedule
from kkt_adapter.app.till import Till
from tests.unit.till_parts import Clock, make_till

pytestmark = pytest.mark.anyio

DAY = 86_400


class Bench:
    def __init__(self, till: Till, wall: Clock) -> None:
        self.till = till
        self.wall = wall
        self.elapsed = Clock(0)
        self.scheduler = AsyncIOScheduler(timezone=UTC)
        self.ran: set[str] = set()
        self.something_ran = asyncio.Event()
        self.scheduler.add_listener(self._heard, EVENT_JOB_EXECUTED)
        self.schedule = Schedule(till, scheduler=self.scheduler, monotonic=self.elapsed)

    def _heard(self, event: JobExecutionEvent) -> None:
        self.ran.add(event.job_id)
        self.something_ran.set()

    async def until_all_ran(self, *jobs: str) -> None:
        async with asyncio.timeout(10):
            while not self.ran >= set(jobs):
                self.something_ran.clear()
                await self.something_ran.wait()

    def plan_for(self, moment: datetime) -> None:
        """As APScheduler had planned before the wall clock was set back to now."""
        for job in self.scheduler.get_jobs():
            job.modify(next_run_time=moment)

    def jumps(self) -> list[int]:
        rows = self.till.buffer.file.ask(
            "SELECT metadata FROM buffer_events WHERE event_type = 'clock_jumped'"
        )
        return [json.loads(row["metadata"])["seconds"] for row in rows]


@pytest.fixture
async def bench(tmp_path: Path, clock: Clock) -> AsyncIterator[Bench]:
    till = make_till(tmp_path, now=clock)
    made = Bench(till, clock)
    yield made
    made.schedule.stop()
    await till.stop()


async def test_every_job_runs_at_the_start(bench: Bench) -> None:
    bench.schedule.start()

    await bench.until_all_ran("sync", "register", "redis")


async def test_without_odoo_nothing_is_sent_there(bench: Bench) -> None:
    assert {job.id for job in bench.scheduler.get_jobs()} == {"sync", "register", "redis"}


async def test_a_clock_set_back_a_day_does_not_silence_the_jobs_for_a_day(bench: Bench) -> None:
    bench.plan_for(datetime.now(UTC) + timedelta(days=1))
    bench.schedule.start()
    bench.wall.advance(-DAY)
    bench.elapsed.advance(5)

    bench.schedule.watch_clock()

    await bench.until_all_ran("sync", "register", "redis")
    assert bench.jumps() == [-DAY - 5]


async def test_a_clock_set_forward_is_noted_once(bench: Bench) -> None:
    bench.schedule.start()
    bench.wall.advance(DAY)

    bench.schedule.watch_clock()
    bench.schedule.watch_clock()

    assert bench.jumps() == [DAY]


async def test_time_that_goes_by_is_no_jump(bench: Bench) -> None:
    for _ in range(5):
        bench.wall.advance(3600 + CLOCK_JUMP_S / 10)
        bench.elapsed.advance(3600)
        bench.schedule.watch_clock()

    assert bench.jumps() == []


async def test_a_pass_that_must_wait_is_planned_again(bench: Bench) -> None:
    bench.plan_for(datetime.now(UTC) + timedelta(days=1))
    bench.schedule.start()

    bench.till.worker.come_back_in(0.0)

    await bench.until_all_ran("sync again")


async def test_a_pause_longer_than_the_interval_is_left_to_the_interval(bench: Bench) -> None:
    bench.schedule.start()

    bench.till.worker.come_back_in(bench.till.settings.sync.interval_s)

    assert "sync again" not in {job.id for job in bench.scheduler.get_jobs()}
