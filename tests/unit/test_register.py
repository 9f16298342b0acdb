"""Reconciliation: after every doubt the register's own documents decide what was printed."""

from __future__ import annotations

import json
import logging

import pytest

from kkt_adapter.app.buffer import BufferDB, PrintState, Status
from kkt_adapter.app.errors import NotPrinted, OutcomeUnknown, RegisterBlocked, Unreadable
from kkt_adapter.app.register import Register
from tests.unit.till_parts import FN, OTHER_FN, FakeRegister, assert_sound, stored

pytestmark = pytest.mark.anyio

CASHIER = ("Кассир", "")


@pytest.fixture
def device() -> FakeRegister:
    return FakeRegister()


@pytest.fixture
def register(device: FakeRegister, buffer: BufferDB) -> Register:
    return Register(device, buffer)


async def look(register: Register) -> None:
    """Whatever a user wants, the doubt is settled first."""
    async with register.exclusive():
        pass


async def met(register: Register) -> None:
    """The till has worked with this register, and a shift is open."""
    async with register.exclusive() as driver:
        register.shift_opened(await driver.open_shift(*CASHIER))


def on_paper(device: FakeRegister, buffer: BufferDB, receipt_id: str, /, **changes: object) -> int:
    """The register prints this receipt, and nobody hears of it."""
    receipt = buffer.get(receipt_id)
    fields: dict[str, object] = {
        "total": receipt.total,
        "receipt_id": receipt_id,
        "content": {"1054": 1},
    }
    return device.add("receipt", **(fields | changes)).fd


def events(buffer: BufferDB, event_type: str) -> list[dict[str, object]]:
    rows = buffer.file.ask(
        "SELECT metadata FROM buffer_events WHERE event_type = ? ORDER BY id", (event_type,)
    )
    return [json.loads(row["metadata"]) for row in rows]


