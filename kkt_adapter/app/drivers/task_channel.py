"""One connection over which ATOL JSON tasks go, a line each: the wire of the virtual register.

The register fences its former master on `hello`: when that is answered, nothing sent over an
earlier connection can still be executed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from kkt_adapter.app.errors import NotPrinted, OutcomeUnknown

_MAX_LINE = 1 << 20


class TaskFailed(Exception):
    """The register answered with an error code."""

    def __init__(self, code: int, description: str) -> None:
        self.code = code
        self.description = description
        super().__init__(f"{code}: {description}")


class TaskChannel:
    def __init__(self, host: str, port: int, timeout_s: float) -> None:
        self._host = host
        self._port = port
        self._timeout_s = timeout_s
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._number = 0

    @property
    def connected(self) -> bool:
        return self._writer is not None

    async def connect(self) -> None:
        """Connect anew and take over as the register's only master."""
        await self.close()
        try:
            async with asyncio.timeout(self._timeout_s):
                self._reader, self._writer = await asyncio.open_connection(
                    self._host, self._port, limit=_MAX_LINE
                )
                await self._exchange({"type": "hello"})
        except (OSError, TimeoutError, EOFError, ValueError, TaskFailed) as error:
            await self.close()
            raise NotPrinted("Нет связи с регистратором: проверьте питание и кабель.") from error

    async def run(self, task: dict[str, Any]) -> dict[str, Any]:
        """The result of a task. OutcomeUnknown once its bytes may have left without an answer."""
        if self._writer is None:
            raise NotPrinted("Нет связи с регистратором: проверьте питание и кабель.")
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._exchange(task)
        except (OSError, TimeoutError, EOFError, ValueError) as error:
            await self.close()
            raise OutcomeUnknown from error
        except asyncio.CancelledError:
            await self.close()
            raise

    async def _exchange(self, task: dict[str, Any]) -> dict[str, Any]:
        assert self._reader is not None
        assert self._writer is not None
        self._number += 1
        line = json.dumps({"id": self._number, "task": task}, ensure_ascii=False)
        self._writer.write(line.encode() + b"\n")
        await self._writer.drain()
        answer = await self._reader.readline()
        if not answer.endswith(b"\n"):
            raise EOFError("connection closed before the answer")
        frame = json.loads(answer)
        if frame.get("id") != self._number:
            raise ValueError("answer to another question")
        if "error" in frame:
            raise TaskFailed(int(frame["error"]["code"]), str(frame["error"]["description"]))
        result: dict[str, Any] = frame["result"]
        return result

    async def close(self) -> None:
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
