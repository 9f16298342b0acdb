"""`python -m kkt_adapter.simulators.register`: the virtual register of this till."""

from __future__ import annotations

import asyncio
import sys
from urllib.parse import urlsplit

from kkt_adapter.app.config import ConfigError, Settings, load_settings
from kkt_adapter.simulators.listening_port import PortBusyError
from kkt_adapter.simulators.process import serve
from kkt_adapter.simulators.register.control import register_control
from kkt_adapter.simulators.register.server import RegisterServer
from kkt_adapter.simulators.register.store import Store, StoreBusyError


async def run(settings: Settings) -> None:
    uri = urlsplit(settings.kkt.uri)
    host, port = uri.hostname or "127.0.0.1", uri.port or 7700
    control_port = settings.simulator.register_port
    server = RegisterServer(Store(settings.simulator_data_dir / "register.db"), host, port)
    greeting = (
        f"Виртуальный регистратор (ФН {server.device.fn.serial}): касса — {settings.kkt.uri}, "
        f"управление — http://127.0.0.1:{control_port}"
    )
    await serve(
        server,
        register_control(server),
        "127.0.0.1",
        control_port,
        lambda: print(greeting, flush=True),
    )


def main() -> int:
    try:
        settings = load_settings()
        if urlsplit(settings.kkt.uri).scheme != "virtual":
            raise ConfigError("Настройка kkt.uri: виртуальному регистратору нужен virtual://…")
        asyncio.run(run(settings))
    except (ConfigError, PortBusyError, StoreBusyError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
