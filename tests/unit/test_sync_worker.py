"""A pass over the buffer: in order, once, patiently, and never giving up on a silent network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from kkt_adapter.app.buffer import BufferDB, Status
from kkt_adapter.app.drift import ClockDrift
from kkt_adapter.app.errors import (
    NotReached,
    RefusedByContent,
    ServerRefused,
    StorageFull,
    SyncRunning,
    TryLater,
)
from kkt_adapter.app.metrics import Metrics
from kkt_adapter.app.ofd_client import OfdBreaker
from kkt_adapter.app.receipt_archive import ReceiptArchive
from kkt_adapter.app.sync_lock import SyncLock
from kkt_adapter.app.sync_worker import SyncReport, SyncWorker
from tests.unit.till_parts import (
    FN,
    NOON,
    OTHER_FN,
    Clock,
    FakeOfd,
    assert_sound,
    fill_free_space,
    full_disk,
    printed,
    turns_until,
)

pytestmark = pytest.mark.anyio

NO_NETWORK = NotReached("нет сети")


class Bench:
    def __init__(self, buffer: BufferDB, clock: Clock, lock: SyncLock, failures: int = 5) -> None:
        self.buffer = buffer
        self.clock = clock
        self.elapsed = Clock(0)
        self.lock = lock
        self.ofd = FakeOfd()
        self.drift = ClockDrift()
        self.metrics = Metrics("POS-001")
        self.breaker = OfdBreaker(
            failures=failures,
            reset_s=60,
            successes=2,
            changed=lambda state: None,
            monotonic=self.elapsed,
        )
        self.worker = SyncWorker(
            buffer,
            self.ofd,
            self.breaker,
            lock,
            self.metrics,
            self.drift,
            now=clock,
            max_refusals=20,
            monotonic=self.elapsed,
        )

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.elapsed.advance(seconds)

    async def sync(self, *, force: bool = False) -> SyncReport:
        return await self.worker.run_pass(force=force)

    def status(self, receipt_id: str) -> Status:
        return self.buffer.get(receipt_id).status

    def reasons(self) -> list[str]:
        letters, _ = ReceiptArchive(self.buffer.file).dlq_page(resolved=False)
        return [letter["reason"] for letter in letters]


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[SyncLock]:
    made = SyncLock(tmp_path / "sync.lock")
    yield made
    made.close()


@pytest.fixture
def bench(buffer: BufferDB, clock: Clock, lock: SyncLock) -> Bench:
    return Bench(buffer, clock, lock)


@pytest.fixture
def patient(buffer: BufferDB, clock: Clock, lock: SyncLock) -> Bench:
    """Its breaker never opens: what is left is the receipt's own back-off."""
    return Bench(buffer, clock, lock, failures=10**9)


# -- in order, once ------------------------------------------------------------------------------


async def test_receipts_go_in_fd_order_old_storages_first(bench: Bench) -> None:
    bench.buffer.note_register(OTHER_FN, 0)
    for fd in (9, 7, 8):
        printed(bench.buffer, fd, FN)
    printed(bench.buffer, 100, OTHER_FN)

    report = await bench.sync()

    assert bench.ofd.taken_fds == [100, 7, 8, 9]
    assert (report.delivered, report.failed, report.next_in_s) == (4, 0, None)
    assert bench.buffer.queued() == 0
    assert_sound(bench.buffer.file.path)


async def test_a_pass_takes_all_however_many(bench: Bench) -> None:
    for fd in range(2, 125):
        printed(bench.buffer, fd)

    report = await bench.sync()

    assert report.delivered == 123
    assert bench.ofd.taken_fds == list(range(2, 125))


