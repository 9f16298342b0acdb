"""Programs that addon tests need: without one Odoo would skip tests and call it a success."""

from __future__ import annotations

import shutil
import subprocess

from bootstrap.odoo.home import VENV

# Program → Debian package.
PROGRAMS = {"chromium": "chromium", "wkhtmltopdf": "wkhtmltopdf"}


class Missing(Exception):
    """Something is not installed; the text names it."""


def require() -> None:
    absent = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if absent:
        raise Missing(f"install {', '.join(absent)} (bootstrap/install_system.sh odoo)")
    python = VENV / "bin" / "python"
    if not python.exists() or _fails(python, "import websocket"):
        raise Missing(f"no Odoo requirements in {VENV.name} (bootstrap/install_odoo.sh)")


def _fails(python: object, statement: str) -> bool:
    tried = subprocess.run([str(python), "-c", statement], capture_output=True, check=False)
    return tried.returncode != 0
