"""Phase 1: a sale becomes a receipt that cannot be lost, and is handed to the print lane.

The order of things is the guarantee: known key → arithmetic and law → room in the buffer → disk →
register. Nothing that fails before the disk leaves a trace, nothing after it can be lost.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kkt_adapter.app import ffd, tracing
from kkt_adapter.app.buffer import BufferDB, KeyTaken, NewReceipt
from kkt_adapter.app.catalogue import Catalogue
from kkt_adapter.app.errors import (
    BufferFull,
    KeyReused,
    NotFound,
    OriginalNotDelivered,
    Rejected,
    RepeatedKey,
    ShiftExpired,
    UnlawfulReceipt,
)
from kkt_adapter.app.hlc import HybridClock
from kkt_adapter.app.intake import Defaults, to_receipt
from kkt_adapter.app.metrics import Metrics
from kkt_adapter.app.models import ReceiptRequest
from kkt_adapter.app.print_lane import LaneState, PrintLane
from kkt_adapter.app.receipt import InvalidReceipt, Original, Problem, Receipt, ReceiptType
from kkt_adapter.app.receipt_check import check
from kkt_adapter.app.receipt_id import new_receipt_id
from kkt_adapter.app.refund import may_be_refunded
from kkt_adapter.app.responses import receipt_result
from kkt_adapter.app.shift import ShiftDesk
from kkt_adapter.app.stored_receipt import PrintState, StoredReceipt

# A lane that waits for its register is woken by a new sale and mostly fails at once; this is
# how long the cashier grants it.
GRACE_S = 1.0


@dataclass(frozen=True, slots=True)
class TillFacts:
    """What every receipt of this till has in common."""

    defaults: Defaults
    place: ffd.Place
    capacity: int
    answer_within_s: float


class FiscalDesk:
    def __init__(
        self,
        buffer: BufferDB,
        lane: PrintLane,
        shifts: ShiftDesk,
        catalogue: Catalogue,
        clock: HybridClock,
        metrics: Metrics,
        facts: TillFacts,
        *,
        now: Callable[[], float],
    ) -> None:
        self._buffer = buffer
        self._lane = lane
        self._shifts = shifts
        self._catalogue = catalogue
        self._clock = clock
        self._metrics = metrics
        self._facts = facts
        self._now = now

    async def accept(self, request: ReceiptRequest, key: str) -> StoredReceipt:
        """The receipt, printed if the register was quick enough and safely stored if not.

        Raises RepeatedKey with the first result for a key that has been used.
        """
        # pydantic warns of every Decimal that a validator of our own has made.
        content = request.model_dump_json(warnings=False)
        request_hash = hashlib.sha256(content.encode()).digest()
        known = self._buffer.by_key(key)
        if known is not None:
            raise await self._repeat(known, request_hash)
        receipt = self._lawful(request)
        self._must_have_room(receipt)
        receipt_id = new_receipt_id(self._now())
        with tracing.span("accept", receipt_id):
            try:
                self._store(receipt_id, receipt, request, key, request_hash)
            except KeyTaken:
                raise await self._repeat(self._known(key), request_hash) from None
            self._metrics.accepted.inc()
            stored = await self._outcome(receipt_id)
        if stored.print_state is PrintState.REFUSED:
            raise _refused(stored)
        return stored

    def _known(self, key: str) -> StoredReceipt:
        known = self._buffer.by_key(key)
        assert known is not None
        return known

    async def _repeat(self, known: StoredReceipt, request_hash: bytes) -> RepeatedKey | KeyReused:
        if known.request_hash != request_hash:
            return KeyReused(field="Idempotency-Key")
        if known.print_state is PrintState.QUEUED:
            known = await self._outcome(known.id)
        return RepeatedKey(**receipt_result(known))

    def _lawful(self, request: ReceiptRequest) -> Receipt:
        try:
            receipt = to_receipt(
                request,
                product=self._catalogue.get,
                defaults=self._facts.defaults,
                today=datetime.fromtimestamp(self._now()).astimezone().date(),
            )
        except InvalidReceipt as error:
            raise _unlawful(error.problems) from error
        problems = check(receipt)
        if problems:
            raise _unlawful(problems)
        return receipt

    def _must_have_room(self, receipt: Receipt) -> None:
        if receipt.type is ReceiptType.SALE:
            if self._buffer.queued() >= self._facts.capacity:
                raise BufferFull
            if self._shifts.view().state == "expired":
                raise ShiftExpired
        elif receipt.type is ReceiptType.REFUND and receipt.original is not None:
            self._original_is_delivered(receipt.original)

    def _original_is_delivered(self, original: Original) -> None:
        """An original that this till does not know was sold elsewhere: its till's business."""
        try:
            found = find_original(self._buffer, original)
        except NotFound:
            return
        if not may_be_refunded(self._buffer, found):
            raise OriginalNotDelivered(field="original")

    def _store(
        self,
        receipt_id: str,
        receipt: Receipt,
        request: ReceiptRequest,
        key: str,
        request_hash: bytes,
    ) -> None:
        document = ffd.document(receipt, receipt_id=receipt_id, place=self._facts.place)
        with tracing.span("commit", receipt_id):
            self._buffer.add(
                NewReceipt(
                    id=receipt_id,
                    pos_id=request.pos_id,
                    type=request.type,
                    hlc=self._clock.tick(),
                    total=receipt.total,
                    fiscal_doc=_json(document),
                    idempotency_key=key,
                    request_hash=request_hash,
                    order_ref=request.order_ref,
                    order_doc=None if request.order is None else _json(request.order),
                )
            )

    async def _outcome(self, receipt_id: str) -> StoredReceipt:
        """Wait for the paper as long as a cashier should, then tell how things stand."""
        patience = self._facts.answer_within_s
        if self._lane.view.state in {LaneState.PARKED, LaneState.SHIFT_EXPIRED}:
            patience = 0.0
        elif self._lane.view.state is LaneState.WAITING:
            patience = min(patience, GRACE_S)
        waiter = self._lane.settled(receipt_id)
        # asyncio.wait neither cancels the future nor raises: others may wait for it too.
        await asyncio.wait({waiter}, timeout=patience)
        return self._buffer.get(receipt_id)


def find_original(buffer: BufferDB, original: Original) -> StoredReceipt:
    """By our number, or by FN, FD and sign; NotFound when this till did not make it."""
    if original.receipt_id is not None:
        return buffer.get(original.receipt_id)
    if original.fn is None or original.fd is None:
        raise NotFound
    found = buffer.by_fiscal(original.fn, original.fd)
    if found is None or found.registration is None:
        raise NotFound
    if original.fiscal_sign is not None and (
        int(found.registration.fiscal_sign) != int(original.fiscal_sign)
    ):
        raise NotFound("У чека с этим номером другой фискальный признак: проверьте бумагу.")
    return found


def _unlawful(problems: list[Problem]) -> UnlawfulReceipt:
    first = problems[0]
    error = UnlawfulReceipt(
        first.message,
        field=first.field,
        problems=[
            {"code": problem.code, "field": problem.field, "message": problem.message}
            for problem in problems
        ],
    )
    error.code = first.code
    return error


def _refused(stored: StoredReceipt) -> Rejected:
    error = Rejected(
        f"Регистратор не принял чек: {stored.print_error}. Чек сохранён в разделе"
        " «Требуют внимания»."
    )
    error.extra = receipt_result(stored)
    return error


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
