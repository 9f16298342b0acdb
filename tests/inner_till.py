"""A till inside the test's own process: real simulators, real files, a clock that the test turns.

Nothing happens by the schedule here: the test starts each delivery pass, and hours pass when it
says so.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from kkt_adapter.app.config import Settings
from kkt_adapter.app.errors import SyncRunning
from kkt_adapter.app.main import create_app
from kkt_adapter.app.sync_worker import SyncReport
from kkt_adapter.app.till import Till
from tests.processes import OfdProcess, RegisterProcess
from tests.till_process import SALE, WITHIN_S


class TurnedClock:
    """Wall and monotonic time that stand still until the test moves them."""

    def __init__(self) -> None:
        self.wall = float(int(time.time()))
        self.elapsed = 0.0

    def now(self) -> float:
        return self.wall

    def monotonic(self) -> float:
        return self.elapsed

    def advance(self, seconds: float) -> None:
        self.wall += seconds
        self.elapsed += seconds

    def set_wall_back(self, seconds: float) -> None:
        """As a person or a flat battery does: the wall clock jumps, time itself does not."""
        self.wall -= seconds


async def soon(look: Callable[[], Awaitable[Any]], *, within_s: float = WITHIN_S) -> Any:
    """The first true answer of `look`; AssertionError with the last one if none comes in time."""
    deadline = time.monotonic() + within_s
    while True:
        seen = await look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            raise AssertionError(f"still {seen!r} after {within_s} s")
        # A turn of the loop, for the print lane and a running pass.
        await asyncio.sleep(0.005)


class InnerTill:
    def __init__(self, till: Till, http: httpx.AsyncClient, clock: TurnedClock) -> None:
        self.till = till
        self.http = http
        self.clock = clock

    async def sell(
        self, body: dict[str, Any] | None = None, key: str | None = None, **changes: Any
    ) -> httpx.Response:
        return await self.http.post(
            "/v1/kkt/receipt",
            json={**(body or SALE), **changes},
            headers={"Idempotency-Key": key or str(uuid.uuid4())},
        )

    async def status(self) -> dict[str, Any]:
        return (await self.http.get("/v1/kkt/buffer/status")).json()  # type: ignore[no-any-return]

    async def receipt(self, receipt_id: str) -> dict[str, Any]:
        answer = await self.http.get(f"/v1/kkt/receipts/{receipt_id}")
        return answer.raise_for_status().json()  # type: ignore[no-any-return]

    async def deliver(self, *, force: bool = False) -> SyncReport:
        """One whole pass, after the one that a print may have begun."""
        while True:
            try:
                return await self.till.worker.run_pass(force=force)
            except SyncRunning:
                await asyncio.sleep(0.005)


@asynccontextmanager
async def inner_till(
    data_dir: Path,
    register: RegisterProcess,
    ofd: OfdProcess,
    *,
    clock: TurnedClock | None = None,
    **sections: dict[str, Any],
) -> AsyncIterator[InnerTill]:
    clock = clock or TurnedClock()
    settings = Settings(
        **{  # type: ignore[arg-type]
            "adapter": {"data_dir": data_dir},
            "kkt": {"uri": register.uri},
            "ofd": {"url": ofd.url, "token": ofd.token},
            **sections,
        }
    )
    till = Till(settings, now=clock.now, monotonic=clock.monotonic)
    transport = httpx.ASGITransport(create_app(settings, till=till))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        till.start()
        try:
            yield InnerTill(till, http, clock)
        finally:
            await till.stop()
