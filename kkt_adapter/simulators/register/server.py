"""The register's data side: JSON lines over TCP, one task at a time, one master.

When a hello is answered, nothing that came over an earlier connection can still be executed: the
task in hand is finished first, older connections are closed, what they still had queued is dropped.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from collections import deque
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any, cast

from kkt_adapter.simulators.clock import ShiftedClock
from kkt_adapter.simulators.control import Refused
from kkt_adapter.simulators.faults import FaultBoard
from kkt_adapter.simulators.listening_port import ListeningPort
from kkt_adapter.simulators.register.device import Device
from kkt_adapter.simulators.register.faults import (
    FISCAL_TASKS,
    KNOWN,
    MEMORY_TASKS,
    show_in_reading,
    strikes,
)
from kkt_adapter.simulators.register.refusal import Refusal
from kkt_adapter.simulators.register.store import Store

MAX_LINE = 1 << 20
_JOURNAL_TYPES = {
    "registration": "registration",
    "openShift": "open_shift",
    "closeShift": "close_shift",
    "sell": "sale",
    "sellReturn": "refund",
    "sellCorrection": "correction",
    "sellReturnCorrection": "correction",
}
log = logging.getLogger(__name__)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


decode: Callable[[str], Any] = json.JSONDecoder(
    parse_float=Decimal, parse_constant=_refuse_constant
).decode
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Connection(asyncio.Protocol):
    def __init__(self, server: RegisterServer, age: int) -> None:
        self.age = age
        """Later connections have larger ages."""
        self.lines: deque[bytes] = deque()
        self.greeted = False
        self._server = server
        self._rest = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._server.joined(self)

    def connection_lost(self, _error: Exception | None) -> None:
        self._transport = None
        self._rest = b""
        self.lines.clear()
        self._server.left(self)

    def data_received(self, data: bytes) -> None:
        if self._transport is None:
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > MAX_LINE:
            self.drop()
            return
        self.lines.extend(lines)
        self._server.proceed()

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def answer(self, frame: dict[str, Any]) -> None:
        if self._transport is not None:
            self._transport.write(_encode(frame).encode() + b"\n")

    def hang_up(self) -> None:
        """Close after what has been answered is sent."""
        self.lines.clear()
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()

    def drop(self) -> None:
        """Cut the line; nothing queued on it will be executed."""
        self.lines.clear()
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.abort()


class RegisterServer:
    def __init__(self, store: Store, host: str, port: int) -> None:
        self._store = store
        self.clock = ShiftedClock(store.fn().clock_offset_s)
        self.device = Device(store, self.clock)
        self.board = FaultBoard(KNOWN)
        self.board.on_change(self._faults_changed)
        self._ages = count()
        self._connections: list[Connection] = []
        self._slow: asyncio.Task[None] | None = None
        self._port = ListeningPort(host, port, lambda: Connection(self, next(self._ages)))

    @property
    def address(self) -> tuple[str, int]:
        return self._port.host, self._port.port

    async def start(self) -> None:
        await self._port.open()

    async def stop(self) -> None:
        self._port.give_up()
        self._cut_power()
        self._store.close()

    # What the control side asks

    def journal(self, since: int, limit: int) -> list[dict[str, Any]]:
        serial = self.device.fn.serial
        return [
            {
                "fd": document.fd,
                "type": _JOURNAL_TYPES[document.kind],
                "total": document.total,
                "receipt_id": document.receipt_id,
                "fiscal_sign": document.fiscal_sign,
                "shift": document.shift,
                "time": document.time,
                "fn": serial,
            }
            for document in self._store.since(since, limit)
        ]

    def shift_clock(self, offset_s: float) -> None:
        was, self.clock.offset_s = self.clock.offset_s, offset_s
        if self.clock() < self.device.last_at:
            self.clock.offset_s = was
            raise Refused(
                f"offset_s: последний документ создан {self.device.last.time}, "
                "часы регистратора нельзя поставить раньше"
            )
        self.device.keep_clock_offset(offset_s)

    def health(self) -> dict[str, Any]:
        return {
            "fn": self.device.fn.serial,
            "documents": self.device.last.fd,
            "listening": self._port.is_open,
        }

    # Connections

    def joined(self, connection: Connection) -> None:
        self._connections.append(connection)
        if self.board.take("dead") is not None:
            connection.drop()

    def left(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)

    def proceed(self) -> None:
        """Do what can be done now: greetings first, for they decide who is still a master."""
        while self._slow is None:
            waiting = [each for each in self._connections if each.lines and each.is_open]
            if not waiting:
                return
            new = [each for each in waiting if not each.greeted]
            connection = new[0] if new else waiting[0]
            self._handle(connection, connection.lines.popleft())

    def _handle(self, connection: Connection, line: bytes) -> None:
        number = None
        try:
            request = line.decode()
            frame = decode(request)
            number = _request_number(frame["id"])
            task = frame["task"]
            kind = _text(task["type"])
        except (ValueError, TypeError, KeyError, RecursionError):
            connection.answer({"id": number, "error": _error(Refusal(501))})
            if not connection.greeted:
                connection.hang_up()
            return
        if not connection.greeted:
            if kind != "hello":
                refusal = Refusal(501, "первым заданием должно быть hello")
                connection.answer({"id": number, "error": _error(refusal)})
                connection.hang_up()
                return
            self._fence(connection)
        if self.board.active:
            self._handle_with_faults(connection, number, task, request)
        else:
            self._execute(connection, number, task, request)

    def _fence(self, master: Connection) -> None:
        master.greeted = True
        for other in list(self._connections):
            if other.age < master.age:
                other.drop()

    def _handle_with_faults(
        self, connection: Connection, number: Any, task: dict[str, Any], request: str
    ) -> None:
        slow = self.board.find("slow")
        if slow is not None and strikes(self.board, "slow", task["type"]):
            self.board.strike(slow)
            self._slow = asyncio.create_task(
                self._execute_slowly(slow.options["seconds"], connection, number, task, request)
            )
        else:
            self._execute(connection, number, task, request)

    async def _execute_slowly(
        self,
        seconds: float,
        connection: Connection,
        number: Any,
        task: dict[str, Any],
        request: str,
    ) -> None:
        # The wait comes before the commit: a successor's hello has to wait for the document.
        await self.board.hold("slow", seconds)
        try:
            self._execute(connection, number, task, request)
        finally:
            self._slow = None
            self.proceed()

    def _execute(
        self, connection: Connection, number: Any, task: dict[str, Any], request: str
    ) -> None:
        kind = task["type"]
        if strikes(self.board, "deaf_before_print", kind):
            self.board.take("deaf_before_print")
            connection.drop()
            return
        try:
            self._refuse_by_fault(kind)
            result = self.device.execute(task, request)
        except Refusal as refusal:
            connection.answer({"id": number, "error": _error(refusal)})
            return
        except sqlite3.Error as error:
            log.exception("Документ не записан")
            connection.answer({"id": number, "error": _error(Refusal(118, str(error)))})
            return
        if strikes(self.board, "deaf_after_print", kind):
            self.board.take("deaf_after_print")
            connection.drop()
            return
        if self.board.active:
            show_in_reading(self.board, result)
        connection.answer({"id": number, "result": result})

    def _refuse_by_fault(self, kind: str) -> None:
        if not self.board.active:
            return
        if strikes(self.board, "no_paper", kind):
            self.board.take("no_paper")
            raise Refusal(44)
        if kind in FISCAL_TASKS and self.board.take("exhausted"):
            raise Refusal(121)
        if kind in MEMORY_TASKS and self.board.take("unreadable"):
            raise Refusal(118, "документ не читается")

    # Power

    def _faults_changed(self) -> None:
        dead = self.board.find("dead")
        if dead is not None:
            self._cut_power()
        if dead is not None and dead.count is None:
            # With a count the port stays open: a refused connection could not be counted.
            self._port.close()
        else:
            self._port.reopen()

    def _cut_power(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None
        for connection in list(self._connections):
            connection.drop()


def _request_number(value: Any) -> int | str:
    if not isinstance(value, (int, str)):
        raise TypeError("id")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("type")
    return value


def _error(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.code, "description": refusal.description}
