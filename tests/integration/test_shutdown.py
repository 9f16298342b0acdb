"""The end of the process: the print in hand is finished, everything is in the main file."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

from tests.till_process import TillProcess, eventually


def sales(till: TillProcess) -> list[str]:
    return [doc["receipt_id"] for doc in till.register.journal() if doc["type"] == "sale"]


def test_sigterm_finishes_the_print_in_hand(till: TillProcess) -> None:
    till.sell()
    till.register.fault("slow", seconds=1.5, count=1)
    with ThreadPoolExecutor(1) as client:
        last = client.submit(till.sell)
        eventually(lambda: not till.register.active_faults())
        assert till.stop() == 0

        answer = last.result()

    assert answer.status_code == 200
    assert answer.json()["status"] == "printed"
    assert sales(till)[-1] == answer.json()["receipt_id"]
    states = till.query("SELECT print_state FROM receipts ORDER BY rowid")
    assert states == [("printed",), ("printed",)]


def test_sigterm_checkpoints_the_wal(till: TillProcess) -> None:
    till.sell()
    wal = till.data_dir / "buffer.db-wal"
    assert wal.stat().st_size > 0

    assert till.stop() == 0

    assert not wal.exists() or wal.stat().st_size == 0
    path = f"file:{till.data_dir / 'buffer.db'}?mode=ro&immutable=1"
    with sqlite3.connect(path, uri=True) as connection:
        assert connection.execute("SELECT count(*) FROM receipts").fetchone() == (1,)
    connection.close()


def test_sigterm_finishes_the_delivery_in_hand(till: TillProcess) -> None:
    till.ofd.fault("slow", seconds=1.5, count=1)
    till.sell()
    eventually(lambda: not till.ofd.active_faults())

    assert till.stop() == 0

    assert till.query("SELECT status FROM receipts") == [("synced",)]


def test_what_was_not_printed_yet_is_printed_after_the_next_start(till: TillProcess) -> None:
    till.register.fault("dead")
    waiting = [till.sell().json()["receipt_id"] for _ in range(2)]
    assert till.stop() == 0
    till.register.clear()

    till.restart()

    for receipt_id in waiting:
        till.wait_until_printed(receipt_id)
    assert sales(till) == waiting


def test_an_idle_till_ends_at_once(till: TillProcess) -> None:
    till.sell()
    till.wait_until_delivered()

    assert till.stop() == 0
    log = (till.data_dir.parent / "adapter.log").read_text(encoding="utf-8")
    assert "till is closed" in log
    assert "Traceback" not in log


def test_a_second_start_on_the_same_data_is_refused(till: TillProcess) -> None:
    second = till.another()

    assert second.returncode == 2
    assert second.stdout.count("\n") == 1
    assert f"процесс {till.pid}" in second.stdout
    assert till.sell().json()["status"] == "printed"
