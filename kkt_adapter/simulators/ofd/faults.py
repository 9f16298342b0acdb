"""The faults an OFD can be given."""

from __future__ import annotations

from kkt_adapter.simulators.faults import KnownFault, Option, seconds_option

_STATUS = Option(
    503,
    lambda value: isinstance(value, int) and (value == 429 or 500 <= value <= 599),
    "429 или число от 500 до 599",
)
_RECEIPT = Option(None, lambda value: isinstance(value, str) and value != "", "номер чека")
_PERIOD = Option(
    3,
    lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1000,
    "целое число от 1 до 1000",
)

KNOWN = (
    KnownFault(
        "slow", "Медленный ответ", "Отвечает через столько секунд.", {"seconds": seconds_option(3)}
    ),
    KnownFault(
        "error", "Ошибка сервера", "Отвечает 5xx или 429, ничего не сохранив.", {"status": _STATUS}
    ),
    KnownFault(
        "refuse",
        "Отказ по содержанию",
        "Отвечает 422: этот чек или, если номер не указан, следующий.",
        {"receipt_id": _RECEIPT},
    ),
    KnownFault("deaf", "Принял, ответ потерян", "Чек сохранён, связь рвётся до ответа."),
    KnownFault(
        "down",
        "Недоступен",
        "Порт закрыт. Со счётчиком: рвётся столько соединений подряд.",
    ),
    KnownFault(
        "flapping",
        "Связь мигает",
        "Столько запросов рвётся, столько же проходит, и снова.",
        {"period": _PERIOD},
    ),
    KnownFault("twice", "Отвечает «уже есть»", "Чек принят, но первый же ответ — 409."),
)
