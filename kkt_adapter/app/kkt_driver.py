"""The port to a fiscal register: what every driver promises, whoever made the device.

A command ends in one of three ways, and the exception tells which:

* it returns — done;
* `NotPrinted` (or its kind `RegisterBlocked`), `Rejected` — surely not done;
* `OutcomeUnknown` — perhaps done. A timeout is always this, never `NotPrinted`. The caller asks
  `status` and `document` before anything else is sent to the device.

A driver talks to one device on one connection, one command at a time; it keeps no queue and never
repeats a fiscal command by itself. After a reconnection nothing sent earlier may still take effect.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

ShiftState = Literal["closed", "opened", "expired"]
DocumentKind = Literal["receipt", "open_shift", "close_shift", "other"]


@dataclass(frozen=True, slots=True)
class RegisteredDocument:
    """A fiscal document as the register holds it."""

    kind: DocumentKind
    fn: str
    fd: int
    fiscal_sign: str
    shift: int
    number: int
    time: str
    total: int
    registration_number: str = ""
    receipt_id: str | None = None
    content: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegisterStatus:
    fn: str
    last_fd: int
    shift_state: ShiftState
    shift_number: int
    shift_opened_at: str | None
    paper: bool
    exhausted: bool
    documents_left: int | None
    memory_percent: float | None
    valid_until: str | None
    model: str


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """Totals of a shift: an X report, or the Z report together with its document."""

    shift: int
    time: str
    totals: dict[str, Any]
    document: RegisteredDocument | None = None


class KktDriver(Protocol):
    async def connect(self) -> RegisterStatus:
        """(Re)connect; everything sent over an earlier connection is over when this returns."""
        ...

    async def status(self) -> RegisterStatus: ...

    async def print_receipt(self, document: dict[str, Any]) -> RegisteredDocument:
        """Fiscalise an FFD document (see `ffd`); its receipt id travels in tag 1084."""
        ...

    async def open_shift(self, cashier: str, cashier_inn: str) -> RegisteredDocument: ...

    async def close_shift(self, cashier: str, cashier_inn: str) -> ShiftReport: ...

    async def report_x(self, cashier: str, cashier_inn: str) -> ShiftReport: ...

    async def document(self, fd: int) -> RegisteredDocument:
        """A document already on the fiscal storage."""
        ...

    async def confirm_delivered(self, fd: int) -> None:
        """Hand over the operator's confirmations up to this document, where the adapter itself
        is the transport to the OFD; elsewhere a no-op."""
        ...

    async def close(self) -> None: ...
