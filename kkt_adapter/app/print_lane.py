"""The print lane: receipts go to the register one by one, in the order in which they were stored.

The lane never asks a cashier to wait for it. Whatever the register does, the lane goes on by
itself: it waits out a register that is away, asks about a doubtful print, stands still before a
parked receipt, and takes up the next one as soon as it can.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tenacity import AsyncRetrying, retry_if_exception_type, wait_exponential

from kkt_adapter.app import tracing
from kkt_adapter.app.buffer import BufferDB
from kkt_adapter.app.errors import (
    AdapterError,
    OutcomeUnknown,
    RegisterError,
    RegisterShiftClosed,
    RegisterShiftExpired,
    Rejected,
    StorageFailed,
    StorageFull,
)
from kkt_adapter.app.kkt_driver import KktDriver, RegisteredDocument
from kkt_adapter.app.metrics import Metrics
from kkt_adapter.app.policy import backoff_s
from kkt_adapter.app.register import Register
from kkt_adapter.app.stored_receipt import PrintState, StoredReceipt

log = logging.getLogger(__name__)

# A register that came back is noticed at least this soon (paper put in, cable plugged).
LONGEST_PAUSE_S = 5
PARKED_RECHECK_S = 15


class LaneState(StrEnum):
    STARTING = "starting"
    IDLE = "idle"
    PRINTING = "printing"
    WAITING = "waiting"
    ASKING = "asking"
    PARKED = "parked"
    SHIFT_EXPIRED = "shift_expired"


STUCK = frozenset({LaneState.WAITING, LaneState.PARKED, LaneState.SHIFT_EXPIRED})


@dataclass(frozen=True, slots=True)
class LaneView:
    state: LaneState
    message: str | None = None
    receipt_id: str | None = None


class PrintLane:
    def __init__(
        self,
        register: Register,
        buffer: BufferDB,
        metrics: Metrics,
        *,
        cashier: str,
        cashier_inn: str,
    ) -> None:
        self._register = register
        self._buffer = buffer
        self._metrics = metrics
        self._cashier = cashier
        self._cashier_inn = cashier_inn
        self._wake = asyncio.Event()
        self._stopping = False
        self._failures = 0
        self._waiters: dict[str, asyncio.Future[None]] = {}
        self._delay_noted: tuple[str, str] | None = None
        self.view = LaneView(LaneState.STARTING)
        self.stuck_on: AdapterError | None = None

    # -- for those who wait for a receipt ---------------------------------------------------------

    def settled(self, receipt_id: str) -> asyncio.Future[None]:
        """Done when the fate of this receipt is known, or when the lane got stuck before it."""
        waiter = self._waiters.get(receipt_id)
        if waiter is None:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters[receipt_id] = waiter
        self._wake.set()
        return waiter

    def settle(self, receipt_id: str) -> None:
        self._failures = 0
        waiter = self._waiters.pop(receipt_id, None)
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def wake(self) -> None:
        self._wake.set()

    def _release_all(self) -> None:
        waiters, self._waiters = self._waiters, {}
        for waiter in waiters.values():
            if not waiter.done():
                waiter.set_result(None)

    # -- the lane ---------------------------------------------------------------------------------

    async def run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            pause: float | None = None
            try:
                if await self._step():
                    continue
                self._failures = 0
                if self.view.state is LaneState.PARKED:
                    pause = PARKED_RECHECK_S
            except OutcomeUnknown:
                # Not stuck: the next step asks the register, the first time at once.
                pause = min(backoff_s(self._failures), LONGEST_PAUSE_S)
                self._failures += 1
            except AdapterError as error:
                self._failures += 1
                self._got_stuck(error)
                pause = min(backoff_s(self._failures), LONGEST_PAUSE_S)
            except Exception:  # a bug must not stop the till from printing
                self._failures += 1
                log.critical("print lane failed", exc_info=True)
                self._register.doubt()
                self._show(LaneState.WAITING, AdapterError.message)
                self._release_all()
                pause = LONGEST_PAUSE_S
            if pause != 0:
                await self._pause(pause)

    def stop(self) -> None:
        """No new prints; the one in hand is finished first."""
        self._stopping = True
        self._wake.set()

    async def _pause(self, seconds: float | None) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _step(self) -> bool:
        """One receipt further, if there is one. False: nothing can be done for now."""
        async with self._register.exclusive() as driver:
            head = self._buffer.next_to_print()
            if head is None:
                self._show(LaneState.IDLE)
                return False
            if head.print_state is PrintState.PARKED:
                self._show(LaneState.PARKED, head.print_error, head.id)
                self._release_all()
                # Perhaps the register can be read by then, and decides by itself.
                self._register.doubt()
                return False
            self._show(LaneState.PRINTING, None, head.id)
            await self._print(driver, head)
            return True

    async def _print(self, driver: KktDriver, receipt: StoredReceipt) -> None:
        started = time.perf_counter()
        status = self._register.status
        if status is not None and status.shift_state == "closed":
            self._register.shift_opened(await driver.open_shift(self._cashier, self._cashier_inn))
        try:
            with tracing.span("print", receipt.id):
                document = await driver.print_receipt(receipt.document)
        except Rejected as error:
            reason = error.message
            await self._keep_trying_to_store(
                lambda: self._buffer.mark_print_refused(receipt.id, reason)
            )
            log.error("register refused a receipt", extra={"receipt_id": receipt.id})
            self.settle(receipt.id)
            return
        except RegisterShiftClosed:
            self._register.doubt()
            raise
        except RegisterShiftExpired:
            self._register.shift_expired()
            raise
        except OutcomeUnknown:
            self._metrics.unknown_outcomes.inc()
            log.warning("print outcome unknown", extra={"receipt_id": receipt.id})
            self._show(LaneState.ASKING, OutcomeUnknown.message, receipt.id)
            raise
        await self._record(receipt, document)
        self._metrics.print_seconds.observe(time.perf_counter() - started)

    async def _record(self, receipt: StoredReceipt, document: RegisteredDocument) -> None:
        with tracing.span("commit_printed", receipt.id):
            await self._keep_trying_to_store(
                lambda: self._register.receipt_printed(receipt.id, document, "answer")
            )

    async def _keep_trying_to_store(self, store: Callable[[], None]) -> None:
        """The paper is out: a full disk must not make us forget it, nor print on."""
        with contextlib.suppress(StorageFull, StorageFailed):
            # Nearly always at the first go, which needs no machinery of retries.
            store()
            return
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type((StorageFull, StorageFailed)),
            wait=wait_exponential(multiplier=0.5, max=LONGEST_PAUSE_S),
            before_sleep=lambda _: self._show(LaneState.WAITING, StorageFull.message),
        ):
            with attempt:
                store()

    # -- being stuck ------------------------------------------------------------------------------

    def _got_stuck(self, error: AdapterError) -> None:
        state = (
            LaneState.SHIFT_EXPIRED
            if isinstance(error, RegisterShiftExpired)
            else LaneState.WAITING
        )
        head = self._buffer.next_to_print()
        if head is not None and head.print_state is PrintState.PARKED:
            state = LaneState.PARKED
        self._show(state, error.message, head.id if head else None)
        self.stuck_on = error
        if head is not None and state is not LaneState.PARKED:
            self._note_delay(head, error)
        self._release_all()

    def _note_delay(self, head: StoredReceipt, error: AdapterError) -> None:
        # Once a reason, not once a second: the log is for people.
        if self._delay_noted == (head.id, error.message):
            return
        with contextlib.suppress(StorageFull, StorageFailed):
            self._buffer.note_print_delay(head.id, error.message)
        self._delay_noted = (head.id, error.message)
        log.warning("print delayed", extra={"receipt_id": head.id, "reason": error.code})

    def _show(
        self, state: LaneState, message: str | None = None, receipt_id: str | None = None
    ) -> None:
        self.view = LaneView(state, message, receipt_id)
        if state not in STUCK:
            self.stuck_on = None

    # -- the register while nobody prints ---------------------------------------------------------

    async def check_register(self) -> None:
        """Notice a register that died, or ran out of paper, while nobody was selling."""
        try:
            async with self._register.exclusive() as driver:
                status = await driver.status()
                self._register.refresh(status)
        except RegisterError as error:
            if self.view.state in {LaneState.IDLE, LaneState.STARTING}:
                self._show(LaneState.WAITING, error.message)
            return
        if self.view.state in STUCK:
            self._wake.set()


__all__ = ["STUCK", "LaneState", "LaneView", "PrintLane"]
