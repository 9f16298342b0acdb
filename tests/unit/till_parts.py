"""What stands at the other end of the adapter's wires, in memory, and receipts to send along them.

Only the ends are fake: a register behind the driver port and an OFD behind the delivery channel.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kkt_adapter.app.buffer import BufferDB, NewReceipt, Registration
from kkt_adapter.app.buffer_verifier import Checked, verify
from kkt_adapter.app.config import Settings
from kkt_adapter.app.errors import (
    NotPrinted,
    OutcomeUnknown,
    RegisterShiftClosed,
    RegisterShiftExpired,
    StorageFull,
    Unreadable,
)
from kkt_adapter.app.hlc import HybridTimestamp
from kkt_adapter.app.kkt_driver import RegisteredDocument, RegisterStatus, ShiftReport
from kkt_adapter.app.ofd_client import Delivered
from kkt_adapter.app.receipt_id import new_receipt_id
from kkt_adapter.app.till import Till
from tests.processes import free_port

FN = "9999078900000001"
OTHER_FN = "9999078900000002"
NOON = 1_790_000_000.0
PRINTED_AT = "2026-09-21T17:13:20+03:00"

_numbers = itertools.count(1)


class Clock:
    """A clock that the test turns; it serves as wall clock and as monotonic clock alike."""

    def __init__(self, moment: float = NOON) -> None:
        self.moment = moment

    def __call__(self) -> float:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += seconds


def new_receipt(*, total: int = 100_000, key: str | None = None, **changes: Any) -> NewReceipt:
    """A sale that nobody has stored yet."""
    number = next(_numbers)
    receipt_id = new_receipt_id(NOON + number)
    document = {"1054": 1, "1020": total, "1084": {"1085": "Чек", "1086": receipt_id}}
    fields: dict[str, Any] = {
        "id": receipt_id,
        "pos_id": "POS-001",
        "type": "sale",
        "hlc": HybridTimestamp(int(NOON), number, "POS-001"),
        "total": total,
        "fiscal_doc": json.dumps(document),
        "idempotency_key": key or f"key-{number}",
        "request_hash": b"body",
    }
    return NewReceipt(**(fields | changes))


def registration(fd: int, fn: str = FN) -> Registration:
    return Registration(fn, fd, f"{fd:010}", 1, fd, PRINTED_AT, f"i={fd}", "000123")


def stored(buffer: BufferDB, **changes: Any) -> str:
    """The id of a receipt that waits for the register."""
    receipt = new_receipt(**changes)
    buffer.add(receipt)
    return receipt.id


def printed(buffer: BufferDB, fd: int, fn: str = FN, **changes: Any) -> str:
    """The id of a receipt that waits for the OFD."""
    if buffer.seen_fd(fn) is None:
        buffer.note_register(fn, 0)
    receipt_id = stored(buffer, **changes)
    buffer.mark_printed(receipt_id, registration(fd, fn), known_by="answer")
    return receipt_id


def assert_sound(path: Path) -> None:
    """The chain of events is whole and folds to exactly the rows."""
    assert list(verify(path, Checked())) == []


@contextlib.contextmanager
def full_disk(buffer: BufferDB) -> Iterator[None]:
    """SQLite may not take one more page, as on a disk without space."""
    connection = buffer.file.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")
    try:
        yield
    finally:
        connection.execute("PRAGMA max_page_count=4294967294")


def fill_free_space(buffer: BufferDB) -> None:
    """Use up the room left in the pages that the file already has."""
    for size in (500, 0):
        with contextlib.suppress(StorageFull):
            while True:
                buffer.note("sync_started", filler="x" * size)


async def turns_until(look: Callable[[], object], turns: int = 2000) -> None:
    """Let the event loop go round until this is so; no time passes but the loop's own."""
    for _ in range(turns):
        if look():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to be")