async def test_what_goes_is_the_whole_document_and_its_identity(bench: Bench) -> None:
    receipt_id = printed(bench.buffer, 7)
    hlc = bench.buffer.get(receipt_id).hlc

    await bench.sync()

    (body,) = bench.ofd.taken
    assert {name: body[name] for name in ("receipt_id", "pos_id", "fn", "fd", "fiscal_sign")} == {
        "receipt_id": receipt_id,
        "pos_id": "POS-001",
        "fn": FN,
        "fd": 7,
        "fiscal_sign": "0000000007",
    }
    assert body["hlc"] == {
        "local_time": hlc.local_time,
        "logical_counter": hlc.logical_counter,
        "server_time": None,
    }
    document = body["document"]
    assert (document["1020"], document["1040"], document["1041"]) == (100_000, 7, FN)
    assert document["1084"]["1086"] == receipt_id


async def test_the_servers_time_is_kept_and_the_drift_measured(bench: Bench) -> None:
    receipt_id = printed(bench.buffer, 2)
    bench.ofd.server_time = int(NOON) + 30

    await bench.sync()

    assert bench.buffer.get(receipt_id).hlc.server_time == int(NOON) + 30
    assert bench.drift.worst() == 30.5


async def test_an_empty_buffer_makes_no_calls_and_no_events(bench: Bench) -> None:
    report = await bench.sync()

    assert report == SyncReport()
    assert bench.buffer.file.ask("SELECT count(*) FROM buffer_events")[0][0] == 0


async def test_two_passes_at_once_are_one(bench: Bench) -> None:
    printed(bench.buffer, 2)
    bench.ofd.may_answer.clear()
    first = asyncio.create_task(bench.sync())
    await turns_until(lambda: bench.ofd.asked)

    with pytest.raises(SyncRunning):
        await bench.sync()
    bench.ofd.may_answer.set()
    await first

    assert bench.ofd.taken_fds == [2]


async def test_a_stopped_worker_finishes_the_receipt_in_hand_only(bench: Bench) -> None:
    printed(bench.buffer, 2)
    waiting = printed(bench.buffer, 3)
    bench.ofd.may_answer.clear()
    running = asyncio.create_task(bench.sync())
    await turns_until(lambda: bench.ofd.asked)

    bench.worker.stop()
    bench.ofd.may_answer.set()
    await running

    assert bench.ofd.taken_fds == [2]
    assert bench.status(waiting) is Status.PENDING


async def test_the_newest_delivery_is_told_once_a_pass(bench: Bench) -> None:
    heard: list[tuple[str, int]] = []
    bench.worker.on_delivered = lambda fn, fd: heard.append((fn, fd))
    for fd in (2, 3, 4):
        printed(bench.buffer, fd)

    await bench.sync()

    assert heard == [(FN, 4)]


# -- later ---------------------------------------------------------------------------------------


async def test_nothing_overtakes_a_receipt_that_cannot_go_now(bench: Bench) -> None:
    first, second = printed(bench.buffer, 2), printed(bench.buffer, 3)
    bench.ofd.always = NO_NETWORK

    await bench.sync()

    assert bench.ofd.asked == [first]
    assert bench.status(second) is Status.PENDING


async def test_the_pauses_are_1_2_4_up_to_60_seconds(patient: Bench) -> None:
    printed(patient.buffer, 2)
    patient.ofd.always = NO_NETWORK
    pauses = []
    for _ in range(9):
        report = await patient.sync()
        assert report.next_in_s is not None
        pauses.append(report.next_in_s)
        patient.advance(report.next_in_s)

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert len(patient.ofd.asked) == 9


@pytest.mark.parametrize("started", [0, 0.3, 0.999])
async def test_a_receipt_is_not_tried_before_its_pause_is_over(
    patient: Bench, started: float
) -> None:
    printed(patient.buffer, 2)
    patient.advance(started)
    patient.ofd.always = NO_NETWORK
    await patient.sync()
    await_next = await patient.sync()
    assert len(patient.ofd.asked) == 1
    assert await_next.next_in_s is not None
    assert 1 <= await_next.next_in_s < 2

    patient.advance(0.99)
    await patient.sync()

    assert len(patient.ofd.asked) == 1


