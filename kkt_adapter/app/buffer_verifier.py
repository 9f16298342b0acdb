"""Checks a buffer's file: the chain of events is whole, and folding it gives the rows.

One read transaction sees one moment, so the adapter may go on working meanwhile. Events and rows
are read side by side in one order: a million receipts need no more memory than ten.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kkt_adapter.app.events import GENESIS, Event, Fold, ReceiptState, chain_hash, document_hash

_EVENTS = (
    "SELECT id, event_type, receipt_id, timestamp, metadata FROM buffer_events"
    " WHERE receipt_id IS NOT NULL ORDER BY receipt_id, id"
)
# Column of a row → field of the state that its events fold into.
_SAME = {
    "print_state": "print_state",
    "status": "status",
    "total": "total",
    "hlc_local_time": "hlc_local_time",
    "hlc_logical_counter": "hlc_logical_counter",
    "hlc_server_time": "server_time",
    "fn": "fn",
    "fd": "fd",
    "fiscal_sign": "fiscal_sign",
    "shift_number": "shift",
    "receipt_number": "number",
    "registered_at": "time",
    "qr": "qr",
    "registration_number": "registration_number",
    "retry_count": "retry_count",
    "refusal_count": "refusal_count",
    "ofd_id": "ofd_id",
}
_ROWS = f"SELECT id, fiscal_doc, {', '.join(_SAME)} FROM receipts ORDER BY id"
_DLQ = (
    "SELECT original_receipt_id AS receipt_id, id, failed_at, reason, fiscal_doc, retry_attempts,"
    " last_error, resolved_at, resolved_by, resolution, resolution_note FROM dlq"
    " ORDER BY original_receipt_id, rowid"
)
_SETTLED_BY = {"receipt_requeued": "requeued", "dlq_resolved": "resolved"}


@dataclass(slots=True)
class Checked:
    """How much has been looked at."""

    receipts: int = 0
    events: int = 0
    dead_letters: int = 0


def verify(path: Path, checked: Checked) -> Iterator[str]:
    """What is wrong with the buffer, a sentence each; nothing when it is sound."""
    if not path.is_file():
        yield f"файла {path} нет"
        return
    try:
        with _snapshot(path) as connection:
            yield from _file(connection)
            yield from _chain(connection, checked)
            yield from _receipts(connection, checked)
    except sqlite3.DatabaseError as error:
        yield f"файл {path} не читается: {error}"


@contextlib.contextmanager
def _snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("BEGIN")
        yield connection
    finally:
        connection.close()


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for (words,) in connection.execute("PRAGMA integrity_check"):
        if words != "ok":
            yield f"файл повреждён: {words}"
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"таблица {row[0]}, строка {row[1]}: ссылается на то, чего нет в {row[2]}"


def _chain(connection: sqlite3.Connection, checked: Checked) -> Iterator[str]:
    previous, last = GENESIS, 0
    for row in connection.execute("SELECT * FROM buffer_events ORDER BY id"):
        if row["id"] != last + 1:
            yield f"событий {last + 1}–{row['id'] - 1} нет: их удалили"
        computed = chain_hash(
            previous, row["event_type"], row["receipt_id"], row["timestamp"], row["metadata"]
        )
        # After a gap the next hash cannot agree, and says nothing about its own event.
        if computed != row["hash"] and row["id"] == last + 1:
            yield f"событие {row['id']} ({row['event_type']}): хеш не сходится, его изменили"
        previous, last = row["hash"], row["id"]
        checked.events += 1
    counted = connection.execute(
        "SELECT seq FROM sqlite_sequence WHERE name = 'buffer_events'"
    ).fetchone()
    if counted is not None and counted["seq"] > last:
        yield f"событий {last + 1}–{counted['seq']} нет: конец журнала удалили"


def _receipts(connection: sqlite3.Connection, checked: Checked) -> Iterator[str]:
    events = _grouped(connection.execute(_EVENTS))
    rows = _grouped(connection.execute(_ROWS), key="id")
    letters = _grouped(connection.execute(_DLQ))
    for receipt_id, (history, row, dead) in _side_by_side(events, rows, letters):
        checked.receipts += len(row)
        checked.dead_letters += len(dead)
        try:
            yield from _receipt(receipt_id, [_event(event) for event in history], row, dead)
        except (KeyError, TypeError, ValueError) as error:
            yield f"чек {receipt_id}: события не читаются ({error!r})"


def _receipt(
    receipt_id: str, history: list[Event], row: list[sqlite3.Row], dead: list[sqlite3.Row]
) -> Iterator[str]:
    fold = Fold().feed_all(history)
    yield from fold.problems
    state = fold.receipts.get(receipt_id)
    if not row:
        yield f"чек {receipt_id}: события есть, а строки нет"
    elif state is None:
        yield f"чек {receipt_id}: строка есть, а событий нет"
    else:
        yield from _row_against(state, row[0])
    yield from _dead_letters_against(history, state, dead)


def _row_against(state: ReceiptState, row: sqlite3.Row) -> Iterator[str]:
    if document_hash(row["fiscal_doc"]) != state.document:
        yield f"чек {row['id']}: документ изменён после записи"
    for column, field in _SAME.items():
        told = getattr(state, field)
        if row[column] != told:
            yield f"чек {row['id']}: {column} в строке {row[column]!r}, а по событиям {told!r}"


def _dead_letters_against(
    history: list[Event], state: ReceiptState | None, letters: list[sqlite3.Row]
) -> Iterator[str]:
    failures = [event for event in history if event.event_type == "receipt_failed"]
    settled = {
        event.metadata["dlq_id"]: event for event in history if event.event_type in _SETTLED_BY
    }
    for failure, letter in itertools.zip_longest(failures, letters):
        if letter is None:
            yield f"чек {failure.receipt_id}: отказ {failure.id} есть, а в очереди разбора его нет"
        elif failure is None:
            yield f"очередь разбора, {letter['id']}: такого отказа не было"
        else:
            yield from _letter_against(failure, settled.pop(letter["id"], None), letter)
            if state is not None and document_hash(letter["fiscal_doc"]) != state.document:
                yield f"очередь разбора, {letter['id']}: документ изменён"
    for event in settled.values():
        yield f"событие {event.id} ({event.event_type}): такой записи в очереди разбора нет"


def _letter_against(failure: Event, settlement: Event | None, letter: sqlite3.Row) -> Iterator[str]:
    told = {
        "failed_at": failure.timestamp,
        "reason": failure.metadata["reason"],
        "last_error": failure.metadata["error"],
        "retry_attempts": failure.metadata["retry_count"],
        "resolved_at": settlement and settlement.timestamp,
        "resolved_by": settlement and settlement.metadata["by"],
        "resolution": settlement and _SETTLED_BY[settlement.event_type],
        "resolution_note": settlement and settlement.metadata["reason"],
    }
    for column, value in told.items():
        if letter[column] != value:
            yield (
                f"очередь разбора, {letter['id']}: {column} в строке {letter[column]!r},"
                f" а по событиям {value!r}"
            )


# -- reading side by side -------------------------------------------------------------------------

_Group = tuple[str, list[sqlite3.Row]]


def _grouped(rows: Iterable[sqlite3.Row], key: str = "receipt_id") -> Iterator[_Group]:
    for receipt_id, group in itertools.groupby(rows, key=lambda row: str(row[key])):
        yield receipt_id, list(group)


def _side_by_side(
    *streams: Iterator[_Group],
) -> Iterator[tuple[str, list[list[sqlite3.Row]]]]:
    """Groups of the same receipt together; [] where a stream has none. All are sorted by id."""
    heads = [next(stream, None) for stream in streams]
    while any(head is not None for head in heads):
        receipt_id = min(head[0] for head in heads if head is not None)
        together: list[list[sqlite3.Row]] = []
        for number, head in enumerate(heads):
            if head is not None and head[0] == receipt_id:
                together.append(head[1])
                heads[number] = next(streams[number], None)
            else:
                together.append([])
        yield receipt_id, together


def _event(row: sqlite3.Row) -> Event:
    return Event(
        row["id"],
        row["event_type"],
        row["receipt_id"],
        row["timestamp"],
        json.loads(row["metadata"]),
    )
