"""The books compared: promises to customers, the buffer, the register's journal, the OFD's.

Pure: it sees lists only. Each violation is a sentence with what is needed to look into it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.crash.diary import Promise

Documents = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """A receipt of the buffer; rows come in the order in which they were stored."""

    id: str
    key: str
    total: int
    print_state: str
    status: str
    fn: str | None
    fd: int | None
    fiscal_sign: str | None
    hlc_time: int
    hlc_counter: int


@dataclass(frozen=True, slots=True)
class Books:
    promises: list[Promise]
    rows: list[Row]
    register: Documents
    """Every document of its journal; those with a receipt id are receipts."""
    ofd: Documents


def violations(books: Books) -> list[str]:
    return [
        *_promises(books.promises, books.rows),
        *_fiscalised_once(books.rows, books.register),
        *_delivered_once(books.rows, books.ofd),
        *_order(books),
    ]


def _promises(promises: list[Promise], rows: list[Row]) -> Iterator[str]:
    by_key = {row.key: row for row in rows}
    for promise in promises:
        row = by_key.get(promise.key)
        if row is None or row.id != promise.receipt_id:
            yield f"LOST: {promise} was acknowledged, the buffer has {row}"
        elif row.total != promise.total:
            yield f"CHANGED: {promise.total} kopecks paid, receipt {row.id} says {row.total}"
        elif promise.fiscal not in {None, (row.fn, row.fd, row.fiscal_sign)}:
            yield f"CHANGED: {promise} was shown as printed, the buffer has {row}"


def _fiscalised_once(rows: list[Row], register: Documents) -> Iterator[str]:
    receipts = [document for document in register if document["receipt_id"] is not None]
    times = Counter(document["receipt_id"] for document in receipts)
    by_id = {document["receipt_id"]: document for document in receipts}
    for row in rows:
        count = times.pop(row.id, 0)
        if count != 1:
            word = "DUPLICATE" if count else "NOT PRINTED"
            yield f"{word}: the register fiscalised receipt {row.id} {count} times"
            continue
        found = by_id[row.id]
        if row.print_state != "printed":
            yield f"UNKNOWN PRINT: {row} is document {found['fd']} of the register"
        elif _identity(found) != (row.fn, row.fd, row.fiscal_sign, row.total):
            yield f"WRONG DOCUMENT: {row}, in the register {found}"
    for stranger in times:
        yield f"STRANGER: the register fiscalised {by_id[stranger]}, unknown to the buffer"


def _delivered_once(rows: list[Row], ofd: Documents) -> Iterator[str]:
    times = Counter(document["receipt_id"] for document in ofd)
    by_id = {document["receipt_id"]: document for document in ofd}
    for row in rows:
        count = times.pop(row.id, 0)
        if count != 1:
            word = "DELIVERED TWICE" if count else "NOT DELIVERED"
            yield f"{word}: the OFD has receipt {row.id} {count} times"
        elif row.status != "synced":
            yield f"UNKNOWN DELIVERY: the OFD has {row}"
        elif _identity(by_id[row.id]) != (row.fn, row.fd, row.fiscal_sign, row.total):
            yield f"WRONG DELIVERY: {row}, at the OFD {by_id[row.id]}"
    for stranger in times:
        yield f"STRANGER: the OFD has {by_id[stranger]}, unknown to the buffer"


def _order(books: Books) -> Iterator[str]:
    yield from _rising("the OFD's arrivals", [document["fd"] for document in books.ofd])
    printed = [row.fd for row in books.rows if row.fd is not None]
    yield from _rising("documents in the order of the sales", printed)
    yield from _rising("HLC timestamps", [(row.hlc_time, row.hlc_counter) for row in books.rows])


def _rising(what: str, values: Iterable[Any]) -> Iterator[str]:
    for before, after in itertools.pairwise(values):
        if not before < after:
            yield f"ORDER: in {what} {after} comes after {before}"


def _identity(document: dict[str, Any]) -> tuple[str, int, str, int]:
    return document["fn"], document["fd"], document["fiscal_sign"], document["total"]