async def test_a_receipt_found_on_the_register_is_adopted(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    heard: list[str] = []
    register.on_printed = heard.append
    receipt_id = stored(buffer)
    fd = on_paper(device, buffer, receipt_id)
    register.doubt()

    await look(register)

    found = buffer.get(receipt_id)
    assert found.print_state is PrintState.PRINTED
    assert found.registration is not None
    assert (found.registration.fn, found.registration.fd) == (FN, fd)
    assert heard == [receipt_id]
    assert events(buffer, "receipt_printed")[0]["known_by"] == "register"
    assert_sound(buffer.file.path)


async def test_a_receipt_not_found_stays_in_the_queue(register: Register, buffer: BufferDB) -> None:
    await met(register)
    receipt_id = stored(buffer)
    register.doubt()

    await look(register)

    assert buffer.get(receipt_id).print_state is PrintState.QUEUED


async def test_the_id_decides_and_not_that_there_is_a_newer_document_of_the_same_sum(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    receipt_id = stored(buffer)
    on_paper(device, buffer, receipt_id, receipt_id=None)
    on_paper(device, buffer, receipt_id, receipt_id="somebody-else")
    register.doubt()

    await look(register)

    assert buffer.get(receipt_id).print_state is PrintState.QUEUED
    assert len(events(buffer, "foreign_document")) == 2


async def test_without_a_doubt_nothing_is_asked_again(
    register: Register, device: FakeRegister
) -> None:
    await look(register)
    await look(register)

    assert device.connections == 1


async def test_a_silent_register_is_reconciled_anew(
    register: Register, device: FakeRegister
) -> None:
    await look(register)
    with pytest.raises(OutcomeUnknown):
        async with register.exclusive():
            raise OutcomeUnknown

    await look(register)

    assert device.connections == 2
    assert register.last_error is None


async def test_a_refusal_in_words_leaves_no_doubt(register: Register, device: FakeRegister) -> None:
    await look(register)
    with pytest.raises(NotPrinted):
        async with register.exclusive():
            raise NotPrinted("Нет бумаги.", register_code=44)

    await look(register)

    assert device.connections == 1


async def test_an_operation_that_disagrees_is_not_taken_for_ours(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    receipt_id = stored(buffer)
    on_paper(device, buffer, receipt_id, content={"1054": 2})
    register.doubt()

    await look(register)

    assert buffer.get(receipt_id).print_state is PrintState.PARKED


# -- other storages ----------------------------------------------------------------------------


async def test_after_a_change_of_the_storage_the_head_waits_for_a_person(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    head, following = stored(buffer), stored(buffer)
    device.fn = OTHER_FN
    register.doubt()

    await look(register)
    register.doubt()
    await look(register)

    assert buffer.get(head).print_state is PrintState.PARKED
    assert buffer.get(following).print_state is PrintState.QUEUED
    assert FN in (buffer.get(head).print_error or "")


async def test_the_first_storage_ever_met_puts_nothing_in_doubt(
    register: Register, buffer: BufferDB
) -> None:
    receipt_id = stored(buffer)

    await look(register)

    assert buffer.get(receipt_id).print_state is PrintState.QUEUED
    assert events(buffer, "foreign_document") == []


async def test_a_first_register_that_cannot_be_read_puts_nothing_in_doubt_either(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    receipt_id = stored(buffer)
    device.unreadable = {"connect"}

    with pytest.raises(Unreadable):
        await look(register)

    assert buffer.get(receipt_id).print_state is PrintState.QUEUED


async def test_a_register_that_has_lost_documents_is_not_printed_on(
    register: Register, device: FakeRegister
) -> None:
    await met(register)
    del device.documents[device.last_fd]
    register.doubt()

    for _ in range(2):
        with pytest.raises(RegisterBlocked, match="позвоните в поддержку"):
            await look(register)


# -- unreadable --------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["connect", "document"])
async def test_an_unreadable_register_parks_the_head(
    register: Register, device: FakeRegister, buffer: BufferDB, what: str
) -> None:
    await met(register)
    head, following = stored(buffer), stored(buffer)
    on_paper(device, buffer, head)
    device.unreadable = {what}
    register.doubt()

    for _ in range(3):
        with pytest.raises(Unreadable):
            await look(register)

    assert buffer.get(head).print_state is PrintState.PARKED
    assert buffer.get(following).print_state is PrintState.QUEUED
    assert len(events(buffer, "receipt_parked")) == 1


@pytest.mark.parametrize("what", ["connect", "document"])
async def test_a_parked_receipt_is_adopted_when_the_register_shows_it(
    register: Register, device: FakeRegister, buffer: BufferDB, what: str
) -> None:
    await met(register)
    head = stored(buffer)
    on_paper(device, buffer, head)
    device.unreadable = {what}
    register.doubt()
    with pytest.raises(Unreadable):
        await look(register)

    device.unreadable = set()
    await look(register)

    assert buffer.get(head).print_state is PrintState.PRINTED
    assert_sound(buffer.file.path)


async def test_a_parked_receipt_is_printed_anew_when_the_register_does_not_have_it(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    head = stored(buffer)
    device.unreadable = {"connect"}
    register.doubt()
    with pytest.raises(Unreadable):
        await look(register)

    device.unreadable = set()
    await look(register)

    assert buffer.get(head).print_state is PrintState.QUEUED
    assert_sound(buffer.file.path)


async def test_a_document_under_our_number_that_is_not_our_sale_waits_for_a_person(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    head = stored(buffer)
    on_paper(device, buffer, head, total=1)
    register.doubt()

    for _ in range(2):
        await look(register)
        register.doubt()

    assert buffer.get(head).print_state is PrintState.PARKED


async def test_such_a_document_is_not_printed_over_after_the_register_was_unreadable(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    head = stored(buffer)
    on_paper(device, buffer, head, total=1)
    device.unreadable = {"document"}
    register.doubt()
    with pytest.raises(Unreadable):
        await look(register)

    device.unreadable = set()
    for _ in range(2):
        await look(register)
        register.doubt()

    assert buffer.get(head).print_state is PrintState.PARKED
    assert_sound(buffer.file.path)


async def test_what_was_read_before_an_unreadable_document_is_noted_once(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    foreign, broken = device.add("receipt"), device.add("receipt")
    device.unreadable = {broken.fd}
    register.doubt()

    for _ in range(2):
        with pytest.raises(Unreadable):
            await look(register)

    assert [event["fd"] for event in events(buffer, "foreign_document")] == [foreign.fd]


# -- what else is found ------------------------------------------------------------------------


async def test_foreign_documents_are_noted_once_and_warned_of(
    register: Register,
    device: FakeRegister,
    buffer: BufferDB,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await met(register)
    fd = device.add("receipt", total=5).fd
    register.doubt()

    with caplog.at_level(logging.WARNING):
        await look(register)
    register.doubt()
    await look(register)

    assert events(buffer, "foreign_document") == [{"fn": FN, "fd": fd, "kind": "receipt"}]
    assert "foreign document" in caplog.text


async def test_shifts_opened_and_closed_behind_our_back_are_adopted(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await look(register)
    opened = await device.open_shift(*CASHIER)
    closed = (await device.close_shift(*CASHIER)).document
    assert closed is not None
    register.doubt()

    await look(register)

    ((number, opened_fd, closed_fd),) = buffer.file.ask(
        "SELECT number, opened_fd, closed_fd FROM shifts"
    )
    assert (number, opened_fd, closed_fd) == (1, opened.fd, closed.fd)
    assert register.status is not None
    assert register.status.shift_state == "closed"


async def test_a_receipt_that_is_printed_already_is_not_adopted_twice(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    receipt_id = stored(buffer)
    first = on_paper(device, buffer, receipt_id)
    second = on_paper(device, buffer, receipt_id)
    register.doubt()

    await look(register)

    found = buffer.get(receipt_id).registration
    assert found is not None
    assert found.fd == first
    assert [event["fd"] for event in events(buffer, "foreign_document")] == [second]


async def test_a_document_noticed_by_the_status_is_reconciled_before_the_next_command(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    receipt_id = stored(buffer)
    on_paper(device, buffer, receipt_id)

    register.refresh(await device.status())
    await look(register)

    assert buffer.get(receipt_id).status is Status.PENDING
    assert buffer.get(receipt_id).print_state is PrintState.PRINTED


async def test_a_person_who_decides_passes_over_what_could_not_be_read(
    register: Register, device: FakeRegister, buffer: BufferDB
) -> None:
    await met(register)
    head = stored(buffer)
    on_paper(device, buffer, head, receipt_id=None)
    device.unreadable = {"document"}
    register.doubt()
    with pytest.raises(Unreadable):
        await look(register)

    buffer.requeue_for_print(head, by="Петров", reason="бумаги нет")
    register.pass_over_unread()
    await look(register)

    assert buffer.get(head).print_state is PrintState.QUEUED
