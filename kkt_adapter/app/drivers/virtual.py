"""The virtual register (simulators/register): ATOL JSON tasks over TCP, a line each."""

from __future__ import annotations

from typing import Any

from kkt_adapter.app.drivers import atol_tasks
from kkt_adapter.app.drivers.atol_errors import Outcome, describe
from kkt_adapter.app.drivers.task_channel import TaskChannel, TaskFailed
from kkt_adapter.app.errors import (
    NotPrinted,
    OutcomeUnknown,
    RegisterBlocked,
    RegisterError,
    RegisterShiftClosed,
    RegisterShiftExpired,
    Rejected,
    Unreadable,
)
from kkt_adapter.app.kkt_driver import (
    DocumentKind,
    RegisteredDocument,
    RegisterStatus,
    ShiftReport,
)

_SHIFT_CLOSED = 73
_SHIFT_EXPIRED = frozenset({68, 141})
_KINDS: dict[str | None, DocumentKind] = {
    "sale": "receipt",
    "refund": "receipt",
    "correction": "receipt",
    "open_shift": "open_shift",
    "close_shift": "close_shift",
}


class VirtualDriver:
    def __init__(self, host: str, port: int, *, timeout_s: float) -> None:
        self._channel = TaskChannel(host, port, timeout_s)

    async def connect(self) -> RegisterStatus:
        await self._channel.connect()
        return await self.status()

    async def status(self) -> RegisterStatus:
        fn = (await self._read({"type": "getFnStatus"}))["fnStatus"]
        info = (await self._read({"type": "getFnInfo"}))["fnInfo"]
        shift = (await self._read({"type": "getShiftStatus"}))["shiftStatus"]
        device = (await self._read({"type": "getDeviceStatus"}))["deviceStatus"]
        return RegisterStatus(
            fn=info["serial"],
            last_fd=fn["fiscalDocumentNumber"],
            shift_state=shift["state"],
            shift_number=shift["number"],
            shift_opened_at=shift.get("openedAt"),
            paper=device["paperPresent"],
            exhausted=info["livePhase"] != "fiscalMode" or info.get("documentsLeft") == 0,
            documents_left=info.get("documentsLeft"),
            memory_percent=info.get("memoryPercent"),
            valid_until=info.get("validityDate"),
            model=info.get("version", ""),
        )

    async def print_receipt(self, document: dict[str, Any]) -> RegisteredDocument:
        task = atol_tasks.receipt_task(document)
        return await self._act("receipt", task, content={"1054": document["1054"]})

    async def open_shift(self, cashier: str, cashier_inn: str) -> RegisteredDocument:
        task = {"type": "openShift", "operator": _operator(cashier, cashier_inn)}
        return await self._act("open_shift", task)

    async def close_shift(self, cashier: str, cashier_inn: str) -> ShiftReport:
        task = {"type": "closeShift", "operator": _operator(cashier, cashier_inn)}
        document = await self._act("close_shift", task)
        totals = document.content["shiftTotals"]
        return ShiftReport(document.shift, document.time, totals, document)

    async def report_x(self, cashier: str, cashier_inn: str) -> ShiftReport:
        # Nothing fiscal happens: a lost answer is a lost report, not a doubt.
        task = {"type": "reportX", "operator": _operator(cashier, cashier_inn)}
        totals = (await self._read(task))["shiftTotals"]
        device = (await self._read({"type": "getDeviceStatus"}))["deviceStatus"]
        return ShiftReport(totals["shiftNumber"], device["currentDateTime"], totals)

    async def document(self, fd: int) -> RegisteredDocument:
        result = await self._read({"type": "getFnDocument", "fiscalDocumentNumber": fd})
        tags = result["documentTLV"]
        fields = atol_tasks.from_tlv(tags)
        return RegisteredDocument(
            kind=_KINDS.get(fields.kind, "other"),
            fn=fields.fn,
            fd=fields.fd,
            fiscal_sign=fields.fiscal_sign,
            shift=fields.shift,
            number=fields.number,
            time=fields.time,
            total=fields.total,
            registration_number=fields.registration_number,
            receipt_id=fields.receipt_id,
            content=tags,
        )

    async def confirm_delivered(self, fd: int) -> None:
        await self._read({"type": "ofdConfirmation", "fiscalDocumentNumber": fd})

    async def close(self) -> None:
        await self._channel.close()

    async def _act(
        self, kind: DocumentKind, task: dict[str, Any], content: dict[str, Any] | None = None
    ) -> RegisteredDocument:
        """A fiscal task: its failure is sorted by what may have become of it."""
        try:
            result = await self._channel.run(task)
            return _answered(kind, result, content)
        except TaskFailed as error:
            raise _meaning(error) from error
        except (KeyError, TypeError, ValueError) as error:
            # It answered, but not in words we know: done or not, the register has to be asked.
            raise OutcomeUnknown from error

    async def _read(self, task: dict[str, Any]) -> dict[str, Any]:
        """A question changes nothing: without an answer there is just no answer."""
        try:
            return await self._channel.run(task)
        except OutcomeUnknown as error:
            raise NotPrinted("Нет связи с регистратором: проверьте питание и кабель.") from error
        except TaskFailed as error:
            raise Unreadable(f"Регистратор ответил: {error.description}.") from error


def _operator(name: str, inn: str) -> dict[str, str]:
    return {"name": name, "vatin": inn} if inn else {"name": name}


def _answered(
    kind: DocumentKind, result: dict[str, Any], content: dict[str, Any] | None
) -> RegisteredDocument:
    fields = atol_tasks.registered(result)
    return RegisteredDocument(
        kind=kind,
        fn=fields.fn,
        fd=fields.fd,
        fiscal_sign=fields.fiscal_sign,
        shift=fields.shift,
        number=fields.number,
        time=fields.time,
        total=fields.total,
        registration_number=fields.registration_number,
        content=content or {"shiftTotals": result.get("shiftTotals", {})},
    )


def _meaning(failed: TaskFailed) -> RegisterError:
    known = describe(failed.code)
    words = f"{known.title}. {known.remedy}"
    if failed.code == _SHIFT_CLOSED:
        return RegisterShiftClosed(words, register_code=failed.code)
    if failed.code in _SHIFT_EXPIRED:
        return RegisterShiftExpired(words, register_code=failed.code)
    match known.outcome:
        case Outcome.NOT_PRINTED:
            return NotPrinted(words, register_code=failed.code)
        case Outcome.BLOCKED:
            return RegisterBlocked(words, register_code=failed.code)
        case Outcome.REJECTED:
            return Rejected(f"{known.title}: {failed.description}", register_code=failed.code)
        case Outcome.UNKNOWN:
            return OutcomeUnknown()
