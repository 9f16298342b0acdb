"""A tiny addon in a folder of its own, for tests of what runs addons."""

from __future__ import annotations

from pathlib import Path

import pytest

from bootstrap.odoo import home, required_programs

MANIFEST = (
    "{'name': 'Trial', 'version': '17.0.1.0.0', 'author': 'OpticsERP', "
    "'license': 'LGPL-3', 'depends': ['base']}"
)


def skip_without_odoo() -> None:
    """For the beginning of a test module."""
    try:
        home.find()
        required_programs.require()
    except (home.NoOdoo, home.WrongOdoo, required_programs.Missing) as reason:
        pytest.skip(str(reason), allow_module_level=True)


def make_addon(addons: Path) -> Path:
    folder = addons / "trial"
    (folder / "tests").mkdir(parents=True)
    (folder / "__manifest__.py").write_text(MANIFEST)
    (folder / "__init__.py").touch()
    (folder / "tests" / "__init__.py").write_text("from . import test_trial\n")
    (folder / "tests" / "test_trial.py").touch()
    return folder
