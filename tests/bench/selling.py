"""A sale over HTTP beside an empty endpoint that takes the same body on the same server."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.client import post_all
from tests.bench.figures import Rounds, Series
from tests.processes import ROOT, free_port
from tests.till_process import SALE, TillProcess, eventually, running_till

BODY = json.dumps(SALE, separators=(",", ":")).encode()
PATH = "/v1/kkt/receipt"
WARM_UP = 200
SETTLED_WITHIN_S = 60.0


@contextmanager
def empty_endpoint() -> Iterator[int]:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.empty_endpoint", str(port)], cwd=ROOT
    ) as process:
        try:
            eventually(lambda: _answers(port))
            sell(port, WARM_UP)
            yield port
        finally:
            process.terminate()


@contextmanager
def selling_till(old_buffer: Path | None = None, *, ofd_down: bool) -> Iterator[TillProcess]:
    """A warm till that never gets full; `old_buffer` is what it has sold before."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        data_dir = Path(folder) / "data"
        if old_buffer is not None:
            data_dir.mkdir()
            shutil.copyfile(old_buffer, data_dir / "buffer.db")
        with running_till(Path(folder), buffer__capacity=100_000) as till:
            if ofd_down:
                till.ofd.fault("down")
            sell(till.port, WARM_UP)
            yield till


def sell(port: int, count: int, connections: int = 1) -> Series:
    keys = [str(uuid.uuid4()) for _ in range(count)]
    return post_all(port, PATH, BODY, keys, connections)


@dataclass(frozen=True, slots=True)
class Rival:
    name: str
    port: int
    settle: Callable[[], None] = lambda: None
    """Finish what a series has left to do, so that it is not done at the expense of the next."""


def delivering(name: str, till: TillProcess) -> Rival:
    def settle() -> None:
        try:
            till.wait_until_delivered(SETTLED_WITHIN_S)
        except AssertionError as error:
            why = f"OFD running: {till.ofd.running}, till: {till.status()}"
            raise AssertionError(why) from error

    return Rival(name, till.port, settle)


def compete(rivals: Sequence[Rival], rounds: int, count: int, connections: int) -> list[Rounds]:
    """Each in turn, several times over, each time beginning with another."""
    results = {rival.name: Rounds(rival.name) for rival in rivals}
    for number in range(rounds):
        turn = number % len(rivals)
        for rival in [*rivals[turn:], *rivals[:turn]]:
            results[rival.name].series.append(sell(rival.port, count, connections))
            rival.settle()
    return list(results.values())


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).status_code == 404
    except httpx.TransportError:
        return False
