"""A beat to Odoo every 30 s, so that the back office sees each till. Never in the way of a sale."""

from __future__ import annotations

import logging
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from kkt_adapter.app.drift import ClockDrift
from kkt_adapter.app.metrics import Metrics
from kkt_adapter.app.policy import LinkState

log = logging.getLogger(__name__)

PATH = "/api/v1/kkt/heartbeat"


class Heartbeat:
    def __init__(
        self,
        http: httpx.AsyncClient,
        metrics: Metrics,
        drift: ClockDrift,
        *,
        now: Callable[[], float],
        payload: Callable[[], dict[str, Any]],
    ) -> None:
        self._http = http
        self._metrics = metrics
        self._drift = drift
        self._now = now
        self._payload = payload
        self.link = LinkState()

    async def beat(self) -> bool:
        was_online = self.link.online
        success = await self._send()
        self.link = self.link.after(success)
        if not success:
            self._metrics.heartbeat_failures.inc()
        if self.link.online != was_online:
            log.warning("odoo is %s", "online" if self.link.online else "offline")
        return success

    async def _send(self) -> bool:
        try:
            response = await self._http.post(PATH, json=self._payload())
        except (httpx.HTTPError, OSError):
            return False
        if not response.is_success:
            return False
        self._note_time(response.headers.get("Date"))
        return True

    def _note_time(self, date: str | None) -> None:
        try:
            server_time = parsedate_to_datetime(date or "").timestamp()
        except ValueError:
            return
        # A Date header has whole seconds, cut off.
        self._drift.measured("odoo", server_time + 0.5 - self._now())
