"""A sale at the counter goes before a delivery, until the buffer is half full."""

from __future__ import annotations

import asyncio

import pytest

from kkt_adapter.app.right_of_way import QUIET_S, RightOfWay

pytestmark = pytest.mark.anyio


class Counter:
    """What the till has queued, and the time, which moves only when the loop was let go."""

    def __init__(self, queued: int = 0) -> None:
        self.queued = queued
        self.time = 100.0
        self.way = RightOfWay(lambda: self.queued, capacity=10, monotonic=lambda: self.time)

    async def is_clear(self) -> bool:
        """Whether a delivery may go without letting anybody pass first."""
        delivery = asyncio.ensure_future(self.way.clear())
        await asyncio.sleep(0)
        clear = delivery.done()
        delivery.cancel()
        return clear


async def test_a_delivery_goes_at_once_where_nobody_sells() -> None:
    assert await Counter().is_clear()


async def test_a_delivery_waits_after_a_sale_until_it_has_been_quiet() -> None:
    counter = Counter()
    counter.way.sale()

    assert not await counter.is_clear()
    counter.time += QUIET_S
    assert await counter.is_clear()


async def test_each_further_sale_prolongs_the_wait() -> None:
    counter = Counter()
    counter.way.sale()
    counter.time += QUIET_S * 0.9
    counter.way.sale()
    counter.time += QUIET_S * 0.9

    assert not await counter.is_clear()


@pytest.mark.parametrize(("queued", "clear"), [(4, False), (5, True), (10, True)])
async def test_a_half_full_buffer_delivers_however_busy_the_counter(
    queued: int, clear: bool
) -> None:
    counter = Counter(queued)
    counter.way.sale()

    assert await counter.is_clear() is clear
