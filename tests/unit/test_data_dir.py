"""The data directory: one adapter at a time, and a sentence when it cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kkt_adapter.app.config import ConfigError
from kkt_adapter.app.data_dir import DataDir
from tests.processes import ROOT

NOBODY = 65534
AS_NOBODY = f"""
import os, sys
from pathlib import Path
from kkt_adapter.app.config import ConfigError
from kkt_adapter.app.data_dir import DataDir

if os.getuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
try:
    DataDir(Path(sys.argv[1]))
except ConfigError as error:
    print(error)
"""
HOLDS = """
import sys
from pathlib import Path
from kkt_adapter.app.data_dir import DataDir
held = DataDir(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
"""


def test_it_is_made_when_missing(tmp_path: Path) -> None:
    DataDir(tmp_path / "a" / "b").release()

    assert (tmp_path / "a" / "b").is_dir()


def test_a_second_start_on_the_same_data_is_refused(tmp_path: Path) -> None:
    first = DataDir(tmp_path)

    with pytest.raises(ConfigError, match=str(os.getpid())):
        DataDir(tmp_path)

    first.release()
    DataDir(tmp_path).release()


def test_a_killed_adapter_does_not_keep_the_data(tmp_path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    with pytest.raises(ConfigError, match=str(other.pid)):
        DataDir(tmp_path)

    other.kill()
    other.communicate(timeout=10)

    DataDir(tmp_path).release()


@pytest.fixture
def others_folder() -> Iterator[Path]:
    """A folder that everybody may look into and only its owner may write to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


@pytest.mark.parametrize("below", ["", "data"])
def test_a_directory_that_is_not_writable_is_named(others_folder: Path, below: str) -> None:
    path = others_folder / below

    told = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout

    assert f"adapter.data_dir = {path}" in told
    assert "нельзя писать" in told


def test_a_file_in_its_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("")

    with pytest.raises(ConfigError, match=str(path)):
        DataDir(path)
