"""One caller's connection to a till that may vanish at any byte."""

from __future__ import annotations

import http.client
import json
from typing import Any, NamedTuple


class Answer(NamedTuple):
    status: int
    body: dict[str, Any]

    @property
    def code(self) -> str:
        return str(self.body.get("code", ""))


class Caller:
    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)

    def close(self) -> None:
        self._connection.close()

    def ask(
        self, method: str, path: str, body: Any = None, key: str | None = None, within_s: float = 30
    ) -> Answer | None:
        """The answer, or None when none came: nobody there, cut off, or not within the time."""
        headers = {"Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key
        connection = self._connection
        connection.timeout = within_s
        if connection.sock is not None:
            connection.sock.settimeout(within_s)
        try:
            connection.request(method, path, json.dumps(body) if body else None, headers)
            response = connection.getresponse()
            return Answer(response.status, json.loads(response.read()))
        except (OSError, http.client.HTTPException):
            # The next question opens a new connection.
            connection.close()
            return None
