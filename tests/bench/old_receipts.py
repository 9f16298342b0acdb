"""`python -m tests.bench.old_receipts FILE COUNT`: a buffer with so many delivered receipts.

The real schema, rows and event chain, written past `BufferDB` because a million receipts at a
commit each would take an hour.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kkt_adapter.app.buffer_file import BufferFile
from kkt_adapter.app.events import GENESIS, chain_hash, document_hash
from kkt_adapter.app.receipt_id import new_receipt_id
from tests.bench.sample import document_json

CACHE = Path(__file__).parent / ".cache"
FN = "9999000000000001"
SECONDS_BETWEEN = 30
BATCH = 10_000
# Bulk loading is quicker without them; they are made again as the schema states them.
_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    " AND tbl_name IN ('receipts', 'buffer_events')"
)
_RECEIPT = (
    "INSERT INTO receipts (id, pos_id, type, created_at, hlc_local_time, hlc_logical_counter,"
    " hlc_server_time, total, fiscal_doc, idempotency_key, request_hash, print_state, fn, fd,"
    " fiscal_sign, shift_number, receipt_number, registered_at, qr, registration_number, status,"
    " ofd_id, synced_at) VALUES (?, 'POS-001', 'sale', ?, ?, 0, ?, 100000, ?, ?, ?, 'printed',"
    " ?, ?, ?, ?, ?, ?, ?, ?, 'synced', ?, ?)"
)
_EVENT = (
    "INSERT INTO buffer_events (event_type, receipt_id, timestamp, metadata, hash)"
    " VALUES (?, ?, ?, ?, ?)"
)


def cached(count: int) -> Path:
    """The file, made now if it has not been made before."""
    path = CACHE / f"buffer-{count}.db"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        generate(partial, count)
        partial.replace(path)
    return path


def generate(path: Path, count: int) -> None:
    # In the past, and later than all of it comes what the benchmarks sell.
    begin = 1_700_000_000
    BufferFile(path, lambda: begin).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-500000")
    indexes = connection.execute(_INDEXES).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.execute(
        "INSERT INTO registers (fn, seen_fd, seen_at) VALUES (?, ?, ?)", (FN, count + 1, begin)
    )
    numbers = iter(range(count))
    chain = _Chain()
    while batch := list(itertools.islice(numbers, BATCH)):
        receipts: list[tuple[Any, ...]] = []
        events: list[tuple[Any, ...]] = []
        for number in batch:
            made = _Old(number, begin + number * SECONDS_BETWEEN)
            receipts.append(made.row())
            events += chain.linked(made)
        connection.execute("BEGIN")
        connection.executemany(_RECEIPT, receipts)
        connection.executemany(_EVENT, events)
        connection.execute("COMMIT")
    for _, sql in indexes:
        connection.execute(sql)
    connection.close()


class _Old:
    """One delivered receipt and its history."""

    def __init__(self, number: int, at: int) -> None:
        self.at = at
        self.id = new_receipt_id(at)
        self.document = document_json(self.id)
        self.fd = number + 2
        self.sign = str(1_000_000_000 + number)
        self.shift, self.number = number // 100 + 1, number % 100 + 1
        self.time = "2023-11-15T01:13:20+03:00"
        self.qr = f"t=20231115T0113&s=1000.00&fn={FN}&i={self.fd}&fp={self.sign}&n=1"
        self.ofd_id = f"OFD-{number:09d}"

    def row(self) -> tuple[Any, ...]:
        key = str(uuid.uuid4())
        return (
            *(self.id, self.at, self.at, self.at, self.document, key, bytes(32)),
            *(FN, self.fd, self.sign, self.shift, self.number, self.time, self.qr, "0" * 16),
            *(self.ofd_id, self.at),
        )

    def events(self) -> Iterator[tuple[str, dict[str, Any]]]:
        told = {"document": document_hash(self.document), "total": 100_000, "hlc": [self.at, 0]}
        yield "receipt_added", told
        registration = {
            "known_by": "answer",
            "fn": FN,
            "fd": self.fd,
            "fiscal_sign": self.sign,
            "shift": self.shift,
            "number": self.number,
            "time": self.time,
            "qr": self.qr,
            "registration_number": "0" * 16,
        }
        yield "receipt_printed", registration
        yield "receipt_syncing", {}
        yield "receipt_synced", {"server_time": self.at, "ofd_id": self.ofd_id}


class _Chain:
    def __init__(self) -> None:
        self._head = GENESIS

    def linked(self, receipt: _Old) -> Iterator[tuple[Any, ...]]:
        for event_type, metadata in receipt.events():
            text = json.dumps(metadata, ensure_ascii=False, separators=(",", ":"))
            self._head = chain_hash(self._head, event_type, receipt.id, receipt.at, text)
            yield event_type, receipt.id, receipt.at, text, self._head


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))
