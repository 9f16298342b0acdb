"""The till in one object: what the indicator, Odoo and the page are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kkt_adapter.app.errors import NotReached
from kkt_adapter.app.till import Till
from tests.unit.till_parts import FN, Clock, FakeOfd, FakeRegister, make_till, printed, stored

pytestmark = pytest.mark.anyio


@pytest.fixture
async def till(tmp_path: Path) -> AsyncIterator[Till]:
    made = make_till(tmp_path, buffer={"capacity": 10})
    yield made
    await made.stop()


def device(till: Till) -> FakeRegister:
    assert isinstance(till.register.driver, FakeRegister)
    return till.register.driver


async def open_breaker(till: Till) -> None:
    ofd = FakeOfd()
    ofd.always = NotReached("нет сети")
    for _ in range(5):
        with pytest.raises(NotReached):
            await till.breaker.deliver(ofd, "r-1", {})


async def test_a_new_till_is_empty_online_and_does_not_know_its_register(till: Till) -> None:
    status = till.status.read()

    assert (status["current_queued"], status["percent_full"], status["level"]) == (0, 0.0, "ok")
    assert (status["network_status"], status["odoo"], status["redis"]) == ("online", "off", "off")
    assert status["register"]["state"] == "unknown"
    assert status["breaker"] == {"state": "CLOSED", "opens_total": 0, "retry_in_s": 0}
    assert (status["oldest_unsent_age_s"], status["days_to_block"]) == (None, None)


@pytest.mark.parametrize(
    ("receipts", "level", "percent", "verdict"),
    [
        (7, "ok", 70.0, "healthy"),
        (8, "warning", 80.0, "degraded"),
        (10, "full", 100.0, "unhealthy"),
    ],
)
async def test_the_buffer_warns_before_it_is_full(
    till: Till, receipts: int, level: str, percent: float, verdict: str
) -> None:
    await till.lane.check_register()
    for fd in range(receipts):
        printed(till.buffer, fd + 2)

    status = till.status.read()

    assert (status["level"], status["percent_full"]) == (level, percent)
    assert (status["message"] is None) is (level == "ok")
    assert till.status.health()["status"] == verdict


async def test_the_register_is_shown_as_it_is(till: Till) -> None:
    def state() -> str:
        return str(till.status.read()["register"]["state"])

    await till.lane.check_register()
    assert state() == "ready"
    assert till.status.read()["register"]["fn"] == FN

    device(till).paper = False
    await till.lane.check_register()
    assert state() == "no_paper"

    device(till).dead = True
    await till.lane.check_register()
    assert state() == "offline"

    device(till).dead, device(till).paper = False, True
    await till.lane.check_register()
    assert state() == "ready"


async def test_an_unreadable_register_is_not_called_dead(till: Till) -> None:
    await till.lane.check_register()
    till.register.doubt()
    device(till).unreadable = {"connect"}

    await till.lane.check_register()

    assert till.status.read()["register"]["state"] == "unreadable"


async def test_an_open_breaker_is_shown_and_counted(till: Till) -> None:
    await open_breaker(till)

    status = till.status.read()

    assert status["network_status"] == "offline"
    assert (status["breaker"]["state"], status["breaker"]["opens_total"]) == ("OPEN", 1)
    assert 59 <= status["breaker"]["retry_in_s"] <= 60


async def test_days_to_the_block_count_from_the_oldest_printed_receipt(
    tmp_path: Path, clock: Clock
) -> None:
    till = make_till(tmp_path, now=clock)
    printed(till.buffer, 2)
    clock.advance(3 * 86_400)

    status = till.status.read()

    assert status["days_to_block"] == 27
    assert status["oldest_unsent_age_s"] == 3 * 86_400
    await till.stop()


async def test_what_waits_for_a_person_degrades_the_health(till: Till) -> None:
    await till.lane.check_register()
    assert till.status.health()["status"] == "healthy"

    till.buffer.park(stored(till.buffer), "не читается", fn=FN)

    assert till.status.read()["parked"] == 1
    assert till.status.health()["status"] == "degraded"


async def test_an_expired_shift_cannot_sell(till: Till) -> None:
    device(till).shift_state = "expired"
    await till.lane.check_register()

    assert till.status.read()["shift"]["warning"] is not None
    assert till.status.health()["status"] == "unhealthy"


async def test_odoo_gets_the_whole_status_and_the_breaker_on_top(till: Till) -> None:
    beat = till.status.for_odoo()

    assert (beat["pos_id"], beat["cb_state"]) == ("POS-001", "CLOSED")
    assert beat["buffer_status"]["total_capacity"] == 10
