"""What happens by the clock: delivery, heartbeat, catalogue, a look at the register.

APScheduler computes its waiting times from the wall clock, so a clock set back by a day would
silence it for a day (agronholm/apscheduler#351, #794). `Schedule.watch_clock` compares the wall
clock with a monotonic one and starts the intervals anew after a jump.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from kkt_adapter.app.errors import StorageFailed, StorageFull
from kkt_adapter.app.till import Till

log = logging.getLogger(__name__)

REGISTER_CHECK_S = 10
CLOCK_CHECK_S = 5
CLOCK_JUMP_S = 10


class Schedule:
    def __init__(
        self,
        till: Till,
        *,
        scheduler: AsyncIOScheduler | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._till = till
        self._monotonic = monotonic
        self._scheduler = scheduler or AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1}
        )
        self._intervals: dict[str, float] = {}
        self._offset = till.now() - monotonic()
        settings = till.settings
        till.worker.come_back_in = self._come_back_in
        self._every("sync", settings.sync.interval_s, self._sync)
        self._every("register", REGISTER_CHECK_S, till.lane.check_register)
        self._every("redis", settings.heartbeat.interval_s, till.sync_lock.check)
        if till.heartbeat is not None and till.catalogue_pull is not None:
            self._every("heartbeat", settings.heartbeat.interval_s, till.heartbeat.beat)
            self._every("catalogue", settings.catalogue.interval_s, till.catalogue_pull.pull)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _sync(self) -> None:
        self._till.nudge_sync()

    def _come_back_in(self, seconds: float) -> None:
        """A pass stopped before a receipt whose pause is not over: look again when it is."""
        if seconds < self._intervals["sync"] and self._scheduler.running:
            self._scheduler.add_job(
                self._sync,
                "date",
                run_date=datetime.now(UTC) + timedelta(seconds=seconds),
                id="sync again",
                replace_existing=True,
                misfire_grace_time=None,
            )

    def _every(self, name: str, seconds: float, job: Callable[[], object]) -> None:
        self._intervals[name] = seconds
        self._scheduler.add_job(
            job,
            "interval",
            seconds=seconds,
            id=name,
            next_run_time=datetime.now(UTC),
            misfire_grace_time=None,
        )

    def watch_clock(self) -> None:
        """Called by a monotonic timer, not by the scheduler that it watches over."""
        offset = self._till.now() - self._monotonic()
        jump = offset - self._offset
        if abs(jump) < CLOCK_JUMP_S:
            return
        self._offset = offset
        log.warning("the clock has jumped", extra={"seconds": round(jump)})
        with contextlib.suppress(StorageFull, StorageFailed):
            self._till.buffer.note("clock_jumped", seconds=round(jump))
        for name in self._intervals:
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))
        self._scheduler.wakeup()
