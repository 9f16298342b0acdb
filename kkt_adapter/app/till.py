"""The parts of a till, put together. Nothing here knows HTTP or the schedule."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

import httpx

from kkt_adapter.app.buffer import BufferDB
from kkt_adapter.app.catalogue import Catalogue, CataloguePull
from kkt_adapter.app.config import Settings
from kkt_adapter.app.data_dir import DataDir
from kkt_adapter.app.dead_letters import DeadLetters
from kkt_adapter.app.drift import ClockDrift
from kkt_adapter.app.drivers import open_driver
from kkt_adapter.app.errors import AdapterError, RegisterError, StorageFailed, StorageFull
from kkt_adapter.app.ffd import Place
from kkt_adapter.app.fiscal import FiscalDesk, TillFacts
from kkt_adapter.app.heartbeat import Heartbeat
from kkt_adapter.app.hlc import HybridClock
from kkt_adapter.app.intake import Defaults
from kkt_adapter.app.metrics import Metrics
from kkt_adapter.app.ofd_client import OfdBreaker, OfdClient
from kkt_adapter.app.print_lane import PrintLane
from kkt_adapter.app.receipt import TaxSystem
from kkt_adapter.app.receipt_archive import ReceiptArchive
from kkt_adapter.app.register import Register
from kkt_adapter.app.resolver import Resolver
from kkt_adapter.app.right_of_way import RightOfWay
from kkt_adapter.app.shift import ShiftDesk
from kkt_adapter.app.status import StatusBoard
from kkt_adapter.app.sync_lock import SyncLock
from kkt_adapter.app.sync_worker import SyncWorker
from kkt_adapter.app.vat import VatRate

log = logging.getLogger(__name__)

_BREAKER_EVENTS = {
    "open": "circuit_opened",
    "half-open": "circuit_half_opened",
    "closed": "circuit_closed",
}


class Till:
    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self.now = now
        self._monotonic = monotonic
        data_dir = settings.adapter.data_dir
        self._held = DataDir(data_dir)
        try:
            self.buffer = BufferDB(data_dir / "buffer.db", now)
        except BaseException:
            self._held.release()
            raise
        self.metrics = Metrics(settings.adapter.pos_id)
        self.drift = ClockDrift()
        self.archive = ReceiptArchive(self.buffer.file)
        self.dead_letters = DeadLetters(self.buffer)
        self.catalogue = Catalogue(data_dir / "cache.json", now)
        self._printing()
        self._delivering()
        self._odoo()
        self.status = StatusBoard(
            settings,
            buffer=self.buffer,
            register=self.register,
            lane=self.lane,
            shifts=self.shifts,
            breaker=self.breaker,
            worker=self.worker,
            lock=self.sync_lock,
            catalogue=self.catalogue,
            heartbeat=self.heartbeat,
            drift=self.drift,
            opens_total=lambda: self.breaker_opens,
            now=now,
        )
        self.metrics.expose(self.status.read)
        self.resolver = Resolver(self.buffer, self.register, self.lane, now)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._lane_task: asyncio.Task[None] | None = None
        self._pass: asyncio.Task[None] | None = None
        self._pass_wanted = False

    def _printing(self) -> None:
        kkt = self.settings.kkt
        clock = HybridClock(self.now, self.settings.adapter.pos_id)
        newest = self.buffer.newest_hlc()
        if newest is not None:
            clock.resume_after(newest)
        driver = open_driver(kkt.uri, timeout_s=kkt.timeout_s)
        self.register = Register(driver, self.buffer)
        self.register.on_printed = self._printed
        self.lane = PrintLane(
            self.register,
            self.buffer,
            self.metrics,
            cashier=kkt.cashier,
            cashier_inn=kkt.cashier_inn,
        )
        self.shifts = ShiftDesk(
            self.register,
            self.buffer,
            cashier=kkt.cashier,
            cashier_inn=kkt.cashier_inn,
            now=self.now,
        )
        self.fiscal = FiscalDesk(
            self.buffer,
            self.lane,
            self.shifts,
            self.catalogue,
            clock,
            self.metrics,
            TillFacts(
                Defaults(
                    vat=VatRate(kkt.default_vat),
                    tax_system=TaxSystem(kkt.tax_system),
                    cashier_name=kkt.cashier,
                    cashier_inn=kkt.cashier_inn or None,
                ),
                Place(kkt.place, kkt.address),
                self.settings.buffer.capacity,
                kkt.answer_within_s,
            ),
            now=self.now,
        )

    def _delivering(self) -> None:
        ofd, sync = self.settings.ofd, self.settings.sync
        self.breaker_opens = 0
        self.breaker = OfdBreaker(
            failures=sync.breaker_failures,
            reset_s=sync.breaker_reset_s,
            successes=sync.breaker_successes,
            changed=self._breaker_changed,
            monotonic=self._monotonic,
        )
        self.channel = OfdClient(ofd.url, ofd.token, ofd.timeout_s)
        self.sync_lock = SyncLock(
            self.settings.adapter.data_dir / "sync.lock",
            self.settings.redis.url,
            self._monotonic,
        )
        self.worker = SyncWorker(
            self.buffer,
            self.channel,
            self.breaker,
            self.sync_lock,
            self.metrics,
            self.drift,
            now=self.now,
            max_refusals=sync.max_refusals,
            monotonic=self._monotonic,
        )
        self.worker.on_delivered = self._delivered
        self.right_of_way = RightOfWay(self.buffer.queued, self.settings.buffer.capacity)
        self.worker.way_is_clear = self.right_of_way.clear

    def _odoo(self) -> None:
        odoo = self.settings.heartbeat
        self.odoo_http: httpx.AsyncClient | None = None
        self.heartbeat: Heartbeat | None = None
        self.catalogue_pull: CataloguePull | None = None
        if not odoo.odoo_url:
            return
        self.odoo_http = httpx.AsyncClient(
            base_url=odoo.odoo_url,
            timeout=odoo.timeout_s,
            headers={"Authorization": f"Bearer {odoo.token}"} if odoo.token else {},
            trust_env=False,
        )
        self.heartbeat = Heartbeat(
            self.odoo_http,
            self.metrics,
            self.drift,
            now=self.now,
            payload=self._heartbeat_payload,
        )
        self.catalogue_pull = CataloguePull(
            self.odoo_http, self.catalogue, self.settings.adapter.pos_id
        )

    # -- life -------------------------------------------------------------------------------------

    def start(self) -> None:
        recovered = self.buffer.recover_syncing()
        if recovered:
            log.warning("deliveries were interrupted", extra={"receipts": recovered})
        self._lane_task = asyncio.create_task(self.lane.run(), name="print lane")

    async def stop(self) -> None:
        """Finish the print and the delivery in hand, put everything on disk, let go."""
        self.lane.stop()
        self.worker.stop()
        patience = self.settings.kkt.timeout_s + self.settings.ofd.timeout_s
        running = {task for task in (self._lane_task, self._pass, *self._tasks) if task}
        if running:
            _, late = await asyncio.wait(running, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.register.driver.close()
        await self.channel.close()
        if self.odoo_http is not None:
            await self.odoo_http.aclose()
        self.sync_lock.close()
        self.buffer.close()
        self._held.release()

    # -- one thing leads to another ---------------------------------------------------------------

    def _printed(self, receipt_id: str) -> None:
        self.lane.settle(receipt_id)
        self.right_of_way.sale()
        if self.breaker.state == "CLOSED" and not self.worker.head_waits:
            self.nudge_sync()

    def _heartbeat_payload(self) -> dict[str, Any]:
        return self.status.for_odoo()

    def nudge_sync(self) -> None:
        """Start a pass now; if one is running it will go round once more."""
        if self._pass is not None and not self._pass.done():
            self._pass_wanted = True
            return
        self._pass_wanted = False
        self._pass = asyncio.create_task(self._run_pass(False), name="sync pass")

    async def start_sync(self, *, force: bool) -> bool:
        """The same for a person, who is told when somebody else holds the lock."""
        if self._pass is not None and not self._pass.done():
            return False
        begun = asyncio.Event()
        self._pass = asyncio.create_task(self._run_pass(force, begun), name="sync pass")
        waiting = asyncio.create_task(begun.wait())
        await asyncio.wait({self._pass, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        return begun.is_set()

    async def _run_pass(self, force: bool, begun: asyncio.Event | None = None) -> None:
        try:
            report = await self.worker.run_pass(force=force, begun=begun)
            while self._pass_wanted and report.next_in_s is None:
                # Receipts printed while the last batch was on its way.
                self._pass_wanted = False
                report = await self.worker.run_pass()
        except AdapterError as error:
            log.info("no sync pass", extra={"why": error.code})
        except Exception:
            log.critical("sync pass failed", exc_info=True)
            raise

    def _breaker_changed(self, state: str) -> None:
        if state == "open":
            self.breaker_opens += 1
            self.metrics.breaker_opens.inc()
        log.warning("circuit breaker is %s", state)
        try:
            self.buffer.note(_BREAKER_EVENTS[state])
        except (StorageFull, StorageFailed) as error:
            log.error("event not kept", extra={"why": error.code})

    def _delivered(self, fn: str, fd: int) -> None:
        task = asyncio.create_task(self._confirm(fn, fd), name="confirm to register")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _confirm(self, fn: str, fd: int) -> None:
        """The fiscal storage counts 30 days from the oldest document without a confirmation."""
        status = self.register.status
        if status is None or status.fn != fn:
            return
        undelivered = self.buffer.oldest_undelivered_fd(fn)
        confirmed = fd if undelivered is None else undelivered - 1
        try:
            async with self.register.exclusive() as driver:
                await driver.confirm_delivered(confirmed)
        except RegisterError as error:
            log.info("register did not take the confirmation", extra={"why": error.code})
