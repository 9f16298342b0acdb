"""Shifts: opening, the X report, the Z report, and the 24 hours that the law gives a shift."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kkt_adapter.app.buffer import BufferDB
from kkt_adapter.app.errors import OutcomeUnknown, ShiftState
from kkt_adapter.app.kkt_driver import KktDriver, RegisterStatus, ShiftReport
from kkt_adapter.app.policy import SHIFT_LIMIT_S, SHIFT_WARNING_S
from kkt_adapter.app.register import Register


@dataclass(frozen=True, slots=True)
class ShiftView:
    state: str
    number: int | None
    opened_at: str | None
    age_s: int | None
    warning: str | None


def shift_view(status: RegisterStatus | None, now: float) -> ShiftView:
    """How the shift stands, and in good time a word about its end."""
    if status is None:
        return ShiftView("unknown", None, None, None, None)
    if status.shift_state == "closed" or status.shift_opened_at is None:
        return ShiftView(status.shift_state, status.shift_number, None, None, None)
    age = max(0, int(now - datetime.fromisoformat(status.shift_opened_at).timestamp()))
    # The register's word alone stops the sales: a till whose clock is a day fast must go on.
    expired = status.shift_state == "expired"
    warning = None
    if expired or age >= SHIFT_LIMIT_S:
        warning = "Смена открыта больше 24 часов: закройте её (Z-отчёт), чтобы продавать."
    elif age >= SHIFT_WARNING_S:
        left = (SHIFT_LIMIT_S - age) // 60
        warning = f"До предела смены {left // 60} ч {left % 60} мин: закройте её (Z-отчёт)."
    return ShiftView(
        "expired" if expired else "opened",
        status.shift_number,
        status.shift_opened_at,
        age,
        warning,
    )


class ShiftDesk:
    def __init__(
        self,
        register: Register,
        buffer: BufferDB,
        *,
        cashier: str,
        cashier_inn: str,
        now: Callable[[], float],
    ) -> None:
        self._register = register
        self._buffer = buffer
        self._cashier = cashier
        self._cashier_inn = cashier_inn
        self._now = now

    def view(self) -> ShiftView:
        return shift_view(self._register.status, self._now())

    async def open(self) -> ShiftView:
        async def act(driver: KktDriver) -> None:
            if self._state() != "closed":
                raise ShiftState("Смена уже открыта.")
            self._register.shift_opened(await driver.open_shift(self._cashier, self._cashier_inn))

        await self._certain(act, lambda: self._state() == "opened")
        return self.view()

    async def report_x(self) -> ShiftReport:
        async with self._register.exclusive() as driver:
            return await driver.report_x(self._cashier, self._cashier_inn)

    async def close(self, *, even_if_receipts_wait: bool = False) -> ShiftReport:
        """The Z report. Receipts that wait for the paper belong to this shift: they go first,
        unless the shift is over 24 hours old and they cannot be printed in it any more."""
        reports: list[ShiftReport] = []

        async def act(driver: KktDriver) -> None:
            if self._state() == "closed":
                raise ShiftState("Смена уже закрыта.")
            waiting = self._buffer.next_to_print() is not None
            expired = self.view().state == "expired"
            if waiting and not expired and not even_if_receipts_wait:
                raise ShiftState(
                    "Есть ненапечатанные чеки: дождитесь печати или решите их судьбу в разделе"
                    " «Требуют внимания», затем закройте смену."
                )
            # Taken before the closing: should its answer be lost, the totals are not.
            reports.append(await driver.report_x(self._cashier, self._cashier_inn))
            report = await driver.close_shift(self._cashier, self._cashier_inn)
            assert report.document is not None
            self._register.shift_closed(report.document, json.dumps(report.totals))
            reports.append(report)

        await self._certain(act, lambda: self._state() == "closed")
        return reports[-1]

    def _state(self) -> str:
        status = self._register.status
        return status.shift_state if status else "unknown"

    async def _certain(
        self, act: Callable[[KktDriver], Awaitable[None]], done: Callable[[], bool]
    ) -> None:
        """A shift report is a fiscal document too: a lost answer is looked up, not repeated."""
        try:
            async with self._register.exclusive() as driver:
                await act(driver)
        except OutcomeUnknown:
            async with self._register.exclusive() as driver:
                if not done():
                    await act(driver)


def totals_in_roubles(totals: dict[str, Any]) -> dict[str, Any]:
    """The register's totals with money as strings, as everywhere in this API."""
    return {
        name: totals_in_roubles(value)
        if isinstance(value, dict)
        else f"{value:.2f}"
        if isinstance(value, float)
        else value
        for name, value in totals.items()
    }
