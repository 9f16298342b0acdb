"""Reading the buffer for people: lists, one receipt with its history, the DLQ.

Each call opens its own read-only connection, so it may run in any thread beside the writer.
"""

from __future__ import annotations

import json
from typing import Any

from kkt_adapter.app.buffer_file import BufferFile
from kkt_adapter.app.errors import NotFound
from kkt_adapter.app.stored_receipt import COLUMNS, StoredReceipt, from_row

# A partial index serves only a query that repeats its condition.
_UNDELIVERED = "status != 'synced'"


class ReceiptArchive:
    def __init__(self, file: BufferFile) -> None:
        self._file = file

    def page(
        self,
        *,
        status: str | None = None,
        print_state: str | None = None,
        receipt_type: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> tuple[list[StoredReceipt], int | None]:
        """Newest first; the second part is where the next page begins."""
        conditions, parameters = ["1 = 1"], []
        for column, value in (
            ("status", status),
            ("print_state", print_state),
            ("type", receipt_type),
        ):
            if value is not None:
                conditions.append(f"{column} = ?")
                parameters.append(value)
        if status is not None and status != "synced":
            conditions.append(_UNDELIVERED)
        if print_state is not None and print_state != "printed":
            # What is not printed cannot have been delivered. Naming the statuses as well lets the
            # index, which begins with them, find the few rows.
            conditions.append(f"{_UNDELIVERED} AND status IN ('pending', 'failed')")
        if before is not None:
            conditions.append("rowid < ?")
            parameters.append(str(before))
        with self._file.reading() as connection:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM receipts WHERE {' AND '.join(conditions)}"
                " ORDER BY rowid DESC LIMIT ?",
                [*parameters, limit + 1],
            ).fetchall()
        found = [from_row(row) for row in rows[:limit]]
        return found, found[-1].rowid if len(rows) > limit else None

    def details(self, receipt_id: str) -> tuple[StoredReceipt, list[dict[str, Any]]]:
        with self._file.reading() as connection:
            row = connection.execute(
                f"SELECT {COLUMNS} FROM receipts WHERE id = ?", (receipt_id,)
            ).fetchone()
            if row is None:
                raise NotFound
            events = connection.execute(
                "SELECT id, event_type, timestamp, metadata FROM buffer_events"
                " WHERE receipt_id = ? ORDER BY id",
                (receipt_id,),
            ).fetchall()
        return from_row(row), [
            {
                "id": event["id"],
                "event_type": event["event_type"],
                "timestamp": event["timestamp"],
                "metadata": json.loads(event["metadata"]),
            }
            for event in events
        ]

    def order_of(self, receipt_id: str) -> dict[str, Any] | None:
        """The whole order that came with a receipt, for Odoo to take what a browser lost."""
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT order_doc FROM receipts WHERE id = ?", (receipt_id,)
            ).fetchone()
        if row is None:
            raise NotFound
        return json.loads(row[0]) if row[0] else None

    def dlq_page(
        self, *, resolved: bool, before: int | None = None, limit: int = 50
    ) -> tuple[list[dict[str, Any]], int | None]:
        condition = "IS NOT NULL" if resolved else "IS NULL"
        with self._file.reading() as connection:
            rows = connection.execute(
                "SELECT d.rowid AS position, d.*, r.total, r.fd FROM dlq AS d"
                " JOIN receipts AS r ON r.id = d.original_receipt_id"
                f" WHERE d.resolved_at {condition} AND (? IS NULL OR d.rowid < ?)"
                " ORDER BY d.rowid DESC LIMIT ?",
                (before, before, limit + 1),
            ).fetchall()
        entries = [dict(row) for row in rows[:limit]]
        return entries, entries[-1]["position"] if len(rows) > limit else None
