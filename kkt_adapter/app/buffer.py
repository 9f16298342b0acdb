"""The offline buffer: every receipt on disk before anything is printed, every step an event.

Each method is one durable transaction and one legal step of a receipt (see `events`). There is one
writer a file: the adapter's event loop.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kkt_adapter.app.buffer_file import BufferFile
from kkt_adapter.app.errors import NotFound, ReceiptState
from kkt_adapter.app.events import document_hash
from kkt_adapter.app.hlc import HybridTimestamp
from kkt_adapter.app.stored_receipt import (
    COLUMNS,
    NewReceipt,
    PrintState,
    Registration,
    Status,
    StoredReceipt,
    from_row,
)

_INSERT = (
    "INSERT INTO receipts (id, pos_id, type, created_at, hlc_local_time, hlc_logical_counter,"
    " total, fiscal_doc, order_ref, order_doc, idempotency_key, request_hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

# In the order of the fields of Registration.
_MARK_PRINTED = (
    "UPDATE receipts SET print_state = 'printed', print_error = NULL, fn = ?, fd = ?,"
    " fiscal_sign = ?, shift_number = ?, receipt_number = ?, registered_at = ?, qr = ?,"
    " registration_number = ? WHERE id = ? AND print_state IN ('queued', 'parked')"
)


class KeyTaken(Exception):
    """The idempotency key is in the buffer already."""


class FiscalNumberTaken(Exception):
    """Two receipts cannot be one fiscal document: one of the numbers is a person's mistake."""


