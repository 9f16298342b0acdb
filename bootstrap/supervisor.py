"""Keeps a few child processes running, as systemd does in a shop.

A child that dies is started again, after a growing pause if it fell by itself. One that ends with
`SETTINGS_ERROR` stops everything: starting it again would say the same sentence for ever.
No child outlives the supervisor, however the supervisor ends.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bootstrap.die_with_parent import die_with_parent

SETTINGS_ERROR = 2
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
# After that long without a fall a child counts as healthy and the pauses begin anew.
STEADY_AFTER_S = 60.0
LONGEST_LINE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Program:
    """A Python module to keep running; `title` is its name on the screen."""

    title: str
    module: str
    # How long it may finish its work in hand after SIGTERM.
    grace_s: float = 5.0


@dataclass(slots=True)
class Child:
    program: Program
    say: Callable[[str], None]
    stopping: asyncio.Event
    process: asyncio.subprocess.Process | None = None
    last_line: str = ""
    _output: asyncio.Task[None] | None = field(default=None, init=False)

    async def keep_running(self) -> bool:
        """Return when asked to stop (True) or when the settings forbid to work (False)."""
        pause = FIRST_PAUSE_S
        while not self.stopping.is_set():
            started = time.monotonic()
            code = await self._run_once()
            if self.stopping.is_set():
                break
            if code == SETTINGS_ERROR:
                return False
            # Killed from outside, it did nothing wrong: only a fall of its own makes us wait.
            if code < 0 or time.monotonic() - started > STEADY_AFTER_S:
                pause = FIRST_PAUSE_S
            self.say(f"{self.program.title}: {_ending(code)}, запускаю снова через {pause:g} с")
            if await _set_within(self.stopping, pause):
                break
            pause = min(pause * 2, LONGEST_PAUSE_S)
        return True

    async def stop(self) -> None:
        """SIGTERM, then SIGKILL when the grace is over."""
        process = self.process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), self.program.grace_s)
        except TimeoutError:
            self.say(f"{self.program.title}: не остановился за {self.program.grace_s:g} с, снимаю")
            process.kill()
            await process.wait()
        if self._output is not None:
            await self._output

    async def _run_once(self) -> int:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            self.program.module,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LONGEST_LINE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            # A session of its own: Ctrl-C in the terminal must reach the supervisor only,
            # so that the adapter can stop before the register it is printing on.
            start_new_session=True,
            preexec_fn=die_with_parent(os.getpid()),
        )
        self.process = process
        self._output = asyncio.create_task(self._show(process))
        if self.stopping.is_set():
            # Asked to stop while the child was being started: nobody else knows of it yet.
            await self.stop()
        code = await process.wait()
        await self._output
        return code

    async def _show(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is None:
            return
        async for raw in process.stdout:
            line = raw.decode(errors="replace").rstrip()
            self.last_line = line or self.last_line
            self.say(f"{self.program.title} | {line}")


async def run(programs: Sequence[Program], say: Callable[[str], None]) -> int:
    """Keep the programs running until SIGINT, SIGTERM or SIGHUP; stop them in the given order.

    Return the exit code for the supervisor: 0, or `SETTINGS_ERROR` of the child that gave up.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(signum, stopping.set)

    children = [Child(program, say, stopping) for program in programs]
    # Started from the last: the adapter comes up when its register is already on the way.
    keepers = {asyncio.create_task(child.keep_running()): child for child in reversed(children)}
    asked = asyncio.create_task(stopping.wait())
    await asyncio.wait({asked, *keepers}, return_when=asyncio.FIRST_COMPLETED)

    exit_code = 0
    for keeper, child in keepers.items():
        if keeper.done() and not keeper.result():
            exit_code = SETTINGS_ERROR
            say(f"{child.program.title} не может работать: {child.last_line}")
    stopping.set()
    say("Останавливаю…")
    for child in children:
        await child.stop()
    await asyncio.gather(asked, *keepers)
    return exit_code


def _ending(code: int) -> str:
    if code >= 0:
        return f"завершился с кодом {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    return f"убит сигналом {name}"


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
