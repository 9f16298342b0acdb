"""What our addons stand on, installed once and copied for each run.

Kept under `.odoo/template`: a stopped cluster and Odoo's files beside it. A run works on a copy, so
runs never meet, and a copy takes a second where the installation takes a minute.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bootstrap.free_ports import free_ports
from bootstrap.odoo import cluster
from bootstrap.odoo.home import ROOT, OdooHome
from bootstrap.odoo.instance import Instance, run_odoo

# The language of the shops; our addons' translations are loaded with them.
OPTIONS = ("--load-language=ru_RU", "--stop-after-init", "--log-level=warn")
LIMIT_S = 1200.0
# Among them are addons of others that ours stand on.
REQUIREMENTS = ROOT / "addons" / "requirements.txt"


class TemplateFailed(Exception):
    """Odoo's own addons cannot be installed; the text says why."""


def tell(names: str) -> None:
    print(f"Installing {names}: once, the next runs copy it", flush=True)


def place(
    odoo: OdooHome,
    depends: Sequence[str],
    state: Path,
    folder: Path,
    say: Callable[[str], None] = tell,
) -> None:
    """Put the template into `folder`, made first when it was never made for this Odoo.

    `say` hears what is being installed: that takes a minute.
    """
    state.mkdir(parents=True, exist_ok=True)
    kept = state / "template" / key(odoo, depends)
    with _locked(state / "template.lock"):
        if not kept.is_dir():
            say(", ".join(depends))
            _make(odoo, depends, kept)
        _copy(kept, folder)


def key(odoo: OdooHome, depends: Sequence[str]) -> str:
    """Everything that the contents depend on."""
    server = cluster.version_of(cluster.find_programs())
    libraries = REQUIREMENTS.read_text(encoding="utf-8")
    parts = [odoo.fingerprint(), sorted(depends), server, OPTIONS, libraries, os.geteuid()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _make(odoo: OdooHome, depends: Sequence[str], kept: Path) -> None:
    tail: list[str] = []

    def keep(line: str) -> None:
        tail.append(line)
        del tail[:-40]

    with cluster.scratch_folder() as folder:
        with cluster.running(folder / "pg") as socket:
            instance = Instance(odoo, folder, socket, free_ports(1)[0])
            code = run_odoo(instance.command("-i", ",".join(depends), *OPTIONS), keep, LIMIT_S)
        if code != 0:
            raise TemplateFailed(f"Odoo could not install {depends}:\n{''.join(tail)}")
        shutil.rmtree(kept.parent, ignore_errors=True)
        partial = kept.with_suffix(".partial")
        _copy(folder, partial)
        partial.rename(kept)


def _copy(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    # cp and not shutil: it keeps PostgreSQL's user as the owner and shares blocks where it can.
    parts = [source / "pg", source / "data"]
    subprocess.run(["cp", "--archive", "--reflink=auto", *parts, target], check=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
