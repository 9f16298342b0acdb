"""Fixtures that every kind of test may want."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.till_process import TillProcess, running_till


@pytest.fixture
def till(tmp_path: Path) -> Iterator[TillProcess]:
    """A freshly started till: adapter, virtual register, OFD simulator."""
    with running_till(tmp_path) as process:
        yield process
