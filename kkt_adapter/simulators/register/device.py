"""The register itself: shifts, numbers, fiscal signs and the rules of the FN.

Knows neither sockets nor faults. Every task either returns its result, with the document already
committed, or raises Refusal and has changed nothing.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from kkt_adapter.simulators.clock import iso
from kkt_adapter.simulators.register import checks
from kkt_adapter.simulators.register.refusal import Refusal
from kkt_adapter.simulators.register.store import RECEIPT_KINDS, Document, Store, Totals
from kkt_adapter.simulators.register.tlv import document_tlv

MODEL = "OpticsERP: учебный регистратор"
DAY_S = 24 * 3600
SHIFT_LIMIT_S = DAY_S
UNSENT_LIMIT_S = 30 * DAY_S
UNSENT_WARNING_S = 2 * DAY_S
VALID_DAYS = 1110
KEYS_WARNING_S = 30 * DAY_S
REPLACE_WARNING_S = 3 * DAY_S
MEMORY_WARNING_PERCENT = 90.0
FNS_URL = "www.nalog.gov.ru"
_ZEROES = (0, 0, 0, 0, 0, 0)
_NO_FIGURES = checks.Figures(*_ZEROES, None)
# Contract names of the sections of the shift's totals. Corrections are counted apart, as in the
# FN's own counters (1133), and do not move the drawer: the money came or went earlier. [assumed]
_SECTIONS = {
    "sell": "income",
    "sellReturn": "incomeReturn",
    "sellCorrection": "incomeCorrection",
    "sellReturnCorrection": "incomeReturnCorrection",
}


class Device:
    def __init__(
        self,
        store: Store,
        clock: Callable[[], float],
        tax_systems: frozenset[str] = frozenset(checks.TAX_SYSTEMS),
    ) -> None:
        self._store = store
        self._clock = clock
        self._tax_systems = tax_systems
        self.fn = store.fn()
        self._last = store.last() or self._register()
        registered = store.document(1) or self._last
        self._valid_until = _moment(registered.time) + VALID_DAYS * DAY_S
        report = store.last_shift_report()
        self._opening = report if report is not None and report.kind == "openShift" else None
        self._opened_at = _moment(self._opening.time) if self._opening else 0.0
        self._last_at = _moment(self._last.time)
        self._unsent = store.count_receipts(self.fn.confirmed_fd, self._last.fd)
        self._first_unsent = store.first_receipt_after(self.fn.confirmed_fd)
        self._first_unsent_at = _moment(self._first_unsent.time) if self._first_unsent else 0.0
        self._today = (0, date.min)
        self._tasks: dict[str, Callable[[dict[str, Any], str], dict[str, Any]]] = {
            **dict.fromkeys(RECEIPT_KINDS, self._receipt),
            "openShift": self._open_shift,
            "closeShift": self._close_shift,
            "reportX": self._report_x,
            "hello": self._hello,
            "getDeviceStatus": self._device_status,
            "getShiftStatus": self._shift_status,
            "getFnInfo": self._fn_info,
            "getFnStatus": self._fn_status,
            "ofdExchangeStatus": self._exchange_status,
            "getFnDocument": self._fn_document,
            "getLastFiscalParams": self._last_fiscal_params,
            "ofdConfirmation": self._confirm,
        }

    def execute(self, task: dict[str, Any], request: str) -> dict[str, Any]:
        """Carry out one task; `request` is the line it came in, kept with the document."""
        run = self._tasks.get(task.get("type", ""))
        if run is None:
            raise Refusal(11, f"задание «{task.get('type')}»")
        return run(task, request)

    @property
    def last(self) -> Document:
        return self._last

    @property
    def last_at(self) -> float:
        """When the last document was made, by the device's own clock."""
        return self._last_at

    @property
    def documents_left(self) -> int:
        return max(0, self.fn.capacity - self._last.fd)

    def resize(self, capacity: int, unsent_capacity: int) -> None:
        self._update(capacity=capacity, unsent_capacity=unsent_capacity)

    def keep_clock_offset(self, offset_s: float) -> None:
        # Durable, unlike faults: after a restart the clock must not stand before the documents.
        self._update(clock_offset_s=offset_s)

    # Documents

    def _receipt(self, task: dict[str, Any], request: str) -> dict[str, Any]:
        now = self._clock()
        if self._opening is None:
            raise Refusal(73)
        if now - self._opened_at >= SHIFT_LIMIT_S:
            raise Refusal(68)
        self._check_fn(now, keep_free=1)
        if self._unsent >= self.fn.unsent_capacity:
            raise Refusal(137)
        figures = checks.receipt(task, len(request), self._date(now), self._tax_systems)
        kind: str = task["type"]
        drawer = self._last.drawer
        if kind == "sell":
            drawer += figures.cash
        elif kind == "sellReturn":
            # Control of cash in the drawer is off, as a register is delivered: there is no task
            # that puts the morning's change into it.
            drawer -= figures.cash
        shift, number = self._last.shift, self._last.number + 1
        return self._issue(kind, now, shift, number, figures, drawer, request)

    def _open_shift(self, task: dict[str, Any], request: str) -> dict[str, Any]:
        now = self._clock()
        if self._opening is not None:
            raise Refusal(83)
        self._check_fn(now, keep_free=1)
        checks.operator(task)
        last = self._last
        result = self._issue("openShift", now, last.shift + 1, 0, _NO_FIGURES, last.drawer, request)
        self._opening, self._opened_at = self._last, self._last_at
        return result

    def _close_shift(self, task: dict[str, Any], request: str) -> dict[str, Any]:
        now = self._clock()
        if self._opening is None:
            raise Refusal(73)
        # The last place in the FN is kept for this document: a shift can always be closed.
        self._check_fn(now, keep_free=0)
        checks.operator(task)
        last = self._last
        result = self._issue(
            "closeShift", now, last.shift, last.number, _NO_FIGURES, last.drawer, request
        )
        result["shiftTotals"] = self._shift_totals()
        self._opening = None
        return result

    def _report_x(self, task: dict[str, Any], _request: str) -> dict[str, Any]:
        checks.operator(task)
        return {"warnings": {}, "shiftTotals": self._shift_totals()}

    def _register(self) -> Document:
        now = self._clock()
        sign = self._sign(1, now, 0)
        document = Document(1, "registration", 0, 0, iso(now), sign, *_ZEROES, 0, None, "{}")
        self._store.add(document)
        return document

    def _issue(
        self,
        kind: str,
        now: float,
        shift: int,
        number: int,
        figures: checks.Figures,
        drawer: int,
        request: str,
    ) -> dict[str, Any]:
        fd = self._last.fd + 1
        document = Document(
            fd,
            kind,
            shift,
            number,
            iso(now),
            self._sign(fd, now, figures.total),
            *figures[:6],
            drawer,
            figures.receipt_id,
            request,
        )
        self._store.add(document)
        self._last, self._last_at = document, int(now)
        if document.is_receipt:
            self._unsent += 1
            if self._first_unsent is None:
                self._first_unsent, self._first_unsent_at = document, self._last_at
        return {"fiscalParams": self._fiscal_params(document), "warnings": {}}

    def _sign(self, fd: int, now: float, total: int) -> str:
        digest = hmac.digest(self.fn.secret, b"%d|%d|%d" % (fd, now, total), "sha256")
        # Always ten digits without leading zeros: padded and bare forms are then the same text.
        return str(10**9 + int.from_bytes(digest[:4], "big") % (2**32 - 10**9))

    def _check_fn(self, now: float, keep_free: int) -> None:
        if int(now) < self._last_at:
            raise Refusal(36)
        if self.fn.capacity - self._last.fd <= keep_free:
            raise Refusal(121)
        if now >= self._valid_until:
            raise Refusal(136)
        if self._first_unsent is not None and now - self._first_unsent_at > UNSENT_LIMIT_S:
            raise Refusal(140)

    # Questions

    def _hello(self, _task: dict[str, Any], _request: str) -> dict[str, Any]:
        return {"protocol": 1, "model": MODEL, "fnNumber": self.fn.serial}

    def _device_status(self, _task: dict[str, Any], _request: str) -> dict[str, Any]:
        return {
            "deviceStatus": {
                "currentDateTime": iso(self._clock()),
                "shift": self._shift_state(),
                "blocked": False,
                "coverOpened": False,
                "paperPresent": True,
                "fiscal": True,
                "fnFiscal": True,
                "fnPresent": True,
                "cashDrawerOpened": False,
            }
        }

    def _shift_status(self, _task: dict[str, Any], _request: str) -> dict[str, Any]:
        status: dict[str, Any] = {"state": self._shift_state(), "number": self._last.shift}
        if self._opening is not None:
            status["openedAt"] = self._opening.time
            status["expiredTime"] = iso(self._opened_at + SHIFT_LIMIT_S)
        status["documentsCount"] = self._documents_in_shift()
        return {"shiftStatus": status}

    def _fn_info(self, _task: dict[str, Any], _request: str) -> dict[str, Any]:
        return {
            "fnInfo": {
                "serial": self.fn.serial,
                "version": "учебный ФН-1.2",
                "ffdVersion": "1.2",
                "livePhase": "fiscalMode",
                "validityDate": iso(self._valid_until),
                "documentsLeft": self.documents_left,
                "memoryPercent": self._memory_percent(),
                "warnings": self._fn_warnings(),
            }
        }

    def _fn_status(self, _task: dict[str, Any], _request: str) -> dict[str, Any]:
        return {
            "fnStatus": {
                "fiscalDocumentNumber": self._last.fd,
                "fiscalReceiptNumber": self._last.number,
                "warnings": self._fn_warnings(),
            }
        }

    def _exchange_status(self, _task: dict[str, Any], _request: str) -> dict[str, Any]:
        # Only receipts wait for a confirmation: shift reports travel with them, and a shop that
        # is shut for a month is not blocked by its last Z report.
        status: dict[str, Any] = {"notSentCount": self._unsent}
        if self._first_unsent is not None:
            status["notSentFirstDocNumber"] = self._first_unsent.fd
            status["notSentFirstDocDateTime"] = self._first_unsent.time
        return {"status": status, "errors": {}, "warnings": self._fn_warnings()}

    def _fn_document(self, task: dict[str, Any], _request: str) -> dict[str, Any]:
        document = self._store.document(_fd_in(task))
        if document is None:
            raise Refusal(123, f"документа {task['fiscalDocumentNumber']} нет")
        return {"documentTLV": document_tlv(document, self.fn)}

    def _last_fiscal_params(self, task: dict[str, Any], _request: str) -> dict[str, Any]:
        document: Document | None = self._last
        if task.get("forReceipt"):
            document = self._store.last_receipt()
        if document is None:
            raise Refusal(123, "чеков ещё не было")
        return {"fiscalParams": self._fiscal_params(document)}

    def _confirm(self, task: dict[str, Any], request: str) -> dict[str, Any]:
        fd = _fd_in(task)
        if not 1 <= fd <= self._last.fd:
            raise Refusal(138, f"документа {fd} нет")
        if fd > self.fn.confirmed_fd:
            confirmed = self._store.count_receipts(self.fn.confirmed_fd, fd)
            self._update(confirmed_fd=fd)
            self._unsent -= confirmed
            self._first_unsent = self._store.first_receipt_after(fd) if self._unsent else None
            if self._first_unsent is not None:
                self._first_unsent_at = _moment(self._first_unsent.time)
        return self._exchange_status(task, request)

    def _fiscal_params(self, document: Document) -> dict[str, Any]:
        return {
            "fiscalDocumentNumber": document.fd,
            "fiscalDocumentSign": document.fiscal_sign,
            "fiscalDocumentDateTime": document.time,
            "fiscalReceiptNumber": document.number,
            "shiftNumber": document.shift,
            "fnNumber": self.fn.serial,
            "registrationNumber": self.fn.registration_number,
            "total": document.total / 100,
            "fnsUrl": FNS_URL,
        }

    def _shift_state(self) -> str:
        if self._opening is None:
            return "closed"
        expired = self._clock() - self._opened_at >= SHIFT_LIMIT_S
        return "expired" if expired else "opened"

    def _documents_in_shift(self) -> int:
        return self._last.fd - self._opening.fd + 1 if self._opening is not None else 0

    def _shift_totals(self) -> dict[str, Any]:
        opening_fd = self._opening.fd if self._opening is not None else self._last.fd + 1
        kinds = {sums.kind: sums for sums in self._store.totals_since(opening_fd)}
        sections = {
            section: _roubles(kinds.get(kind, Totals(kind, 0, 0, 0, 0, 0, 0, 0)))
            for kind, section in _SECTIONS.items()
        }
        return {
            "shiftNumber": self._last.shift,
            "documentsCount": self._documents_in_shift(),
            "receiptsCount": sum(sums.receipts for sums in kinds.values()),
            **sections,
            "cashInDrawer": self._last.drawer / 100,
        }

    def _memory_percent(self) -> float:
        return round(min(100.0, self._last.fd * 100 / self.fn.capacity), 2)

    def _fn_warnings(self) -> dict[str, bool]:
        now = self._clock()
        keys_left = self._valid_until - now
        waiting = now - self._first_unsent_at if self._first_unsent is not None else 0.0
        return {
            "criticalError": False,
            "memoryOverflow": self._memory_percent() >= MEMORY_WARNING_PERCENT,
            "needReplacement": keys_left <= REPLACE_WARNING_S or self.documents_left == 0,
            "ofdTimeout": waiting > UNSENT_WARNING_S,
            "resourceExhausted": keys_left <= KEYS_WARNING_S,
        }

    def _date(self, now: float) -> date:
        # The date costs more than the rest of the clock: once a second is enough.
        second = int(now)
        if self._today[0] != second:
            self._today = (second, datetime.fromtimestamp(second).astimezone().date())
        return self._today[1]

    def _update(self, **changes: Any) -> None:
        changed = self.fn._replace(**changes)
        self._store.update(changed)
        self.fn = changed


def _moment(time: str) -> float:
    return datetime.fromisoformat(time).timestamp()


def _fd_in(task: dict[str, Any]) -> int:
    fd = task.get("fiscalDocumentNumber")
    if isinstance(fd, bool) or not isinstance(fd, int):
        raise Refusal(8, "fiscalDocumentNumber")
    return fd


def _roubles(sums: Totals) -> dict[str, Any]:
    kopecks = sums._asdict()
    del kopecks["kind"]
    count = kopecks.pop("receipts")
    return {"count": count} | {key: value / 100 for key, value in kopecks.items()}