async def test_the_worker_is_called_back_when_it_is_worth_it(patient: Bench) -> None:
    asked: list[float] = []
    patient.worker.come_back_in = asked.append
    printed(patient.buffer, 2)
    patient.ofd.always = NO_NETWORK

    await patient.sync()

    assert asked == [1]


async def test_a_receipt_that_does_not_reach_the_ofd_is_never_given_up(patient: Bench) -> None:
    receipt_id = printed(patient.buffer, 2)
    patient.ofd.always = NO_NETWORK
    for _ in range(1000):
        await patient.sync()
        patient.advance(60)
    found = patient.buffer.get(receipt_id)
    assert (found.status, found.refusal_count, found.retry_count) == (Status.PENDING, 0, 1000)
    assert patient.reasons() == []

    patient.ofd.always = None
    await patient.sync()

    assert patient.status(receipt_id) is Status.SYNCED


@pytest.mark.parametrize(("asked", "waited"), [(30, 30), (7200, 3600), (0, 1), (0.2, 1)])
async def test_a_pause_that_the_ofd_asks_for_is_kept(
    bench: Bench, asked: float, waited: float
) -> None:
    printed(bench.buffer, 2)
    bench.ofd.answers.append(TryLater("429", pause_s=asked))

    report = await bench.sync()
    assert report.next_in_s == waited
    bench.advance(waited - 0.01)
    await bench.sync()
    assert len(bench.ofd.asked) == 1

    bench.advance(0.01)
    await bench.sync()

    assert bench.ofd.taken_fds == [2]


async def test_a_pause_asked_for_holds_the_receipts_behind_too(bench: Bench) -> None:
    printed(bench.buffer, 2)
    bench.ofd.answers.append(TryLater("429", pause_s=30))
    await bench.sync()
    printed(bench.buffer, 1)

    await bench.sync()

    assert len(bench.ofd.asked) == 1


async def test_a_clock_set_back_a_day_does_not_hold_a_receipt_for_a_day(patient: Bench) -> None:
    printed(patient.buffer, 2)
    patient.ofd.answers.extend([NO_NETWORK] * 7)
    for _ in range(7):
        report = await patient.sync()
        patient.advance(report.next_in_s or 0)
    patient.clock.advance(-86_400)

    await patient.sync()

    assert patient.ofd.taken_fds == [2]


# -- the breaker ---------------------------------------------------------------------------------


async def test_an_open_breaker_makes_no_calls_and_tells_when_to_come_back(bench: Bench) -> None:
    printed(bench.buffer, 2)
    bench.ofd.always = NO_NETWORK
    for _ in range(4):
        report = await bench.sync()
        bench.advance(report.next_in_s or 0)
    assert (await bench.sync()).next_in_s == 60
    assert bench.breaker.state == "OPEN"

    bench.advance(17)
    report = await bench.sync()

    assert len(bench.ofd.asked) == 5
    assert report.next_in_s == 43


async def test_two_deliveries_close_the_breaker(bench: Bench) -> None:
    for fd in (2, 3, 4):
        printed(bench.buffer, fd)
    bench.ofd.answers.extend([NO_NETWORK] * 5)
    for _ in range(5):
        report = await bench.sync()
        bench.advance(report.next_in_s or 0)

    await bench.sync()

    assert bench.ofd.taken_fds == [2, 3, 4]
    assert bench.breaker.state == "CLOSED"


async def test_a_person_who_forces_a_pass_waits_for_nothing(bench: Bench) -> None:
    printed(bench.buffer, 2)
    bench.ofd.answers.extend([NO_NETWORK] * 4 + [TryLater("429", pause_s=600), NO_NETWORK])
    for _ in range(4):
        report = await bench.sync()
        bench.advance(report.next_in_s or 0)
    await bench.sync()
    await bench.sync(force=True)

    await bench.sync(force=True)

    assert bench.ofd.taken_fds == [2]


# -- refused -------------------------------------------------------------------------------------


