"""What `make run` promises about the processes it starts, seen with small real children."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parents[2]

SUPERVISE = """
import asyncio, sys
from bootstrap.supervisor import Program, run
programs = [Program(name, name, grace_s=float(grace)) for name, grace in
            (word.split(":") for word in sys.argv[1:])]
sys.exit(asyncio.run(run(programs, lambda line: print(line, flush=True))))
"""

OBEDIENT = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print("stopped"), sys.exit(0)))
print("pid", os.getpid(), flush=True)
while True:
    signal.pause()
"""
STUBBORN = OBEDIENT.replace('lambda *_: (print("stopped"), sys.exit(0))', "signal.SIG_IGN")
MISCONFIGURED = "print('Настройка adapter.port не годится.'); raise SystemExit(2)"


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    for name in ("first", "second"):
        (tmp_path / f"{name}.py").write_text(OBEDIENT, encoding="utf-8")
    (tmp_path / "stubborn.py").write_text(STUBBORN, encoding="utf-8")
    (tmp_path / "misconfigured.py").write_text(MISCONFIGURED, encoding="utf-8")
    return tmp_path


@contextmanager
def supervising(modules: Path, *programs: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, *programs],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{modules}"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=20)


def output(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def line_with(process: subprocess.Popen[str], *words: str) -> str:
    for line in output(process):
        if all(word in line for word in words):
            return line
    raise AssertionError(f"the supervisor ended before it said {words}")


def pid_of(process: subprocess.Popen[str], name: str) -> int:
    return int(line_with(process, name, "pid").split()[-1])


def test_a_killed_child_is_started_again_and_it_is_said(modules: Path) -> None:
    with supervising(modules, "first:5") as supervisor:
        killed = pid_of(supervisor, "first")
        os.kill(killed, signal.SIGKILL)
        assert "через 1 с" in line_with(supervisor, "first", "SIGKILL")
        assert pid_of(supervisor, "first") != killed


def test_children_stop_in_the_given_order(modules: Path) -> None:
    with supervising(modules, "first:5", "second:5") as supervisor:
        pids = [int(line_with(supervisor, "pid").split()[-1]) for _ in ("first", "second")]
        supervisor.terminate()
        told = [line for line in output(supervisor) if "stopped" in line]
        assert [line.split()[0] for line in told] == ["first", "second"]
        assert supervisor.wait(10) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_child_that_ignores_the_request_is_killed_when_its_grace_is_over(modules: Path) -> None:
    with supervising(modules, "stubborn:0.2") as supervisor:
        pid = pid_of(supervisor, "stubborn")
        supervisor.terminate()
        assert line_with(supervisor, "stubborn", "снимаю")
        assert supervisor.wait(10) == 0
        assert not Path(f"/proc/{pid}").exists()


def test_a_settings_error_stops_everything_with_its_sentence(modules: Path) -> None:
    with supervising(modules, "misconfigured:5", "second:5") as supervisor:
        told, _ = supervisor.communicate(timeout=20)
        assert "misconfigured не может работать: Настройка adapter.port не годится." in told
        assert supervisor.returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_no_child_outlives_a_supervisor_that_was_killed(modules: Path) -> None:
    with supervising(modules, "first:5") as supervisor:
        child = os.pidfd_open(pid_of(supervisor, "first"))
        supervisor.kill()
        # A pidfd becomes readable when its process has ended.
        ended, _, _ = select.select([child], [], [], 10)
        os.close(child)
        assert ended
