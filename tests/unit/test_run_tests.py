"""`make test` tells what ran: a suite that did not run, or failed, is never silent."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bootstrap import run_tests
from bootstrap.run_tests import COUNTS, CannotRun, NotRun, Outcome


@pytest.fixture
def odoo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with one addon, and an Odoo 17 for it."""
    path = tmp_path / "odoo-17.0"
    (path / "odoo").mkdir(parents=True)
    (path / "odoo-bin").touch()
    (path / "odoo" / "release.py").write_text("version_info = (17, 0, 0, FINAL, 0, '')\n")
    (tmp_path / "addons" / "optics_core").mkdir(parents=True)
    (tmp_path / "addons" / "optics_core" / "__manifest__.py").write_text("{}")
    monkeypatch.setenv("ODOO_HOME", str(path))
    monkeypatch.delenv("ODOO_TEST_TAGS", raising=False)
    monkeypatch.chdir(tmp_path)
    return path


@pytest.mark.usefixtures("odoo")
def test_addon_suites_run_where_there_is_an_odoo() -> None:
    assert [command[-1] for command in run_tests.odoo().values()] == [
        "bootstrap.odoo.run_addon_tests"
    ]


@pytest.mark.usefixtures("odoo")
def test_tags_reach_the_addon_suites(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODOO_TEST_TAGS", "/optics_core:TestLens")
    assert [command[-2:] for command in run_tests.odoo().values()] == [
        ["--tags", "/optics_core:TestLens"]
    ]


def test_without_odoo_the_addon_suites_say_that_they_did_not_run(odoo: Path) -> None:
    (odoo / "odoo-bin").unlink()
    with pytest.raises(NotRun, match=r"NOT RUN, no Odoo 17 at .*set ODOO_HOME"):
        run_tests.odoo()


def test_on_another_odoo_the_addon_suites_fail(odoo: Path) -> None:
    (odoo / "odoo" / "release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    with pytest.raises(CannotRun, match=r"Odoo 18\.0"):
        run_tests.odoo()


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        (
            b"===== 1 failed, 410 passed, 2 skipped in 3.21s =====\n",
            b"1 failed, 410 passed, 2 skipped",
        ),
        (b"312 passed, 0 failed\n", b"312 passed, 0 failed"),
        (b"FAILED tests/unit/test_lens.py - assert 1 passed\n", None),
    ],
)
def test_counts_are_taken_from_the_closing_line(line: bytes, counts: bytes | None) -> None:
    found = COUNTS.match(line)
    assert (found and found[1]) == counts


def outcome(monkeypatch: pytest.MonkeyPatch, logs: Path, *scripts: str) -> Outcome:
    commands = {f"part {i}": [sys.executable, "-c", script] for i, script in enumerate(scripts)}
    monkeypatch.setattr(run_tests, "LOGS", logs)
    monkeypatch.setattr(run_tests, "ROOT", logs.parent)
    monkeypatch.setitem(run_tests.SUITES, "trial", lambda: commands)
    return run_tests.run_suite("trial")


def test_a_green_suite_tells_its_counts_and_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = outcome(monkeypatch, tmp_path, "print('=== 3 passed in 0.1s ===')")
    assert seen.state == "passed"
    assert seen.detail.startswith("3 passed, ")
    assert seen.detail.endswith("-trial.log")


def test_a_suite_runs_to_its_end_and_names_the_part_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = outcome(monkeypatch, tmp_path, "raise SystemExit(3)", "print('the second ran')")
    assert seen.state == "failed"
    assert seen.detail.startswith("part 0 (exit 3); ")
    (log,) = tmp_path.glob("*-trial.log")
    assert "the second ran" in log.read_text(encoding="utf-8")
