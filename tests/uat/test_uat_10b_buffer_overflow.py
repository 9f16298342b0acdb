"""UAT-10b: two hundred receipts without the OFD: a warning, then no new sales, then all is well."""

from __future__ import annotations

from pathlib import Path

from tests.till_process import SALE, TillProcess, running_till

CAPACITY = 200


def sell(till: TillProcess, count: int) -> None:
    for _ in range(count):
        assert till.sell().status_code == 200


def test_a_full_buffer_stops_sales_and_nothing_else(till: TillProcess) -> None:
    till.ofd.fault("down")
    sell(till, 159)
    status = till.status()
    assert (status["level"], status["percent_full"], status["message"]) == ("ok", 79.5, None)

    sell(till, 1)
    status = till.status()
    assert (status["level"], status["percent_full"]) == ("warning", 80.0)
    assert "160 чеков из 200" in status["message"]
    assert till.http.get("/v1/health").status_code == 200

    sell(till, 40)
    status = till.status()
    assert (status["level"], status["current_queued"]) == ("full", CAPACITY)

    refused = till.sell()
    assert refused.status_code == 503
    assert refused.json()["code"] == "buffer_full"
    assert "Проверьте интернет" in refused.json()["message"]
    assert till.http.get("/v1/health").status_code == 503
    assert len(till.receipts()) == CAPACITY

    # A customer who brings goods back, and the end of the day, do not wait for the internet.
    assert till.sell({**SALE, "type": "refund"}).json()["status"] == "printed"
    assert till.post("/v1/kkt/shift/x-report").status_code == 200
    assert till.post("/v1/kkt/shift/close").status_code == 200

    till.ofd.clear()
    till.post("/v1/kkt/buffer/sync", {"force": True})
    till.wait_until_delivered(within_s=60)
    assert len({document["receipt_id"] for document in till.ofd.journal()}) == CAPACITY + 1
    assert len(till.ofd.journal()) == CAPACITY + 1
    assert till.status()["level"] == "ok"
    assert till.sell().json()["status"] == "printed"


def test_a_repeat_of_a_sale_is_answered_by_a_full_buffer(tmp_path: Path) -> None:
    key = "3f2b8c1e-5d7a-4e2b-9c3f-1a2b3c4d5e6f"
    with running_till(tmp_path, buffer__capacity=1) as till:
        till.ofd.fault("down")
        first = till.sell(key=key)
        assert till.sell().status_code == 503

        again = till.sell(key=key)

        assert again.status_code == 409
        assert again.json()["receipt_id"] == first.json()["receipt_id"]
