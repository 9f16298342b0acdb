"""`make smoke-test`: a till in a temporary directory sells once, delivers, stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

from bootstrap.free_ports import free_ports

START_S = 60.0
DELIVERY_S = 30.0
STOP_S = 40.0
POLL_S = 0.1

POS_ID = "POS-SMOKE"
SALE = {
    "pos_id": POS_ID,
    "type": "sale",
    "items": [{"product_id": "PROD-001", "qty": 1, "price": 1000}],
    "payments": [{"method": "card", "amount": 1000}],
}


T = TypeVar("T")


class Failed(Exception):
    """The till did not do what it promises."""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="optics-smoke-") as folder:
        log = Path(folder) / "till.log"
        ports = free_ports(5)
        with log.open("wb") as output:
            till = subprocess.Popen(
                [sys.executable, "-m", "bootstrap.till_stack"],
                env=environment(Path(folder) / "data", ports),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            sell_once(f"http://127.0.0.1:{ports[0]}", till)
            stop(till, ports)
        except (Failed, httpx.HTTPError) as error:
            print(f"Проверка не прошла: {error}")
            print(log.read_text(encoding="utf-8", errors="replace")[-4000:])
            return 1
        finally:
            if till.poll() is None:
                till.kill()
                till.wait()
    print("Проверка прошла: чек напечатан, передан в ОФД, касса остановилась.")
    return 0


def sell_once(address: str, till: subprocess.Popen[bytes]) -> None:
    with httpx.Client(base_url=address, trust_env=False, timeout=15.0) as client:
        waited(START_S, "касса не запустилась", lambda: healthy(client, till))
        answer = client.post(
            "/v1/kkt/receipt", json=SALE, headers={"Idempotency-Key": str(uuid.uuid4())}
        )
        if answer.status_code != 200:
            raise Failed(f"продажа: ответ {answer.status_code} {answer.text}")
        sale = answer.json()
        if sale["status"] != "printed" or not sale["fiscal_doc"]:
            raise Failed(f"чек не напечатан: {sale}")
        doc = sale["fiscal_doc"]
        print(f"Напечатан: ФД {doc['fd']}, ФП {doc['fiscal_sign']}, {doc['total']} руб.")
        receipt = f"/v1/kkt/receipts/{sale['receipt_id']}"
        delivered = waited(DELIVERY_S, "чек не передан в ОФД", lambda: synced(client, receipt))
        print(f"Передан в ОФД: {delivered['ofd_id']}")


def healthy(client: httpx.Client, till: subprocess.Popen[bytes]) -> bool:
    if till.poll() is not None:
        raise Failed(f"касса завершилась с кодом {till.returncode}")
    try:
        return client.get("/v1/health").is_success
    except httpx.TransportError:
        return False


def synced(client: httpx.Client, receipt: str) -> dict[str, Any] | None:
    state: dict[str, Any] = client.get(receipt).raise_for_status().json()
    return state if state["status"] == "synced" else None


def stop(till: subprocess.Popen[bytes], ports: list[int]) -> None:
    till.send_signal(signal.SIGTERM)
    try:
        code = till.wait(STOP_S)
    except subprocess.TimeoutExpired:
        raise Failed(f"касса не остановилась за {STOP_S:g} с") from None
    if code != 0:
        raise Failed(f"касса остановилась с кодом {code}")
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise Failed(f"после остановки кто-то слушает порт {port}")


def waited(seconds: float, complaint: str, condition: Callable[[], T | None]) -> T:
    """What another process does comes without an event here: ask until it is so."""
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        if time.monotonic() > deadline:
            raise Failed(f"{complaint} за {seconds:g} с")
        time.sleep(POLL_S)
    return result


def environment(data_dir: Path, ports: list[int]) -> dict[str, str]:
    """The settings of the file with addresses and data of this run's own."""
    adapter, register, register_control, ofd, ofd_control = map(str, ports)
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("OPTICS_")
    }
    return inherited | {
        "OPTICS_ADAPTER__PORT": adapter,
        "OPTICS_ADAPTER__DATA_DIR": str(data_dir),
        "OPTICS_ADAPTER__POS_ID": POS_ID,
        "OPTICS_KKT__URI": f"virtual://127.0.0.1:{register}",
        "OPTICS_OFD__URL": f"http://127.0.0.1:{ofd}",
        "OPTICS_SIMULATOR__REGISTER_PORT": register_control,
        "OPTICS_SIMULATOR__OFD_PORT": ofd_control,
    }


if __name__ == "__main__":
    sys.exit(main())
