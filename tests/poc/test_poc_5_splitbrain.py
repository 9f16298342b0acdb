"""POC-5: two workers, a flapping network, concurrent receipts: none lost, doubled, disordered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from kkt_adapter.app.buffer import BufferDB
from kkt_adapter.app.drift import ClockDrift
from kkt_adapter.app.errors import SyncRunning
from kkt_adapter.app.metrics import Metrics
from kkt_adapter.app.ofd_client import OfdBreaker, OfdClient
from kkt_adapter.app.sync_lock import LOCK_NAME, SyncLock
from kkt_adapter.app.sync_worker import SyncWorker
from tests.inner_till import InnerTill, inner_till, soon
from tests.mocks.redis_server import RedisProcess, running_redis
from tests.processes import OfdProcess, RegisterProcess
from tests.till_process import TillProcess, eventually, running_till


def ids(journal: list[dict[str, Any]]) -> list[str]:
    return [doc["receipt_id"] for doc in journal if doc["receipt_id"]]


def hlc_of(receipt: dict[str, Any]) -> tuple[int, int]:
    return receipt["hlc"]["local_time"], receipt["hlc"]["logical_counter"]


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisProcess]:
    with running_redis(tmp_path) as server:
        yield server


@asynccontextmanager
async def second_worker(
    data_dir: Path, ofd: OfdProcess, redis_url: str = ""
) -> AsyncIterator[SyncWorker]:
    """What a second adapter would be, had it got past the lock on the data directory."""
    buffer = BufferDB(data_dir / "buffer.db", lambda: 1_800_000_000.0)
    channel = OfdClient(ofd.url, ofd.token, 5.0)
    lock = SyncLock(data_dir / "sync.lock", redis_url)
    breaker = OfdBreaker(failures=5, reset_s=60, successes=2, changed=lambda state: None)
    worker = SyncWorker(
        buffer,
        channel,
        breaker,
        lock,
        Metrics("POS-001"),
        ClockDrift(),
        now=lambda: 1_800_000_000.0,
        max_refusals=20,
    )
    try:
        yield worker
    finally:
        await channel.close()
        lock.close()
        buffer.close()


@pytest.mark.anyio
@pytest.mark.parametrize("with_redis", [False, True], ids=["file lock", "redis"])
async def test_of_two_workers_on_one_buffer_one_delivers(
    tmp_path: Path,
    register_process: RegisterProcess,
    ofd_process: OfdProcess,
    redis: RedisProcess,
    with_redis: bool,
) -> None:
    url = redis.url if with_redis else ""
    data_dir = tmp_path / "data"
    async with inner_till(data_dir, register_process, ofd_process, redis={"url": url}) as till:
        ofd_process.fault("down")
        sold = [(await till.sell()).json()["receipt_id"] for _ in range(10)]
        await till.deliver()
        till.clock.advance(60)
        ofd_process.clear()
        ofd_process.fault("slow", seconds=0.05)
        async with second_worker(data_dir, ofd_process, url) as other:
            outcomes = await asyncio.gather(
                till.till.worker.run_pass(), other.run_pass(), return_exceptions=True
            )

            refused = [outcome for outcome in outcomes if isinstance(outcome, SyncRunning)]
            assert len(refused) == 1
            assert ids(ofd_process.journal()) == sold
            assert (await till.status())["current_queued"] == 0
    assert redis.client.get(f"lock:{LOCK_NAME}") is None


def hold_a_pass(till: TillProcess) -> str:
    """A receipt whose delivery has begun and is not over."""
    till.ofd.fault("slow", seconds=30)
    receipt_id: str = till.sell().json()["receipt_id"]
    eventually(lambda: till.receipt(receipt_id)["status"] == "syncing")
    return receipt_id


@pytest.mark.parametrize("with_redis", [False, True], ids=["file lock", "redis"])
def test_a_concurrent_sync_gets_409(tmp_path: Path, redis: RedisProcess, with_redis: bool) -> None:
    with running_till(tmp_path, redis__url=redis.url if with_redis else "") as till:
        receipt_id = hold_a_pass(till)
        assert (redis.client.get(f"lock:{LOCK_NAME}") is not None) is with_redis

        answer = till.post("/v1/kkt/buffer/sync")

        assert answer.status_code == 409
        assert answer.json()["code"] == "sync_running"
        till.ofd.clear()
        till.wait_until_delivered()
        assert ids(till.ofd.journal()) == [receipt_id]
        assert till.post("/v1/kkt/buffer/sync").status_code == 202


def test_a_worker_elsewhere_that_holds_redis_keeps_this_one_away(
    tmp_path: Path, redis: RedisProcess
) -> None:
    redis.client.set(f"lock:{LOCK_NAME}", "another-machine", ex=300)
    with running_till(tmp_path, redis__url=redis.url, sync__interval_s=1) as till:
        till.sell()

        answer = till.post("/v1/kkt/buffer/sync", {"force": True})

        assert answer.status_code == 409
        assert till.ofd.journal() == []
        redis.client.delete(f"lock:{LOCK_NAME}")
        till.wait_until_delivered()


def test_a_flapping_network_opens_and_closes_the_breaker_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    quick = {"sync__interval_s": 1, "sync__breaker_reset_s": 1, "sync__breaker_failures": 2}
    with running_till(tmp_path, **quick) as till:
        sold = []
        for _ in range(2):
            till.ofd.fault("flapping", period=2)
            sold += [till.sell().json()["receipt_id"] for _ in range(4)]
            eventually(lambda: till.status()["breaker"]["state"] != "CLOSED")
            till.ofd.fault("down")
            sold.append(till.sell().json()["receipt_id"])
            till.ofd.clear()
            till.wait_until_delivered()
            # Two successes close it: the second may belong to the next receipt.
            sold.append(till.sell().json()["receipt_id"])
            till.wait_until_delivered()
            eventually(lambda: till.status()["breaker"]["state"] == "CLOSED")

        assert till.status()["breaker"]["opens_total"] >= 2
        assert till.status()["dlq"] == 0
        assert ids(till.ofd.journal()) == sold
        told = [row[0] for row in till.query("SELECT event_type FROM buffer_events ORDER BY id")]
        assert told.count("circuit_opened") == till.status()["breaker"]["opens_total"]
        assert told.count("circuit_closed") >= 2


@pytest.mark.parametrize("fault", ["deaf", "twice"])
def test_an_answer_lost_by_the_ofd_does_not_double_the_receipt(tmp_path: Path, fault: str) -> None:
    with running_till(tmp_path, sync__interval_s=1) as till:
        till.ofd.fault(fault, count=1)
        sold = [till.sell().json()["receipt_id"] for _ in range(3)]
        till.wait_until_delivered()

        assert ids(till.ofd.journal()) == sold
        assert {receipt["status"] for receipt in till.receipts()} == {"synced"}


def test_concurrent_receipts_keep_one_order_from_clock_to_ofd(till: TillProcess) -> None:
    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda _: till.sell(), range(40)))
    till.wait_until_delivered()

    assert [answer.status_code for answer in answers] == [200] * 40
    receipts = [till.receipt(answer.json()["receipt_id"]) for answer in answers]
    by_clock = [receipt["receipt_id"] for receipt in sorted(receipts, key=hlc_of)]
    assert len({hlc_of(receipt) for receipt in receipts}) == 40
    assert ids(till.register.journal()) == by_clock
    assert ids(till.ofd.journal()) == by_clock


@pytest.mark.anyio
async def test_the_order_survives_a_clock_that_jumps_back_between_receipts(
    tmp_path: Path, register_process: RegisterProcess, ofd_process: OfdProcess
) -> None:
    async with inner_till(tmp_path / "data", register_process, ofd_process) as till:
        sold = []
        for _ in range(5):
            answers = await asyncio.gather(*(till.sell() for _ in range(3)))
            sold += [answer.json()["receipt_id"] for answer in answers]
            till.clock.set_wall_back(3600)
        await soon(lambda: all_delivered(till))

        receipts = [await till.receipt(receipt_id) for receipt_id in sold]
        by_clock = [receipt["receipt_id"] for receipt in sorted(receipts, key=hlc_of)]
        assert ids(register_process.journal()) == by_clock
        assert ids(ofd_process.journal()) == by_clock


async def all_delivered(till: InnerTill) -> bool:
    await till.deliver()
    return (await till.status())["current_queued"] == 0  # type: ignore[no-any-return]
