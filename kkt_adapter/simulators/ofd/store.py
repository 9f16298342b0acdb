"""What the operator has accepted, in order of arrival."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, NamedTuple

SCHEMA = """
CREATE TABLE IF NOT EXISTS accepted (
    number INTEGER PRIMARY KEY,
    receipt_id TEXT NOT NULL UNIQUE,
    fn TEXT NOT NULL,
    fd INTEGER NOT NULL,
    fiscal_sign TEXT NOT NULL,
    type TEXT NOT NULL,
    total INTEGER NOT NULL,
    pos_id TEXT NOT NULL,
    received_at TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (fn, fd)
);
CREATE TABLE IF NOT EXISTS clock (
    only INTEGER PRIMARY KEY CHECK (only = 1), offset_s REAL NOT NULL
);
"""


class Accepted(NamedTuple):
    receipt_id: str
    fn: str
    fd: int
    fiscal_sign: str
    type: str
    total: int
    pos_id: str
    received_at: str


class StoreBusyError(Exception):
    """Another process owns the file."""


class Store:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, timeout=0.5)
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            # SIGKILL must be survived, a power cut need not: see the register's store.
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.executescript(SCHEMA)
            self._db.execute("INSERT OR IGNORE INTO clock VALUES (1, 0)")
        except sqlite3.OperationalError as error:
            self._db.close()
            raise StoreBusyError(
                f"Файл {path} занят или недоступен: возможно, симулятор уже запущен ({error})."
            ) from error

    def add(self, receipt: Accepted, body: str) -> int | None:
        """The operator's number of a new receipt; None when it, or its (FN, FD), is known."""
        try:
            cursor = self._db.execute(
                "INSERT INTO accepted (receipt_id, fn, fd, fiscal_sign, type, total, pos_id,"
                " received_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*receipt, body),
            )
        except sqlite3.IntegrityError:
            return None
        return cursor.lastrowid

    def number_of(self, receipt_id: str, fn: str, fd: int) -> int:
        (number,) = self._db.execute(
            "SELECT number FROM accepted WHERE receipt_id = ? OR (fn = ? AND fd = ?)"
            " ORDER BY receipt_id = ? DESC",
            (receipt_id, fn, fd, receipt_id),
        ).fetchone()
        return int(number)

    def since(self, fd: int, limit: int) -> list[dict[str, Any]]:
        """Accepted receipts with an FD above `fd`, in order of arrival."""
        rows = self._db.execute(
            "SELECT receipt_id, fn, fd, fiscal_sign, type, total, pos_id, received_at"
            " FROM accepted WHERE fd > ? ORDER BY number LIMIT ?",
            (fd, limit),
        )
        return [Accepted(*row)._asdict() for row in rows]

    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM accepted").fetchone()[0])

    @property
    def clock_offset_s(self) -> float:
        return float(self._db.execute("SELECT offset_s FROM clock").fetchone()[0])

    @clock_offset_s.setter
    def clock_offset_s(self, offset_s: float) -> None:
        self._db.execute("UPDATE clock SET offset_s = ?", (offset_s,))

    def close(self) -> None:
        self._db.close()
