from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import OfdProcess, RegisterProcess, running_ofd, running_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[RegisterProcess]:
    with running_register(tmp_path) as register:
        yield register


@pytest.fixture
def ofd(tmp_path: Path) -> Iterator[OfdProcess]:
    with running_ofd(tmp_path) as ofd:
        yield ofd
