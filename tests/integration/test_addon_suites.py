"""`make test-odoo` on a real Odoo 17: what is wrong with an addon is red."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.trial_addon import make_addon, skip_without_odoo

ROOT = Path(__file__).resolve().parents[2]
TOLD_S = 20.0

skip_without_odoo()
# Odoo is installed from nothing here: on a busy machine that takes minutes.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

SUITE = """
from odoo.tests import TransactionCase, tagged


class TestTrial(TransactionCase):
    def test_at_install(self):
        self.assertTrue(self.env["res.lang"]._lang_get("ru_RU"))


@tagged("post_install", "-at_install")
class TestAfterwards(TransactionCase):
    def test_post_install(self):
        self.assertEqual({post_install}, 1)
"""

HANGING_SUITE = """
import os
import time
from pathlib import Path

from odoo.tests import TransactionCase
from odoo.tools import config


class TestTrial(TransactionCase):
    def test_that_hangs(self):
        folder = Path(config["data_dir"]).parent
        server = (folder / "pg" / "postmaster.pid").read_text().split()[0]
        Path({path!r}).write_text(f"{{folder}} {{os.getpid()}} {{server}}")
        time.sleep(600)
"""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed `base`, made by the first test for all."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture
def addon(tmp_path: Path) -> Path:
    folder = make_addon(tmp_path / "addons")
    write_suite(folder, post_install=1)
    return folder


def write_suite(addon: Path, post_install: int) -> None:
    (addon / "tests" / "test_trial.py").write_text(SUITE.format(post_install=post_install))


def command(addon: Path, state: Path, *words: str) -> list[str]:
    places = ["--addons", str(addon.parent), "--state", str(state)]
    return [sys.executable, "-m", "bootstrap.odoo.run_addon_tests", *places, *words]


def run(addon: Path, state: Path, *words: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        command(addon, state, *words),
        cwd=ROOT,
        # Whatever the shell around has set for another PostgreSQL must not matter.
        env={**os.environ, "PGHOST": "nowhere.invalid", "PGUSER": "nobody"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


def test_an_addon_whose_tests_pass_is_green(addon: Path, state: Path) -> None:
    code, output = run(addon, state)
    assert output[-1] == "2 passed, 0 failed"
    assert code == 0


def test_a_failing_test_is_red_and_named(addon: Path, state: Path) -> None:
    write_suite(addon, post_install=2)
    code, output = run(addon, state)
    assert output[-2:] == ["failed: TestAfterwards.test_post_install", "1 passed, 1 failed"]
    assert code == 1


def test_tags_choose_what_runs(addon: Path, state: Path) -> None:
    write_suite(addon, post_install=2)
    code, output = run(addon, state, "--tags", "/trial:TestTrial")
    assert output[-1] == "1 passed, 0 failed"
    assert code == 0


def test_an_addon_without_tests_is_red(addon: Path, state: Path) -> None:
    (addon / "tests" / "__init__.py").write_text("")
    code, output = run(addon, state)
    assert output[-2:] == ["no test of trial was executed", "0 passed, 0 failed"]
    assert code == 1


def test_a_model_without_access_rights_is_red_though_its_tests_pass(
    addon: Path, state: Path
) -> None:
    (addon / "__init__.py").write_text(
        "from odoo import models\n\n\nclass Trial(models.Model):\n"
        "    _name = 'trial'\n    _description = 'Trial'\n"
    )
    code, output = run(addon, state)
    assert "no access rules" in output[-2]
    assert code == 1


def test_an_addon_that_cannot_be_installed_is_red(addon: Path, state: Path) -> None:
    (addon / "__init__.py").write_text("from . import absent\n")
    code, output = run(addon, state)
    assert output[-1] == "0 passed, 0 failed"
    assert code == 1


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_behind(
    addon: Path, state: Path, tmp_path: Path, signum: signal.Signals
) -> None:
    told = tmp_path / "told"
    suite = HANGING_SUITE.format(path=str(told))
    (addon / "tests" / "test_trial.py").write_text(suite)
    runner = subprocess.Popen(
        command(addon, state), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert runner.stdout is not None
    assert any("Starting TestTrial.test_that_hangs" in line for line in runner.stdout)
    deadline = time.monotonic() + TOLD_S
    while not (told.exists() and told.read_text()):
        assert time.monotonic() < deadline, "the test did not begin"
        time.sleep(0.05)
    folder, *processes = told.read_text().split()
    runner.send_signal(signum)
    runner.communicate()
    assert runner.returncode == 128 + signum
    assert not Path(folder).exists()
    assert [pid for pid in processes if Path("/proc", pid).exists()] == []
