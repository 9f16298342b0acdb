"""Odoo as the till sees it: a real HTTP server that takes heartbeats and serves the catalogue."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HEARTBEAT = "/api/v1/kkt/heartbeat"
CATALOGUE = "/api/v1/kkt/catalogue"


class OdooMock:
    """What has come in, and how to answer."""

    def __init__(self) -> None:
        self.beats: list[dict[str, Any]] = []
        self.authorizations: list[str | None] = []
        self.asked_since: list[str] = []
        self.catalogue: dict[str, Any] = {"version": "1", "full": True, "products": []}
        self.status = 200
        self.go_on = threading.Event()
        self.go_on.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def hang(self) -> None:
        """Take requests and answer none, until `resume`."""
        self.go_on.clear()

    def resume(self) -> None:
        self.go_on.set()

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.05)

    def close(self) -> None:
        self.resume()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        odoo = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                odoo.authorizations.append(self.headers["Authorization"])
                odoo.go_on.wait()
                if odoo.status == 200 and self.path == HEARTBEAT:
                    odoo.beats.append(json.loads(body))
                self._answer({"status": "ok"})

            def do_GET(self) -> None:
                odoo.go_on.wait()
                since = parse_qs(urlsplit(self.path).query, keep_blank_values=True)["since"][0]
                odoo.asked_since.append(since)
                self._answer(odoo.catalogue)

            def _answer(self, content: dict[str, Any]) -> None:
                body = json.dumps(content, ensure_ascii=False).encode()
                self.send_response(odoo.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """A test's output is no place for an access log."""

        return Handler


@contextmanager
def running_odoo() -> Iterator[OdooMock]:
    odoo = OdooMock()
    serving = threading.Thread(target=odoo.serve)
    serving.start()
    try:
        yield odoo
    finally:
        odoo.close()
        serving.join()


def products(count: int) -> list[dict[str, Any]]:
    return [
        {
            "product_id": f"P-{number:05}",
            "name": f"Оправа модель {number}",
            "price": f"{1000 + number}.50",
            "vat": "vat22" if number % 2 else "none",
        }
        for number in range(count)
    ]
