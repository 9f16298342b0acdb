"""Everything that can go wrong, by what has to be done about it.

AdapterError                     has a stable code, an HTTP status and words for the cashier
├── BadRequest                   the request cannot be understood                          400
│   └── MissingIdempotencyKey
├── Unauthorized                                                                           401
├── ForeignOrigin                a page of another site is calling                         403
├── NotFound                                                                               404
├── Conflict                     understood, but not now                                   409
│   ├── RepeatedKey              this sale is known: here is its result
│   ├── KeyReused                this key belongs to another sale
│   ├── OriginalNotDelivered     a refund must wait for its receipt
│   ├── SyncRunning, ShiftState, ShiftExpired, ReceiptState
├── TooLarge                                                                               413
├── UnlawfulReceipt              understood, but the law or arithmetic forbids it          422
├── SimulatorUnreachable                                                                   502
├── SimulatorRefused             a fault or a clock that it does not know                  422
├── BufferFull                   no new sales until receipts are delivered                 503
├── StorageFull, StorageFailed   the disk will not take it: nothing was printed            503
└── RegisterError                what a register said, or did not say
    ├── NotPrinted               surely nothing was fiscalised; the same may be tried later
    │   ├── RegisterShiftClosed  … a shift has to be opened first
    │   └── RegisterBlocked      … and a person has to act first (FN full)
    │       └── RegisterShiftExpired  the shift is older than 24 hours
    ├── Rejected                 surely nothing was fiscalised; the same will never be accepted
    ├── OutcomeUnknown           it may have been fiscalised: ask, never repeat blindly
    └── Unreadable               the register answers, but cannot show its documents

DeliveryError                    what an OFD said, or did not say (never shown to a till)
├── NotReached                   no answer: says nothing about the receipt
├── TryLater                     429 or an overload, perhaps with a pause
├── ServerRefused                the OFD failed on this receipt (5xx)
└── RefusedByContent             the OFD will not take this receipt (4xx)
"""

from __future__ import annotations

from typing import Any


class AdapterError(Exception):
    code = "adapter_error"
    status = 500
    message = "Ошибка адаптера кассы. Позвоните в поддержку."

    def __init__(self, message: str | None = None, *, field: str | None = None, **extra: Any):
        self.message = message or type(self).message
        self.field = field
        self.extra = extra
        super().__init__(self.message)


class BadRequest(AdapterError):
    code = "bad_request"
    status = 400
    message = "Запрос не понят."


class MissingIdempotencyKey(BadRequest):
    code = "idempotency_key_required"
    message = "Нужен заголовок Idempotency-Key с UUID: по нему касса узнаёт повтор чека."


class Unauthorized(AdapterError):
    code = "unauthorized"
    status = 401
    message = "Нужен токен: введите его на странице кассы или в настройках."


class ForeignOrigin(AdapterError):
    code = "foreign_origin"
    status = 403
    message = "Страница этого сайта не может управлять кассой: добавьте её в allowed_origins."


class NotFound(AdapterError):
    code = "not_found"
    status = 404
    message = "Такого чека на этой кассе нет."


class Conflict(AdapterError):
    code = "conflict"
    status = 409


class RepeatedKey(Conflict):
    code = "duplicate_request"
    message = "Этот чек уже принят: вот его результат, пробивать снова не нужно."


class KeyReused(Conflict):
    code = "idempotency_key_reused"
    message = "Под этим ключом принят другой чек. Для новой продажи нужен новый Idempotency-Key."


class OriginalNotDelivered(Conflict):
    code = "original_not_delivered"
    message = "Чек продажи ещё не передан в ОФД. Возврат станет возможен, как только он уйдёт."


class SyncRunning(Conflict):
    code = "sync_running"
    message = "Передача в ОФД уже идёт."


class ShiftState(Conflict):
    code = "shift_state"


class ShiftExpired(Conflict):
    code = "shift_expired"
    message = "Смена открыта больше 24 часов. Закройте её (Z-отчёт) и повторите продажу."


class ReceiptState(Conflict):
    code = "receipt_state"


class TooLarge(AdapterError):
    code = "request_too_large"
    status = 413
    message = "Запрос слишком велик."


class UnlawfulReceipt(AdapterError):
    code = "unlawful_receipt"
    status = 422


class SimulatorUnreachable(AdapterError):
    code = "simulator_unreachable"
    status = 502
    message = "Симулятор не отвечает: запущен ли он (make run)?"


class SimulatorRefused(AdapterError):
    code = "simulator_refused"
    status = 422


class BufferFull(AdapterError):
    code = "buffer_full"
    status = 503
    message = (
        "Касса накопила предельное число непереданных чеков и новые продажи не принимает. "
        "Проверьте интернет; как только чеки уйдут в ОФД, продажи продолжатся сами."
    )


class StorageFull(AdapterError):
    code = "storage_full"
    status = 503
    message = (
        "На диске кассы нет места: чек не принят и не напечатан. Освободите место и повторите."
    )


class StorageFailed(AdapterError):
    code = "storage_failed"
    status = 503
    message = "Диск кассы не записывает: чек не принят и не напечатан. Позвоните в поддержку."


class RegisterError(AdapterError):
    code = "register_error"
    status = 503
    message = "Регистратор не выполнил команду."

    def __init__(self, message: str | None = None, *, register_code: int | None = None):
        super().__init__(message)
        self.register_code = register_code

    @property
    def answered(self) -> bool:
        """The device refused in words: the connection is sound and nothing is in doubt."""
        return self.register_code is not None


class NotPrinted(RegisterError):
    code = "not_printed"


class RegisterBlocked(NotPrinted):
    code = "register_blocked"

    @property
    def answered(self) -> bool:
        return True


class RegisterShiftClosed(NotPrinted):
    code = "register_shift_closed"


class RegisterShiftExpired(RegisterBlocked):
    code = "register_shift_expired"


class Rejected(RegisterError):
    code = "register_rejected"
    status = 422


class OutcomeUnknown(RegisterError):
    code = "outcome_unknown"
    message = "Регистратор не ответил: выясняем, напечатан ли чек."


class Unreadable(RegisterError):
    code = "register_unreadable"
    message = "Регистратор не показывает свои документы."


class DeliveryError(Exception):
    """The words of the OFD, or of the network, for the log and the DLQ."""


class NotReached(DeliveryError):
    pass


class TryLater(DeliveryError):
    def __init__(self, words: str, *, pause_s: float | None = None):
        self.pause_s = pause_s
        super().__init__(words)


class ServerRefused(DeliveryError):
    pass


class RefusedByContent(DeliveryError):
    pass
