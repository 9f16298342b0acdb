"""A PostgreSQL of one's own: no port, no password, nothing of the machine's is touched.

It listens on a Unix socket in a directory that only its owner (and root) can enter, so any number
of them run side by side.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bootstrap.die_with_parent import die_with_parent

# The superuser of the cluster; Odoo refuses to work as `postgres`.
USER = "odoo"
# Short: the path of a socket may have 107 bytes. On disk, and open to PostgreSQL's user.
SCRATCH = Path("/var/tmp")  # noqa: S108  directories there are made by mkdtemp
START_S = 60.0
STOP_S = 30.0
POLL_S = 0.05

# The data can be made again: nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "autovacuum_naptime": "1h",
    "jit": "off",
}


class ClusterFailed(Exception):
    """PostgreSQL cannot be used; the text says why."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A directory that PostgreSQL's user can pass through, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="optics-odoo-", dir=SCRATCH))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(data: Path) -> Iterator[Path]:
    """PostgreSQL on the cluster in `data`, made when it is not there; gives the socket's directory.

    However the block is left, the server is stopped, even when this process is killed.
    """
    programs = find_programs()
    owner = _owner()
    if not (data / "PG_VERSION").exists():
        _make(programs, data, owner)
    log_path = data.with_name("postgres.log")
    socket = Path(tempfile.mkdtemp(prefix="optics-pg-", dir=SCRATCH))
    if owner is not None:
        os.chown(socket, owner.pw_uid, owner.pw_gid)
    settings = SETTINGS | {"unix_socket_directories": str(socket)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    try:
        with log_path.open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A session of its own: Ctrl-C must stop Odoo first, then its database.
                start_new_session=True,
                preexec_fn=die_with_parent(os.getpid(), signal.SIGINT),  # noqa: PLW1509  no thread runs yet
                **_as_user(owner),
            )
        try:
            _wait(programs, process, socket, log_path)
            yield socket
        finally:
            _stop(process)
    finally:
        shutil.rmtree(socket, ignore_errors=True)


def find_programs() -> Path:
    """Where `initdb` and `postgres` are: Debian keeps them out of PATH, one folder a version."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    if newest is not None:
        return newest.parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise ClusterFailed("no initdb: install the package postgresql")


def version_of(programs: Path) -> str:
    answer = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()


def owner_can_reach(folder: Path) -> bool:
    """As root the server runs under another user, who may not enter, say, /root."""
    owner = _owner()
    if owner is None:
        return True
    check = subprocess.run(["test", "-x", folder], check=False, **_as_user(owner))
    return check.returncode == 0


def _owner() -> pwd.struct_passwd | None:
    """Whom to run as instead of root, which PostgreSQL refuses; None when we are not root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise ClusterFailed("no user postgres: install the package postgresql") from None


def _as_user(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _make(programs: Path, data: Path, owner: pwd.struct_passwd | None) -> None:
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    if owner is not None:
        os.chown(data, owner.pw_uid, owner.pw_gid)
    # C.UTF-8 is on every Debian and knows the case of Cyrillic letters, as plain C does not:
    # a search for "иванова" must find "Иванова" here as it does in a shop.
    options = ["--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust", "--no-sync"]
    made = subprocess.run(
        [programs / "initdb", f"--username={USER}", *options, "-D", data],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **_as_user(owner),
    )
    if made.returncode != 0:
        raise ClusterFailed(f"initdb: {made.stdout.strip()}")


def _wait(programs: Path, process: subprocess.Popen[bytes], socket: Path, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while True:
        ready = subprocess.run(
            [programs / "pg_isready", "--quiet", "--host", socket, "--dbname", "postgres"],
            check=False,
        )
        if ready.returncode == 0:
            return
        if process.poll() is not None or time.monotonic() > deadline:
            tail = log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()
            raise ClusterFailed(f"PostgreSQL did not start: {tail}")
        # Another process gets ready: there is no event to wait for.
        time.sleep(POLL_S)


def _stop(process: subprocess.Popen[bytes]) -> None:
    # SIGINT is PostgreSQL's "fast": connections are cut, the data is left clean.
    for signum in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(signum)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_S)
            return
