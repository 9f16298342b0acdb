"""Who may deliver: one pass over a buffer at a time.

The operating system's lock on a file beside the buffer is always taken; it dies with its holder and
needs no network. Redis, where configured and present, is held as well (key `sync_lock`, TTL 300 s,
renewed), so that a worker on another machine that sees the same Redis stays away. Redis being away
never stops delivery, and can never let two workers in either, since both would need the file.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import logging
import os
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import redis
import redis_lock

from kkt_adapter.app.errors import SyncRunning

log = logging.getLogger(__name__)

LOCK_NAME = "sync_lock"
LOCK_TTL_S = 300
RENEW_EVERY_S = 60
REDIS_TIMEOUT_S = 1.0


class HeldLock:
    """A lock in hand: `renew` is called between two receipts."""

    def __init__(self, redis_part: redis_lock.Lock | None, monotonic: Callable[[], float]) -> None:
        self._redis_part = redis_part
        self._monotonic = monotonic
        self._renewed = monotonic()

    async def renew(self) -> None:
        if self._redis_part is None or self._monotonic() - self._renewed < RENEW_EVERY_S:
            return
        self._renewed = self._monotonic()
        # Redis may be gone by now; the file lock is still ours, so we go on.
        with contextlib.suppress(redis.RedisError, redis_lock.NotAcquired):
            await asyncio.to_thread(self._redis_part.extend)


class SyncLock:
    def __init__(
        self,
        lock_file: Path,
        redis_url: str = "",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lock_file = lock_file
        self._monotonic = monotonic
        self._client: redis.Redis | None = None
        if redis_url:
            self._client = redis.Redis.from_url(
                redis_url,
                socket_timeout=REDIS_TIMEOUT_S,
                socket_connect_timeout=REDIS_TIMEOUT_S,
            )
        # Stable for this buffer: after a crash we recognise our own abandoned lock.
        place = hashlib.sha256(f"{os.uname().nodename}:{lock_file.absolute()}".encode())
        self._owner = f"kkt-{place.hexdigest()[:24]}"
        self.redis_online: bool | None = None

    @contextlib.asynccontextmanager
    async def hold(self) -> AsyncIterator[HeldLock]:
        """Raises SyncRunning when somebody else is delivering."""
        descriptor = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SyncRunning from None
            redis_part = await asyncio.to_thread(self._acquire_redis)
            try:
                yield HeldLock(redis_part, self._monotonic)
            finally:
                if redis_part is not None:
                    await asyncio.to_thread(self._release_redis, redis_part)
        finally:
            os.close(descriptor)

    async def check(self) -> None:
        """Look whether Redis is there, for the status."""
        if self._client is not None:
            await asyncio.to_thread(self._ping)

    def _ping(self) -> None:
        assert self._client is not None
        try:
            self._client.ping()
            self.redis_online = True
        except redis.RedisError:
            self.redis_online = False

    def _acquire_redis(self) -> redis_lock.Lock | None:
        if self._client is None:
            return None
        try:
            lock = redis_lock.Lock(self._client, LOCK_NAME, expire=LOCK_TTL_S, id=self._owner)
            if lock.get_owner_id() == self._owner:
                # We hold the file, so this is what a killed holder of the same buffer left behind.
                lock.reset()
            acquired = lock.acquire(blocking=False)
            self.redis_online = True
        except redis.RedisError as error:
            self.redis_online = False
            log.warning("redis is away, delivering under the file lock", extra={"why": str(error)})
            return None
        if not acquired:
            raise SyncRunning
        return lock

    def _release_redis(self, lock: redis_lock.Lock) -> None:
        with contextlib.suppress(redis.RedisError, redis_lock.NotAcquired):
            lock.release()

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
