"""A sale at the counter goes before a delivery in the background.

Both share one event loop and one disk. As long as sales follow each other closely, delivery waits
for the gap after them, unless the buffer is already half full.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

QUIET_S = 0.1


class RightOfWay:
    def __init__(
        self,
        queued: Callable[[], int],
        capacity: int,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._queued = queued
        self._capacity = capacity
        self._monotonic = monotonic
        self._quiet_from = 0.0

    def sale(self) -> None:
        self._quiet_from = self._monotonic() + QUIET_S

    async def clear(self) -> None:
        """Returns when a delivery is in nobody's way."""
        while 2 * self._queued() < self._capacity:
            left = self._quiet_from - self._monotonic()
            if left <= 0:
                return
            await asyncio.sleep(left)
