"""Which Odoo the addon suites run on, and when what was installed from it is out of date."""

from __future__ import annotations

from pathlib import Path

import pytest

from bootstrap.odoo import home
from bootstrap.odoo.our_addons import addons_in, foreign_depends


@pytest.fixture
def odoo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "odoo-17.0"
    (path / "odoo" / "addons" / "base").mkdir(parents=True)
    (path / "odoo-bin").touch()
    (path / "odoo" / "release.py").write_text("version_info = (17, 0, 0, FINAL, 0, '')\n")
    (path / "odoo" / "addons" / "base" / "lens.py").write_text("a = 1\n")
    monkeypatch.setenv("ODOO_HOME", str(path))
    return path


def test_the_odoo_of_odoo_home_is_found(odoo: Path) -> None:
    assert home.find().path == odoo


def test_a_place_without_odoo_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(home.NoOdoo, match=str(tmp_path)):
        home.find()


def test_another_version_is_refused_by_its_number(odoo: Path) -> None:
    (odoo / "odoo" / "release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    with pytest.raises(home.WrongOdoo, match=r"Odoo 18\.0"):
        home.find()


def test_addons_of_a_release_and_of_a_clone_are_found(odoo: Path) -> None:
    assert home.find().addons_paths == [odoo / "odoo" / "addons"]
    (odoo / "addons").mkdir()
    assert home.find().addons_paths == [odoo / "addons", odoo / "odoo" / "addons"]


def test_an_edited_file_changes_the_fingerprint(odoo: Path) -> None:
    before = home.find().fingerprint()
    (odoo / "odoo" / "addons" / "base" / "lens.py").write_text("a = 12\n")
    assert home.find().fingerprint() != before


def test_compiled_files_do_not_change_the_fingerprint(odoo: Path) -> None:
    before = home.find().fingerprint()
    (odoo / "odoo" / "__pycache__").mkdir()
    (odoo / "odoo" / "__pycache__" / "release.pyc").touch()
    assert home.find().fingerprint() == before


def make_addon(folder: Path, name: str, depends: list[str]) -> None:
    (folder / name).mkdir()
    (folder / name / "__manifest__.py").write_text(f"{{'name': '{name}', 'depends': {depends}}}")


def test_what_our_addons_stand_on_leaves_out_our_own(tmp_path: Path) -> None:
    make_addon(tmp_path, "optics_core", ["stock", "mail"])
    make_addon(tmp_path, "optics_pos", ["optics_core", "point_of_sale", "mail"])
    (tmp_path / "no_addon").mkdir()
    addons = addons_in(tmp_path)
    assert [addon.name for addon in addons] == ["optics_core", "optics_pos"]
    assert foreign_depends(addons) == ["mail", "point_of_sale", "stock"]
