"""The FN's memory: one SQLite file; a document and every counter it moves are one row, one commit.

What a document changes is either written in its own row (numbers, cash in the drawer) or summed
from rows (shift totals), so no counter can disagree with the documents.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SCHEMA = """
CREATE TABLE IF NOT EXISTS fn (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    serial TEXT NOT NULL,
    registration_number TEXT NOT NULL,
    secret BLOB NOT NULL,
    capacity INTEGER NOT NULL,
    unsent_capacity INTEGER NOT NULL,
    confirmed_fd INTEGER NOT NULL,
    clock_offset_s REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS documents (
    fd INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    shift INTEGER NOT NULL,
    number INTEGER NOT NULL,
    time TEXT NOT NULL,
    fiscal_sign TEXT NOT NULL,
    total INTEGER NOT NULL,
    cash INTEGER NOT NULL,
    electronically INTEGER NOT NULL,
    prepaid INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    other INTEGER NOT NULL,
    drawer INTEGER NOT NULL,
    receipt_id TEXT,
    request TEXT NOT NULL
);
CREATE VIEW IF NOT EXISTS receipts AS SELECT * FROM documents
    WHERE kind IN ('sell', 'sellReturn', 'sellCorrection', 'sellReturnCorrection');
"""
RECEIPT_KINDS = ("sell", "sellReturn", "sellCorrection", "sellReturnCorrection")
_INSERT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Document(NamedTuple):
    fd: int
    kind: str
    """The task that made it: sell, openShift, registration…"""
    shift: int
    number: int
    """Number of the receipt within its shift; for other documents that of the last one."""
    time: str
    fiscal_sign: str
    total: int
    cash: int
    electronically: int
    prepaid: int
    credit: int
    other: int
    drawer: int
    """Cash in the drawer after it."""
    receipt_id: str | None
    request: str
    """The line that asked for it, as it came."""

    @property
    def is_receipt(self) -> bool:
        return self.kind in RECEIPT_KINDS


class Fn(NamedTuple):
    serial: str
    registration_number: str
    secret: bytes
    capacity: int
    unsent_capacity: int
    confirmed_fd: int
    clock_offset_s: float


class Totals(NamedTuple):
    kind: str
    receipts: int
    total: int
    cash: int
    electronically: int
    prepaid: int
    credit: int
    other: int


class StoreBusyError(Exception):
    """Another process owns the file."""


class Store:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, timeout=0.5)
        try:
            # One process owns the file: no shared-memory index, and a second start is refused.
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            # What must be survived is SIGKILL, not a power cut: a page handed to the operating
            # system outlives the process, so waiting for the disk would only slow the till down.
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.executescript(SCHEMA)
            self._db.execute(
                "INSERT OR IGNORE INTO fn VALUES (1, ?, ?, ?, 250000, 100000, 0, 0)",
                # FN serials that begin with 9999 are test units.
                (f"9999{secrets.randbelow(10**12):012d}", _registration_number(), _new_secret()),
            )
        except sqlite3.OperationalError as error:
            self._db.close()
            raise StoreBusyError(
                f"Файл {path} занят или недоступен: возможно, симулятор уже запущен ({error})."
            ) from error

    def fn(self) -> Fn:
        row = self._db.execute(
            "SELECT serial, registration_number, secret, capacity, unsent_capacity, confirmed_fd,"
            " clock_offset_s FROM fn"
        ).fetchone()
        return Fn(*row)

    def update(self, fn: Fn) -> None:
        self._db.execute(
            "UPDATE fn SET capacity = ?, unsent_capacity = ?, confirmed_fd = ?, clock_offset_s = ?",
            (fn.capacity, fn.unsent_capacity, fn.confirmed_fd, fn.clock_offset_s),
        )

    def add(self, document: Document) -> None:
        self._db.execute(_INSERT, document)

    def document(self, fd: int) -> Document | None:
        return self._one("SELECT * FROM documents WHERE fd = ?", fd)

    def last(self) -> Document | None:
        return self._one("SELECT * FROM documents ORDER BY fd DESC LIMIT 1")

    def last_receipt(self) -> Document | None:
        return self._one("SELECT * FROM receipts ORDER BY fd DESC LIMIT 1")

    def last_shift_report(self) -> Document | None:
        return self._one(
            "SELECT * FROM documents WHERE kind IN ('openShift', 'closeShift')"
            " ORDER BY fd DESC LIMIT 1"
        )

    def first_receipt_after(self, fd: int) -> Document | None:
        return self._one("SELECT * FROM receipts WHERE fd > ? ORDER BY fd LIMIT 1", fd)

    def count_receipts(self, after: int, up_to: int) -> int:
        (count,) = self._db.execute(
            "SELECT count(*) FROM receipts WHERE fd > ? AND fd <= ?",
            (after, up_to),
        ).fetchone()
        return int(count)

    def totals_since(self, fd: int) -> list[Totals]:
        """Sums of the receipts from that document on, by kind."""
        rows = self._db.execute(
            "SELECT kind, count(*), sum(total), sum(cash), sum(electronically), sum(prepaid),"
            " sum(credit), sum(other) FROM receipts WHERE fd >= ? GROUP BY kind",
            (fd,),
        )
        return [Totals(*row) for row in rows]

    def since(self, fd: int, limit: int) -> Iterator[Document]:
        rows = self._db.execute(
            "SELECT * FROM documents WHERE fd > ? ORDER BY fd LIMIT ?", (fd, limit)
        )
        return (Document(*row) for row in rows)

    def close(self) -> None:
        self._db.close()

    def _one(self, sql: str, *values: int) -> Document | None:
        row = self._db.execute(sql, values).fetchone()
        return Document(*row) if row else None


def _registration_number() -> str:
    return f"{secrets.randbelow(10**16):016d}"


def _new_secret() -> bytes:
    return secrets.token_bytes(32)
