"""A whole till as tests use it: the adapter with its two simulators, three real processes."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx

from tests.processes import OfdProcess, Process, RegisterProcess, free_port, pause

SALE: dict[str, Any] = {
    "pos_id": "POS-001",
    "type": "sale",
    "items": [{"product_id": "PROD-001", "qty": 1, "price": 1000}],
    "payments": [{"method": "card", "amount": 1000}],
}
WITHIN_S = 20.0

T = TypeVar("T")


def eventually(look: Callable[[], T], *, within_s: float = WITHIN_S) -> T:
    """The first true answer of `look`; AssertionError with the last one if none comes in time."""
    deadline = time.monotonic() + within_s
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            raise AssertionError(f"still {seen!r} after {within_s} s")
        pause()


class TillProcess(Process):
    """The adapter process, and the calls a POS, an administrator and a test make to it."""

    def __init__(
        self,
        data_dir: Path,
        register: RegisterProcess,
        ofd: OfdProcess,
        log: Path | None = None,
        *,
        module: str = "kkt_adapter",
        **settings: object,
    ) -> None:
        self.data_dir = data_dir
        self.register = register
        self.ofd = ofd
        self.port = free_port()
        self.page_url = f"http://127.0.0.1:{self.port}"
        env = {
            "OPTICS_ADAPTER__PORT": str(self.port),
            "OPTICS_ADAPTER__DATA_DIR": str(data_dir),
            "OPTICS_KKT__URI": register.uri,
            "OPTICS_OFD__URL": ofd.url,
            "OPTICS_OFD__TOKEN": ofd.token,
            "OPTICS_SIMULATOR__REGISTER_PORT": register.control.rpartition(":")[2],
            "OPTICS_SIMULATOR__OFD_PORT": ofd.control.rpartition(":")[2],
        }
        env |= {f"OPTICS_{name.upper()}": str(value) for name, value in settings.items()}
        self.http = httpx.Client(base_url=self.page_url, timeout=30.0, trust_env=False)
        super().__init__(module, env, f"{self.page_url}/v1/session", log)

    def sell(
        self, body: dict[str, Any] | None = None, key: str | None = None, **changes: Any
    ) -> httpx.Response:
        """A sale (or any receipt); a fresh idempotency key unless one is given."""
        return self.http.post(
            "/v1/kkt/receipt",
            json={**(body or SALE), **changes},
            headers={"Idempotency-Key": key or str(uuid.uuid4())},
        )

    def status(self) -> dict[str, Any]:
        return self._get("/v1/kkt/buffer/status")

    def receipt(self, receipt_id: str) -> dict[str, Any]:
        return self._get(f"/v1/kkt/receipts/{receipt_id}")

    def receipts(self, **filters: Any) -> list[dict[str, Any]]:
        return self._get("/v1/kkt/receipts", limit=200, **filters)["items"]  # type: ignore[no-any-return]

    def dlq(self) -> list[dict[str, Any]]:
        return self._get("/v1/kkt/dlq")["items"]  # type: ignore[no-any-return]

    def post(self, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        return self.http.post(path, json=body)

    def wait_until_delivered(self, within_s: float = WITHIN_S) -> None:
        """Until the OFD has every receipt."""
        eventually(lambda: self.status()["current_queued"] == 0, within_s=within_s)

    def wait_until_printed(self, receipt_id: str, within_s: float = WITHIN_S) -> dict[str, Any]:
        def printed() -> dict[str, Any] | None:
            receipt = self.receipt(receipt_id)
            return receipt if receipt["print_state"] == "printed" else None

        found = eventually(printed, within_s=within_s)
        assert found is not None
        return found

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Straight from the buffer's file, past the adapter."""
        with sqlite3.connect(f"file:{self.data_dir / 'buffer.db'}?mode=ro", uri=True) as connection:
            return connection.execute(sql, parameters).fetchall()

    def _get(self, path: str, **params: Any) -> dict[str, Any]:
        answer = self.http.get(path, params=params)
        answer.raise_for_status()
        return answer.json()  # type: ignore[no-any-return]


@contextmanager
def running_till(
    folder: Path, *, start: bool = True, module: str = "kkt_adapter", **settings: object
) -> Iterator[TillProcess]:
    """A till with simulators in `folder`; settings like sync__interval_s=1."""
    register = RegisterProcess(folder / "simulators", folder / "register.log")
    ofd = OfdProcess(folder / "simulators", log=folder / "ofd.log")
    log = folder / "adapter.log"
    till = TillProcess(folder / "data", register, ofd, log, module=module, **settings)
    (folder / "simulators").mkdir(parents=True, exist_ok=True)
    try:
        register.start()
        ofd.start()
        if start:
            till.start()
        yield till
    finally:
        till.http.close()
        till.kill()
        register.kill()
        ofd.kill()
