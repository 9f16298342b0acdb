"""The print lane: one paper a receipt, in order, whatever the register does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from kkt_adapter.app.buffer import BufferDB, PrintState
from kkt_adapter.app.errors import NotPrinted, OutcomeUnknown, Rejected
from kkt_adapter.app.metrics import Metrics
from kkt_adapter.app.print_lane import LaneState, PrintLane
from kkt_adapter.app.register import Register
from tests.unit.till_parts import (
    OTHER_FN,
    FakeRegister,
    assert_sound,
    fill_free_space,
    full_disk,
    stored,
    turns_until,
)

pytestmark = pytest.mark.anyio

LOST_ANSWER = FakeRegister.LOST_ANSWER


class Bench:
    """A lane between a real buffer and a register in memory."""

    def __init__(self, buffer: BufferDB) -> None:
        self.buffer = buffer
        self.device = FakeRegister()
        self.register = Register(self.device, buffer)
        self.metrics = Metrics("POS-001")
        self.lane = PrintLane(self.register, buffer, self.metrics, cashier="Кассир", cashier_inn="")
        self.register.on_printed = self.lane.settle
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self.lane.run())

    async def stop(self) -> None:
        if self._task is None:
            return
        self.lane.stop()
        await asyncio.wait_for(self._task, 10)

    async def power_cut(self) -> None:
        """The process ends without a word; the next one has the same disk and register."""
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self.__init__(self.buffer)  # type: ignore[misc]

    def state(self, receipt_id: str) -> PrintState:
        return self.buffer.get(receipt_id).print_state

    async def settled(self, receipt_id: str) -> PrintState:
        """The state in which the lane leaves this receipt, or gets stuck before it."""
        await asyncio.wait_for(self.lane.settled(receipt_id), 10)
        return self.state(receipt_id)

    async def until(self, state: LaneState) -> None:
        await turns_until(lambda: self.lane.view.state is state)

    def sell(self) -> str:
        receipt_id = stored(self.buffer)
        self.lane.wake()
        return receipt_id


@pytest.fixture
async def bench(buffer: BufferDB) -> AsyncIterator[Bench]:
    made = Bench(buffer)
    yield made
    await made.stop()


async def test_receipts_are_printed_in_the_order_in_which_they_were_stored(bench: Bench) -> None:
    receipts = [bench.sell() for _ in range(5)]

    bench.start()

    assert await bench.settled(receipts[-1]) is PrintState.PRINTED
    assert bench.device.receipts == receipts
    await bench.until(LaneState.IDLE)
    assert_sound(bench.buffer.file.path)


async def test_a_shift_is_opened_by_itself_once(bench: Bench) -> None:
    receipts = [bench.sell() for _ in range(2)]

    bench.start()
    await bench.settled(receipts[-1])

    assert bench.device.commands.count("open_shift") == 1
    assert bench.buffer.file.ask("SELECT count(*) FROM shifts")[0][0] == 1


async def test_a_shift_that_was_closed_unnoticed_is_opened_again(bench: Bench) -> None:
    bench.start()
    await bench.settled(bench.sell())
    await bench.device.close_shift("Кассир", "")

    receipt_id = bench.sell()

    await turns_until(lambda: bench.lane.view.state is LaneState.WAITING)
    bench.lane.wake()
    await turns_until(lambda: bench.state(receipt_id) is PrintState.PRINTED)


async def test_one_who_waits_hears_of_the_print(bench: Bench) -> None:
    bench.start()
    receipt_id = bench.sell()

    await asyncio.wait_for(bench.lane.settled(receipt_id), 10)

    assert bench.state(receipt_id) is PrintState.PRINTED


# -- not done ----------------------------------------------------------------------------------


async def test_a_print_that_was_not_done_is_tried_again(bench: Bench) -> None:
    bench.device.failures.append(NotPrinted("Крышка открыта.", register_code=45))
    receipt_id = bench.sell()
    bench.start()
    await bench.until(LaneState.WAITING)
    assert bench.lane.view.message == "Крышка открыта."

    bench.lane.wake()

    await turns_until(lambda: bench.state(receipt_id) is PrintState.PRINTED)
    assert bench.device.receipts == [receipt_id]


async def test_without_paper_everything_waits_and_goes_on_when_it_is_in(bench: Bench) -> None:
    bench.device.paper = False
    first, second = bench.sell(), bench.sell()
    bench.start()
    assert await bench.settled(first) is PrintState.QUEUED
    assert bench.lane.view.state is LaneState.WAITING
    assert "бумаг" in (bench.lane.view.message or "").lower()

    bench.device.paper = True
    await bench.lane.check_register()

    await turns_until(lambda: bench.state(second) is PrintState.PRINTED)
    assert bench.device.receipts == [first, second]


async def test_a_dead_register_lets_nobody_wait(bench: Bench) -> None:
    bench.device.dead = True
    bench.start()

    assert await bench.settled(bench.sell()) is PrintState.QUEUED
    assert bench.lane.view.state is LaneState.WAITING


async def test_a_dead_register_is_noticed_while_nobody_sells(bench: Bench) -> None:
    bench.start()
    await bench.until(LaneState.IDLE)
    bench.device.dead = True

    await bench.lane.check_register()

    assert bench.lane.view.state is LaneState.WAITING
    assert bench.register.last_error is not None


async def test_the_reason_of_a_delay_is_noted_once(bench: Bench) -> None:
    bench.device.paper = False
    receipt_id = bench.sell()
    bench.start()
    for _ in range(5):
        asked = bench.device.commands.count("print")
        bench.lane.wake()
        await turns_until(lambda asked=asked: bench.device.commands.count("print") > asked)

    noted = bench.buffer.file.ask(
        "SELECT count(*) FROM buffer_events WHERE event_type = 'receipt_print_delayed'"
    )

    assert noted[0][0] == 1
    assert "Нет бумаги" in (bench.buffer.get(receipt_id).print_error or "")


async def test_a_shift_over_24_hours_stops_the_lane_until_it_is_closed(bench: Bench) -> None:
    bench.device.shift_state = "expired"
    receipt_id = bench.sell()
    bench.start()
    assert await bench.settled(receipt_id) is PrintState.QUEUED
    assert bench.lane.view.state is LaneState.SHIFT_EXPIRED

    async with bench.register.exclusive() as driver:
        report = await driver.close_shift("Кассир", "")
        assert report.document is not None
        bench.register.shift_closed(report.document, None)
    bench.lane.wake()

    await turns_until(lambda: bench.state(receipt_id) is PrintState.PRINTED)


# -- refused -----------------------------------------------------------------------------------


async def test_a_receipt_that_was_refused_is_not_printed_and_the_next_one_is(bench: Bench) -> None:
    bench.device.failures.append(Rejected("Неверная сумма", register_code=227))
    refused, following = bench.sell(), bench.sell()
    bench.start()

    assert await bench.settled(following) is PrintState.PRINTED
    assert bench.state(refused) is PrintState.REFUSED
    assert bench.device.receipts == [following]
    assert bench.buffer.get(refused).print_error == "Неверная сумма"
    assert_sound(bench.buffer.file.path)


# -- unknown -----------------------------------------------------------------------------------


async def test_a_lost_answer_is_looked_up_before_anything_else_is_sent(bench: Bench) -> None:
    bench.device.failures.append(LOST_ANSWER)
    first, second = bench.sell(), bench.sell()

    bench.start()
    await bench.settled(second)

    assert bench.device.receipts == [first, second]
    asked = bench.device.commands
    lost = asked.index("print")
    assert asked[lost:] == ["print", "connect", "document", "print"]
    assert_sound(bench.buffer.file.path)


async def test_a_lost_request_is_printed_after_the_register_was_asked(bench: Bench) -> None:
    bench.device.failures.append(OutcomeUnknown())
    receipt_id = bench.sell()

    bench.start()
    await bench.settled(receipt_id)

    assert bench.device.receipts == [receipt_id]
    asked = bench.device.commands
    assert asked[asked.index("print") + 1] == "connect"
    assert asked.count("print") == 2


async def test_the_cashier_is_told_that_the_register_is_being_asked(bench: Bench) -> None:
    bench.device.failures.append(LOST_ANSWER)
    receipt_id = bench.sell()
    views = []
    connect = bench.device.connect

    async def watched() -> object:
        views.append(bench.lane.view)
        return await connect()

    bench.device.connect = watched  # type: ignore[method-assign, assignment]
    bench.start()
    await bench.settled(receipt_id)

    assert (views[-1].state, views[-1].receipt_id) == (LaneState.ASKING, receipt_id)


@pytest.mark.parametrize("times", [1, 3])
async def test_however_often_answers_are_lost_each_receipt_is_printed_once(
    bench: Bench, times: int
) -> None:
    bench.device.failures.extend([LOST_ANSWER] * times)
    receipts = [bench.sell() for _ in range(times + 1)]

    bench.start()
    await bench.settled(receipts[-1])

    assert bench.device.receipts == receipts


async def test_a_power_cut_after_the_paper_does_not_make_a_second_one(bench: Bench) -> None:
    bench.start()
    await bench.settled(bench.sell())
    device = bench.device
    receipt_id = bench.sell()
    reached = asyncio.Event()
    never = asyncio.Event()
    printing = device.print_receipt

    async def cut(document: dict[str, object]) -> object:
        await printing(document)
        reached.set()
        await never.wait()
        return None

    device.print_receipt = cut  # type: ignore[method-assign, assignment]
    bench.lane.wake()
    await asyncio.wait_for(reached.wait(), 10)
    await bench.power_cut()
    device.print_receipt = printing  # type: ignore[method-assign]
    bench.device = bench.register.driver = device

    bench.start()
    await bench.settled(receipt_id)

    assert bench.state(receipt_id) is PrintState.PRINTED
    assert device.receipts.count(receipt_id) == 1


async def test_a_parked_receipt_stops_the_lane(bench: Bench) -> None:
    bench.start()
    await bench.settled(bench.sell())
    bench.device.fn = OTHER_FN
    bench.device.failures.append(OutcomeUnknown())
    parked, following = bench.sell(), bench.sell()

    await bench.until(LaneState.PARKED)

    assert bench.lane.view.receipt_id == parked
    assert await bench.settled(following) is PrintState.QUEUED
    assert parked not in bench.device.receipts


async def test_after_a_persons_word_the_lane_goes_on(bench: Bench) -> None:
    bench.start()
    await bench.settled(bench.sell())
    bench.device.fn = OTHER_FN
    bench.device.failures.append(OutcomeUnknown())
    parked, following = bench.sell(), bench.sell()
    await bench.until(LaneState.PARKED)

    bench.buffer.requeue_for_print(parked, by="Петров", reason="бумаги нет")
    bench.lane.wake()

    await turns_until(lambda: bench.state(following) is PrintState.PRINTED)
    assert bench.device.receipts[-2:] == [parked, following]


async def test_a_bug_of_a_driver_does_not_end_the_lane(bench: Bench) -> None:
    bench.device.failures.append(KeyError("fiscalParams"))
    receipt_id = bench.sell()
    bench.start()
    await bench.until(LaneState.WAITING)

    bench.lane.wake()

    await turns_until(lambda: bench.state(receipt_id) is PrintState.PRINTED)
    assert bench.device.receipts == [receipt_id]


# -- the disk, the end -------------------------------------------------------------------------


async def test_a_disk_that_fills_up_while_printing_does_not_lose_or_double_the_paper(
    bench: Bench,
) -> None:
    bench.start()
    await bench.settled(bench.sell())
    first, second = bench.sell(), bench.sell()
    space = full_disk(bench.buffer)

    def fill() -> None:
        bench.device.before_print = lambda: None
        space.__enter__()
        fill_free_space(bench.buffer)

    bench.device.before_print = fill
    bench.lane.wake()
    await turns_until(lambda: first in bench.device.receipts)
    await bench.until(LaneState.WAITING)
    assert bench.state(first) is PrintState.QUEUED
    assert second not in bench.device.receipts

    space.__exit__(None, None, None)

    assert await bench.settled(second) is PrintState.PRINTED
    assert bench.state(first) is PrintState.PRINTED
    assert bench.device.receipts[-2:] == [first, second]
    # The answer was in hand all the time: the register need not be asked.
    assert bench.device.connections == 1
    assert_sound(bench.buffer.file.path)


async def test_a_disk_that_fills_up_while_a_shift_is_opened_does_not_stop_the_lane_for_good(
    bench: Bench,
) -> None:
    bench.start()
    await bench.until(LaneState.IDLE)
    receipt_id = bench.sell()
    with full_disk(bench.buffer):
        fill_free_space(bench.buffer)
        await bench.until(LaneState.WAITING)
    assert bench.device.shift_state == "opened"

    bench.lane.wake()

    await turns_until(lambda: bench.state(receipt_id) is PrintState.PRINTED)
    assert bench.device.commands.count("open_shift") == 1


async def test_on_stop_the_print_in_hand_is_finished_and_no_other_begun(bench: Bench) -> None:
    bench.device.may_print.clear()
    first, second = bench.sell(), bench.sell()
    bench.start()
    await turns_until(lambda: "print" in bench.device.commands)

    bench.lane.stop()
    bench.device.may_print.set()
    await bench.stop()

    assert bench.state(first) is PrintState.PRINTED
    assert bench.state(second) is PrintState.QUEUED
    assert bench.device.receipts == [first]


async def test_prints_and_doubts_are_counted(bench: Bench) -> None:
    bench.device.failures.append(LOST_ANSWER)
    receipts = [bench.sell() for _ in range(2)]
    bench.start()
    await bench.settled(receipts[-1])
    await bench.until(LaneState.IDLE)

    def value(name: str) -> float | None:
        return bench.metrics.registry.get_sample_value(name, {"pos_id": "POS-001"})

    assert value("kkt_print_unknown_outcomes_total") == 1
    assert value("kkt_print_duration_seconds_count") == 1


async def test_a_receipt_whose_number_a_person_gave_away_is_not_printed_twice(
    bench: Bench,
) -> None:
    bench.start()
    first = bench.sell()
    await bench.settled(first)
    mistaken = bench.buffer.get(first).registration
    assert mistaken is not None
    # By mistake the next number of the register was typed for another paper.
    other = stored(bench.buffer)
    bench.buffer.park(other, "doubtful", fn=None)
    bench.buffer.mark_printed(other, replace(mistaken, fd=mistaken.fd + 1), known_by="person")

    misnumbered = bench.sell()

    assert await bench.settled(misnumbered) is PrintState.PARKED
    bench.register.doubt()
    bench.lane.wake()
    await bench.until(LaneState.PARKED)
    assert bench.device.receipts.count(misnumbered) == 1
