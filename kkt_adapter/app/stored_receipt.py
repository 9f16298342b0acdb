"""A receipt as it lies in the buffer."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from kkt_adapter.app import ffd
from kkt_adapter.app.hlc import HybridTimestamp


class Status(StrEnum):
    """The way to the OFD."""

    PENDING = "pending"
    SYNCING = "syncing"
    SYNCED = "synced"
    FAILED = "failed"


class PrintState(StrEnum):
    """The way to the paper."""

    QUEUED = "queued"
    PARKED = "parked"
    REFUSED = "refused"
    PRINTED = "printed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Registration:
    """What the register answered: the proof that the receipt was fiscalised."""

    fn: str
    fd: int
    fiscal_sign: str
    shift: int
    number: int
    time: str
    qr: str
    registration_number: str = ""

    def told(self) -> dict[str, str | int]:
        """Name → value in the order of the fields. (dataclasses.asdict copies each value deeply,
        which a sale would feel.)"""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class NewReceipt:
    id: str
    pos_id: str
    type: str
    hlc: HybridTimestamp
    total: int
    fiscal_doc: str
    idempotency_key: str
    request_hash: bytes
    order_ref: str | None = None
    order_doc: str | None = None


@dataclass(frozen=True)
class StoredReceipt:
    rowid: int
    id: str
    pos_id: str
    type: str
    created_at: int
    hlc: HybridTimestamp
    total: int
    fiscal_doc: str
    order_ref: str | None
    idempotency_key: str
    request_hash: bytes
    print_state: PrintState
    print_error: str | None
    registration: Registration | None
    status: Status
    retry_count: int
    refusal_count: int
    next_attempt_at: int | None
    last_error: str | None
    ofd_id: str | None
    synced_at: int | None

    @cached_property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.fiscal_doc)
        return document

    @property
    def completed_document(self) -> dict[str, Any]:
        """The document with what the register has made of it, as far as it has."""
        done = self.registration
        if done is None:
            return self.document
        return ffd.completed(
            self.document,
            fn=done.fn,
            fd=done.fd,
            fiscal_sign=done.fiscal_sign,
            shift=done.shift,
            number=done.number,
            registered_at=done.time,
            registration_number=done.registration_number or None,
        )


COLUMNS = (
    "rowid, id, pos_id, type, created_at, hlc_local_time, hlc_logical_counter, hlc_server_time,"
    " total, fiscal_doc, order_ref, idempotency_key, request_hash, print_state, print_error,"
    " fn, fd, fiscal_sign, shift_number, receipt_number, registered_at, qr, registration_number,"
    " status, retry_count, refusal_count, next_attempt_at, last_error, ofd_id, synced_at"
)


def from_row(row: sqlite3.Row) -> StoredReceipt:
    registration = None
    if row["fd"] is not None:
        registration = Registration(
            row["fn"],
            row["fd"],
            row["fiscal_sign"],
            row["shift_number"],
            row["receipt_number"],
            row["registered_at"],
            row["qr"],
            row["registration_number"],
        )
    return StoredReceipt(
        rowid=row["rowid"],
        id=row["id"],
        pos_id=row["pos_id"],
        type=row["type"],
        created_at=row["created_at"],
        hlc=HybridTimestamp(
            row["hlc_local_time"],
            row["hlc_logical_counter"],
            row["pos_id"],
            row["hlc_server_time"],
        ),
        total=row["total"],
        fiscal_doc=row["fiscal_doc"],
        order_ref=row["order_ref"],
        idempotency_key=row["idempotency_key"],
        request_hash=row["request_hash"],
        print_state=PrintState(row["print_state"]),
        print_error=row["print_error"],
        registration=registration,
        status=Status(row["status"]),
        retry_count=row["retry_count"],
        refusal_count=row["refusal_count"],
        next_attempt_at=row["next_attempt_at"],
        last_error=row["last_error"],
        ofd_id=row["ofd_id"],
        synced_at=row["synced_at"],
    )
