"""How long a full buffer takes to reach an OFD that answers slowly, and fifty receipts after a
day without a network."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.selling import sell
from tests.till_process import TillProcess, eventually, running_till

FULL = 200
LATENCY_S = 0.05
OFFLINE_RECEIPTS = 50
WITHIN_S = 600.0


@dataclass(frozen=True, slots=True)
class Drained:
    receipts: int
    seconds: float
    at_ofd: int
    """Documents at the OFD; more than receipts would be a duplicate."""


def full_buffer() -> Drained:
    """From the moment a person presses "deliver now" until the last receipt is there."""
    with _offline_till() as till:
        sell(till.port, FULL)
        till.ofd.clear()
        till.ofd.fault("slow", seconds=LATENCY_S)
        return _drain(till, FULL, force=True)


def after_eight_hours() -> Drained:
    """What eight hours leave behind is an open breaker; the till comes back by itself. (The hours
    themselves are played by a simulated clock in tests/poc.)"""
    with _offline_till() as till:
        sell(till.port, OFFLINE_RECEIPTS)
        eventually(lambda: till.status()["breaker"]["state"] == "OPEN", within_s=60)
        till.ofd.clear()
        return _drain(till, OFFLINE_RECEIPTS, force=False)


def _drain(till: TillProcess, receipts: int, *, force: bool) -> Drained:
    started = time.monotonic()
    if force:
        till.post("/v1/kkt/buffer/sync", {"force": True})
    till.wait_until_delivered(WITHIN_S)
    seconds = time.monotonic() - started
    return Drained(receipts, seconds, len(till.ofd.journal()))


@contextmanager
def _offline_till() -> Iterator[TillProcess]:
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        # Room for one more than full: at 100 % the last sale would be refused.
        running_till(Path(folder), buffer__capacity=FULL + 1) as till,
    ):
        till.ofd.fault("down")
        yield till
