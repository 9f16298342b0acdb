"""The Odoo 17 of this machine: where it is, and what our addons run on there."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Made by bootstrap/install_odoo.sh.
VENV = ROOT / ".venv-odoo"
DEFAULT = Path.home() / "odoo-17.0"
SERIES = "17.0"

_VERSION = re.compile(r"^version_info = \((\d+), (\d+)", re.MULTILINE)


class NoOdoo(Exception):
    """There is none; the text is the whole line for the person."""


class WrongOdoo(Exception):
    """There is something else; the text is the whole line for the person."""


@dataclass(frozen=True, slots=True)
class OdooHome:
    path: Path

    @property
    def addons_paths(self) -> list[Path]:
        """A clone keeps most addons beside the package `odoo`, a release keeps all inside it."""
        places = [self.path / "addons", self.path / "odoo" / "addons"]
        return [place for place in places if place.is_dir()]

    @property
    def command(self) -> list[str]:
        return [str(VENV / "bin" / "python"), str(self.path / "odoo-bin")]

    def fingerprint(self) -> str:
        """Changes with any file of this Odoo: git's revision would not tell of a local edit."""
        digest = hashlib.sha256()
        for line in sorted(self._files()):
            digest.update(line.encode())
        return digest.hexdigest()

    def _files(self) -> Iterator[str]:
        for folder, subfolders, names in os.walk(self.path):
            subfolders[:] = [name for name in subfolders if name not in {".git", "__pycache__"}]
            for name in names:
                path = os.path.join(folder, name)  # noqa: PTH118  forty thousand of them
                stat = os.lstat(path)
                yield f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n"


def asked() -> Path:
    return Path(os.environ.get("ODOO_HOME") or DEFAULT)


def is_there() -> bool:
    return (asked() / "odoo-bin").exists()


def find() -> OdooHome:
    path = asked()
    if not is_there():
        raise NoOdoo(f"no Odoo 17 at {path} (set ODOO_HOME)")
    release = path / "odoo" / "release.py"
    version = _VERSION.search(release.read_text(encoding="utf-8")) if release.exists() else None
    if version is None or f"{version[1]}.{version[2]}" != SERIES:
        found = f"Odoo {version[1]}.{version[2]}" if version else "no odoo/release.py"
        raise WrongOdoo(f"{path} holds {found}, not Odoo {SERIES} (set ODOO_HOME)")
    return OdooHome(path.resolve())
