"""Storing a receipt: the buffer's own call beside bare sqlite3 and two queue libraries."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import litequeue  # type: ignore[import-untyped]
import persistqueue

from kkt_adapter.app.buffer import BufferDB, NewReceipt
from kkt_adapter.app.buffer_file import BufferFile
from kkt_adapter.app.events import chain_hash, document_hash
from tests.bench.figures import Rounds, Series
from tests.bench.sample import new_receipt

AT = 1_790_000_000
Put = Callable[[Any], object]
# What the buffer's file is opened with (see buffer_file).
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA wal_autocheckpoint=100",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32000",
)
_RECEIPT = (
    "INSERT INTO receipts (id, pos_id, type, created_at, hlc_local_time, hlc_logical_counter,"
    " total, fiscal_doc, order_ref, order_doc, idempotency_key, request_hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_EVENT = (
    "INSERT INTO buffer_events (event_type, receipt_id, timestamp, metadata, hash)"
    " VALUES (?, ?, ?, ?, ?)"
)


class Contender:
    """`prepare` is outside the clock, `put` inside."""

    def __init__(self, name: str, put: Put, prepare: Callable[[NewReceipt], Any]) -> None:
        self.rounds = Rounds(name)
        self._put = put
        self._prepare = prepare

    def compete(self, count: int, first: int) -> None:
        values = [
            self._prepare(new_receipt(number, AT + number))
            for number in range(first, first + count)
        ]
        put, clock = self._put, time.perf_counter
        latencies = []
        started = clock()
        for value in values:
            before = clock()
            put(value)
            latencies.append(clock() - before)
        self.rounds.series.append(Series(latencies, clock() - started))


def measure(rounds: int, count: int, old: Sequence[tuple[str, Path]] = ()) -> list[Rounds]:
    """The buffer, its rivals, and the buffer again on files that hold `old` receipts already."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        contenders = list(_contenders(Path(folder), old))
        for number in range(rounds):
            turn = number % len(contenders)
            for contender in contenders[turn:] + contenders[:turn]:
                contender.compete(count, number * count)
        return [contender.rounds for contender in contenders]


def _contenders(folder: Path, old: Sequence[tuple[str, Path]]) -> Iterator[Contender]:
    yield Contender("буфер кассы", _buffer(folder / "buffer.db"), lambda receipt: receipt)
    yield Contender("sqlite3 без ничего", _bare(folder / "bare.db"), _rows)
    yield Contender("litequeue", _litequeue(folder / "litequeue.db"), _text)
    yield Contender("persist-queue, SQLiteAckQueue", _persist_queue(folder / "pq"), _text)
    for name, source in old:
        path = folder / f"old-{name}.db"
        shutil.copyfile(source, path)
        yield Contender(f"буфер кассы, {name}", _buffer(path), lambda receipt: receipt)


def _buffer(path: Path) -> Put:
    buffer = BufferDB(path, lambda: AT)

    def put(receipt: NewReceipt) -> None:
        assert buffer.by_key(receipt.idempotency_key) is None
        buffer.add(receipt)

    return put


def _bare(path: Path) -> Put:
    """The same rows in the same schema under the same pragmas, everything computed beforehand."""
    BufferFile(path, lambda: AT).close()
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    execute = connection.execute

    def put(rows: tuple[Any, Any]) -> None:
        execute("BEGIN IMMEDIATE")
        execute(_RECEIPT, rows[0])
        execute(_EVENT, rows[1])
        execute("COMMIT")

    return put


def _rows(receipt: NewReceipt) -> tuple[Any, Any]:
    row = (
        *(receipt.id, receipt.pos_id, receipt.type, AT),
        *(receipt.hlc.local_time, receipt.hlc.logical_counter, receipt.total, receipt.fiscal_doc),
        *(None, None, receipt.idempotency_key, receipt.request_hash),
    )
    metadata = {
        "document": document_hash(receipt.fiscal_doc),
        "total": receipt.total,
        "hlc": [receipt.hlc.local_time, receipt.hlc.logical_counter],
    }
    text = json.dumps(metadata, separators=(",", ":"))
    link = chain_hash(bytes(32), "receipt_added", receipt.id, AT, text)
    return row, ("receipt_added", receipt.id, AT, text, link)


def _litequeue(path: Path) -> Put:
    queue = litequeue.LiteQueue(path)
    # It asks for NORMAL, which may lose the last commits with the power.
    queue.conn.execute("PRAGMA synchronous=FULL")
    put: Put = queue.put
    return put


def _persist_queue(path: Path) -> Put:
    queue = persistqueue.SQLiteAckQueue(str(path))
    # It writes in WAL mode, and SQLite's own default for the rest is FULL.
    connection: sqlite3.Connection = queue._putter  # type: ignore[assignment]  # noqa: SLF001
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    assert (synchronous, journal) == (2, "wal")
    put: Put = queue.put
    return put


def _text(receipt: NewReceipt) -> str:
    return receipt.fiscal_doc
