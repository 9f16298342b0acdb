"""The register as the adapter sees it: one user at a time, its state remembered, and after every
(re)connection a reconciliation, so that nobody ever talks to it with a doubt in the air.

The rule that keeps receipts single: a receipt whose fate is unknown is looked for among the
documents that the fiscal storage has gained since the last one we knew of. Every receipt carries
its id in tag 1084; the id decides, not the amount, and not "there is a newer document".
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from kkt_adapter.app import ffd
from kkt_adapter.app.buffer import BufferDB, FiscalNumberTaken
from kkt_adapter.app.errors import (
    NotFound,
    RegisterBlocked,
    RegisterError,
    StorageFailed,
    StorageFull,
    Unreadable,
)
from kkt_adapter.app.kkt_driver import KktDriver, RegisteredDocument, RegisterStatus
from kkt_adapter.app.stored_receipt import PrintState, Registration, StoredReceipt

log = logging.getLogger(__name__)


class Register:
    def __init__(self, driver: KktDriver, buffer: BufferDB) -> None:
        self.driver = driver
        self._buffer = buffer
        self._lock = asyncio.Lock()
        self._reconciled = False
        self._shows_numbers = False
        self.status: RegisterStatus | None = None
        self.last_error: RegisterError | None = None
        self.on_printed: Callable[[str], None] = lambda receipt_id: None

    @contextlib.asynccontextmanager
    async def exclusive(self) -> AsyncIterator[KktDriver]:
        """The driver, connected and reconciled, for one user."""
        async with self._lock:
            try:
                if not self._reconciled:
                    await self._reconcile()
                yield self.driver
            except RegisterError as error:
                self.last_error = error
                if not error.answered:
                    self._reconciled = False
                raise
            except (StorageFull, StorageFailed, asyncio.CancelledError):
                # What the register has just done may be missing on disk: read it there.
                self._reconciled = False
                raise
            self.last_error = None

    @contextlib.asynccontextmanager
    async def untouched(self) -> AsyncIterator[None]:
        """Nobody talks to the register meanwhile; it need not even be there."""
        async with self._lock:
            yield

    def doubt(self) -> None:
        """Something may have happened unseen: reconcile before the next command."""
        self._reconciled = False

    def pass_over_unread(self) -> None:
        """A person has decided: documents that could not be read are not looked for any more."""
        if self.status is not None:
            self._buffer.note_register(self.status.fn, self.status.last_fd)
        self.doubt()

    def surely_lacks(self, fn: str, fd: int) -> bool:
        """It has itself shown that it has no document with this number yet."""
        status = self.status
        return (
            self._shows_numbers and status is not None and fn == status.fn and fd > status.last_fd
        )

    def refresh(self, status: RegisterStatus) -> None:
        """A newer look at the register. Documents that appeared behind our back are reconciled."""
        if self.status and (status.fn, status.last_fd) != (self.status.fn, self.status.last_fd):
            self.doubt()
        self.status = status

    # -- what has just been done ----------------------------------------------------------------

    def receipt_printed(self, receipt_id: str, document: RegisteredDocument, known_by: str) -> None:
        try:
            self._buffer.mark_printed(receipt_id, registration_of(document), known_by=known_by)
        except FiscalNumberTaken:
            self._park_misnumbered(receipt_id, document)
        self._advance(document)
        self.on_printed(receipt_id)

    def shift_opened(self, document: RegisteredDocument) -> None:
        self._buffer.mark_shift_opened(
            document.fn, document.shift, document.fd, document.fiscal_sign, document.time
        )
        self._advance(document)
        if self.status:
            self.status = replace(
                self.status,
                shift_state="opened",
                shift_number=document.shift,
                shift_opened_at=document.time,
            )

    def shift_closed(self, document: RegisteredDocument, totals: str | None) -> None:
        self._buffer.mark_shift_closed(
            document.fn, document.shift, document.fd, document.fiscal_sign, document.time, totals
        )
        self._advance(document)
        if self.status:
            self.status = replace(self.status, shift_state="closed", shift_opened_at=None)

    def shift_expired(self) -> None:
        if self.status:
            self.status = replace(self.status, shift_state="expired")

    def _advance(self, document: RegisteredDocument) -> None:
        if self.status and document.fn == self.status.fn and document.fd > self.status.last_fd:
            self.status = replace(self.status, last_fd=document.fd)

    # -- what may have been done ----------------------------------------------------------------

    async def _reconcile(self) -> None:
        self._shows_numbers = False
        try:
            status = await self.driver.connect()
        except Unreadable as error:
            former = self._buffer.newest_register()
            # A register that was never met has printed nothing for us.
            if former is not None:
                self._park_head(error, former)
            raise
        self.status = status
        self._shows_numbers = True
        seen = self._buffer.seen_fd(status.fn)
        if seen is None:
            self._meet_new_storage(status)
        elif status.last_fd > seen:
            await self._adopt(status, seen)
        elif status.last_fd < seen:
            raise RegisterBlocked(
                f"ФН {status.fn} показывает документ {status.last_fd}, а касса знает {seen}:"
                " позвоните в поддержку."
            )
        self._settle_parked(status)
        self._reconciled = True

    def _meet_new_storage(self, status: RegisterStatus) -> None:
        former = self._buffer.newest_register()
        # A first storage has printed nothing for us: the adapter meets it before it prints.
        if former is not None:
            self._park_head(Unreadable(f"ФН {former} заменён на {status.fn}."), former)
        self._buffer.note_register(status.fn, status.last_fd)

    async def _adopt(self, status: RegisterStatus, seen: int) -> None:
        for fd in range(seen + 1, status.last_fd + 1):
            try:
                document = await self.driver.document(fd)
            except Unreadable as error:
                self._buffer.note_register(status.fn, fd - 1)
                self._park_head(error, status.fn)
                raise
            self._take(document)
        self._buffer.note_register(status.fn, status.last_fd)

    def _take(self, document: RegisteredDocument) -> None:
        if document.kind == "open_shift":
            self.shift_opened(document)
        elif document.kind == "close_shift":
            self.shift_closed(document, None)
        elif not self._take_receipt(document):
            log.warning("foreign document on the register", extra={"fd": document.fd})
            self._buffer.note_foreign_document(document.fn, document.fd, document.kind)

    def _take_receipt(self, document: RegisteredDocument) -> bool:
        if document.receipt_id is None:
            return False
        try:
            receipt = self._buffer.get(document.receipt_id)
        except NotFound:
            return False
        if receipt.print_state not in {PrintState.QUEUED, PrintState.PARKED}:
            return False
        if not same_settlement(receipt, document):
            # Only we write our references: something is badly wrong, and a person must see it.
            if receipt.print_state is PrintState.PARKED:
                self._buffer.requeue_for_print(
                    receipt.id, by="адаптер", reason="регистратор прочитан"
                )
            self._park_head(
                Unreadable(
                    f"В регистраторе под номером этого чека другой документ ({document.fd})."
                ),
                None,
            )
            return False
        self.receipt_printed(receipt.id, document, "register")
        return True

    def _park_head(self, error: RegisterError, fn: str | None) -> None:
        """Only the head of the queue can be in doubt: prints go out one by one."""
        head = self._buffer.next_to_print()
        if head and head.print_state is PrintState.QUEUED:
            self._buffer.park(
                head.id,
                f"{error.message} Напечатан ли этот чек, решает человек: посмотрите на бумагу.",
                fn=fn,
            )

    def _park_misnumbered(self, receipt_id: str, document: RegisteredDocument) -> None:
        """It is on paper, but a person has given its number to another receipt: it must not be
        printed again, and only people can tell the two papers apart."""
        log.critical("FD number is taken", extra={"receipt_id": receipt_id, "fd": document.fd})
        if self._buffer.get(receipt_id).print_state is PrintState.QUEUED:
            self._buffer.park(
                receipt_id,
                f"Чек напечатан как ФД {document.fd}, но этот номер уже записан за другим чеком:"
                " сверьте бумагу и позвоните в поддержку.",
                fn=None,
            )

    def _settle_parked(self, status: RegisterStatus) -> None:
        """The register can be read again and does not hold the parked receipt: it is printed anew.
        After a change of the storage nothing can be concluded, so such a receipt stays parked."""
        head = self._buffer.next_to_print()
        if head is None or head.print_state is not PrintState.PARKED:
            return
        if self._buffer.parked_on_storage(head.id) == status.fn:
            self._buffer.requeue_for_print(
                head.id, by="адаптер", reason="регистратор прочитан: такого чека в нём нет"
            )


def registration_of(document: RegisteredDocument) -> Registration:
    operation = int(document.content.get("1054", 1))
    return Registration(
        fn=document.fn,
        fd=document.fd,
        fiscal_sign=document.fiscal_sign,
        shift=document.shift,
        number=document.number,
        time=document.time,
        qr=ffd.qr(
            fn=document.fn,
            fd=document.fd,
            fiscal_sign=document.fiscal_sign,
            total=document.total,
            operation=operation,
            time=document.time,
        ),
        registration_number=document.registration_number,
    )


def same_settlement(receipt: StoredReceipt, document: RegisteredDocument) -> bool:
    """Operation and total agree: a reference alone could have been reused by somebody."""
    mine = receipt.document
    return document.total == receipt.total and (
        "1054" not in document.content or int(document.content["1054"]) == int(mine["1054"])
    )
