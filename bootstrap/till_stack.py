"""`make run`: a working till on this computer: adapter, virtual register, OFD simulator.

A simulator is started only when the settings point at this computer, and not when something
already listens there.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bootstrap.supervisor import SETTINGS_ERROR, Program, run
from kkt_adapter.app.config import ConfigError, Settings, is_loopback, load_settings

DEMO_CATALOGUE = Path(__file__).with_name("demo") / "catalogue.json"
POLL_S = 0.2
# A first start compiles every module; after that long the person should look at the log.
EXPECTED_START_S = 30.0

ADAPTER = Program("Адаптер", "kkt_adapter", grace_s=20.0)
REGISTER = Program("Регистратор", "kkt_adapter.simulators.register")
OFD = Program("ОФД", "kkt_adapter.simulators.ofd")


def main() -> int:
    try:
        settings = load_settings()
    except ConfigError as error:
        say(str(error))
        return SETTINGS_ERROR
    page = page_address(settings.adapter.host, settings.adapter.port)
    if listens(_reachable(settings.adapter.host), settings.adapter.port):
        say(f"Порт {settings.adapter.port} занят: касса уже запущена? Откройте {page}")
        return 1
    put_demo_catalogue(settings)
    try:
        return asyncio.run(_run(simulators(settings), page))
    finally:
        say("Касса остановлена.")


async def _run(started_simulators: list[Program], page: str) -> int:
    greeting = asyncio.create_task(greet(page))
    try:
        # Stopped in this order: the adapter first, while its register still answers.
        return await run([ADAPTER, *started_simulators], say)
    finally:
        greeting.cancel()


def simulators(settings: Settings) -> list[Program]:
    """Which simulators this till needs and does not have yet."""
    needed = []
    register = urlsplit(settings.kkt.uri)
    ofd = urlsplit(settings.ofd.url)
    if register.scheme == "virtual":
        needed.append((REGISTER, register.hostname or "", register.port or 0))
    if settings.ofd.mode == "http":
        needed.append((OFD, ofd.hostname or "", ofd.port or 80))
    programs = []
    for program, host, port in needed:
        if not is_loopback(host):
            continue
        if listens(host, port):
            say(f"{program.title}: на {host}:{port} уже кто-то отвечает, пользуюсь им.")
            continue
        programs.append(program)
    return programs


def put_demo_catalogue(settings: Settings) -> None:
    """A training till with no catalogue gets the demo goods; a shop's till never does."""
    cache = settings.adapter.data_dir / "cache.json"
    if settings.adapter.mode != "training" or cache.exists():
        return
    catalogue = json.loads(DEMO_CATALOGUE.read_text(encoding="utf-8"))
    catalogue["updated_at"] = int(time.time())
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        partial = cache.with_suffix(f".{os.getpid()}.tmp")
        partial.write_text(json.dumps(catalogue, ensure_ascii=False, indent=1), encoding="utf-8")
        partial.replace(cache)
    except OSError as error:
        # The adapter has its own, fuller words for a directory it cannot write.
        say(f"Учебный каталог не записан в {cache}: {error.strerror}.")


async def greet(page: str) -> None:
    """Say the address once the till can sell: before that a browser would show an error."""
    async with httpx.AsyncClient(trust_env=False, timeout=2.0) as client:
        try:
            async with asyncio.timeout(EXPECTED_START_S):
                # Another process gets ready: there is no event to wait for, so ask again.
                while not await _can_sell(client, page):  # noqa: ASYNC110
                    await asyncio.sleep(POLL_S)
        except TimeoutError:
            say(f"Касса пока не может продавать, причина — в строках выше. Страница: {page}")
        else:
            say(f"Касса готова: {page}")
    say("Остановить: Ctrl-C.")


async def _can_sell(client: httpx.AsyncClient, page: str) -> bool:
    try:
        return (await client.get(f"{page}v1/health")).is_success
    except httpx.TransportError:
        return False


def page_address(host: str, port: int) -> str:
    host = _reachable(host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _reachable(host: str) -> str:
    """Where a browser here finds a service that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1.0):
            return True
    except OSError:
        return False


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
