"""Phase 2: one pass over the receipts that the OFD does not have, in the order of their FD numbers.

A pass stops at the first receipt that cannot be delivered now, since the next one must not overtake
it, and says when it is worth coming back. What the OFD will not take by its content, or has failed
on twenty times, leaves the queue for the DLQ; what never reached it stays, for as long as it takes.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pybreaker

from kkt_adapter.app import tracing
from kkt_adapter.app.buffer import BufferDB
from kkt_adapter.app.drift import ClockDrift
from kkt_adapter.app.errors import DeliveryError, RefusedByContent, ServerRefused, TryLater
from kkt_adapter.app.metrics import Metrics
from kkt_adapter.app.ofd_client import Delivered, DeliveryChannel, OfdBreaker
from kkt_adapter.app.policy import RETRY_AFTER_CAP_S, backoff_s, is_due
from kkt_adapter.app.stored_receipt import StoredReceipt
from kkt_adapter.app.sync_lock import HeldLock, SyncLock

log = logging.getLogger(__name__)

BATCH = 50


@dataclass(slots=True)
class SyncReport:
    delivered: int = 0
    failed: int = 0
    attempts: int = 0
    next_in_s: float | None = None
    last_delivered: tuple[str, int] | None = None


class SyncWorker:
    def __init__(
        self,
        buffer: BufferDB,
        channel: DeliveryChannel,
        breaker: OfdBreaker,
        lock: SyncLock,
        metrics: Metrics,
        drift: ClockDrift,
        *,
        now: Callable[[], float],
        max_refusals: int,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._buffer = buffer
        self._channel = channel
        self._breaker = breaker
        self._lock = lock
        self._metrics = metrics
        self._drift = drift
        self._now = now
        self._monotonic = monotonic
        self._max_refusals = max_refusals
        self._pause_until = 0.0
        self._head_waits_until = 0.0
        self._stopping = False
        self.failing = False
        self._delivering = False
        self.last_sync_at: float | None = None
        self.last_duration_s: float | None = None
        # Replaced by whoever wants to hear of them.
        self.way_is_clear: Callable[[], Awaitable[None]] = _no_traffic
        self.come_back_in: Callable[[float], None] = lambda seconds: None
        self.on_delivered: Callable[[str, int], Any] = lambda fn, fd: None

    async def run_pass(
        self, *, force: bool = False, begun: asyncio.Event | None = None
    ) -> SyncReport:
        """Raises SyncRunning when a pass is under way, here or in another process."""
        async with self._lock.hold() as held:
            if begun is not None:
                begun.set()
            self._delivering = True
            try:
                return await self._pass(held, force)
            finally:
                self._delivering = False

    @property
    def head_waits(self) -> bool:
        """The first receipt of the queue has a pause to wait out, and nobody may overtake it."""
        return self._monotonic() < self._head_waits_until

    @property
    def state(self) -> str:
        """idle, delivering, or waiting: the OFD did not take the first receipt of the queue."""
        if self._delivering:
            return "delivering"
        return "waiting" if self.failing else "idle"

    def stop(self) -> None:
        """The receipt in hand is the last one of the running pass."""
        self._stopping = True

    async def _pass(self, held: HeldLock, force: bool) -> SyncReport:
        started = time.monotonic()
        report = SyncReport()
        # With the lock in hand nobody else delivers: what is found in mid-delivery was left there
        # by a pass that could not write its end.
        self._buffer.recover_syncing()
        if force:
            self._breaker.try_now()
            self._pause_until = 0.0
        while not self._stopping:
            batch = self._buffer.to_deliver(BATCH)
            if not batch or not await self._deliver_batch(batch, held, report, force):
                break
        if report.attempts:
            self.last_sync_at = self._now()
            self.last_duration_s = time.monotonic() - started
            self._metrics.sync_seconds.observe(self.last_duration_s)
            self._buffer.note(
                "sync_completed",
                attempts=report.attempts,
                delivered=report.delivered,
                failed=report.failed,
            )
            log.info(
                "sync pass",
                extra={"delivered": report.delivered, "failed": report.failed},
            )
        if report.last_delivered is not None:
            self.on_delivered(*report.last_delivered)
        self._head_waits_until = 0.0
        if report.next_in_s is not None:
            self._head_waits_until = self._monotonic() + report.next_in_s
            self.come_back_in(report.next_in_s)
        return report

    async def _deliver_batch(
        self, batch: list[StoredReceipt], held: HeldLock, report: SyncReport, force: bool
    ) -> bool:
        """True when the whole batch has left the queue."""
        for receipt in batch:
            if self._stopping:
                return False
            report.next_in_s = self._wait_before(receipt, force)
            if report.next_in_s is not None:
                return False
            if report.attempts == 0:
                self._buffer.note("sync_started")
            await held.renew()
            await self.way_is_clear()
            report.attempts += 1
            if not await self._deliver_one(receipt, report):
                return False
        return True

    def _wait_before(self, receipt: StoredReceipt, force: bool) -> float | None:
        """Seconds to wait before this receipt may be tried, or None: it may be now."""
        blocked = self._breaker.blocked_for_s()
        if blocked > 0:
            return blocked
        paused = self._pause_until - self._monotonic()
        if paused > 0:
            return paused
        if force or is_due(self._now(), receipt.next_attempt_at):
            return None
        return (receipt.next_attempt_at or 0) - self._now()

    async def _deliver_one(self, receipt: StoredReceipt, report: SyncReport) -> bool:
        self._buffer.mark_syncing(receipt.id)
        try:
            with tracing.span("deliver", receipt.id):
                delivered = await self._breaker.deliver(self._channel, receipt.id, body_of(receipt))
        except RefusedByContent as error:
            self._to_dlq(receipt, "refused_by_content", error, receipt.refusal_count + 1)
            report.failed += 1
            return True
        except ServerRefused as error:
            return self._refused(receipt, error, report)
        except (DeliveryError, pybreaker.CircuitBreakerError) as error:
            self._defer(receipt, error, receipt.refusal_count, report)
            return False
        self._delivered(receipt, delivered, report)
        return True

    def _delivered(self, receipt: StoredReceipt, delivered: Delivered, report: SyncReport) -> None:
        now = self._now()
        server_time = delivered.server_time
        if server_time is not None:
            # Whole seconds, cut off: on average half a second is missing.
            self._drift.measured("ofd", server_time + 0.5 - now)
        self._buffer.mark_synced(receipt.id, server_time=server_time, ofd_id=delivered.ofd_id)
        self._metrics.synced.inc()
        self.failing = False
        report.delivered += 1
        assert receipt.registration is not None
        report.last_delivered = (receipt.registration.fn, receipt.registration.fd)

    def _refused(self, receipt: StoredReceipt, error: ServerRefused, report: SyncReport) -> bool:
        refusals = receipt.refusal_count + 1
        if refusals < self._max_refusals:
            self._defer(receipt, error, refusals, report)
            return False
        self._to_dlq(receipt, "max_refusals_exceeded", error, refusals)
        report.failed += 1
        return True

    def _defer(
        self, receipt: StoredReceipt, error: Exception, refusals: int, report: SyncReport
    ) -> None:
        self.failing = True
        failures = receipt.retry_count + 1
        pause = float(backoff_s(failures))
        if isinstance(error, TryLater) and error.pause_s is not None:
            # Never 0: that would be a loop.
            pause = min(max(error.pause_s, 1.0), RETRY_AFTER_CAP_S)
            self._pause_until = self._monotonic() + pause
        self._buffer.defer(
            receipt.id,
            str(error),
            retry_count=failures,
            refusal_count=refusals,
            next_attempt_at=math.ceil(self._now() + min(pause, backoff_s(failures))),
        )
        report.next_in_s = max(pause, self._breaker.blocked_for_s())

    def _to_dlq(
        self, receipt: StoredReceipt, reason: str, error: DeliveryError, refusals: int
    ) -> None:
        self._buffer.move_to_dlq(
            receipt.id,
            reason,
            str(error),
            retry_count=receipt.retry_count + 1,
            refusal_count=refusals,
        )
        log.error("receipt moved to the DLQ", extra={"receipt_id": receipt.id, "reason": reason})


async def _no_traffic() -> None:
    return


def body_of(receipt: StoredReceipt) -> dict[str, Any]:
    """What the OFD gets: the identity of the document and the document by FFD tags."""
    registration = receipt.registration
    assert registration is not None
    return {
        "receipt_id": receipt.id,
        "pos_id": receipt.pos_id,
        "fn": registration.fn,
        "fd": registration.fd,
        "fiscal_sign": registration.fiscal_sign,
        "hlc": {
            "local_time": receipt.hlc.local_time,
            "logical_counter": receipt.hlc.logical_counter,
            "server_time": receipt.hlc.server_time,
        },
        "document": receipt.completed_document,
    }