class BufferDB:
    def __init__(self, path: Path, now: Callable[[], float]) -> None:
        self.file = BufferFile(path, now)
        self._now = now
        self._ask = self.file.ask
        self._queued: int | None = None

    def close(self) -> None:
        self.file.close()

    # -- the way to the paper ------------------------------------------------------------------

    def add(self, receipt: NewReceipt) -> None:
        """Keep a new receipt, or raise KeyTaken and keep nothing."""
        try:
            with self.file.transaction() as connection:
                connection.execute(
                    _INSERT,
                    (
                        receipt.id,
                        receipt.pos_id,
                        receipt.type,
                        int(self._now()),
                        receipt.hlc.local_time,
                        receipt.hlc.logical_counter,
                        receipt.total,
                        receipt.fiscal_doc,
                        receipt.order_ref,
                        receipt.order_doc,
                        receipt.idempotency_key,
                        receipt.request_hash,
                    ),
                )
                self.file.append(
                    "receipt_added",
                    receipt.id,
                    document=document_hash(receipt.fiscal_doc),
                    total=receipt.total,
                    hlc=[receipt.hlc.local_time, receipt.hlc.logical_counter],
                )
        except sqlite3.IntegrityError as error:
            if "receipts.idempotency_key" in str(error):
                raise KeyTaken(receipt.idempotency_key) from error
            raise
        self._count_on(1)

    def mark_printed(
        self, receipt_id: str, registration: Registration, *, known_by: str, **who: str
    ) -> None:
        """`known_by`: answer (the register said so), register (found in it), person. Raises
        FiscalNumberTaken when another receipt bears this FD number already."""
        told = registration.told()
        try:
            with self.file.transaction() as connection:
                changed = connection.execute(_MARK_PRINTED, (*told.values(), receipt_id))
                must_change(changed)
                self.file.append("receipt_printed", receipt_id, known_by=known_by, **told, **who)
        except sqlite3.IntegrityError as error:
            if "receipts.fd" in str(error):
                raise FiscalNumberTaken(registration.fd) from error
            raise

    def note_print_delay(self, receipt_id: str, reason: str) -> None:
        with self.file.transaction() as connection:
            connection.execute(
                "UPDATE receipts SET print_error = ? WHERE id = ?", (reason, receipt_id)
            )
            self.file.append("receipt_print_delayed", receipt_id, reason=reason)

    def mark_print_refused(self, receipt_id: str, reason: str) -> None:
        self._move_print(receipt_id, "queued", "refused", reason, "receipt_print_refused")

    def park(self, receipt_id: str, reason: str, *, fn: str | None) -> None:
        """For a person to decide; `fn` is the storage that may or may not hold it."""
        self._move_print(receipt_id, "queued", "parked", reason, "receipt_parked", fn=fn)

    def requeue_for_print(self, receipt_id: str, *, by: str, reason: str) -> None:
        with self.file.transaction() as connection:
            changed = connection.execute(
                "UPDATE receipts SET print_state = 'queued', print_error = NULL"
                " WHERE id = ? AND print_state IN ('parked', 'refused')",
                (receipt_id,),
            )
            must_change(changed)
            self.file.append("receipt_requeued_for_print", receipt_id, by=by, reason=reason)

    def withdraw(self, receipt_id: str, *, by: str, reason: str) -> None:
        with self.file.transaction() as connection:
            changed = connection.execute(
                "UPDATE receipts SET print_state = 'withdrawn', status = 'failed'"
                " WHERE id = ? AND print_state = 'refused'",
                (receipt_id,),
            )
            must_change(changed)
            self.file.append("receipt_withdrawn", receipt_id, by=by, reason=reason)
        self.recount()

    def _move_print(
        self,
        receipt_id: str,
        old: str,
        new: str,
        reason: str,
        event_type: str,
        **metadata: str | None,
    ) -> None:
        with self.file.transaction() as connection:
            changed = connection.execute(
                "UPDATE receipts SET print_state = ?, print_error = ?"
                " WHERE id = ? AND print_state = ?",
                (new, reason, receipt_id, old),
            )
            must_change(changed)
            self.file.append(event_type, receipt_id, reason=reason, **metadata)

    # -- the way to the OFD --------------------------------------------------------------------

    def mark_syncing(self, receipt_id: str) -> None:
        with self.file.transaction() as connection:
            changed = connection.execute(
                "UPDATE receipts SET status = 'syncing' WHERE id = ? AND status = 'pending'"
                " AND print_state = 'printed'",
                (receipt_id,),
            )
            must_change(changed)
            self.file.append("receipt_syncing", receipt_id)

    def mark_synced(self, receipt_id: str, *, server_time: int | None, ofd_id: str | None) -> None:
        with self.file.transaction() as connection:
            changed = connection.execute(
                "UPDATE receipts SET status = 'synced', synced_at = ?, hlc_server_time = ?,"
                " ofd_id = ?, last_error = NULL, next_attempt_at = NULL"
                " WHERE id = ? AND status = 'syncing'",
                (int(self._now()), server_time, ofd_id, receipt_id),
            )
            must_change(changed)
            self.file.append("receipt_synced", receipt_id, server_time=server_time, ofd_id=ofd_id)
        self._count_on(-1)

    def defer(
        self,
        receipt_id: str,
        error: str,
        *,
        retry_count: int,
        refusal_count: int,
        next_attempt_at: int | None,
    ) -> None:
        """Back to pending, to be tried again."""
        with self.file.transaction() as connection:
            changed = connection.execute(
                "UPDATE receipts SET status = 'pending', retry_count = ?, refusal_count = ?,"
                " next_attempt_at = ?, last_error = ? WHERE id = ? AND status = 'syncing'",
                (retry_count, refusal_count, next_attempt_at, error, receipt_id),
            )
            must_change(changed)
            self.file.append(
                "receipt_deferred",
                receipt_id,
                error=error,
                retry_count=retry_count,
                refusal_count=refusal_count,
            )

    def move_to_dlq(
        self, receipt_id: str, reason: str, error: str, *, retry_count: int, refusal_count: int
    ) -> str:
        dlq_id = str(uuid.uuid4())
        with self.file.transaction() as connection:
            changed = connection.execute(
                "UPDATE receipts SET status = 'failed', retry_count = ?, refusal_count = ?,"
                " last_error = ? WHERE id = ? AND status = 'syncing'",
                (retry_count, refusal_count, error, receipt_id),
            )
            must_change(changed)
            connection.execute(
                "INSERT INTO dlq (id, original_receipt_id, failed_at, reason, fiscal_doc,"
                " retry_attempts, last_error)"
                " SELECT ?, id, ?, ?, fiscal_doc, ?, ? FROM receipts WHERE id = ?",
                (dlq_id, int(self._now()), reason, retry_count, error, receipt_id),
            )
            self.file.append(
                "receipt_failed",
                receipt_id,
                reason=reason,
                error=error,
                retry_count=retry_count,
                refusal_count=refusal_count,
            )
        self.recount()
        return dlq_id

    def recover_syncing(self) -> int:
        """A receipt found in mid-delivery at start was interrupted: it is pending again. Should
        the OFD have it after all, it will say so (409)."""
        rows = self._ask(
            "SELECT id, retry_count, refusal_count FROM receipts"
            " WHERE status = 'syncing' AND status != 'synced'"
        )
        for row in rows:
            self.defer(
                row["id"],
                "передача прервана",
                retry_count=row["retry_count"],
                refusal_count=row["refusal_count"],
                next_attempt_at=None,
            )
        return len(rows)

    # -- the register --------------------------------------------------------------------------

    def note_register(self, fn: str, seen_fd: int) -> None:
        with self.file.transaction() as connection:
            connection.execute(
                "INSERT INTO registers (fn, seen_fd, seen_at) VALUES (?, ?, ?)"
                " ON CONFLICT (fn) DO UPDATE SET seen_fd = max(seen_fd, excluded.seen_fd),"
                " seen_at = excluded.seen_at",
                (fn, seen_fd, int(self._now())),
            )

    def note_foreign_document(self, fn: str, fd: int, kind: str) -> None:
        """A document on the register that is none of ours: an operator should know."""
        with self.file.transaction():
            self.file.append("foreign_document", None, fn=fn, fd=fd, kind=kind)

    def mark_shift_opened(self, fn: str, number: int, fd: int, sign: str, time: str) -> None:
        with self.file.transaction() as connection:
            connection.execute(
                "INSERT INTO shifts (fn, number, opened_fd, opened_sign, opened_at)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (fn, number, fd, sign, time),
            )
            self.file.append("shift_opened", None, fn=fn, shift=number, fd=fd, time=time)

    def mark_shift_closed(
        self, fn: str, number: int, fd: int, sign: str, time: str, totals: str | None
    ) -> None:
        with self.file.transaction() as connection:
            connection.execute(
                "INSERT INTO shifts (fn, number, closed_fd, closed_sign, closed_at, totals)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (fn, number) DO UPDATE SET"
                " closed_fd = excluded.closed_fd, closed_sign = excluded.closed_sign,"
                " closed_at = excluded.closed_at, totals = excluded.totals",
                (fn, number, fd, sign, time, totals),
            )
            self.file.append("shift_closed", None, fn=fn, shift=number, fd=fd, time=time)

    def note(self, event_type: str, **metadata: Any) -> None:
        """An event about no receipt: breaker, passes, clock."""
        with self.file.transaction():
            self.file.append(event_type, None, **metadata)

    # -- questions the writer asks -------------------------------------------------------------

    def by_key(self, idempotency_key: str) -> StoredReceipt | None:
        return self._one("idempotency_key = ?", idempotency_key)

    def get(self, receipt_id: str) -> StoredReceipt:
        receipt = self._one("id = ?", receipt_id)
        if receipt is None:
            raise NotFound
        return receipt

    def by_fiscal(self, fn: str, fd: int) -> StoredReceipt | None:
        return self._one("fn = ? AND fd = ?", fn, fd)

    def newest_before(self, fn: str, fd: int) -> StoredReceipt | None:
        return self._one("fn = ? AND fd < ? ORDER BY fd DESC LIMIT 1", fn, fd)

    def next_to_print(self) -> StoredReceipt | None:
        """The head of the print queue: the oldest receipt not printed, parked ones included,
        since everything behind a parked one waits. Refused ones are out of the queue."""
        return self._one(
            "status != 'synced' AND status = 'pending' AND print_state IN ('queued', 'parked')"
            " ORDER BY rowid LIMIT 1"
        )

    def to_deliver(self, limit: int = 50) -> list[StoredReceipt]:
        """Printed and pending, in the order of their FD numbers, old fiscal storages first."""
        # A person may have typed the number of a storage that was never met: it goes first.
        rows = self._ask(
            f"SELECT {_QUALIFIED} FROM receipts AS r LEFT JOIN registers AS g ON g.fn = r.fn"
            " WHERE r.status != 'synced' AND r.status = 'pending' AND r.print_state = 'printed'"
            " ORDER BY g.id, r.fd LIMIT ?",
            (limit,),
        )
        return [from_row(row) for row in rows]

    def oldest_undelivered_fd(self, fn: str) -> int | None:
        """Of this storage; what a person has settled by hand counts as delivered."""
        row = self._ask(
            f"SELECT min(fd) FROM receipts WHERE {_UNSETTLED} AND fn = ? AND fd IS NOT NULL", (fn,)
        )[0]
        return None if row[0] is None else int(row[0])

    def queued(self) -> int:
        """Receipts that fill the buffer: on their way to the OFD, printed or not. Asked before
        every sale, so it is counted once and kept up with."""
        if self._queued is None:
            self._queued = int(
                self._ask(
                    "SELECT count(*) FROM receipts WHERE status != 'synced'"
                    " AND status IN ('pending', 'syncing')"
                )[0][0]
            )
        return self._queued

    def recount(self) -> None:
        """Somebody has changed what counts: ask the file again."""
        self._queued = None

    def _count_on(self, change: int) -> None:
        if self._queued is not None:
            self._queued += change

    def check_writable(self) -> None:
        """Raises StorageFailed when the file cannot even be locked for writing."""
        with self.file.transaction():
            pass

    def counts(self) -> dict[str, int | None]:
        """What an indicator shows, read from the small indexes of unfinished work."""
        unprinted: dict[str, int] = {
            row["print_state"]: row["receipts"]
            for row in self._ask(
                "SELECT print_state, count(*) AS receipts FROM receipts"
                " WHERE status != 'synced' AND status = 'pending' GROUP BY print_state"
            )
        }
        oldest = self._ask(
            "SELECT min(created_at) FROM receipts WHERE status != 'synced'"
            " AND status IN ('pending', 'syncing')"
        )[0][0]
        oldest_printed = self._ask(
            f"SELECT min(created_at) FROM receipts WHERE {_UNSETTLED} AND print_state = 'printed'"
        )[0][0]
        dlq = self._ask("SELECT count(*) FROM dlq WHERE resolved_at IS NULL")[0][0]
        return {
            "queued": self.queued(),
            "waiting_print": unprinted.get("queued", 0),
            "parked": unprinted.get("parked", 0),
            "refused": unprinted.get("refused", 0),
            "dlq": dlq,
            "oldest_unsent_at": oldest,
            "oldest_printed_unsent_at": oldest_printed,
        }

    def dlq_is_settled(self, receipt_id: str) -> bool:
        row = self._ask(
            "SELECT count(*), count(resolved_at) FROM dlq WHERE original_receipt_id = ?",
            (receipt_id,),
        )[0]
        return bool(row[0]) and row[0] == row[1]

    def newest_hlc(self) -> HybridTimestamp | None:
        rows = self._ask(
            "SELECT hlc_local_time, hlc_logical_counter, pos_id FROM receipts"
            " ORDER BY rowid DESC LIMIT 1"
        )
        return HybridTimestamp(rows[0][0], rows[0][1], rows[0][2]) if rows else None

    def seen_fd(self, fn: str) -> int | None:
        """The newest document known of this fiscal storage, or None if it was never met."""
        rows = self._ask(
            "SELECT max(g.seen_fd,"
            " coalesce((SELECT max(fd) FROM receipts WHERE fn = g.fn AND fd IS NOT NULL), 0),"
            " coalesce((SELECT max(max(coalesce(opened_fd, 0)), max(coalesce(closed_fd, 0)))"
            " FROM shifts WHERE fn = g.fn), 0))"
            " FROM registers AS g WHERE g.fn = ?",
            (fn,),
        )
        return int(rows[0][0]) if rows else None

    def parked_on_storage(self, receipt_id: str) -> str | None:
        rows = self._ask(
            "SELECT metadata FROM buffer_events WHERE receipt_id = ?"
            " AND event_type = 'receipt_parked' ORDER BY id DESC LIMIT 1",
            (receipt_id,),
        )
        return json.loads(rows[0][0])["fn"] if rows else None

    def newest_register(self) -> str | None:
        rows = self._ask("SELECT fn FROM registers ORDER BY id DESC LIMIT 1")
        return str(rows[0]["fn"]) if rows else None

    def _one(self, where: str, *parameters: object) -> StoredReceipt | None:
        rows = self._ask(f"SELECT {COLUMNS} FROM receipts WHERE {where}", parameters)
        return from_row(rows[0]) if rows else None


_UNSETTLED = (
    "status != 'synced' AND (status != 'failed' OR EXISTS (SELECT 1 FROM dlq"
    " WHERE original_receipt_id = receipts.id AND resolved_at IS NULL))"
)
_QUALIFIED = ", ".join(f"r.{name.strip()}" for name in COLUMNS.split(","))


def must_change(cursor: sqlite3.Cursor) -> None:
    if cursor.rowcount != 1:
        raise ReceiptState("Состояние чека уже другое: обновите список и повторите.")


__all__ = ["BufferDB", "KeyTaken", "NewReceipt", "PrintState", "Registration", "Status"]
