"""`python -m kkt_adapter.simulators.ofd`: the OFD of this till's training."""

from __future__ import annotations

import asyncio
import sys
from urllib.parse import urlsplit

from kkt_adapter.app.config import ConfigError, Settings, load_settings
from kkt_adapter.simulators.control import control_app
from kkt_adapter.simulators.listening_port import PortBusyError
from kkt_adapter.simulators.ofd.server import OfdServer
from kkt_adapter.simulators.ofd.store import Store, StoreBusyError
from kkt_adapter.simulators.process import serve


async def run(settings: Settings) -> None:
    url = urlsplit(settings.ofd.url)
    control_port = settings.simulator.ofd_port
    server = OfdServer(
        Store(settings.simulator_data_dir / "ofd.db"),
        url.hostname or "127.0.0.1",
        url.port or 80,
        url.path,
        settings.ofd.token,
    )
    greeting = (
        f"Симулятор ОФД: приём чеков — {settings.ofd.url}/receipts, "
        f"управление — http://127.0.0.1:{control_port}"
    )
    await serve(
        server,
        control_app("Симулятор ОФД: управление", server),
        "127.0.0.1",
        control_port,
        lambda: print(greeting, flush=True),
    )


def main() -> int:
    try:
        settings = load_settings()
        if urlsplit(settings.ofd.url).scheme != "http":
            raise ConfigError("Настройка ofd.url: симулятору ОФД нужен адрес вида http://…")
        asyncio.run(run(settings))
    except (ConfigError, PortBusyError, StoreBusyError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
