"""One Odoo: its configuration and its process, on a cluster of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bootstrap.die_with_parent import die_with_parent
from bootstrap.odoo.cluster import USER
from bootstrap.odoo.home import ROOT, OdooHome

DATABASE = "optics"
STOP_S = 20.0
# Background work has channels with a capacity each, so that a slow import never delays what a till
# needs. The root has room for all of them at once.
CHANNELS = {"critical": 2, "high": 2, "default": 2, "low": 2}
# They would send Odoo, its tests or Chromium elsewhere.
FOREIGN_VARIABLES = ("PG", "ODOO_", "OPENERP_")


@dataclass(frozen=True, slots=True)
class Instance:
    odoo: OdooHome
    # Holds odoo.conf and Odoo's files.
    folder: Path
    # Where PostgreSQL listens.
    socket: Path
    port: int
    our_addons: Sequence[Path] = ()

    @property
    def configuration(self) -> Path:
        return self.folder / "odoo.conf"

    def command(self, *arguments: str) -> list[str]:
        """`odoo-bin` with a configuration of ours: nobody's ~/.odoorc is read."""
        places = [*self.odoo.addons_paths, *sorted({addon.parent for addon in self.our_addons})]
        settings = {
            "addons_path": ",".join(map(str, places)),
            "data_dir": self.folder / "data",
            "db_host": self.socket,
            "db_user": USER,
            "db_name": DATABASE,
            "dbfilter": f"^{DATABASE}$",
            "list_db": False,
            "http_interface": "127.0.0.1",
            "http_port": self.port,
            # What a tour saw when it failed.
            "screenshots": ROOT / "tests" / "logs" / "screenshots",
            # Chromium, which tours start, reserves more than Odoo's default allows.
            "limit_memory_hard": 0,
            # Demo customers have addresses: nothing may be handed to a mail server.
            "smtp_server": "127.0.0.1",
            "smtp_port": 9,
            # The runner of background work starts with the server; it ends with --stop-after-init.
            "server_wide_modules": "base,web,queue_job",
        }
        runner = {"channels": channels(), "host": "127.0.0.1", "port": self.port}
        self.configuration.write_text(
            section("options", settings) + section("queue_job", runner), encoding="utf-8"
        )
        return [*self.odoo.command, "--config", str(self.configuration), *arguments]


def channels() -> str:
    """As queue_job reads it: `root:8,root.critical:2,…`."""
    parts = [f"root:{sum(CHANNELS.values())}"]
    parts += [f"root.{name}:{capacity}" for name, capacity in CHANNELS.items()]
    return ",".join(parts)


def section(name: str, settings: Mapping[str, object]) -> str:
    return f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in settings.items())


def run_odoo(
    command: Sequence[str], each_line: Callable[[str], None], limit_s: float | None = None
) -> int:
    """Run to the end; `each_line` sees the output. Nothing that Odoo started outlives this call."""
    process = subprocess.Popen(
        command,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        # Its own group: the browser of a tour goes with it.
        start_new_session=True,
        preexec_fn=die_with_parent(os.getpid()),  # noqa: PLW1509  no thread runs yet
    )
    alarm = threading.Timer(limit_s or 0, _signal_group, (process.pid, signal.SIGKILL))
    try:
        if limit_s is not None:
            alarm.start()
        for line in process.stdout or ():
            each_line(line)
        return process.wait()
    finally:
        alarm.cancel()
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_S)
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _signal_group(group: int, signum: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signum)


def clean_environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(FOREIGN_VARIABLES) and not name.lower().endswith("_proxy")
    } | {"PYTHONUNBUFFERED": "1"}
