"""What the people at the till were told: the promises that the audit holds the till to."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """An answer that took responsibility for a receipt."""

    key: str
    receipt_id: str
    total: int
    fiscal: tuple[str, int, str] | None
    """FN, FD and sign, once the answer had them."""


class Diary:
    """Shared by all threads of a run."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.closed = threading.Event()
        """The run is over: nobody waits for an answer any more."""
        self.promises: list[Promise] = []
        self.unexpected: list[str] = []
        self.counts: Counter[str] = Counter()

    def promised(self, promise: Promise) -> None:
        with self._lock:
            self.promises.append(promise)

    def surprised(self, what: str) -> None:
        with self._lock:
            self.unexpected.append(what)

    def happened(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1
