"""Redis guards against a second worker; when it goes, delivery goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kkt_adapter.app.sync_lock import LOCK_NAME, LOCK_TTL_S
from tests.mocks.redis_server import RedisProcess, running_redis
from tests.processes import free_port
from tests.till_process import TillProcess, eventually, running_till

LOCK_KEY = f"lock:{LOCK_NAME}"


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisProcess]:
    with running_redis(tmp_path) as server:
        yield server


@pytest.fixture
def till(tmp_path: Path, redis: RedisProcess) -> Iterator[TillProcess]:
    with running_till(
        tmp_path, redis__url=redis.url, sync__interval_s=1, heartbeat__interval_s=0.5
    ) as till:
        yield till


def begin_a_slow_delivery(till: TillProcess) -> str:
    till.ofd.fault("slow", seconds=30)
    receipt_id: str = till.sell().json()["receipt_id"]
    eventually(lambda: till.receipt(receipt_id)["status"] == "syncing")
    return receipt_id


def test_the_lock_is_held_while_a_pass_runs_and_freed_after_it(
    till: TillProcess, redis: RedisProcess
) -> None:
    begin_a_slow_delivery(till)

    assert redis.client.get(LOCK_KEY) is not None
    assert 0 < int(redis.client.ttl(LOCK_KEY)) <= LOCK_TTL_S  # type: ignore[arg-type]
    till.ofd.clear()
    till.wait_until_delivered()
    eventually(lambda: redis.client.get(LOCK_KEY) is None)


def test_redis_killed_in_mid_lock_does_not_stop_delivery(
    till: TillProcess, redis: RedisProcess
) -> None:
    held = begin_a_slow_delivery(till)
    redis.kill()
    till.ofd.clear()

    till.wait_until_delivered()
    after = till.sell().json()["receipt_id"]
    till.wait_until_delivered()
    assert [document["receipt_id"] for document in till.ofd.journal()] == [held, after]
    eventually(lambda: till.status()["redis"] == "offline")
    assert till.http.get("/v1/health").status_code == 200

    redis.start()
    eventually(lambda: till.status()["redis"] == "online")


def test_a_frozen_redis_costs_seconds_not_sales(till: TillProcess, redis: RedisProcess) -> None:
    redis.freeze()

    assert till.sell().elapsed.total_seconds() < 1.0
    till.wait_until_delivered(within_s=15)


def test_the_lock_of_a_dead_holder_of_this_buffer_is_taken_over(
    till: TillProcess, redis: RedisProcess
) -> None:
    held = begin_a_slow_delivery(till)
    till.kill()
    assert redis.client.get(LOCK_KEY) is not None
    till.ofd.clear()
    till.restart()

    # Not after its 300 seconds: nobody else can have left it.
    till.wait_until_delivered(within_s=10)
    assert [document["receipt_id"] for document in till.ofd.journal()] == [held]


def test_a_redis_that_was_never_there_does_not_stop_the_start(tmp_path: Path) -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    with running_till(tmp_path, redis__url=url, heartbeat__interval_s=0.5) as till:
        assert till.sell().json()["status"] == "printed"
        till.wait_until_delivered()
        eventually(lambda: till.status()["redis"] == "offline")
