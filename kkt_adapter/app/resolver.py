"""A person's word about a receipt that the machines could not settle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kkt_adapter.app import ffd
from kkt_adapter.app.buffer import BufferDB
from kkt_adapter.app.errors import ReceiptState, RegisterError, UnlawfulReceipt
from kkt_adapter.app.models import ResolveRequest
from kkt_adapter.app.print_lane import PrintLane
from kkt_adapter.app.register import Register
from kkt_adapter.app.stored_receipt import PrintState, Registration, StoredReceipt


class Resolver:
    def __init__(
        self, buffer: BufferDB, register: Register, lane: PrintLane, now: Callable[[], float]
    ) -> None:
        self._buffer = buffer
        self._register = register
        self._lane = lane
        self._now = now

    async def resolve(self, receipt_id: str, decision: ResolveRequest) -> StoredReceipt:
        # The register first: if it can be read by now, its word outweighs anybody's memory.
        await self._ask_register()
        async with self._register.untouched():
            receipt = self._buffer.get(receipt_id)
            match decision.outcome:
                case "printed":
                    self._printed(receipt, decision)
                case "not_printed":
                    self._not_printed(receipt, decision)
                case "withdrawn":
                    self._withdrawn(receipt, decision)
        self._lane.settle(receipt_id)
        self._lane.wake()
        return self._buffer.get(receipt_id)

    async def _ask_register(self) -> None:
        try:
            async with self._register.exclusive():
                pass
        except RegisterError:
            return

    def _printed(self, receipt: StoredReceipt, decision: ResolveRequest) -> None:
        if receipt.print_state is PrintState.PRINTED:
            return  # the register has just said so itself
        if receipt.print_state is not PrintState.PARKED:
            raise ReceiptState("Судьба этого чека не вызывает сомнений: он печатается сам.")
        if decision.fd is None or decision.fiscal_sign is None:
            raise UnlawfulReceipt(
                "Спишите с бумажного чека номер ФД и фискальный признак (ФП).",
                field="fd" if decision.fd is None else "fiscal_sign",
            )
        fn = decision.fn or self._buffer.parked_on_storage(receipt.id)
        if fn is None:
            raise UnlawfulReceipt("Спишите с бумажного чека номер ФН.", field="fn")
        if self._register.surely_lacks(fn, decision.fd):
            # Believed, it would leave the till waiting for a register that is "behind" for ever.
            raise UnlawfulReceipt(
                "В ФН ещё нет документа с таким номером: проверьте номер ФД на бумаге.", field="fd"
            )
        if self._buffer.by_fiscal(fn, decision.fd) is not None:
            raise ReceiptState("Чек с этим номером ФД уже есть: проверьте цифры на бумаге.")
        self._buffer.mark_printed(
            receipt.id,
            self._from_paper(receipt, fn, decision.fd, decision.fiscal_sign),
            known_by="person",
            by=decision.by,
            reason=decision.reason,
        )

    def _not_printed(self, receipt: StoredReceipt, decision: ResolveRequest) -> None:
        if receipt.print_state is PrintState.PRINTED:
            raise ReceiptState("Регистратор подтвердил, что этот чек напечатан.")
        if receipt.print_state is PrintState.QUEUED:
            return  # the register has just said so itself, and it is being printed
        self._buffer.requeue_for_print(receipt.id, by=decision.by, reason=decision.reason)
        self._register.pass_over_unread()

    def _withdrawn(self, receipt: StoredReceipt, decision: ResolveRequest) -> None:
        if receipt.print_state is not PrintState.REFUSED:
            raise ReceiptState("Отозвать можно только чек, который регистратор не принял.")
        self._buffer.withdraw(receipt.id, by=decision.by, reason=decision.reason)

    def _from_paper(
        self, receipt: StoredReceipt, fn: str, fd: int, fiscal_sign: str
    ) -> Registration:
        moment = datetime.fromtimestamp(self._now()).astimezone().isoformat(timespec="seconds")
        # Receipts are printed one by one: what nobody copies from the paper follows from the
        # receipt before it, and the OFD does not take a document without it.
        former = self._buffer.newest_before(fn, fd)
        before = former.registration if former else None
        status = self._register.status
        shift = status.shift_number if status and status.fn == fn else before.shift if before else 0
        return Registration(
            fn=fn,
            fd=fd,
            fiscal_sign=fiscal_sign,
            shift=shift,
            number=before.number + 1 if before and before.shift == shift else 1,
            time=moment,
            registration_number=before.registration_number if before else "",
            qr=ffd.qr(
                fn=fn,
                fd=fd,
                fiscal_sign=fiscal_sign,
                total=receipt.total,
                operation=int(receipt.document["1054"]),
                time=moment,
            ),
        )
