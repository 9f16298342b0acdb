"""Hybrid logical clock: an order of receipts that no wall clock can turn round.

A timestamp is (local_time, logical_counter, node). `HybridClock` never steps back: when the wall
clock stands still or jumps into the past, the counter grows instead. The server's time is noted
beside a timestamp after delivery; it takes no part in the order, or two receipts of one till could
change places when the first of them is delivered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True, order=True)
class HybridTimestamp:
    local_time: int
    logical_counter: int
    node: str = ""
    server_time: int | None = field(default=None, compare=False)

    def with_server_time(self, server_time: int) -> HybridTimestamp:
        return replace(self, server_time=server_time)


class HybridClock:
    """Thread-safe source of strictly growing timestamps for one node."""

    def __init__(self, now: Callable[[], float], node: str) -> None:
        self._now = now
        self._node = node
        self._lock = threading.Lock()
        self._last = HybridTimestamp(0, -1, node)

    def tick(self) -> HybridTimestamp:
        wall = int(self._now())
        with self._lock:
            last = self._last
            if wall > last.local_time:
                self._last = HybridTimestamp(wall, 0, self._node)
            else:
                self._last = HybridTimestamp(last.local_time, last.logical_counter + 1, self._node)
            return self._last

    def resume_after(self, stored: HybridTimestamp) -> None:
        """Go on after the newest timestamp on disk: a restart must not step back either."""
        with self._lock:
            if stored > self._last:
                self._last = replace(stored, node=self._node, server_time=None)

    def ahead_of_wall(self) -> float:
        """Seconds by which it leads the wall clock, as it does after that was set back."""
        return max(0.0, self._last.local_time - self._now())