async def test_what_is_refused_by_content_goes_to_the_dlq_at_once_with_its_words(
    bench: Bench,
) -> None:
    refused, following = printed(bench.buffer, 2), printed(bench.buffer, 3)
    bench.ofd.answers.append(RefusedByContent("ОФД ответил 422: нет тега 1008"))

    report = await bench.sync()

    assert (bench.status(refused), bench.status(following)) == (Status.FAILED, Status.SYNCED)
    ((letter,), _) = ReceiptArchive(bench.buffer.file).dlq_page(resolved=False)
    assert letter["reason"] == "refused_by_content"
    assert letter["last_error"] == "ОФД ответил 422: нет тега 1008"
    assert (report.delivered, report.failed) == (1, 1)
    assert_sound(bench.buffer.file.path)


async def test_the_20th_refusal_leads_to_the_dlq_and_not_the_19th(patient: Bench) -> None:
    receipt_id, following = printed(patient.buffer, 2), printed(patient.buffer, 3)
    patient.ofd.answers.extend([ServerRefused("500")] * 20)
    for _ in range(19):
        await patient.sync()
        patient.advance(61)
    assert patient.status(receipt_id) is Status.PENDING
    assert patient.reasons() == []

    await patient.sync()

    assert patient.status(receipt_id) is Status.FAILED
    assert patient.reasons() == ["max_refusals_exceeded"]
    assert patient.status(following) is Status.SYNCED


async def test_outages_between_refusals_do_not_count_as_refusals(patient: Bench) -> None:
    receipt_id = printed(patient.buffer, 2)
    patient.ofd.answers.extend([ServerRefused("500"), NO_NETWORK, TryLater("429")] * 19)
    for _ in range(57):
        await patient.sync()
        patient.advance(61)

    found = patient.buffer.get(receipt_id)
    assert (found.status, found.refusal_count, found.retry_count) == (Status.PENDING, 19, 57)


# -- interrupted ---------------------------------------------------------------------------------


async def test_after_a_restart_the_counts_and_the_pause_go_on(
    bench: Bench, clock: Clock, tmp_path: Path, lock: SyncLock
) -> None:
    receipt_id = printed(bench.buffer, 2)
    bench.ofd.answers.extend([ServerRefused("500")] * 3)
    for _ in range(3):
        report = await bench.sync()
        bench.advance(report.next_in_s or 0)
    bench.buffer.mark_syncing(receipt_id)
    bench.buffer.close()

    again = Bench(BufferDB(tmp_path / "buffer.db", clock), clock, lock)
    assert again.buffer.recover_syncing() == 1
    again.ofd.always = ServerRefused("500")
    report = await again.sync()

    found = again.buffer.get(receipt_id)
    assert (found.refusal_count, report.next_in_s) == (4, 8)
    again.buffer.close()


async def test_a_disk_that_fills_up_during_a_delivery_does_not_lose_the_receipts_place(
    bench: Bench,
) -> None:
    receipts = [printed(bench.buffer, fd) for fd in (2, 3)]
    bench.ofd.may_answer.clear()
    running = asyncio.create_task(bench.sync())
    await turns_until(lambda: bench.ofd.asked)
    with full_disk(bench.buffer):
        fill_free_space(bench.buffer)
        bench.ofd.may_answer.set()
        with pytest.raises(StorageFull):
            await running
    assert bench.status(receipts[0]) is Status.SYNCING

    await bench.sync()

    assert bench.ofd.asked == [receipts[0], *receipts]
    assert bench.buffer.queued() == 0
    assert_sound(bench.buffer.file.path)


async def test_a_pass_is_counted_and_timed(bench: Bench) -> None:
    printed(bench.buffer, 2)
    await bench.sync()

    def value(name: str) -> float | None:
        return bench.metrics.registry.get_sample_value(name, {"pos_id": "POS-001"})

    assert value("kkt_receipts_synced_total") == 1
    assert value("kkt_sync_duration_seconds_count") == 1
    assert bench.worker.last_sync_at == NOON
