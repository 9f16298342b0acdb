"""How a simulator runs as a process: its two sides, one loop, an end on SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Generator
from typing import Protocol

import uvicorn
from fastapi import FastAPI

from kkt_adapter.simulators.listening_port import bound_socket, listen


class DataSide(Protocol):
    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class ControlServer(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        # The process has one handler for both sides; uvicorn's own would end only this one.
        yield


async def serve(
    data: DataSide, control: FastAPI, host: str, port: int, started: Callable[[], None]
) -> None:
    """Run both sides until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    sock = bound_socket(host, port)
    # Taken here and not by uvicorn, which would end the process its own way.
    listen(sock)
    await data.start()
    server = ControlServer(
        uvicorn.Config(control, log_level="warning", access_log=False, lifespan="off")
    )
    serving = asyncio.create_task(server.serve(sockets=[sock]))

    def finish() -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, finish)
    started()
    try:
        await serving
    finally:
        await data.stop()
