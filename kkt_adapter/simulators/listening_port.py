"""A listening port that can be taken away and given back while the process lives."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

BACKLOG = 128


class PortBusyError(Exception):
    """Another program listens there; the text says so to the technician."""


def bound_socket(host: str, port: int) -> socket.socket:
    """A TCP socket bound but not yet listening; PortBusyError when the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise PortBusyError(
            f"Адрес {host}:{port} занят или недоступен: остановите другую программу "
            f"или выберите другой порт ({error.strerror})."
        ) from error
    return bound


def listen(bound: socket.socket) -> None:
    """Open a bound socket. Two sockets may be bound to one port, but only one may listen."""
    try:
        bound.listen(BACKLOG)
    except OSError as error:
        host, port = bound.getsockname()[:2]
        bound.close()
        raise PortBusyError(
            f"Адрес {host}:{port} занят: остановите другую программу или выберите другой порт."
        ) from error


class ListeningPort:
    """While closed, connections are refused, but the port stays bound: nobody else can take it."""

    def __init__(self, host: str, port: int, protocol: Callable[[], asyncio.Protocol]) -> None:
        self._bound: socket.socket | None = bound_socket(host, port)
        self._protocol = protocol
        self._server: asyncio.Server | None = None
        self._wanted = False
        self._opening = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self.host = host
        self.port: int = self._bound.getsockname()[1]

    @property
    def is_open(self) -> bool:
        return self._server is not None

    async def open(self) -> None:
        self._wanted = True
        await self._serve()

    async def _serve(self) -> None:
        async with self._opening:
            if self._server is not None or self._bound is None:
                return
            bound, self._bound = self._bound, None
            listen(bound)
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._protocol, sock=bound, backlog=BACKLOG)
            if not self._wanted:
                self.close()

    def reopen(self) -> None:
        """For callers that cannot wait: connections are accepted from now, served in a moment."""
        if not self._wanted and self._bound is not None:
            self._wanted = True
            listen(self._bound)
            self._task = asyncio.get_running_loop().create_task(self._serve())

    def close(self) -> None:
        self._wanted = False
        if self._server is not None:
            self._server.close()
            self._server = None
        elif self._bound is not None:
            # It may listen already (see reopen): only a new socket surely does not.
            self._bound.close()
        else:
            return  # being opened: `_serve` sees that it is not wanted any more
        self._bound = bound_socket(self.host, self.port)

    def give_up(self) -> None:
        """Release the port for good."""
        self.close()
        if self._bound is not None:
            self._bound.close()
            self._bound = None
