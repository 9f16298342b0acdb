"""The virtual register as a process: fencing, faults, and what survives SIGKILL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import httpx
import pytest

from tests.processes import RegisterProcess, pause
from tests.register_tasks import Till, receipt


def ids(register: RegisterProcess) -> list[str]:
    """References of the receipts in the journal, in order."""
    return [row["receipt_id"] for row in register.journal() if row["receipt_id"]]


def until(condition: Callable[[], bool], within_s: float = 5.0) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        pause()


def code(answer: dict[str, Any] | None) -> int:
    assert answer is not None
    return int(answer["error"]["code"])


@pytest.fixture
def till(register: RegisterProcess) -> Iterator[Till]:
    """A till whose shift is open."""
    with Till(register.port) as till:
        till.ask("openShift")
        yield till


def test_a_sale_is_in_the_journal(register: RegisterProcess, till: Till) -> None:
    answer = till.ask(receipt(receipt_id="r-1"))
    assert answer is not None
    params = answer["result"]["fiscalParams"]
    rows = register.journal()
    assert [row["type"] for row in rows] == ["registration", "open_shift", "sale"]
    assert rows[2] == {
        "fd": 3,
        "type": "sale",
        "total": 100_000,
        "receipt_id": "r-1",
        "fiscal_sign": params["fiscalDocumentSign"],
        "shift": 1,
        "time": params["fiscalDocumentDateTime"],
        "fn": params["fnNumber"],
    }


def test_a_connection_must_begin_with_hello(register: RegisterProcess) -> None:
    with Till(register.port, hello=False) as stranger:
        assert code(stranger.ask("getFnStatus")) == 501
        assert stranger.read() is None


def test_nonsense_is_answered_and_does_no_harm(till: Till) -> None:
    till.send_bytes(b'{"id": 1, "task": \xff}\n[]\n{"id": 2}\n')
    assert [code(till.read()) for _ in range(3)] == [501] * 3
    assert code(till.ask({"type": "fly"})) == 11
    assert "result" in (till.ask(receipt()) or {})


def test_a_new_master_waits_for_the_document_in_hand(register: RegisterProcess, till: Till) -> None:
    register.fault("slow", seconds=1.0, count=1)
    till.send(receipt(receipt_id="slow"))
    till.send(receipt(receipt_id="pipelined"))
    until(lambda: not register.active_faults())
    assert ids(register) == []
    with Till(register.port) as successor:
        # The hello above was answered: from here on nothing of the old master may appear.
        assert ids(register) == ["slow"]
        assert till.read() is None or till.read() is None
        successor.ask(receipt(receipt_id="next"))
    assert ids(register) == ["slow", "next"]


def test_a_dropped_master_cannot_sell_any_more(register: RegisterProcess, till: Till) -> None:
    with Till(register.port):
        assert till.ask(receipt(receipt_id="late")) is None
        assert ids(register) == []


def test_clearing_slow_lets_the_held_sale_go_on(register: RegisterProcess, till: Till) -> None:
    register.fault("slow", seconds=600, count=1)
    till.send(receipt(receipt_id="r-1"))
    until(lambda: not register.active_faults())
    register.clear()
    assert "result" in (till.read() or {})


def test_no_paper_refuses_and_leaves_no_document(register: RegisterProcess, till: Till) -> None:
    register.fault("no_paper", count=1)
    status = till.ask("getDeviceStatus")
    assert status is not None
    assert status["result"]["deviceStatus"]["paperPresent"] is False
    assert code(till.ask(receipt(receipt_id="r-1"))) == 44
    assert ids(register) == []
    assert "result" in (till.ask(receipt(receipt_id="r-1")) or {})


def test_deaf_after_print_has_printed(register: RegisterProcess, till: Till) -> None:
    register.fault("deaf_after_print", count=1)
    assert till.ask(receipt(receipt_id="r-1")) is None
    assert ids(register) == ["r-1"]
    assert register.active_faults() == []


def test_deaf_after_print_waits_for_a_print(register: RegisterProcess, till: Till) -> None:
    register.fault("deaf_after_print", count=1)
    assert code(till.ask(receipt(payments=[]))) == 66
    assert till.ask(receipt()) is None


def test_deaf_before_print_has_not_printed(register: RegisterProcess, till: Till) -> None:
    register.fault("deaf_before_print", count=1)
    assert till.ask(receipt(receipt_id="r-1")) is None
    assert ids(register) == []


def test_a_fault_of_shifts_spares_receipts(register: RegisterProcess, till: Till) -> None:
    register.fault("deaf_after_print", on="shift")
    assert "result" in (till.ask(receipt()) or {})
    assert till.ask("closeShift") is None
    assert register.journal()[-1]["type"] == "close_shift"


def test_a_dead_register_refuses_connections_until_cleared(
    register: RegisterProcess, till: Till
) -> None:
    register.fault("dead")
    assert till.ask(receipt(receipt_id="r-1")) is None
    with pytest.raises(ConnectionRefusedError):
        Till(register.port)
    register.clear()
    with Till(register.port) as revived:
        assert "result" in (revived.ask(receipt(receipt_id="r-2")) or {})
    assert ids(register) == ["r-2"]


def test_dying_in_the_middle_of_a_print_prints_nothing(
    register: RegisterProcess, till: Till
) -> None:
    register.fault("slow", seconds=600, count=1)
    till.send(receipt(receipt_id="r-1"))
    until(lambda: not register.active_faults())
    register.fault("dead")
    assert till.read() is None
    register.clear()
    with Till(register.port):
        assert ids(register) == []


def test_dead_with_a_count_cuts_that_many_connections(register: RegisterProcess) -> None:
    register.fault("dead", count=2)
    for _ in range(2):
        with Till(register.port, hello=False) as cut:
            assert cut.ask("hello") is None
    with Till(register.port) as through:
        assert "result" in (through.ask("getFnStatus") or {})


def test_an_exhausted_fn_makes_no_document(register: RegisterProcess, till: Till) -> None:
    register.fault("exhausted")
    assert code(till.ask(receipt())) == 121
    assert code(till.ask("closeShift")) == 121
    info = till.ask("getFnInfo")
    assert info is not None
    assert info["result"]["fnInfo"]["warnings"]["resourceExhausted"] is True
    assert len(register.journal()) == 2


def test_an_unreadable_fn_tells_how_many_documents_it_has_but_not_what_they_are(
    register: RegisterProcess, till: Till
) -> None:
    register.fault("unreadable")
    assert "result" in (till.ask("getFnStatus") or {})
    assert code(till.ask("getLastFiscalParams")) == 118
    assert code(till.ask("getFnDocument", fiscalDocumentNumber=1)) == 118
    assert "result" in (till.ask(receipt()) or {})


def test_the_journal_survives_sigkill_and_faults_do_not(
    register: RegisterProcess, till: Till
) -> None:
    register.fault("slow", seconds=0.01)
    for number in range(5):
        assert till.ask(receipt(receipt_id=f"r-{number}")) is not None
    before = register.journal()
    register.kill()
    register.restart()
    assert register.journal() == before
    assert register.active_faults() == []
    with Till(register.port) as again:
        answer = again.ask(receipt(receipt_id="after"))
    assert answer is not None
    assert answer["result"]["fiscalParams"]["fiscalDocumentNumber"] == before[-1]["fd"] + 1


def test_every_answered_sale_survives_a_kill_at_any_moment(
    register: RegisterProcess, till: Till
) -> None:
    answered: list[str] = []

    def sell_on() -> None:
        for number in range(100_000):
            if till.ask(receipt(receipt_id=f"r-{number}")) is None:
                return
            answered.append(f"r-{number}")

    selling = Thread(target=sell_on)
    selling.start()
    until(lambda: len(answered) > 200)
    register.kill()
    selling.join()
    register.restart()
    journal = register.journal()
    printed = ids(register)
    assert printed[: len(answered)] == answered
    assert len(printed) <= len(answered) + 1
    assert [row["fd"] for row in journal] == list(range(1, len(journal) + 1))


def test_the_journal_is_read_in_parts(register: RegisterProcess, till: Till) -> None:
    till.ask(receipt())
    rows = httpx.get(f"{register.control}/journal", params={"since": 1, "limit": 1}).json()
    assert [row["fd"] for row in rows] == [2]


def test_the_clock_is_shifted_but_never_before_a_document(
    register: RegisterProcess, till: Till
) -> None:
    register.shift_clock(86_400)
    assert code(till.ask(receipt())) == 68
    till.ask("closeShift")
    with pytest.raises(httpx.HTTPStatusError):
        register.shift_clock(0)
    register.kill()
    register.restart()
    clock = httpx.get(f"{register.control}/clock").json()
    assert clock["offset_s"] == 86_400


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"fault": "explode"}, "fault"),
        ({}, "fault"),
        ({"fault": "slow", "count": -1}, "count"),
        ({"fault": "slow", "count": "3"}, "count"),
        ({"fault": "slow", "seconds": "long"}, "seconds"),
        ({"fault": "no_paper", "on": "sale"}, "on"),
        ({"fault": "no_paper", "status": 500}, "status"),
    ],
)
def test_a_bad_fault_is_refused_by_its_field(
    register: RegisterProcess, wish: dict[str, Any], field: str
) -> None:
    answer = httpx.post(f"{register.control}/faults", json=wish)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(f"{field}:")
    assert register.active_faults() == []


def test_a_fault_is_cleared_by_count_zero_or_none(register: RegisterProcess) -> None:
    register.fault("slow")
    register.fault("no_paper")
    register.fault("slow", count=0)
    assert [fault["fault"] for fault in register.active_faults()] == ["no_paper"]
    register.fault("none")
    assert register.active_faults() == []


def test_sigterm_ends_it_cleanly(register: RegisterProcess, till: Till) -> None:
    assert till.ask("getFnStatus") is not None
    assert register.stop() == 0


def test_a_second_start_is_refused_with_one_sentence(register: RegisterProcess) -> None:
    second = register.another()
    assert second.returncode == 1
    assert second.stdout.count("\n") == 1
    assert "занят" in second.stdout
