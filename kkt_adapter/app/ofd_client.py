"""Delivery to the OFD over HTTP, behind a circuit breaker.

What counts: only an answer that an OFD would give proves a delivery. A captive portal's friendly
page, a proxy's 502 or a wrong token say nothing about the receipt and never harm it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

import httpx
import pybreaker

from kkt_adapter.app.errors import NotReached, RefusedByContent, ServerRefused, TryLater

# Answers that speak about the way or the till's rights, not about this receipt.
_NOT_ABOUT_THE_RECEIPT = frozenset({401, 403, 404, 405, 407, 408, 421, 425, 502, 503, 504})
_END_OF_TIME = 1 << 40


@dataclass(frozen=True, slots=True)
class Delivered:
    server_time: int | None
    ofd_id: str | None
    already_known: bool = False


class DeliveryChannel(Protocol):
    """The seam between modes: here the adapter delivers; elsewhere the register itself may."""

    async def deliver(self, receipt_id: str, body: dict[str, Any]) -> Delivered: ...

    async def close(self) -> None: ...


class OfdClient:
    def __init__(
        self,
        url: str,
        token: str,
        timeout_s: float,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.AsyncClient(
            base_url=url, headers=headers, timeout=timeout_s, trust_env=False, transport=transport
        )

    async def deliver(self, receipt_id: str, body: dict[str, Any]) -> Delivered:
        """Returns when the OFD has the receipt; otherwise raises a DeliveryError."""
        try:
            response = await self._http.post(
                "/receipts", json=body, headers={"Idempotency-Key": receipt_id}
            )
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise NotReached(_network_words(error)) from error
        return _meaning(response)

    async def close(self) -> None:
        await self._http.aclose()


def _network_words(error: Exception) -> str:
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return "ОФД недоступен: соединиться не удалось"
    if isinstance(error, httpx.TimeoutException):
        return "ОФД не ответил вовремя"
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError):
        return "связь с ОФД прервалась до ответа"
    return f"ОФД недоступен: {type(error).__name__}"


def _meaning(response: httpx.Response) -> Delivered:
    status = response.status_code
    answer = _json_object(response)
    known_time = _server_time(answer)
    ofd_id = None if answer.get("ofd_id") is None else str(answer["ofd_id"])
    if status in {200, 201}:
        if known_time is None:
            raise NotReached("ответ 200 не от ОФД: в нём нет server_time (портал провайдера?)")
        return Delivered(known_time, ofd_id)
    if status == 409:
        return Delivered(known_time, ofd_id, already_known=True)
    words = f"ОФД ответил {status}: {_words(response, answer)}"
    if status == 429:
        raise TryLater(words, pause_s=_retry_after(response))
    if status in _NOT_ABOUT_THE_RECEIPT or status < 400:
        raise NotReached(words)
    if status >= 500:
        raise ServerRefused(words)
    raise RefusedByContent(words)


def _server_time(answer: dict[str, Any]) -> int | None:
    """Unix seconds, or None for anything that a clock cannot show."""
    said = answer.get("server_time")
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    return int(said) if 0 < said < _END_OF_TIME else None


def _json_object(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _words(response: httpx.Response, answer: dict[str, Any]) -> str:
    said = answer.get("error") or answer.get("message") or response.text
    return str(said)[:500]


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait: the header holds either their number or a date."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    until, sent = _http_date(value), _http_date(response.headers.get("Date", ""))
    if until is None:
        return None
    # Both by the OFD's clock: the till's own may be a day off.
    return max(0.0, (until - (sent or datetime.now(UTC))).total_seconds())


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class MonotonicStorage(pybreaker.CircuitMemoryStorage):
    """Measures the open time by a monotonic clock: pybreaker compares wall-clock times, and a
    clock set back by a day would keep the circuit open for a day."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(pybreaker.STATE_CLOSED)
        self._monotonic = monotonic
        self._opened: float | None = None

    @property
    def opened_at(self) -> datetime | None:
        if self._opened is None:
            return None
        return datetime.now(UTC) - timedelta(seconds=self._monotonic() - self._opened)

    @opened_at.setter
    def opened_at(self, value: datetime) -> None:
        self._opened = self._monotonic()

    def open_for_s(self) -> float | None:
        return None if self._opened is None else self._monotonic() - self._opened


class BreakerListener(pybreaker.CircuitBreakerListener):
    """Tells the rest of the adapter of a change of state: 'open', 'half-open' or 'closed'."""

    def __init__(self, changed: Callable[[str], None]) -> None:
        self._changed = changed

    def state_change(
        self,
        cb: pybreaker.CircuitBreaker,
        old_state: pybreaker.CircuitBreakerState | None,
        new_state: pybreaker.CircuitBreakerState,
    ) -> None:
        self._changed(new_state.name)


class OfdBreaker:
    """pybreaker around an asynchronous call, with the words the rest of the adapter uses."""

    def __init__(
        self,
        *,
        failures: int,
        reset_s: float,
        successes: int,
        changed: Callable[[str], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._storage = MonotonicStorage(monotonic)
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=failures,
            reset_timeout=reset_s,
            success_threshold=successes,
            # The OFD has read and refused this receipt, or asked for a pause: it is alive.
            exclude=[RefusedByContent, TryLater],
            listeners=[BreakerListener(changed)],
            state_storage=self._storage,
            throw_new_error_on_trip=False,
        )

    @property
    def state(self) -> str:
        """CLOSED, OPEN or HALF_OPEN."""
        return str(self._breaker.current_state).upper().replace("-", "_")

    def blocked_for_s(self) -> float:
        """Seconds until a call may be tried; 0 when it may be now."""
        open_for = self._storage.open_for_s()
        if self.state != "OPEN" or open_for is None:
            return 0.0
        return max(0.0, self._breaker.reset_timeout - open_for)

    def try_now(self) -> None:
        """Do not wait out the pause: the next call is the trial."""
        if self.state == "OPEN":
            self._breaker.half_open()

    async def deliver(
        self, channel: DeliveryChannel, receipt_id: str, body: dict[str, Any]
    ) -> Delivered:
        """Raises pybreaker.CircuitBreakerError, without a call, while the circuit is open."""
        with self._breaker.calling():
            return await channel.deliver(receipt_id, body)
