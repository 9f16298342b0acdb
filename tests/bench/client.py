"""The till's side of the benchmark: the standard library's HTTP client, connections kept alive.

It costs about as much as the empty endpoint does; a richer client (httpx, requests) would cost
several times more and flatter every ratio.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Sequence

from tests.bench.figures import Series

HEADERS = {"Content-Type": "application/json"}
TIMEOUT_S = 30.0


def post_all(port: int, path: str, body: bytes, keys: Sequence[str], connections: int) -> Series:
    """One request a key, over so many connections at once; every answer must be 200."""
    clients = [_Client(port, path, body, keys[place::connections]) for place in range(connections)]
    started = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    elapsed = time.perf_counter() - started
    for client in clients:
        if client.failure is not None:
            raise client.failure
    return Series([latency for client in clients for latency in client.latencies], elapsed)


class _Client(threading.Thread):
    def __init__(self, port: int, path: str, body: bytes, keys: Sequence[str]) -> None:
        super().__init__()
        self.latencies: list[float] = []
        self.failure: Exception | None = None
        self._path = path
        self._body = body
        self._keys = keys
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
        self._connection.connect()
        # Head and body go out in two pieces: without this the second waits for an acknowledgement.
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def run(self) -> None:
        try:
            for key in self._keys:
                self._post(key)
        except (OSError, http.client.HTTPException, AssertionError) as error:
            self.failure = error
        finally:
            self._connection.close()

    def _post(self, key: str) -> None:
        started = time.perf_counter()
        headers = HEADERS | {"Idempotency-Key": key}
        self._connection.request("POST", self._path, self._body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        self.latencies.append(time.perf_counter() - started)
        if answer.status != 200:
            raise AssertionError(text.decode(errors="replace"))
