"""UAT-09: no refund of a receipt that the OFD does not have yet."""

from __future__ import annotations

import uuid

import httpx

from tests.till_process import SALE, TillProcess


def refund(till: TillProcess, receipt_id: str) -> httpx.Response:
    return till.sell({**SALE, "type": "refund"}, original={"receipt_id": receipt_id})


def test_a_refund_waits_until_the_sale_is_delivered(till: TillProcess) -> None:
    till.ofd.fault("down")
    sold = till.sell().json()["receipt_id"]

    asked = till.post("/v1/pos/refund", {"receipt_id": sold})
    assert asked.status_code == 409
    assert asked.json()["code"] == "original_not_delivered"
    assert "Возврат станет возможен" in asked.json()["message"]
    # A till that does not ask first is stopped as well, and nothing is left of the attempt.
    blocked = refund(till, sold)
    assert blocked.status_code == 409
    assert blocked.json()["code"] == "original_not_delivered"
    assert [receipt["type"] for receipt in till.receipts()] == ["sale"]

    till.ofd.clear()
    till.post("/v1/kkt/buffer/sync", {"force": True})
    till.wait_until_delivered()
    assert till.post("/v1/pos/refund", {"receipt_id": sold}).json()["allowed"] is True
    assert refund(till, sold).json()["status"] == "printed"
    assert [doc["type"] for doc in till.register.journal()][-1] == "refund"


def test_a_sale_that_is_not_even_printed_cannot_be_refunded(till: TillProcess) -> None:
    till.register.fault("dead")
    sold = till.sell().json()["receipt_id"]

    assert till.post("/v1/pos/refund", {"receipt_id": sold}).status_code == 409
    assert refund(till, sold).status_code == 409


def test_a_receipt_of_another_till_is_that_tills_business(till: TillProcess) -> None:
    assert till.post("/v1/pos/refund", {"receipt_id": str(uuid.uuid4())}).status_code == 404
    # Its goods may be taken back here all the same: the paper is the proof.
    paper = {"fn": "9999078902004567", "fd": 42, "fiscal_sign": "1234567890"}
    answer = till.sell({**SALE, "type": "refund"}, original=paper)
    assert answer.json()["status"] == "printed"
