"""Two phases: the paper never waits for the OFD, the OFD never loses its place in line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.till_process import TillProcess, eventually, running_till

QUICK = {"sync__interval_s": 1, "sync__breaker_reset_s": 2}


@pytest.fixture
def till(tmp_path: Path) -> Iterator[TillProcess]:
    with running_till(tmp_path, **QUICK) as till:
        yield till


def ids(journal: list[dict[str, Any]]) -> list[str]:
    return [document["receipt_id"] for document in journal if document["receipt_id"]]


@pytest.mark.parametrize("fault", [None, "down", "error", "deaf", "slow"])
def test_phase_1_succeeds_whatever_the_ofd_does(
    shared_till: TillProcess, fault: str | None
) -> None:
    if fault:
        shared_till.ofd.fault(fault)

    assert shared_till.sell().json()["status"] == "printed"


def test_phase_2_delivers_at_once_when_the_ofd_is_there(tmp_path: Path) -> None:
    # No pass by the clock could come within the test: the print itself starts one.
    with running_till(tmp_path, sync__interval_s=3600) as till:
        receipt_id = till.sell().json()["receipt_id"]
        till.wait_until_delivered(within_s=5)
        assert till.receipt(receipt_id)["status"] == "synced"
        assert till.receipt(receipt_id)["ofd_id"] == "OFD-000000001"


def test_phase_2_keeps_what_it_cannot_deliver(till: TillProcess) -> None:
    till.ofd.fault("down")
    sold = [till.sell().json()["receipt_id"] for _ in range(3)]
    eventually(lambda: till.receipt(sold[0])["retry_count"] >= 2)

    first = till.receipt(sold[0])
    assert first["status"] in {"pending", "syncing"}
    assert "недоступен" in first["last_error"]
    # The head has not been overtaken: nobody else was even tried.
    assert [till.receipt(other)["retry_count"] for other in sold[1:]] == [0, 0]

    till.ofd.clear()
    till.wait_until_delivered()
    assert ids(till.ofd.journal()) == sold


def test_an_open_breaker_keeps_phase_2_quiet(tmp_path: Path) -> None:
    slow_to_try = {"sync__interval_s": 1, "sync__breaker_failures": 2, "sync__breaker_reset_s": 600}
    with running_till(tmp_path, **slow_to_try) as till:
        till.ofd.fault("down")
        first = till.sell().json()["receipt_id"]
        eventually(lambda: till.status()["breaker"]["state"] == "OPEN")
        till.ofd.clear()

        second = till.sell().json()["receipt_id"]
        assert till.post("/v1/kkt/buffer/sync").status_code == 202

        assert till.receipt(first)["retry_count"] == 2
        assert till.receipt(second)["retry_count"] == 0
        assert till.ofd.journal() == []
        # A person need not wait for it.
        assert till.post("/v1/kkt/buffer/sync", {"force": True}).status_code == 202
        till.wait_until_delivered()


def test_a_pause_that_the_ofd_asks_for_is_kept_and_is_no_failure(till: TillProcess) -> None:
    till.ofd.fault("error", status=429, count=3)
    sold = [till.sell().json()["receipt_id"] for _ in range(2)]
    till.wait_until_delivered()

    assert ids(till.ofd.journal()) == sold
    assert till.status()["breaker"]["opens_total"] == 0


def test_the_ofds_time_is_kept_beside_the_receipts_own(till: TillProcess) -> None:
    till.ofd.shift_clock(-7200)
    receipt_id = till.sell().json()["receipt_id"]
    till.wait_until_delivered()

    hlc = till.receipt(receipt_id)["hlc"]
    assert hlc["server_time"] == pytest.approx(hlc["local_time"] - 7200, abs=30)
    assert till.status()["clock_drift_s"] == pytest.approx(-7200, abs=5)


def test_the_register_learns_what_has_been_delivered(till: TillProcess) -> None:
    """It counts thirty days from its oldest document without a confirmation, and then stops."""
    till.register.set_fn(unsent_capacity=3)
    for _ in range(5):
        assert till.sell().json()["status"] == "printed"
        till.wait_until_delivered()


def test_a_register_full_of_unsent_documents_waits_for_the_internet(till: TillProcess) -> None:
    till.register.set_fn(unsent_capacity=2)
    till.ofd.fault("down")
    sold = [till.sell().json() for _ in range(3)]
    assert [answer["status"] for answer in sold] == ["printed", "printed", "buffered"]

    till.ofd.clear()

    till.wait_until_printed(sold[2]["receipt_id"])
    till.wait_until_delivered()
    assert ids(till.ofd.journal()) == [answer["receipt_id"] for answer in sold]