class FakeRegister:
    """A register in memory. `failures` says how the next prints end: an exception to raise with
    nothing printed, or LOST_ANSWER (printed, and nobody heard)."""

    LOST_ANSWER = "lost answer"

    def __init__(self, fn: str = FN, last_fd: int = 1) -> None:
        self.fn = fn
        self.documents = {fd: self._document("other", fd) for fd in range(1, last_fd + 1)}
        self.shift_state = "closed"
        self.shift_number = 0
        self.paper = True
        self.dead = False
        self.unreadable: set[str | int] = set()  # "connect", "document", or FD numbers
        self.failures: deque[Exception | str] = deque()
        self.connections = 0
        self.commands: list[str] = []
        self.confirmed: list[int] = []
        self.before_print: Callable[[], None] = lambda: None
        self.may_print = asyncio.Event()
        self.may_print.set()

    @property
    def last_fd(self) -> int:
        return max(self.documents)

    @property
    def receipts(self) -> list[str | None]:
        """Ids of the receipts on paper, in order."""
        return [doc.receipt_id for doc in self.documents.values() if doc.kind == "receipt"]

    def add(self, kind: Any, **fields: Any) -> RegisteredDocument:
        """A document that comes to be on the fiscal storage, whoever asked for it."""
        document = self._document(kind, self.last_fd + 1, **fields)
        self.documents[document.fd] = document
        return document

    def _document(self, kind: Any, fd: int, **fields: Any) -> RegisteredDocument:
        known: dict[str, Any] = {
            "kind": kind,
            "fn": self.fn,
            "fd": fd,
            "fiscal_sign": f"{fd:010}",
            "shift": getattr(self, "shift_number", 0),
            "number": fd,
            "time": PRINTED_AT,
            "total": 0,
            "registration_number": "0000000001012345",
        }
        return RegisteredDocument(**(known | fields))

    def _must_live(self, command: str) -> None:
        self.commands.append(command)
        if self.dead:
            raise NotPrinted("Нет связи с регистратором: проверьте питание и кабель.")

    # -- the port -----------------------------------------------------------------------------

    async def connect(self) -> RegisterStatus:
        self.connections += 1
        self._must_live("connect")
        if "connect" in self.unreadable:
            raise Unreadable
        return self._status()

    async def status(self) -> RegisterStatus:
        self._must_live("status")
        return self._status()

    def _status(self) -> RegisterStatus:
        return RegisterStatus(
            fn=self.fn,
            last_fd=self.last_fd,
            shift_state=self.shift_state,  # type: ignore[arg-type]
            shift_number=self.shift_number,
            shift_opened_at=None if self.shift_state == "closed" else PRINTED_AT,
            paper=self.paper,
            exhausted=False,
            documents_left=1000,
            memory_percent=1.0,
            valid_until=None,
            model="в памяти",
        )

    async def print_receipt(self, document: dict[str, Any]) -> RegisteredDocument:
        self._must_live("print")
        await self.may_print.wait()
        failure = self.failures.popleft() if self.failures else None
        if isinstance(failure, Exception):
            raise failure
        if not self.paper:
            raise NotPrinted("Нет бумаги. Вставьте рулон.", register_code=44)
        if self.shift_state == "closed":
            raise RegisterShiftClosed("Смена закрыта.", register_code=73)
        if self.shift_state == "expired":
            raise RegisterShiftExpired("Смена старше 24 часов.", register_code=68)
        self.before_print()
        made = self.add(
            "receipt",
            total=document["1020"],
            receipt_id=document["1084"]["1086"],
            content={"1054": document["1054"]},
        )
        if failure == self.LOST_ANSWER:
            raise OutcomeUnknown
        return made

    async def open_shift(self, cashier: str, cashier_inn: str) -> RegisteredDocument:
        self._must_live("open_shift")
        if self.shift_state != "closed":
            raise NotPrinted("Смена уже открыта.", register_code=83)
        self.shift_state = "opened"
        self.shift_number += 1
        return self.add("open_shift")

    async def close_shift(self, cashier: str, cashier_inn: str) -> ShiftReport:
        self._must_live("close_shift")
        self.shift_state = "closed"
        document = self.add("close_shift")
        return ShiftReport(document.shift, document.time, {"shiftNumber": document.shift}, document)

    async def report_x(self, cashier: str, cashier_inn: str) -> ShiftReport:
        self._must_live("report_x")
        return ShiftReport(self.shift_number, PRINTED_AT, {})

    async def document(self, fd: int) -> RegisteredDocument:
        self._must_live("document")
        if {"document", fd} & self.unreadable:
            raise Unreadable
        return self.documents[fd]

    async def confirm_delivered(self, fd: int) -> None:
        self._must_live("confirm")
        self.confirmed.append(fd)

    async def close(self) -> None:
        pass


class FakeOfd:
    """An OFD in memory. `answers` are the exceptions that the next deliveries meet, None: taken."""

    def __init__(self, *, server_time: int | None = int(NOON)) -> None:
        self.answers: deque[Exception | None] = deque()
        self.always: Exception | None = None
        self.server_time = server_time
        self.asked: list[str] = []
        self.taken: list[dict[str, Any]] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    @property
    def taken_fds(self) -> list[int]:
        return [body["fd"] for body in self.taken]

    async def deliver(self, receipt_id: str, body: dict[str, Any]) -> Delivered:
        self.asked.append(receipt_id)
        await self.may_answer.wait()
        failure = self.answers.popleft() if self.answers else self.always
        if failure is not None:
            raise failure
        self.taken.append(body)
        return Delivered(self.server_time, f"ofd-{len(self.taken)}")

    async def close(self) -> None:
        pass


def make_till(folder: Path, *, now: Callable[[], float] = time.time, **sections: Any) -> Till:
    """A whole till on files in `folder`, with a register in memory and nobody at the OFD's port."""
    adapter = {"data_dir": folder / "data", **sections.pop("adapter", {})}
    ofd = {"url": f"http://127.0.0.1:{free_port()}"}
    till = Till(Settings(adapter=adapter, ofd=ofd, **sections), now=now)  # type: ignore[arg-type]
    till.register.driver = FakeRegister()
    return till
