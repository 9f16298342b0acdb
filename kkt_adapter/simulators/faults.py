"""The fault board: which faults a simulator knows and which are active now.

Faults belong to the session: they live in memory and a restart clears them. Documents do not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


class FaultError(ValueError):
    """A fault cannot be set as asked; the text names the field."""


@dataclass(frozen=True, slots=True)
class Option:
    """A field of a fault besides its count: the default and what may stand there instead."""

    default: Any
    accepts: Callable[[Any], bool]
    wanted: str


@dataclass(frozen=True, slots=True)
class KnownFault:
    name: str
    title: str
    description: str
    options: Mapping[str, Option] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActiveFault:
    name: str
    count: int | None
    """How many times it will still strike; None: until cleared."""
    options: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"fault": self.name, "count": self.count, **self.options}


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000


class FaultBoard:
    def __init__(self, known: Iterable[KnownFault]) -> None:
        self.known = {fault.name: fault for fault in known}
        self.active: dict[str, ActiveFault] = {}
        self._cleared = {name: asyncio.Event() for name in self.known}
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def set(self, wish: Mapping[str, Any]) -> None:
        """Activate or clear one fault as {"fault", "count"?, options…} asks; "none" clears all."""
        name = wish.get("fault")
        if name == "none":
            self.clear()
            return
        known = self.known.get(name) if isinstance(name, str) else None
        if known is None:
            names = ", ".join([*self.known, "none"])
            raise FaultError(f"fault: неизвестный сбой «{name}», есть: {names}")
        count = wish.get("count")
        if count is not None and not _is_count(count):
            raise FaultError("count: нужно целое число от 0 (0 — снять сбой)")
        options = {key: option.default for key, option in known.options.items()}
        for key, value in wish.items():
            if key in {"fault", "count"} or value is None:
                continue
            option = known.options.get(key)
            if option is None:
                raise FaultError(f"{key}: у сбоя «{known.name}» нет такого поля")
            if not option.accepts(value):
                raise FaultError(f"{key}: нужно {option.wanted}")
            options[key] = value
        if count == 0:
            self.clear(known.name)
            return
        self.active[known.name] = ActiveFault(known.name, count, options)
        self._changed()

    def clear(self, name: str | None = None) -> None:
        """End one fault, or all; whoever is held by it goes on at once."""
        for each in [name] if name is not None else list(self.known):
            self.active.pop(each, None)
            self._cleared[each].set()
            self._cleared[each] = asyncio.Event()
        self._changed()

    def find(self, name: str) -> ActiveFault | None:
        """The active fault of that name, without using it up."""
        return self.active.get(name)

    def strike(self, fault: ActiveFault) -> None:
        """Use the fault up once."""
        if fault.count is None:
            return
        if fault.count > 1:
            self.active[fault.name] = replace(fault, count=fault.count - 1)
        else:
            del self.active[fault.name]
        self._changed()

    def take(self, name: str) -> ActiveFault | None:
        """The active fault of that name, used up once."""
        fault = self.active.get(name)
        if fault is not None:
            self.strike(fault)
        return fault

    async def hold(self, name: str, seconds: float) -> None:
        """Wait until the seconds have passed or the fault is cleared."""
        try:
            async with asyncio.timeout(seconds):
                await self._cleared[name].wait()
        except TimeoutError:
            return

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def seconds_option(default: float) -> Option:
    return Option(
        default, lambda value: _is_number(value) and 0 <= value <= 3600, "число секунд от 0 до 3600"
    )
