"""The PostgreSQL of a run: its own, reachable by nobody else, and gone however the run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap.odoo import cluster

ROOT = Path(__file__).resolve().parents[2]
GONE_S = 15.0

try:
    PROGRAMS = cluster.find_programs()
except cluster.ClusterFailed as reason:
    pytest.skip(str(reason), allow_module_level=True)

RUN_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from bootstrap.odoo import cluster
with cluster.running(Path(sys.argv[1])) as socket:
    print(socket, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with cluster.scratch_folder() as scratch:
        yield scratch


def asked(socket: Path, query: str) -> str:
    command = [
        PROGRAMS / "psql",
        "-h",
        socket,
        "-U",
        cluster.USER,
        "-d",
        "postgres",
        "-XAtc",
        query,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def server_of(data: Path) -> int:
    return int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])


def test_it_has_no_port_and_knows_the_case_of_cyrillic(folder: Path) -> None:
    with cluster.running(folder / "pg") as socket:
        assert asked(socket, "SHOW listen_addresses") == ""
        assert asked(socket, "SELECT 'Иванова' ILIKE 'иванова'") == "t"
        assert socket.stat().st_mode & 0o077 == 0


def test_two_run_side_by_side_and_keep_their_data_apart(folder: Path) -> None:
    with cluster.running(folder / "a" / "pg") as one, cluster.running(folder / "b" / "pg") as two:
        asked(one, "CREATE TABLE lens ()")
        assert asked(two, "SELECT count(*) FROM pg_tables WHERE tablename = 'lens'") == "0"
    with cluster.running(folder / "a" / "pg") as one:
        assert asked(one, "SELECT count(*) FROM lens") == "0"


def test_an_error_inside_stops_the_server_and_removes_its_socket(folder: Path) -> None:
    seen: list[Path] = []

    def fail_inside() -> None:
        with cluster.running(folder / "pg") as socket:
            seen.extend([socket, Path("/proc", str(server_of(folder / "pg")))])
            raise RuntimeError("inside")

    with pytest.raises(RuntimeError, match="inside"):
        fail_inside()
    assert len(seen) == 2
    assert not any(path.exists() for path in seen)


def test_a_scratch_folder_is_gone_at_the_end() -> None:
    with cluster.scratch_folder() as scratch:
        (scratch / "file").touch()
    assert not scratch.exists()


def test_the_server_does_not_outlive_a_run_that_was_killed(folder: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", RUN_UNTIL_KILLED, folder / "pg"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    socket = Path(run.stdout.readline().strip())
    server = server_of(folder / "pg")
    run.send_signal(signal.SIGKILL)
    run.communicate()
    deadline = time.monotonic() + GONE_S
    while is_alive(server):
        assert time.monotonic() < deadline, "PostgreSQL outlived the run"
        time.sleep(0.05)
    # Nobody was left to remove it.
    socket.rmdir()


def test_what_cannot_start_says_why(folder: Path) -> None:
    with (
        cluster.running(folder / "pg"),
        pytest.raises(cluster.ClusterFailed, match=r"postmaster\.pid"),
        cluster.running(folder / "pg"),
    ):
        pass
