"""The buffer on real files: durable, in order, refusing what would lose or double a receipt."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from kkt_adapter.app.buffer import BufferDB, FiscalNumberTaken, KeyTaken, PrintState, Status
from kkt_adapter.app.dead_letters import DeadLetters
from kkt_adapter.app.errors import NotFound, ReceiptState
from kkt_adapter.app.hlc import HybridTimestamp
from kkt_adapter.app.receipt_archive import ReceiptArchive
from tests.unit.till_parts import (
    FN,
    NOON,
    OTHER_FN,
    Clock,
    assert_sound,
    new_receipt,
    printed,
    registration,
    stored,
)


def reopened(buffer: BufferDB, clock: Clock) -> BufferDB:
    buffer.close()
    return BufferDB(buffer.file.path, clock)


# -- keeping receipts --------------------------------------------------------------------------


def test_what_was_stored_is_there_after_a_restart(buffer: BufferDB, clock: Clock) -> None:
    receipt = new_receipt(order_ref="S-1", order_doc='{"lines":[]}')
    buffer.add(receipt)

    again = reopened(buffer, clock)

    found = again.get(receipt.id)
    assert (found.total, found.hlc, found.order_ref) == (receipt.total, receipt.hlc, "S-1")
    assert found.document["1084"]["1086"] == receipt.id
    assert (found.print_state, found.status) == (PrintState.QUEUED, Status.PENDING)
    assert again.newest_hlc() == receipt.hlc
    again.close()


def test_a_key_is_taken_once(buffer: BufferDB) -> None:
    first = new_receipt(key="k-1")
    buffer.add(first)

    with pytest.raises(KeyTaken):
        buffer.add(new_receipt(key="k-1"))

    found = buffer.by_key("k-1")
    assert found is not None
    assert found.id == first.id
    assert buffer.queued() == 1
    assert_sound(buffer.file.path)


def test_an_id_is_taken_once_and_is_no_matter_of_keys(buffer: BufferDB) -> None:
    receipt = new_receipt()
    buffer.add(receipt)

    with pytest.raises(sqlite3.IntegrityError):
        buffer.add(new_receipt(id=receipt.id))

    assert_sound(buffer.file.path)


def test_an_unknown_key_or_id_is_not_found(buffer: BufferDB) -> None:
    assert buffer.by_key("never") is None
    with pytest.raises(NotFound):
        buffer.get("never")


def test_receipts_are_printed_in_the_order_in_which_they_were_stored(buffer: BufferDB) -> None:
    receipts = [stored(buffer, hlc=HybridTimestamp(int(NOON), n, "POS-001")) for n in range(3)]

    order = []
    for fd in (2, 3, 4):
        head = buffer.next_to_print()
        assert head is not None
        order.append(head.id)
        buffer.mark_printed(head.id, registration(fd), known_by="answer")

    assert order == receipts
    assert buffer.next_to_print() is None


def test_everything_behind_a_parked_receipt_waits(buffer: BufferDB) -> None:
    parked, _ = stored(buffer), stored(buffer)
    buffer.park(parked, "не читается", fn=FN)

    head = buffer.next_to_print()

    assert head is not None
    assert head.id == parked
    assert buffer.parked_on_storage(parked) == FN


def test_a_refused_receipt_is_not_printed_and_lets_others_pass(buffer: BufferDB) -> None:
    refused, following = stored(buffer), stored(buffer)
    buffer.mark_print_refused(refused, "цена")

    head = buffer.next_to_print()

    assert head is not None
    assert head.id == following


def test_receipts_are_delivered_in_fd_order_old_storages_first(buffer: BufferDB) -> None:
    buffer.note_register(OTHER_FN, 1)
    third, second = printed(buffer, 5, FN), printed(buffer, 4, FN)
    first = printed(buffer, 90, OTHER_FN)
    stored(buffer)

    assert [receipt.id for receipt in buffer.to_deliver()] == [first, second, third]
    assert [receipt.id for receipt in buffer.to_deliver(limit=2)] == [first, second]


def test_a_receipt_on_a_storage_that_was_never_met_is_delivered_too(buffer: BufferDB) -> None:
    parked = stored(buffer)
    buffer.park(parked, "ФН заменён", fn=None)
    buffer.mark_printed(
        parked, registration(12, "9999078900000099"), known_by="person", by="Петров"
    )

    assert [receipt.id for receipt in buffer.to_deliver()] == [parked]


def test_one_fiscal_document_belongs_to_one_receipt(buffer: BufferDB) -> None:
    printed(buffer, 2)
    second = stored(buffer)

    with pytest.raises(FiscalNumberTaken):
        buffer.mark_printed(second, registration(2), known_by="person")

    assert buffer.get(second).print_state is PrintState.QUEUED
    assert_sound(buffer.file.path)


def test_a_delivered_receipt_has_the_servers_time_and_leaves_the_queue(
    buffer: BufferDB, clock: Clock
) -> None:
    receipt_id = printed(buffer, 2)
    clock.advance(60)
    buffer.mark_syncing(receipt_id)
    buffer.mark_synced(receipt_id, server_time=77, ofd_id="o-1")

    found = buffer.get(receipt_id)
    assert (found.status, found.ofd_id, found.hlc.server_time) == (Status.SYNCED, "o-1", 77)
    assert found.synced_at == int(NOON) + 60
    assert buffer.queued() == 0
    assert buffer.to_deliver() == []


@pytest.mark.parametrize(
    ("step", "arguments"),
    [
        ("mark_syncing", {}),
        ("mark_synced", {"server_time": 1, "ofd_id": None}),
        ("withdraw", {"by": "Петров", "reason": "-"}),
        ("requeue_for_print", {"by": "Петров", "reason": "-"}),
        ("move_to_dlq", {"reason": "-", "error": "-", "retry_count": 1, "refusal_count": 1}),
    ],
)
def test_a_receipt_that_waits_for_paper_refuses_later_steps(
    buffer: BufferDB, step: str, arguments: dict[str, object]
) -> None:
    receipt_id = stored(buffer)

    with pytest.raises(ReceiptState):
        getattr(buffer, step)(receipt_id, **arguments)

    assert buffer.get(receipt_id).print_state is PrintState.QUEUED
    assert_sound(buffer.file.path)


def test_a_printed_receipt_is_not_printed_again(buffer: BufferDB) -> None:
    receipt_id = printed(buffer, 2)

    with pytest.raises(ReceiptState):
        buffer.mark_printed(receipt_id, registration(3), known_by="answer")


def test_interrupted_deliveries_are_pending_again_with_their_counts(
    buffer: BufferDB, clock: Clock
) -> None:
    receipt_id = printed(buffer, 2)
    buffer.mark_syncing(receipt_id)
    buffer.defer(receipt_id, "500", retry_count=3, refusal_count=2, next_attempt_at=None)
    buffer.mark_syncing(receipt_id)

    again = reopened(buffer, clock)

    assert again.recover_syncing() == 1
    found = again.get(receipt_id)
    assert (found.status, found.retry_count, found.refusal_count) == (Status.PENDING, 3, 2)
    assert again.recover_syncing() == 0
    assert_sound(again.file.path)
    again.close()


# -- the dead letter queue ---------------------------------------------------------------------


def dead_letter(buffer: BufferDB, fd: int = 2) -> tuple[str, str]:
    receipt_id = printed(buffer, fd)
    buffer.mark_syncing(receipt_id)
    dlq_id = buffer.move_to_dlq(
        receipt_id, "refused_by_content", "нет тега 1008", retry_count=1, refusal_count=1
    )
    return receipt_id, dlq_id


def test_a_dead_letter_keeps_the_words_and_the_document(buffer: BufferDB) -> None:
    receipt_id, dlq_id = dead_letter(buffer)

    ((entry,), after) = ReceiptArchive(buffer.file).dlq_page(resolved=False)

    assert after is None
    assert (entry["id"], entry["original_receipt_id"]) == (dlq_id, receipt_id)
    assert entry["last_error"] == "нет тега 1008"
    assert entry["fiscal_doc"] == buffer.get(receipt_id).fiscal_doc
    assert buffer.get(receipt_id).status is Status.FAILED
    assert buffer.queued() == 0


def test_a_requeued_letter_is_delivered_anew_with_its_attempts_forgotten(buffer: BufferDB) -> None:
    receipt_id, dlq_id = dead_letter(buffer)

    DeadLetters(buffer).requeue(dlq_id, by="Петров", reason="исправили на стороне ОФД")

    found = buffer.get(receipt_id)
    assert (found.status, found.retry_count, found.refusal_count) == (Status.PENDING, 0, 0)
    assert [receipt.id for receipt in buffer.to_deliver()] == [receipt_id]
    assert ReceiptArchive(buffer.file).dlq_page(resolved=False) == ([], None)
    assert_sound(buffer.file.path)


def test_a_letter_is_settled_once(buffer: BufferDB) -> None:
    receipt_id, dlq_id = dead_letter(buffer)
    desk = DeadLetters(buffer)
    assert not buffer.dlq_is_settled(receipt_id)

    desk.resolve(dlq_id, by="Петров", reason="отправили через кабинет")

    assert buffer.dlq_is_settled(receipt_id)
    assert buffer.get(receipt_id).status is Status.FAILED
    for again in (desk.resolve, desk.requeue):
        with pytest.raises(ReceiptState):
            again(dlq_id, by="Сидоров", reason="ещё раз")
    assert_sound(buffer.file.path)


def test_an_unknown_letter_is_not_found(buffer: BufferDB) -> None:
    with pytest.raises(NotFound):
        DeadLetters(buffer).requeue("never", by="Петров", reason="-")


# -- reading -----------------------------------------------------------------------------------


def test_the_counts_are_what_an_indicator_shows(buffer: BufferDB, clock: Clock) -> None:
    dead_letter(buffer)
    clock.advance(10)
    printed(buffer, 3)
    clock.advance(10)
    refused, parked, _ = stored(buffer), stored(buffer), stored(buffer)
    buffer.mark_print_refused(refused, "цена")
    buffer.park(parked, "не читается", fn=FN)

    assert buffer.counts() == {
        "queued": 4,
        "waiting_print": 1,
        "parked": 1,
        "refused": 1,
        "dlq": 1,
        "oldest_unsent_at": int(NOON) + 10,
        "oldest_printed_unsent_at": int(NOON),
    }


def test_readers_see_whole_receipts_while_one_writes(buffer: BufferDB) -> None:
    archive = ReceiptArchive(buffer.file)
    written = threading.Event()
    faults: list[object] = []

    def read() -> None:
        while not written.is_set():
            page, _ = archive.page(limit=200)
            rowids = [receipt.rowid for receipt in page]
            if rowids != list(range(len(rowids), 0, -1)):
                faults.append(rowids)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for fd in range(2, 42):
            printed(buffer, fd)
    finally:
        written.set()
        for reader in readers:
            reader.join()

    assert faults == []
    assert len(archive.page(limit=200)[0]) == 40


def test_a_list_is_paged_newest_first_without_gaps_or_repeats(buffer: BufferDB) -> None:
    receipts = [stored(buffer) for _ in range(5)]
    archive = ReceiptArchive(buffer.file)

    seen, before = [], None
    while True:
        page, before = archive.page(before=before, limit=2)
        seen += [receipt.id for receipt in page]
        if before is None:
            break

    assert seen == receipts[::-1]


def test_a_list_is_filtered_by_its_states(buffer: BufferDB) -> None:
    waiting, done = stored(buffer), printed(buffer, 2)
    archive = ReceiptArchive(buffer.file)

    assert [r.id for r in archive.page(print_state="printed")[0]] == [done]
    assert [r.id for r in archive.page(print_state="queued")[0]] == [waiting]
    assert [r.id for r in archive.page(status="pending")[0]] == [done, waiting]
    assert archive.page(status="synced")[0] == []
    assert archive.page(receipt_type="refund")[0] == []


def test_the_history_of_a_receipt_is_told_in_order(buffer: BufferDB) -> None:
    receipt_id = printed(buffer, 2)
    stored(buffer)

    _, events = ReceiptArchive(buffer.file).details(receipt_id)

    assert [event["event_type"] for event in events] == ["receipt_added", "receipt_printed"]
    assert events[1]["metadata"]["fd"] == 2


def test_what_fills_the_buffer_is_kept_up_with_through_every_step(buffer: BufferDB) -> None:
    def kept_and_counted() -> tuple[int, int]:
        kept = buffer.queued()
        buffer.recount()
        return kept, buffer.queued()

    seen = [kept_and_counted()]
    buffer.queued()
    waiting = stored(buffer)
    seen.append(kept_and_counted())
    delivered, refused = printed(buffer, 2), printed(buffer, 3)
    seen.append(kept_and_counted())
    buffer.mark_syncing(delivered)
    buffer.mark_synced(delivered, server_time=1, ofd_id=None)
    seen.append(kept_and_counted())
    buffer.mark_syncing(refused)
    entry = buffer.move_to_dlq(refused, "refused_by_content", "нет", retry_count=1, refusal_count=1)
    seen.append(kept_and_counted())
    DeadLetters(buffer).requeue(entry, by="Петров", reason="исправлено")
    seen.append(kept_and_counted())
    buffer.mark_print_refused(waiting, "нет")
    buffer.withdraw(waiting, by="Петров", reason="деньги возвращены")
    seen.append(kept_and_counted())

    assert seen == [(n, n) for n in (0, 1, 3, 2, 1, 2, 1)]
