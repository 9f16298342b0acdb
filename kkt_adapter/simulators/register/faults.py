"""The faults a register can be given, and how they look in its readings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kkt_adapter.simulators.faults import FaultBoard, KnownFault, Option, seconds_option
from kkt_adapter.simulators.register.store import RECEIPT_KINDS

_SCOPES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "receipt": frozenset(RECEIPT_KINDS),
        "shift": frozenset({"openShift", "closeShift", "reportX"}),
        "any": frozenset({*RECEIPT_KINDS, "openShift", "closeShift", "reportX"}),
    }
)
FISCAL_TASKS = frozenset({*RECEIPT_KINDS, "openShift", "closeShift"})
MEMORY_TASKS = frozenset({"getFnDocument", "getLastFiscalParams"})
_ON = {"on": Option("receipt", lambda value: value in _SCOPES, "receipt, shift или any")}

KNOWN = (
    KnownFault(
        "slow",
        "Медленно печатает",
        "Отвечает через столько секунд; документ появляется в конце ожидания.",
        {"seconds": seconds_option(3.0), **_ON},
    ),
    KnownFault("no_paper", "Нет бумаги", "Отказывает до печати, документа в ФН нет.", _ON),
    KnownFault(
        "deaf_after_print",
        "Напечатал, ответ потерян",
        "Документ в ФН есть, связь рвётся до ответа.",
        _ON,
    ),
    KnownFault(
        "deaf_before_print",
        "Связь рвётся до печати",
        "Задание получено, но не исполнено; документа в ФН нет.",
        _ON,
    ),
    KnownFault(
        "dead",
        "Выключен",
        "Соединения не принимаются, задание в работе пропадает. "
        "Со счётчиком: рвётся столько соединений подряд.",
    ),
    KnownFault("exhausted", "ФН исчерпан", "ФН не создаёт новых документов (121)."),
    KnownFault(
        "unreadable",
        "ФН не читается",
        "Документы из ФН прочесть нельзя: исход потерянной печати не узнать.",
    ),
)


def strikes(board: FaultBoard, name: str, kind: str) -> bool:
    """Is this fault active for a task of this kind?"""
    fault = board.active.get(name)
    return fault is not None and kind in _SCOPES[fault.options["on"]]


def show_in_reading(board: FaultBoard, result: dict[str, Any]) -> None:
    """A register without paper, or with a spent FN, says so when asked."""
    if "no_paper" in board.active and "deviceStatus" in result:
        result["deviceStatus"]["paperPresent"] = False
    if "exhausted" in board.active and "fnInfo" in result:
        result["fnInfo"]["documentsLeft"] = 0
        result["fnInfo"]["warnings"]["needReplacement"] = True
        result["fnInfo"]["warnings"]["resourceExhausted"] = True
