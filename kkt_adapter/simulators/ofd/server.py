"""The OFD's data side: POST <prefix>/receipts over HTTP/1.1.

Its own few lines of HTTP over h11, because faults need what a web framework hides: cutting a
connection without an answer, closing the port and opening it again.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from http import HTTPStatus
from typing import Any, NamedTuple, cast

import h11

from kkt_adapter.simulators.clock import ShiftedClock, iso
from kkt_adapter.simulators.faults import FaultBoard
from kkt_adapter.simulators.listening_port import ListeningPort
from kkt_adapter.simulators.ofd import checks
from kkt_adapter.simulators.ofd.faults import KNOWN
from kkt_adapter.simulators.ofd.store import Accepted, Store

MAX_BODY = 1 << 20


class Answer(NamedTuple):
    status: int
    body: dict[str, Any]


class Connection(asyncio.Protocol):
    """One client; requests are answered in order, the next is read when the last is answered."""

    def __init__(self, server: OfdServer) -> None:
        self._server = server
        self._http = h11.Connection(h11.SERVER)
        self._transport: asyncio.Transport | None = None
        self._request: h11.Request | None = None
        self._body = bytearray()
        self._answering: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._server.joined(self)

    def connection_lost(self, _error: Exception | None) -> None:
        self._transport = None
        self._server.left(self)

    def drop(self) -> None:
        """Cut the line without an answer."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._transport is not None:
            self._http.receive_data(data)
            self._read()

    def _read(self) -> None:
        while self._transport is not None and self._answering is None:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError:
                self.drop()
                return
            if isinstance(event, h11.Request):
                self._request = event
                self._body.clear()
            elif isinstance(event, h11.Data):
                self._body += event.data
                if len(self._body) > MAX_BODY:
                    self.drop()
            elif isinstance(event, h11.EndOfMessage) and self._request is not None:
                self._take(self._request, bytes(self._body))
            elif isinstance(event, h11.ConnectionClosed):
                self._transport.close()
                return
            else:
                return

    def _take(self, request: h11.Request, body: bytes) -> None:
        delay = self._server.delay()
        if delay is None:
            self._answer(self._server.respond(request, body))
        else:
            self._answering = asyncio.create_task(self._answer_later(delay, request, body))

    async def _answer_later(self, delay: float, request: h11.Request, body: bytes) -> None:
        await self._server.board.hold("slow", delay)
        self._answering = None
        # A client that has gone away meanwhile has been heard all the same.
        self._answer(self._server.respond(request, body))
        self._read()

    def _answer(self, answer: Answer | None) -> None:
        if self._transport is None:
            return
        if answer is None:
            self.drop()
            return
        body = json.dumps(answer.body, ensure_ascii=False).encode()
        headers = [("content-type", "application/json"), ("content-length", str(len(body)))]
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            headers.append(("retry-after", "1"))
        response = h11.Response(
            status_code=answer.status, headers=headers, reason=HTTPStatus(answer.status).phrase
        )
        sent = (response, h11.Data(data=body), h11.EndOfMessage())
        self._transport.write(b"".join(self._http.send(event) or b"" for event in sent))
        if self._http.our_state is h11.MUST_CLOSE:
            self._transport.close()
        else:
            self._http.start_next_cycle()


class OfdServer:
    def __init__(self, store: Store, host: str, port: int, prefix: str, token: str) -> None:
        self._store = store
        self.clock = ShiftedClock(store.clock_offset_s)
        self.board = FaultBoard(KNOWN)
        self.board.on_change(self._faults_changed)
        self._path = f"{prefix.rstrip('/')}/receipts".encode()
        self._authorization = f"Bearer {token}".encode()
        self._connections: set[Connection] = set()
        self._port = ListeningPort(host, port, lambda: Connection(self))
        self._flaps = 0

    @property
    def address(self) -> tuple[str, int]:
        return self._port.host, self._port.port

    async def start(self) -> None:
        await self._port.open()

    async def stop(self) -> None:
        self._port.give_up()
        self._drop_all()
        self._store.close()

    # What the control side asks

    def journal(self, since: int, limit: int) -> list[dict[str, Any]]:
        return self._store.since(since, limit)

    def shift_clock(self, offset_s: float) -> None:
        self._store.clock_offset_s = self.clock.offset_s = offset_s

    def health(self) -> dict[str, Any]:
        return {"documents": self._store.count(), "listening": self._port.is_open}

    # Connections

    def joined(self, connection: Connection) -> None:
        self._connections.add(connection)
        if self.board.take("down") is not None:
            connection.drop()

    def left(self, connection: Connection) -> None:
        self._connections.discard(connection)

    def delay(self) -> float | None:
        """How long the next answer is held back; None: not at all."""
        slow = self.board.take("slow")
        return slow.options["seconds"] if slow is not None else None

    def respond(self, request: h11.Request, body: bytes) -> Answer | None:
        """The answer, with the receipt already stored; None: cut the line instead."""
        headers = dict(request.headers)
        if request.target.split(b"?")[0] != self._path:
            return Answer(404, {"error": "такого адреса нет"})
        if request.method != b"POST":
            return Answer(405, {"error": "принимается только POST"})
        if self._flapped_down():
            return None
        error = self.board.take("error")
        if error is not None:
            return Answer(error.options["status"], {"error": "ОФД временно недоступен"})
        given = headers.get(b"authorization", b"")
        if not hmac.compare_digest(given, self._authorization):
            return Answer(401, {"error": "неверный токен"})
        return self._deliver(headers, body)

    def _deliver(self, headers: dict[bytes, bytes], body: bytes) -> Answer | None:
        try:
            text = body.decode()
            parsed = json.loads(text)
        except (ValueError, RecursionError):
            return Answer(400, {"error": "тело запроса не читается как JSON"})
        key = headers.get(b"idempotency-key")
        try:
            receipt = checks.receipt(parsed, key.decode("latin-1") if key else None)
        except checks.Unacceptable as problem:
            return Answer(422, {"error": str(problem)})
        if self._refused(receipt.receipt_id):
            return Answer(422, {"error": "чек отклонён форматно-логическим контролем"})
        now = self.clock()
        row = Accepted(
            receipt.receipt_id,
            receipt.fn,
            receipt.fd,
            receipt.fiscal_sign,
            receipt.type,
            receipt.total,
            receipt.pos_id,
            iso(now),
        )
        number = self._store.add(row, text)
        status = 201 if number is not None else 409
        if number is None:
            number = self._store.number_of(receipt.receipt_id, receipt.fn, receipt.fd)
        elif self.board.take("deaf") is not None:
            return None
        elif self.board.take("twice") is not None:
            status = 409
        return Answer(status, {"server_time": int(now), "ofd_id": f"OFD-{number:09d}"})

    def _refused(self, receipt_id: str) -> bool:
        fault = self.board.find("refuse")
        if fault is None or fault.options["receipt_id"] not in {None, receipt_id}:
            return False
        self.board.strike(fault)
        return True

    def _flapped_down(self) -> bool:
        fault = self.board.find("flapping")
        if fault is None:
            self._flaps = 0
            return False
        phase: int = self._flaps // fault.options["period"]
        self._flaps += 1
        self.board.strike(fault)
        return phase % 2 == 0

    def _faults_changed(self) -> None:
        down = self.board.find("down")
        if down is not None:
            self._drop_all()
        if down is not None and down.count is None:
            # With a count the port stays open: a refused connection could not be counted.
            self._port.close()
        else:
            self._port.reopen()

    def _drop_all(self) -> None:
        for connection in list(self._connections):
            connection.drop()
