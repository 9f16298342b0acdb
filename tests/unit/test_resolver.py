"""A person's word about a doubtful receipt, and what the register says to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kkt_adapter.app.buffer import PrintState
from kkt_adapter.app.errors import ReceiptState, UnlawfulReceipt
from kkt_adapter.app.models import ResolveRequest
from kkt_adapter.app.till import Till
from tests.unit.till_parts import FN, OTHER_FN, Clock, FakeRegister, assert_sound, make_till, stored

pytestmark = pytest.mark.anyio


@pytest.fixture
async def till(tmp_path: Path, clock: Clock) -> AsyncIterator[Till]:
    made = make_till(tmp_path, now=clock)
    await made.lane.check_register()
    yield made
    assert_sound(made.buffer.file.path)
    await made.stop()


def parked_on_an_old_storage(till: Till) -> str:
    receipt_id = stored(till.buffer)
    till.buffer.park(receipt_id, "ФН заменён", fn=OTHER_FN)
    return receipt_id


async def decide(till: Till, receipt_id: str, outcome: str, **typed: Any) -> PrintState:
    decision = ResolveRequest(outcome=outcome, by="Петров", reason="видел бумагу", **typed)  # type: ignore[arg-type]
    return (await till.resolver.resolve(receipt_id, decision)).print_state


async def test_printed_is_believed_with_the_numbers_from_the_paper(till: Till) -> None:
    receipt_id = parked_on_an_old_storage(till)

    assert await decide(till, receipt_id, "printed", fd=12, fiscal_sign="123") is PrintState.PRINTED

    found = till.buffer.get(receipt_id).registration
    assert found is not None
    assert (found.fn, found.fd, found.fiscal_sign) == (OTHER_FN, 12, "123")
    assert [receipt.id for receipt in till.buffer.to_deliver()] == [receipt_id]


@pytest.mark.parametrize("typed", [{}, {"fd": 12}, {"fiscal_sign": "123"}])
async def test_printed_needs_the_numbers(till: Till, typed: dict[str, Any]) -> None:
    with pytest.raises(UnlawfulReceipt):
        await decide(till, parked_on_an_old_storage(till), "printed", **typed)


async def test_a_number_that_the_register_has_not_reached_is_a_typing_error(till: Till) -> None:
    assert till.register.status is not None
    next_fd = till.register.status.last_fd + 1

    with pytest.raises(UnlawfulReceipt) as caught:
        await decide(
            till, parked_on_an_old_storage(till), "printed", fn=FN, fd=next_fd, fiscal_sign="1"
        )

    assert caught.value.field == "fd"


async def test_one_document_is_not_given_to_two_receipts(till: Till) -> None:
    first = parked_on_an_old_storage(till)
    await decide(till, first, "printed", fd=12, fiscal_sign="123")

    with pytest.raises(ReceiptState):
        await decide(till, parked_on_an_old_storage(till), "printed", fd=12, fiscal_sign="123")


async def test_not_printed_puts_it_back_into_the_queue(till: Till) -> None:
    assert await decide(till, parked_on_an_old_storage(till), "not_printed") is PrintState.QUEUED


async def test_a_register_that_can_be_read_outweighs_a_persons_memory(till: Till) -> None:
    device = till.register.driver
    assert isinstance(device, FakeRegister)
    receipt_id = stored(till.buffer)
    till.buffer.park(receipt_id, "не читается", fn=FN)
    device.add("receipt", total=100_000, receipt_id=receipt_id, content={"1054": 1})
    till.register.doubt()

    with pytest.raises(ReceiptState, match="подтвердил"):
        await decide(till, receipt_id, "not_printed")

    assert till.buffer.get(receipt_id).print_state is PrintState.PRINTED


async def test_only_a_refused_receipt_can_be_withdrawn(till: Till) -> None:
    receipt_id = parked_on_an_old_storage(till)
    with pytest.raises(ReceiptState):
        await decide(till, receipt_id, "withdrawn")

    refused = stored(till.buffer)
    till.buffer.mark_print_refused(refused, "цена")

    assert await decide(till, refused, "withdrawn") is PrintState.WITHDRAWN


async def test_a_receipt_that_prints_by_itself_needs_nobodys_word(till: Till) -> None:
    with pytest.raises(ReceiptState):
        await decide(till, stored(till.buffer), "printed", fd=1, fiscal_sign="1")
