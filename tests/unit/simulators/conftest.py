from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.register_tasks import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.store.close()


@pytest.fixture
def open_bench(bench: Bench) -> Bench:
    """A register whose shift is open."""
    bench.do("openShift")
    return bench
