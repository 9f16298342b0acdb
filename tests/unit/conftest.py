"""Fixtures of the adapter's unit tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kkt_adapter.app.buffer import BufferDB
from tests.unit.till_parts import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buffer(tmp_path: Path, clock: Clock) -> Iterator[BufferDB]:
    opened = BufferDB(tmp_path / "buffer.db", clock)
    yield opened
    opened.close()
