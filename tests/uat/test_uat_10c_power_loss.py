"""UAT-10c: the power goes between any two steps of a receipt; after it nothing is lost or doubled.

SIGKILL is the power cut here: the process ends where it stands, with its WAL beside the file. Each
case holds the receipt at one step by a fault, cuts there, and starts the adapter again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from kkt_adapter.app.buffer_verifier import Checked, verify
from tests.till_process import TillProcess, eventually

Cut = Callable[[TillProcess, str], None]


@contextmanager
def selling(till: TillProcess, key: str) -> Iterator[Future[httpx.Response]]:
    """A sale under way in another thread; its client may lose the answer."""
    with ThreadPoolExecutor(1) as client:
        yield client.submit(till.sell, key=key)


def wait_for_row(till: TillProcess, **columns: str) -> None:
    where = " AND ".join(f"{name} = ?" for name in columns)
    eventually(lambda: till.query(f"SELECT 1 FROM receipts WHERE {where}", *columns.values()))


def stored_but_not_sent_to_the_register(till: TillProcess, key: str) -> None:
    till.register.fault("dead")
    assert till.sell(key=key).json()["status"] == "buffered"
    till.kill()
    till.register.clear()


def sent_to_the_register_that_had_not_printed_yet(till: TillProcess, key: str) -> None:
    till.register.fault("slow", seconds=2, count=1)
    with selling(till, key):
        eventually(lambda: not till.register.active_faults())
        till.kill()


def printed_but_the_answer_not_yet_read(till: TillProcess, key: str) -> None:
    # The connection drops after the print and the register is dead at once: nobody could ask it.
    till.register.fault("deaf_after_print", count=1)
    with selling(till, key):
        eventually(lambda: [doc for doc in till.register.journal() if doc["type"] == "sale"])
        till.register.fault("dead")
        till.kill()
    till.register.clear()


def printed_and_stored_but_not_delivered(till: TillProcess, key: str) -> None:
    till.ofd.fault("down")
    assert till.sell(key=key).json()["status"] == "printed"
    till.kill()
    till.ofd.clear()


def in_the_middle_of_delivery(till: TillProcess, key: str) -> None:
    till.ofd.fault("slow", seconds=30)
    assert till.sell(key=key).json()["status"] == "printed"
    wait_for_row(till, status="syncing")
    till.kill()
    till.ofd.clear()


def delivered_but_the_answer_lost(till: TillProcess, key: str) -> None:
    till.ofd.fault("deaf", count=1)
    assert till.sell(key=key).json()["status"] == "printed"
    eventually(till.ofd.journal)
    till.kill()


def delivered_and_stored(till: TillProcess, key: str) -> None:
    till.sell(key=key)
    wait_for_row(till, status="synced")
    till.kill()


CUTS: list[Cut] = [
    stored_but_not_sent_to_the_register,
    sent_to_the_register_that_had_not_printed_yet,
    printed_but_the_answer_not_yet_read,
    printed_and_stored_but_not_delivered,
    in_the_middle_of_delivery,
    delivered_but_the_answer_lost,
    delivered_and_stored,
]


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.__name__)
def test_a_power_cut_loses_and_doubles_nothing(till: TillProcess, cut: Cut) -> None:
    before = till.sell().json()["receipt_id"]
    till.wait_until_delivered()
    key = str(uuid.uuid4())

    cut(till, key)
    assert list(verify(till.data_dir / "buffer.db", Checked())) == []
    till.restart()

    # The till that lost its answer asks again with its key: the same receipt, printed once.
    again = till.sell(key=key)
    assert again.status_code == 409
    assert again.json()["code"] == "duplicate_request"
    receipt_id = again.json()["receipt_id"]
    till.wait_until_printed(receipt_id)
    till.wait_until_delivered()
    sales = [doc["receipt_id"] for doc in till.register.journal() if doc["type"] == "sale"]
    assert sales == [before, receipt_id]
    assert [doc["receipt_id"] for doc in till.ofd.journal()] == [before, receipt_id]
    assert list(verify(till.data_dir / "buffer.db", Checked())) == []


def test_a_power_cut_before_anything_was_stored_leaves_the_key_free(till: TillProcess) -> None:
    key = str(uuid.uuid4())
    till.kill()
    with pytest.raises(httpx.TransportError):
        till.sell(key=key)
    till.restart()

    assert till.sell(key=key).json()["status"] == "printed"


def test_the_wal_is_taken_up_after_a_cut(till: TillProcess) -> None:
    till.ofd.fault("down")
    sold = [till.sell().json()["receipt_id"] for _ in range(10)]
    till.kill()
    assert (till.data_dir / "buffer.db-wal").stat().st_size > 0

    till.restart()

    assert [receipt["receipt_id"] for receipt in reversed(till.receipts())] == sold
    assert till.status()["current_queued"] == 10


def test_a_cut_in_the_middle_of_a_shift_report_closes_the_shift_once(till: TillProcess) -> None:
    till.sell()
    till.register.fault("slow", seconds=1, count=1, on="shift")
    with ThreadPoolExecutor(1) as client:
        client.submit(till.post, "/v1/kkt/shift/close")
        # The totals are asked first (reportX), and that is what takes the second.
        eventually(lambda: not till.register.active_faults())
        till.kill()
    till.restart()
    eventually(lambda: till.http.get("/v1/kkt/shift").json()["state"] in {"opened", "closed"})

    if till.http.get("/v1/kkt/shift").json()["state"] == "opened":
        assert till.post("/v1/kkt/shift/close").status_code == 200
    reports = [doc["type"] for doc in till.register.journal()]
    assert reports.count("close_shift") == 1
    assert till.sell().json()["status"] == "printed"
    assert [doc["type"] for doc in till.register.journal()].count("open_shift") == 2
