"""`make odoo`: an Odoo to look at, which keeps what was done there and stops when asked."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bootstrap.odoo import cluster
from tests.trial_addon import make_addon, skip_without_odoo

ROOT = Path(__file__).resolve().parents[2]

skip_without_odoo()
# Odoo is installed from nothing here: on a busy machine that takes minutes.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

# Writes a line each time the addon is installed or updated.
DATA = """<odoo>
    <record id="user_trial" model="res.users">
        <field name="name">Trial</field>
        <field name="login">trial-{number}</field>
        <field name="password">trial</field>
    </record>
</odoo>
"""


@contextmanager
def served(addons: Path, state: Path) -> Iterator[tuple[str, str]]:
    """Address and greeting of a running Odoo, stopped as Ctrl-C stops it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bootstrap.odoo.serve", "--addons", addons, "--state", state],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    greeting = ""
    try:
        for line in process.stdout:
            greeting += line
            if "Ctrl-C" in line:
                break
        address = re.search(r"http://127\.0\.0\.1:\d+/", greeting)
        assert address, greeting
        yield address[0], greeting
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate()
    assert process.returncode == 0, rest
    assert "Odoo остановлен." in rest
    with httpx.Client(trust_env=False) as client, pytest.raises(httpx.ConnectError):
        client.get(address[0])


@pytest.fixture
def state() -> Iterator[Path]:
    """Where PostgreSQL's user may go, unlike pytest's own folders."""
    with cluster.scratch_folder() as folder:
        yield folder


def test_it_answers_names_the_logins_updates_our_addons_and_stops(
    tmp_path: Path, state: Path
) -> None:
    addon = make_addon(tmp_path / "addons")
    manifest = addon / "__manifest__.py"
    manifest.write_text(manifest.read_text().replace("}", ", 'data': ['users.xml']}"))
    for number in (1, 2):
        (addon / "users.xml").write_text(DATA.format(number=number))
        with served(tmp_path / "addons", state) as (address, greeting):
            assert f"trial-{number}" in greeting
            with httpx.Client(trust_env=False) as client:
                assert "Odoo" in client.get(f"{address}web/login").raise_for_status().text
    # The second start worked on the data of the first: nothing was installed anew.
    assert "Устанавливаю один раз" not in greeting
