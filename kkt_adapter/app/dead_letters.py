"""What people do with the dead letter queue: send again, or settle by hand. Never delete."""

from __future__ import annotations

import sqlite3

from kkt_adapter.app.buffer import BufferDB, must_change
from kkt_adapter.app.errors import NotFound, ReceiptState


class DeadLetters:
    def __init__(self, buffer: BufferDB) -> None:
        self._buffer = buffer
        self._buffer = buffer
        self._file = buffer.file
        self._now = buffer.file.now

    def requeue(self, dlq_id: str, *, by: str, reason: str) -> str:
        """Back into the queue, with its attempts forgotten. Returns the receipt's id."""
        with self._file.transaction() as connection:
            receipt_id = self._settle(connection, dlq_id, by, reason, "requeued")
            changed = connection.execute(
                "UPDATE receipts SET status = 'pending', retry_count = 0, refusal_count = 0,"
                " next_attempt_at = NULL WHERE id = ? AND status = 'failed'",
                (receipt_id,),
            )
            must_change(changed)
            self._file.append("receipt_requeued", receipt_id, dlq_id=dlq_id, by=by, reason=reason)
        self._buffer.recount()
        return receipt_id

    def resolve(self, dlq_id: str, *, by: str, reason: str) -> str:
        """Settled outside: the entry is closed, the receipt stays `failed`."""
        with self._file.transaction() as connection:
            receipt_id = self._settle(connection, dlq_id, by, reason, "resolved")
            self._file.append("dlq_resolved", receipt_id, dlq_id=dlq_id, by=by, reason=reason)
        return receipt_id

    def _settle(
        self, connection: sqlite3.Connection, dlq_id: str, by: str, reason: str, resolution: str
    ) -> str:
        row = connection.execute(
            "SELECT original_receipt_id, resolved_at FROM dlq WHERE id = ?", (dlq_id,)
        ).fetchone()
        if row is None:
            raise NotFound("Такой записи в очереди разбора нет.")
        if row["resolved_at"] is not None:
            raise ReceiptState("Эту запись уже разобрали: обновите список.")
        connection.execute(
            "UPDATE dlq SET resolved_at = ?, resolved_by = ?, resolution = ?, resolution_note = ?"
            " WHERE id = ?",
            (int(self._now()), by, resolution, reason, dlq_id),
        )
        return str(row["original_receipt_id"])
