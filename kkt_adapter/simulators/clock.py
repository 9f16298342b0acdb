"""The simulator's own clock: the computer's, shifted for demonstrations of days and months."""

from __future__ import annotations

import time
from datetime import datetime


class ShiftedClock:
    def __init__(self, offset_s: float = 0.0) -> None:
        self.offset_s = offset_s

    def __call__(self) -> float:
        return time.time() + self.offset_s


def iso(moment: float) -> str:
    """Local time with its offset from UTC, to the second."""
    return datetime.fromtimestamp(int(moment)).astimezone().isoformat()
