"""A short run of the crash harness (`make crash` is the long one), and proof that it can fail."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from tests.crash.harness import Run

pytestmark = [pytest.mark.crash, pytest.mark.slow]


def test_nothing_is_lost_or_doubled_by_power_cuts(tmp_path: Path) -> None:
    outcome = Run(tmp_path, secrets.randbelow(2**32)).execute(kills=25)

    assert outcome.violations == [], f"seed {outcome.seed}"
    assert outcome.figures["receipts acknowledged"] > 100


def test_a_till_that_prints_blindly_again_is_found_out(tmp_path: Path) -> None:
    outcome = Run(tmp_path, seed=7, broken=True).execute(kills=8)

    assert any(violation.startswith("DUPLICATE") for violation in outcome.violations)
