"""Tasks for the register and deliveries for the OFD, whole and valid, for tests to spoil."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

from kkt_adapter.simulators.register.device import Device
from kkt_adapter.simulators.register.refusal import Refusal
from kkt_adapter.simulators.register.server import decode
from kkt_adapter.simulators.register.store import Store

FN = "9999000000000001"


def position(price: float = 1000, quantity: float = 1, **changes: Any) -> dict[str, Any]:
    return {
        "type": "position",
        "name": "Линза однодневная",
        "price": price,
        "quantity": quantity,
        "amount": round(price * quantity, 2),
        "measurementUnit": "piece",
        "paymentMethod": "fullPayment",
        "paymentObject": "commodity",
        "tax": {"type": "none"},
    } | changes


def receipt(kind: str = "sell", receipt_id: str | None = None, **changes: Any) -> dict[str, Any]:
    items = changes.pop("items", [position()])
    if receipt_id is not None:
        items = [*items, {"type": "userAttribute", "name": "Чек", "value": receipt_id}]
    total = round(sum(item.get("amount", 0) for item in items), 2)
    return {
        "type": kind,
        "taxationType": "usnIncome",
        "electronically": False,
        "operator": {"name": "Кассир Иванова"},
        "paymentsPlace": "Салон оптики",
        "paymentsAddress": "г. Москва",
        "items": items,
        "payments": [{"type": "electronically", "sum": total}],
        "total": total,
    } | changes


def correction(**changes: Any) -> dict[str, Any]:
    basis = {"correctionType": "self", "correctionBaseDate": "2026.01.15"}
    return receipt("sellCorrection", **(basis | changes))


class Bench:
    """A register on the bench: the device alone, with a clock that the test turns."""

    def __init__(self, data_dir: Path) -> None:
        self.now = 1_790_000_000.0
        self._path = data_dir / "register.db"
        self.switch_on()

    def switch_on(self) -> None:
        self.store = Store(self._path)
        self.device = Device(self.store, lambda: self.now)

    def restart(self) -> None:
        self.store.close()
        self.switch_on()

    def do(self, task: dict[str, Any] | str, **fields: Any) -> dict[str, Any]:
        task = {"type": task, **fields} if isinstance(task, str) else task
        request = json.dumps({"id": 1, "task": task}, ensure_ascii=False)
        return self.device.execute(decode(request)["task"], request)

    def refusal(self, task: dict[str, Any] | str, **fields: Any) -> int | None:
        """The error code of a task that must not leave a document; None when it is done."""
        before = self.device.last.fd
        try:
            self.do(task, **fields)
        except Refusal as refusal:
            assert self.device.last.fd == before
            return refusal.code
        return None


class Till:
    """A client of the register's data side."""

    def __init__(self, port: int, *, hello: bool = True, timeout: float = 10.0) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout)
        self._lines = self._socket.makefile("rb")
        if hello:
            self.ask("hello")

    def send(self, task: dict[str, Any] | str, **fields: Any) -> None:
        task = {"type": task, **fields} if isinstance(task, str) else task
        self._socket.sendall(json.dumps({"id": 7, "task": task}).encode() + b"\n")

    def send_bytes(self, data: bytes) -> None:
        self._socket.sendall(data)

    def read(self) -> dict[str, Any] | None:
        """The next answer; None when the register has hung up instead."""
        try:
            line = self._lines.readline()
        except ConnectionResetError:
            return None
        return json.loads(line) if line else None

    def ask(self, task: dict[str, Any] | str, **fields: Any) -> dict[str, Any] | None:
        try:
            self.send(task, **fields)
        except (BrokenPipeError, ConnectionResetError):
            return None
        return self.read()

    def close(self) -> None:
        self._lines.close()
        self._socket.close()

    def __enter__(self) -> Till:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def delivery(receipt_id: str = "r-1", fd: int = 3, **tags: Any) -> dict[str, Any]:
    document = {
        "1012": "2026-03-01T12:00:00+03:00",
        "1020": 100_000,
        "1037": "0000000001012345",
        "1038": 1,
        "1040": fd,
        "1041": FN,
        "1042": 1,
        "1054": 1,
        "1059": [{"1030": "Линза", "1079": 100_000, "1023": 1, "1043": 100_000}],
        "1077": "1234567890",
        "1081": 100_000,
        "1084": {"1085": "Чек", "1086": receipt_id},
    } | tags
    return {
        "receipt_id": receipt_id,
        "pos_id": "POS-001",
        "fn": FN,
        "fd": fd,
        "fiscal_sign": "1234567890",
        "hlc": {"local_time": 1_790_000_000, "logical_counter": 0, "server_time": None},
        "document": {tag: value for tag, value in document.items() if value is not None},
    }
