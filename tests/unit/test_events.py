"""The event log: what was changed shows, and folding it gives exactly the rows."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from kkt_adapter.app.buffer import BufferDB
from kkt_adapter.app.buffer_verifier import Checked, verify
from kkt_adapter.app.dead_letters import DeadLetters
from kkt_adapter.app.errors import ReceiptState
from kkt_adapter.app.events import GENESIS, Event, Fold, chain_hash
from tests.unit.till_parts import Clock, assert_sound, printed, registration, stored


def problems(buffer: BufferDB) -> list[str]:
    return list(verify(buffer.file.path, Checked()))


def tamper(buffer: BufferDB, *statements: str) -> None:
    """Somebody with a database editor, who knows how to drop a trigger."""
    with sqlite3.connect(buffer.file.path) as connection:
        triggers = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


# -- the chain ---------------------------------------------------------------------------------


def test_a_hash_depends_on_every_part_of_its_event_and_on_all_before_it() -> None:
    parts = (GENESIS, "receipt_added", "r-1", 1000, "{}")
    changed = [
        (b"\1" * 32, *parts[1:]),
        (*parts[:1], "receipt_synced", *parts[2:]),
        (*parts[:2], "r-2", *parts[3:]),
        (*parts[:3], 1001, parts[4]),
        (*parts[:4], "{ }"),
    ]

    hashes = {chain_hash(*event) for event in [parts, *changed]}

    assert len(hashes) == 1 + len(changed)


def test_an_untouched_buffer_is_sound(buffer: BufferDB) -> None:
    printed(buffer, 2)
    printed(buffer, 3)

    assert problems(buffer) == []


def test_an_edited_event_shows(buffer: BufferDB) -> None:
    printed(buffer, 2)
    printed(buffer, 3)
    tamper(buffer, "UPDATE buffer_events SET timestamp = timestamp + 1 WHERE id = 2")

    assert any("событие 2" in problem for problem in problems(buffer))


def test_a_removed_event_shows(buffer: BufferDB) -> None:
    printed(buffer, 2)
    printed(buffer, 3)
    tamper(buffer, "DELETE FROM buffer_events WHERE id = 2")

    assert any("2–2 нет" in problem for problem in problems(buffer))


def test_a_cut_off_end_shows(buffer: BufferDB) -> None:
    printed(buffer, 2)
    buffer.note("sync_started")
    tamper(buffer, "DELETE FROM buffer_events WHERE id = 3")

    assert any("конец журнала" in problem for problem in problems(buffer))


def test_two_events_that_changed_places_show(buffer: BufferDB) -> None:
    printed(buffer, 2)
    printed(buffer, 3)
    tamper(
        buffer,
        "UPDATE buffer_events SET id = 100 WHERE id = 2",
        "UPDATE buffer_events SET id = 2 WHERE id = 3",
        "UPDATE buffer_events SET id = 3 WHERE id = 100",
    )

    assert any("хеш не сходится" in problem for problem in problems(buffer))


@pytest.mark.parametrize(
    "change",
    [
        "status = 'synced'",
        "total = total - 1",
        "fiscal_sign = '1'",
        "fiscal_doc = '{}'",
        "refusal_count = 3",
    ],
)
def test_a_row_that_its_events_do_not_explain_shows(buffer: BufferDB, change: str) -> None:
    receipt_id = printed(buffer, 2)
    tamper(buffer, f"UPDATE receipts SET {change}")

    assert any(receipt_id in problem for problem in problems(buffer))


# -- the fold ----------------------------------------------------------------------------------

ADDED = {"document": "d", "total": 1, "hlc": [1, 0]}
PRINTED = {
    "fn": "9",
    "fd": 2,
    "fiscal_sign": "1",
    "shift": 1,
    "number": 1,
    "time": "t",
    "qr": "q",
    "registration_number": "",
}


def folded(*events: tuple[str, dict[str, object]]) -> Fold:
    return Fold().feed_all(
        Event(number, event_type, "r-1", 0, metadata)
        for number, (event_type, metadata) in enumerate(events, 1)
    )


def test_a_fold_goes_the_receipts_way() -> None:
    fold = folded(
        ("receipt_added", ADDED),
        ("receipt_printed", PRINTED),
        ("receipt_syncing", {}),
        ("receipt_synced", {"server_time": 5, "ofd_id": "o"}),
    )

    assert fold.problems == []
    state = fold.receipts["r-1"]
    assert (state.print_state, state.status, state.fd) == ("printed", "synced", 2)


@pytest.mark.parametrize(
    ("impossible", "metadata"),
    [
        ("receipt_syncing", {}),
        ("receipt_synced", {"server_time": 5, "ofd_id": None}),
        ("receipt_withdrawn", {}),
        ("receipt_requeued", {}),
        ("receipt_added", ADDED),
    ],
)
def test_a_step_that_no_till_can_make_is_reported(
    impossible: str, metadata: dict[str, object]
) -> None:
    fold = folded(("receipt_added", ADDED), (impossible, metadata))

    assert len(fold.problems) == 1
    assert impossible in fold.problems[0]


def test_a_second_print_is_reported() -> None:
    fold = folded(
        ("receipt_added", ADDED), ("receipt_printed", PRINTED), ("receipt_printed", PRINTED)
    )

    assert len(fold.problems) == 1


def test_a_delivery_that_never_began_is_reported() -> None:
    fold = folded(
        ("receipt_added", ADDED),
        ("receipt_printed", PRINTED),
        ("receipt_synced", {"server_time": 5, "ofd_id": None}),
    )

    assert len(fold.problems) == 1


def test_an_event_of_a_receipt_never_added_is_reported() -> None:
    assert len(folded(("receipt_syncing", {})).problems) == 1


class AnyHistory(RuleBasedStateMachine):
    """Any order of the buffer's own calls: what is illegal is refused and leaves no trace."""

    receipts = Bundle("receipts")
    letters = Bundle("letters")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.buffer = BufferDB(Path(self.folder.name) / "buffer.db", self.clock)
        self.buffer.note_register("9999078900000001", 1)
        self.dead = DeadLetters(self.buffer)
        self.fd = 1
        self.counts: dict[str, int] = {}

    def teardown(self) -> None:
        self.buffer.close()
        self.folder.cleanup()

    def _states(self) -> list[tuple[object, ...]]:
        return self.buffer.file.ask(  # type: ignore[return-value]
            "SELECT id, print_state, status, retry_count, refusal_count FROM receipts ORDER BY id"
        )

    def _attempt(self, step: str, receipt_id: str, **arguments: object) -> bool:
        before = [tuple(row) for row in self._states()]
        try:
            getattr(self.buffer, step)(receipt_id, **arguments)
        except ReceiptState:
            assert [tuple(row) for row in self._states()] == before
            return False
        return True

    @rule(target=receipts, total=st.integers(1, 10**7))
    def a_sale(self, total: int) -> str:
        return stored(self.buffer, total=total)

    @rule(receipt=receipts, known_by=st.sampled_from(["answer", "register", "person"]))
    def it_is_printed(self, receipt: str, known_by: str) -> None:
        given = registration(self.fd + 1)
        if self._attempt("mark_printed", receipt, registration=given, known_by=known_by):
            self.fd += 1

    @rule(receipt=receipts)
    def it_is_parked(self, receipt: str) -> None:
        self._attempt("park", receipt, reason="не читается", fn="9999078900000001")

    @rule(receipt=receipts)
    def the_register_refuses_it(self, receipt: str) -> None:
        self._attempt("mark_print_refused", receipt, reason="цена")

    @rule(receipt=receipts)
    def it_is_queued_again(self, receipt: str) -> None:
        self._attempt("requeue_for_print", receipt, by="Петров", reason="бумаги нет")

    @rule(receipt=receipts)
    def it_is_withdrawn(self, receipt: str) -> None:
        self._attempt("withdraw", receipt, by="Петров", reason="деньги вернули")

    @rule(receipt=receipts)
    def delivery_begins(self, receipt: str) -> None:
        self._attempt("mark_syncing", receipt)

    @rule(receipt=receipts, server_time=st.none() | st.integers(1, 2**40))
    def it_is_delivered(self, receipt: str, server_time: int | None) -> None:
        self._attempt("mark_synced", receipt, server_time=server_time, ofd_id="o-1")

    @rule(receipt=receipts, retries=st.integers(1, 30), refusals=st.integers(0, 20))
    def it_is_put_off(self, receipt: str, retries: int, refusals: int) -> None:
        self._attempt(
            "defer",
            receipt,
            error="503",
            retry_count=retries,
            refusal_count=refusals,
            next_attempt_at=None,
        )

    @rule(target=letters, receipt=receipts, retries=st.integers(1, 30))
    def it_goes_to_the_dlq(self, receipt: str, retries: int) -> object:
        try:
            return self.buffer.move_to_dlq(
                receipt, "refused_by_content", "422", retry_count=retries, refusal_count=1
            )
        except ReceiptState:
            return multiple()

    @rule(letter=consumes(letters), again=st.booleans())
    def a_person_settles_it(self, letter: str, again: bool) -> None:
        settle = self.dead.requeue if again else self.dead.resolve
        settle(letter, by="Петров", reason="исправлено")

    @rule(seconds=st.integers(-86_400, 86_400))
    def the_clock_jumps(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule()
    def the_adapter_restarts(self) -> None:
        self.buffer.close()
        self.buffer = BufferDB(Path(self.folder.name) / "buffer.db", self.clock)
        self.dead = DeadLetters(self.buffer)
        self.buffer.recover_syncing()

    @invariant()
    def the_events_fold_to_the_rows(self) -> None:
        assert_sound(self.buffer.file.path)


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
