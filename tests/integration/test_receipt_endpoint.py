"""POST /v1/kkt/receipt from the outside: a real adapter, a real register, a real OFD."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.till_process import TillProcess, eventually


def test_a_sale_is_printed_and_delivered(till: TillProcess) -> None:
    answer = till.sell()

    assert answer.status_code == 200, answer.text
    result = answer.json()
    assert result["status"] == "printed"
    assert result["fiscal_doc"]["total"] == "1000.00"
    till.wait_until_delivered()
    assert [doc["receipt_id"] for doc in till.ofd.journal()] == [result["receipt_id"]]


def test_a_repeated_key_answers_409_with_the_first_result(till: TillProcess) -> None:
    key = str(uuid.uuid4())
    first = till.sell(key=key).json()

    again = till.sell(key=key)

    assert again.status_code == 409
    assert again.json()["code"] == "duplicate_request"
    assert {name: again.json()[name] for name in first} == first


def test_the_same_key_with_another_body_is_another_error(till: TillProcess) -> None:
    key = str(uuid.uuid4())
    till.sell(key=key)

    other = till.sell(key=key, order_ref="S-2")

    assert other.status_code == 409
    assert other.json()["code"] == "idempotency_key_reused"


def test_a_hundred_simultaneous_repeats_make_one_receipt(till: TillProcess) -> None:
    key = str(uuid.uuid4())
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: till.sell(key=key), range(100)))

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 99
    assert len({answer.json()["receipt_id"] for answer in answers}) == 1
    assert all(answer.json()["status"] == "printed" for answer in answers)
    sales = [doc for doc in till.register.journal() if doc["type"] == "sale"]
    assert len(sales) == 1


def test_without_a_key_nothing_is_stored(till: TillProcess) -> None:
    answer = till.http.post("/v1/kkt/receipt", json={})

    assert answer.status_code == 400
    assert answer.json()["code"] == "idempotency_key_required"
    assert till.receipts() == []


def test_a_lost_answer_of_the_register_does_not_make_a_second_paper(till: TillProcess) -> None:
    till.register.fault("deaf_after_print", count=1)

    answer = till.sell()

    assert answer.json()["status"] == "printed"
    sales = [doc for doc in till.register.journal() if doc["type"] == "sale"]
    assert [doc["receipt_id"] for doc in sales] == [answer.json()["receipt_id"]]


def test_a_dead_register_buffers_the_sale_and_prints_it_when_it_is_back(till: TillProcess) -> None:
    till.register.fault("dead")
    answer = till.sell()
    assert answer.status_code == 200
    assert answer.json()["status"] == "buffered"

    till.register.clear()

    till.wait_until_printed(answer.json()["receipt_id"])
    eventually(lambda: till.status()["current_queued"] == 0)
