"""Who may deliver: never two, and never nobody because Redis is away."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from kkt_adapter.app.errors import SyncRunning
from kkt_adapter.app.sync_lock import LOCK_NAME, LOCK_TTL_S, RENEW_EVERY_S, SyncLock
from tests.mocks.redis_server import RedisProcess, running_redis
from tests.processes import ROOT, free_port
from tests.unit.till_parts import Clock

pytestmark = [pytest.mark.anyio, pytest.mark.redis]

REDIS_KEY = f"lock:{LOCK_NAME}"

HOLDER = """
import asyncio, sys
from pathlib import Path
from kkt_adapter.app.errors import SyncRunning
from kkt_adapter.app.sync_lock import SyncLock

async def main():
    try:
        async with SyncLock(Path(sys.argv[1]), sys.argv[2]).hold():
            print("held", flush=True)
            sys.stdin.readline()
    except SyncRunning:
        print("running", flush=True)

asyncio.run(main())
"""


class Holder:
    """Another process that wants the lock."""

    def __init__(self, lock_file: Path, redis_url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(lock_file), redis_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert self.process.stdout is not None
        self.says = self.process.stdout.readline().strip()

    def let_go(self) -> None:
        self.process.communicate("\n", timeout=10)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=10)


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisProcess]:
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis_process(redis_server: RedisProcess) -> RedisProcess:
    redis_server.client.flushall()
    return redis_server


@pytest.fixture(params=["no redis", "redis", "redis away"])
def redis_url(request: pytest.FixtureRequest) -> str:
    if request.param == "redis":
        process: RedisProcess = request.getfixturevalue("redis_process")
        return process.url
    return "" if request.param == "no redis" else f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    return tmp_path / "sync.lock"


@asynccontextmanager
async def lock_on(lock_file: Path, url: str, clock: Clock | None = None) -> AsyncIterator[SyncLock]:
    lock = SyncLock(lock_file, url, clock) if clock else SyncLock(lock_file, url)
    try:
        yield lock
    finally:
        lock.close()


# -- what holds with Redis, without it, and while it is away -------------------------------------


async def test_one_at_a_time(lock_file: Path, redis_url: str) -> None:
    async with lock_on(lock_file, redis_url) as one, lock_on(lock_file, redis_url) as two:
        async with one.hold():
            for lock in (one, two):
                with pytest.raises(SyncRunning):
                    async with lock.hold():
                        pytest.fail("two hold it")
        async with two.hold():
            pass


async def test_it_is_let_go_of_when_the_work_fails(lock_file: Path, redis_url: str) -> None:
    async with lock_on(lock_file, redis_url) as lock:
        with pytest.raises(ZeroDivisionError):
            async with lock.hold():
                raise ZeroDivisionError
        async with lock.hold():
            pass


async def test_never_two_holders_in_two_processes(lock_file: Path, redis_url: str) -> None:
    other = Holder(lock_file, redis_url)
    assert other.says == "held"
    async with lock_on(lock_file, redis_url) as lock:
        with pytest.raises(SyncRunning):
            async with lock.hold():
                pytest.fail("two hold it")
        other.let_go()
        async with lock.hold():
            pass


async def test_a_killed_holder_blocks_nobody(lock_file: Path, redis_url: str) -> None:
    other = Holder(lock_file, redis_url)
    assert other.says == "held"
    other.kill()

    async with lock_on(lock_file, redis_url) as lock, lock.hold():
        pass


async def test_of_many_at_once_one_holds(lock_file: Path, redis_url: str) -> None:
    holding = refused = 0
    all_tried = asyncio.Event()

    async def want() -> None:
        nonlocal holding, refused
        async with lock_on(lock_file, redis_url) as lock:
            try:
                async with lock.hold():
                    holding += 1
                    await all_tried.wait()
            except SyncRunning:
                refused += 1
                if refused == 4:
                    all_tried.set()

    await asyncio.wait_for(asyncio.gather(*(want() for _ in range(5))), 20)

    assert (holding, refused) == (1, 4)


# -- Redis ---------------------------------------------------------------------------------------


async def test_redis_shows_the_lock_with_its_time_to_live(
    lock_file: Path, redis_process: RedisProcess
) -> None:
    async with lock_on(lock_file, redis_process.url) as lock:
        async with lock.hold():
            assert 0 < redis_process.client.ttl(REDIS_KEY) <= LOCK_TTL_S
            assert lock.redis_online is True
        assert redis_process.client.exists(REDIS_KEY) == 0


async def test_a_strangers_lock_is_respected(lock_file: Path, redis_process: RedisProcess) -> None:
    redis_process.client.set(REDIS_KEY, "somebody", ex=100)
    async with lock_on(lock_file, redis_process.url) as lock:
        with pytest.raises(SyncRunning):
            async with lock.hold():
                pytest.fail("taken from a stranger")
        assert redis_process.client.get(REDIS_KEY) == b"somebody"

        redis_process.client.delete(REDIS_KEY)
        async with lock.hold():
            pass


async def test_our_own_lock_left_by_a_killed_process_is_taken_over(
    lock_file: Path, redis_process: RedisProcess
) -> None:
    other = Holder(lock_file, redis_process.url)
    other.kill()
    left_behind = redis_process.client.get(REDIS_KEY)
    assert left_behind is not None

    async with lock_on(lock_file, redis_process.url) as lock, lock.hold():
        assert redis_process.client.get(REDIS_KEY) == left_behind


async def test_another_buffers_lock_is_a_strangers(
    tmp_path: Path, redis_process: RedisProcess
) -> None:
    async with (
        lock_on(tmp_path / "a.lock", redis_process.url) as one,
        lock_on(tmp_path / "b.lock", redis_process.url) as two,
        one.hold(),
    ):
        with pytest.raises(SyncRunning):
            async with two.hold():
                pytest.fail("two hold it")


async def test_it_is_renewed_while_the_work_lasts(
    lock_file: Path, redis_process: RedisProcess, clock: Clock
) -> None:
    async with (
        lock_on(lock_file, redis_process.url, clock) as lock,
        lock.hold() as held,
    ):
        redis_process.client.expire(REDIS_KEY, 10)
        await held.renew()
        assert redis_process.client.ttl(REDIS_KEY) <= 10

        clock.advance(RENEW_EVERY_S)
        await held.renew()

        assert redis_process.client.ttl(REDIS_KEY) > LOCK_TTL_S - 10


async def test_redis_killed_while_the_lock_is_held_stops_neither_work_nor_the_next(
    tmp_path: Path, lock_file: Path, clock: Clock
) -> None:
    with running_redis(tmp_path) as server:
        async with lock_on(lock_file, server.url, clock) as lock:
            async with lock.hold() as held:
                server.kill()
                clock.advance(RENEW_EVERY_S)
                await held.renew()
                async with lock_on(lock_file, server.url) as other:
                    with pytest.raises(SyncRunning):
                        async with other.hold():
                            pytest.fail("two hold it")
            async with lock.hold():
                assert lock.redis_online is False


async def test_the_status_knows_whether_redis_is_there(
    lock_file: Path, redis_process: RedisProcess
) -> None:
    async with (
        lock_on(lock_file, redis_process.url) as lock,
        lock_on(lock_file, f"redis://127.0.0.1:{free_port()}/0") as away,
        lock_on(lock_file, "") as without,
    ):
        for each in (lock, away, without):
            await each.check()

        assert [each.redis_online for each in (lock, away, without)] == [True, False, None]
