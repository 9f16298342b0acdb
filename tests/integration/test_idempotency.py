"""A till that lost the answer asks again: always the first result, never a second receipt."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.inner_till import InnerTill, TurnedClock, inner_till
from tests.processes import OfdProcess, RegisterProcess
from tests.till_process import SALE, TillProcess


def printed(till: TillProcess) -> list[str]:
    return [doc["receipt_id"] for doc in till.register.journal() if doc["receipt_id"]]


def test_repeats_while_the_register_is_slow_all_wait_for_the_one_print(
    shared_till: TillProcess,
) -> None:
    till, key = shared_till, str(uuid.uuid4())
    till.register.fault("slow", seconds=1.5, count=1)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: till.sell(key=key), range(10)))

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 9
    assert {answer.json()["status"] for answer in answers} == {"printed"}
    assert len({answer.json()["fiscal_doc"]["fd"] for answer in answers}) == 1
    assert printed(till).count(answers[0].json()["receipt_id"]) == 1


def test_a_repeat_after_a_buffered_answer_gets_the_paper(till: TillProcess) -> None:
    key = str(uuid.uuid4())
    till.register.fault("dead")
    first = till.sell(key=key)
    assert first.json()["fiscal_doc"] is None
    assert till.sell(key=key).json()["status"] == "buffered"
    till.register.clear()
    till.wait_until_printed(first.json()["receipt_id"])

    again = till.sell(key=key)

    assert again.status_code == 409
    assert again.json()["status"] == "printed"
    assert again.json()["fiscal_doc"]["fiscal_sign"]


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_repeat_after_a_restart_is_still_a_repeat(till: TillProcess, end: str) -> None:
    key = str(uuid.uuid4())
    first = till.sell(key=key).json()
    getattr(till, end)()
    till.restart()

    again = till.sell(key=key)

    assert again.status_code == 409
    assert {name: again.json()[name] for name in first} == first
    assert printed(till) == [first["receipt_id"]]


def test_the_key_is_one_however_it_is_written(shared_till: TillProcess) -> None:
    key = str(uuid.uuid4())
    shared_till.sell(key=key)

    assert shared_till.sell(key=key.upper()).status_code == 409
    assert shared_till.sell(key=key.replace("-", "")).status_code == 409


@pytest.mark.parametrize(
    "same",
    [
        {"items": [{"product_id": "PROD-001", "qty": "1.000", "price": "1000.00"}]},
        {"payments": [{"amount": 1000.0, "method": "card"}]},
        {"electronic_only": False},
    ],
    ids=["numbers as text", "other order of fields", "a default spelt out"],
)
def test_the_same_sale_written_otherwise_is_a_repeat(
    shared_till: TillProcess, same: dict[str, Any]
) -> None:
    key = str(uuid.uuid4())
    shared_till.sell(key=key)

    again = shared_till.sell(key=key, **same)

    assert again.json()["code"] == "duplicate_request"


def test_what_was_not_accepted_does_not_use_up_the_key(shared_till: TillProcess) -> None:
    key = str(uuid.uuid4())
    unpaid = shared_till.sell(key=key, payments=[{"method": "card", "amount": 999}])
    assert unpaid.status_code == 422

    assert shared_till.sell(key=key).status_code == 200


@pytest.mark.parametrize("key", ["", "17", "not-a-uuid", "3f2b8c1e-5d7a-4e2b-9c3f"])
def test_a_key_that_is_no_uuid_is_refused(shared_till: TillProcess, key: str) -> None:
    answer = shared_till.http.post("/v1/kkt/receipt", json=SALE, headers={"Idempotency-Key": key})

    assert answer.status_code == 400
    assert answer.json()["field"] == "Idempotency-Key"


@pytest.fixture
async def ahead(
    tmp_path: Path, register_process: RegisterProcess, ofd_process: OfdProcess
) -> AsyncIterator[InnerTill]:
    """A till whose clock is two days ahead of its register's: they disagree about 'tomorrow'."""
    clock = TurnedClock()
    clock.advance(2 * 86_400)
    async with inner_till(tmp_path / "data", register_process, ofd_process, clock=clock) as till:
        yield till


def correction_of(days_from_now: int) -> dict[str, Any]:
    date = datetime.now(UTC).astimezone().date() + timedelta(days=days_from_now)
    return {**SALE, "type": "correction", "correction": {"date": date.isoformat()}}


@pytest.mark.anyio
async def test_a_repeat_of_a_receipt_that_the_register_refused_says_so(
    ahead: InnerTill, register_process: RegisterProcess
) -> None:
    key = str(uuid.uuid4())
    first = await ahead.sell(correction_of(1), key)
    assert first.status_code == 422
    assert first.json()["code"] == "register_rejected"
    assert first.json()["print_state"] == "refused"

    again = await ahead.sell(correction_of(1), key)

    assert again.status_code == 409
    assert again.json()["code"] == "duplicate_request"
    assert again.json()["print_state"] == "refused"
    assert again.json()["receipt_id"] == first.json()["receipt_id"]
    assert [doc["type"] for doc in register_process.journal()] == ["registration", "open_shift"]


@pytest.mark.anyio
async def test_a_refused_receipt_is_withdrawn_by_a_person_and_blocks_nobody(
    ahead: InnerTill,
) -> None:
    refused = (await ahead.sell(correction_of(1))).json()["receipt_id"]
    assert (await ahead.sell(correction_of(0))).json()["status"] == "printed"
    assert (await ahead.status())["refused"] == 1
    decision = {"outcome": "withdrawn", "by": "Иванова", "reason": "деньги возвращены"}

    answer = await ahead.http.post(f"/v1/kkt/receipts/{refused}/resolve", json=decision)

    assert answer.json()["print_state"] == "withdrawn"
    assert (await ahead.status())["refused"] == 0
    history = (await ahead.receipt(refused))["events"]
    assert history[-1]["event_type"] == "receipt_withdrawn"
    assert history[-1]["metadata"] == {"by": "Иванова", "reason": "деньги возвращены"}
    # What is withdrawn stays withdrawn.
    again = await ahead.http.post(f"/v1/kkt/receipts/{refused}/resolve", json=decision)
    assert again.status_code == 409
