"""The event log: a chain of hashes, and the fold that turns events back into states.

A row of the buffer is only a convenient view of its events. `Fold` recomputes the states from the
events alone, refusing steps that no till can make; a verifier then compares it with the rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

GENESIS = bytes(32)


def chain_hash(
    previous: bytes, event_type: str, receipt_id: str | None, timestamp: int, metadata: str
) -> bytes:
    digest = hashlib.sha256(previous)
    digest.update(f"{event_type}\n{receipt_id or ''}\n{timestamp}\n{metadata}".encode())
    return digest.digest()


def document_hash(fiscal_doc: str) -> str:
    return hashlib.sha256(fiscal_doc.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    event_type: str
    receipt_id: str | None
    timestamp: int
    metadata: dict[str, Any]


@dataclass(slots=True)
class ReceiptState:
    print_state: str = "queued"
    status: str = "pending"
    document: str = ""
    total: int = 0
    hlc_local_time: int = 0
    hlc_logical_counter: int = 0
    fn: str | None = None
    fd: int | None = None
    fiscal_sign: str | None = None
    shift: int | None = None
    number: int | None = None
    time: str | None = None
    qr: str | None = None
    registration_number: str | None = None
    retry_count: int = 0
    refusal_count: int = 0
    server_time: int | None = None
    ofd_id: str | None = None


# event → (print states it may find, delivery states it may find, what it makes of them)
_STEPS: dict[str, tuple[set[str], set[str], dict[str, str]]] = {
    "receipt_printed": ({"queued", "parked"}, {"pending"}, {"print_state": "printed"}),
    "receipt_print_delayed": ({"queued"}, {"pending"}, {}),
    "receipt_print_refused": ({"queued"}, {"pending"}, {"print_state": "refused"}),
    "receipt_parked": ({"queued"}, {"pending"}, {"print_state": "parked"}),
    "receipt_requeued_for_print": ({"parked", "refused"}, {"pending"}, {"print_state": "queued"}),
    "receipt_withdrawn": (
        {"refused"},
        {"pending"},
        {"print_state": "withdrawn", "status": "failed"},
    ),
    "receipt_syncing": ({"printed"}, {"pending"}, {"status": "syncing"}),
    "receipt_synced": ({"printed"}, {"syncing"}, {"status": "synced"}),
    "receipt_deferred": ({"printed"}, {"syncing"}, {"status": "pending"}),
    "receipt_failed": ({"printed"}, {"syncing"}, {"status": "failed"}),
    "receipt_requeued": ({"printed"}, {"failed"}, {"status": "pending"}),
    "dlq_resolved": ({"printed"}, {"failed"}, {}),
}


@dataclass(slots=True)
class Fold:
    """States of receipts after the events fed so far, and what cannot have happened."""

    receipts: dict[str, ReceiptState] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def feed_all(self, events: Iterable[Event]) -> Fold:
        for event in events:
            self.feed(event)
        return self

    def feed(self, event: Event) -> None:
        if event.receipt_id is None:
            return
        if event.event_type == "receipt_added":
            if event.receipt_id in self.receipts:
                self._report(event, "чек добавлен второй раз")
            local_time, logical_counter = event.metadata["hlc"]
            self.receipts[event.receipt_id] = ReceiptState(
                document=event.metadata["document"],
                total=event.metadata["total"],
                hlc_local_time=local_time,
                hlc_logical_counter=logical_counter,
            )
            return
        state = self.receipts.get(event.receipt_id)
        if state is None:
            self._report(event, "чека с таким номером не добавляли")
            return
        step = _STEPS.get(event.event_type)
        if step is None:
            return
        print_states, statuses, changes = step
        if state.print_state not in print_states or state.status not in statuses:
            self._report(event, f"невозможно из {state.print_state}/{state.status}")
        for name, value in changes.items():
            setattr(state, name, value)
        _take_data(state, event)

    def _report(self, event: Event, what: str) -> None:
        self.problems.append(f"событие {event.id} ({event.event_type}, {event.receipt_id}): {what}")


# event → what it tells besides the step
_TOLD: dict[str, tuple[str, ...]] = {
    "receipt_printed": (
        "fn",
        "fd",
        "fiscal_sign",
        "shift",
        "number",
        "time",
        "qr",
        "registration_number",
    ),
    "receipt_deferred": ("retry_count", "refusal_count"),
    "receipt_failed": ("retry_count", "refusal_count"),
    "receipt_synced": ("server_time", "ofd_id"),
}


def _take_data(state: ReceiptState, event: Event) -> None:
    for name in _TOLD.get(event.event_type, ()):
        setattr(state, name, event.metadata[name])
    if event.event_type == "receipt_requeued":
        state.retry_count = state.refusal_count = 0
