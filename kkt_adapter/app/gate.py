"""What every request passes: a request id, limits on its size, and the browser's same-site rules.

Plain ASGI: a middleware class of Starlette would cost a sale as much as a commit does.
"""

from __future__ import annotations

import contextlib
import re
import secrets
from urllib.parse import urlsplit

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kkt_adapter.app.errors import AdapterError, ForeignOrigin, TooLarge

_SECURITY_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'self'; img-src 'self' data:; base-uri 'none'"),
    (b"cache-control", b"no-store"),
]
_ALLOWED_HEADERS = b"authorization, content-type, idempotency-key"
_CLEAN_ID = re.compile(rb"[A-Za-z0-9_.-]{1,64}")


class Gate:
    def __init__(
        self,
        app: ASGIApp,
        *,
        max_body_bytes: int,
        allowed_origins: tuple[str, ...],
        loopback_only: bool,
    ) -> None:
        self._app = app
        self._max_body_bytes = max_body_bytes
        self._allowed = frozenset(origin.encode() for origin in allowed_origins)
        self._loopback_only = loopback_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        request_id = _request_id(headers)
        scope.setdefault("state", {})["request_id"] = request_id
        origin = headers.get(b"origin")
        reply = _Reply(send, request_id, origin if origin in self._allowed else None)
        if not self._may_call(scope, headers, origin):
            await _refuse(ForeignOrigin(), scope, receive, reply, request_id)
        elif scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
            await _preflight(reply)
        elif int(_digits(headers.get(b"content-length"))) > self._max_body_bytes:
            await _refuse(self._too_large(), scope, receive, reply, request_id)
        else:
            body = _LimitedBody(receive, self._max_body_bytes)

            async def answer(message: Message) -> None:
                # FastAPI takes any trouble with a body for bad JSON; the true reason is told below.
                if not body.exceeded:
                    await reply(message)

            with contextlib.suppress(_BodyTooLarge):
                await self._app(scope, body, answer)
            if body.exceeded:
                await _refuse(self._too_large(), scope, receive, reply, request_id)

    def _may_call(self, scope: Scope, headers: dict[bytes, bytes], origin: bytes | None) -> bool:
        host = headers.get(b"host", b"")
        if self._loopback_only and not _is_loopback_host(host):
            # A name that an attacker points at 127.0.0.1 (DNS rebinding) passes as same-origin.
            return False
        if origin is None or origin in self._allowed:
            return True
        return origin == f"{scope['scheme']}://".encode() + host

    def _too_large(self) -> TooLarge:
        return TooLarge(f"Запрос больше {self._max_body_bytes // 1024} КБ: сократите его.")


class _BodyTooLarge(Exception):
    pass


class _LimitedBody:
    """Counts what really arrives: a chunked body announces no length."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit

    @property
    def exceeded(self) -> bool:
        return self._left < 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self.exceeded:
            raise _BodyTooLarge
        return message


class _Reply:
    """Adds the headers that every answer has."""

    def __init__(self, send: Send, request_id: str, cors_origin: bytes | None) -> None:
        self._send = send
        self._extra = [*_SECURITY_HEADERS, (b"x-request-id", request_id.encode())]
        if cors_origin is not None:
            self._extra += [
                (b"access-control-allow-origin", cors_origin),
                (b"vary", b"Origin"),
            ]

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *self._extra]
        await self._send(message)


async def _preflight(reply: _Reply) -> None:
    await reply(
        {
            "type": "http.response.start",
            "status": 204,
            "headers": [
                (b"access-control-allow-methods", b"GET, POST, DELETE"),
                (b"access-control-allow-headers", _ALLOWED_HEADERS),
                # Odoo is on the internet, the till is on loopback: the browser asks for leave.
                (b"access-control-allow-private-network", b"true"),
                (b"access-control-max-age", b"600"),
            ],
        }
    )
    await reply({"type": "http.response.body", "body": b""})


async def _refuse(
    error: AdapterError, scope: Scope, receive: Receive, send: Send, request_id: str
) -> None:
    body = {
        "code": error.code,
        "message": error.message,
        "field": error.field,
        "request_id": request_id,
    }
    await JSONResponse(body, error.status)(scope, receive, send)


def _request_id(headers: dict[bytes, bytes]) -> str:
    given = headers.get(b"x-request-id", b"")
    return given.decode() if _CLEAN_ID.fullmatch(given) else secrets.token_hex(6)


def _digits(value: bytes | None) -> bytes:
    return value if value is not None and value.isdigit() else b"0"


def _is_loopback_host(host: bytes) -> bool:
    name = urlsplit(b"//" + host).hostname or b""
    return name in {b"localhost", b"::1"} or re.fullmatch(rb"127(\.\d{1,3}){3}", name) is not None
