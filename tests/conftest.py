"""Fixtures that every kind of test may want."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

from tests.processes import OfdProcess, RegisterProcess, running_ofd, running_register
from tests.till_process import TillProcess, running_till

# The rules of an addon are plain Python, but importing the addon would import Odoo: an empty
# package of its name lets `from optics_core.rules.power import Power` find the files alone.
for rules in (Path(__file__).parents[1] / "addons").glob("*/rules"):
    addon = ModuleType(rules.parent.name)
    addon.__path__ = [str(rules.parent)]
    sys.modules.setdefault(addon.__name__, addon)

# A busy machine is slow, not wrong: time per example is no property of the rules.
settings.register_profile(
    "busy_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("busy_machine")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[TillProcess]:
    """A freshly started till: adapter, virtual register, OFD simulator."""
    with running_till(tmp_path) as process:
        yield process


@pytest.fixture(scope="module")
def till_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TillProcess]:
    with running_till(tmp_path_factory.mktemp("till")) as process:
        yield process


@pytest.fixture
def shared_till(till_of_module: TillProcess) -> Iterator[TillProcess]:
    """One till for the tests of a module that leave it as they found it."""
    yield till_of_module
    till_of_module.register.clear()
    till_of_module.ofd.clear()


@pytest.fixture
def anyio_backend() -> str:
    """Tests marked `anyio` run in a loop of their own."""
    return "asyncio"


@pytest.fixture
def register_process(tmp_path: Path) -> Iterator[RegisterProcess]:
    with running_register(tmp_path / "register") as register:
        yield register


@pytest.fixture
def ofd_process(tmp_path: Path) -> Iterator[OfdProcess]:
    with running_ofd(tmp_path / "ofd") as ofd:
        yield ofd
