"""UAT-11: X and Z reports with the OFD away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.till_process import SALE, TillProcess, eventually


def test_x_and_z_reports_need_no_internet(till: TillProcess) -> None:
    till.ofd.fault("down")
    till.sell()
    till.sell(payments=[{"method": "cash", "amount": 1000}])
    till.sell({**SALE, "type": "refund"})

    x = till.post("/v1/kkt/shift/x-report")
    assert x.status_code == 200
    totals = x.json()["totals"]
    assert (totals["income"]["count"], totals["income"]["total"]) == (2, "2000.00")
    assert totals["income"]["cash"] == "1000.00"
    assert (totals["incomeReturn"]["count"], totals["incomeReturn"]["total"]) == (1, "1000.00")
    # An X report is no fiscal document: the shift stays open.
    assert till.http.get("/v1/kkt/shift").json()["state"] == "opened"

    z = till.post("/v1/kkt/shift/close")
    assert z.status_code == 200
    closing_itself = {"documentsCount": totals["documentsCount"] + 1}
    assert z.json()["totals"] == totals | closing_itself
    assert z.json()["fiscal_doc"]["fd"] == till.register.journal()[-1]["fd"]
    assert till.register.journal()[-1]["type"] == "close_shift"
    assert till.http.get("/v1/kkt/shift").json()["state"] == "closed"

    # The receipts of the closed shift are still delivered, in order.
    till.ofd.clear()
    till.post("/v1/kkt/buffer/sync", {"force": True})
    till.wait_until_delivered()
    assert [doc["type"] for doc in till.ofd.journal()] == ["sale", "sale", "refund"]


def test_the_next_sale_opens_the_next_shift(till: TillProcess) -> None:
    till.ofd.fault("down")
    first = till.sell().json()["fiscal_doc"]
    till.post("/v1/kkt/shift/close")

    second = till.sell().json()["fiscal_doc"]

    assert (second["shift"], second["number"]) == (first["shift"] + 1, 1)


def test_a_closing_whose_answer_was_lost_is_reported_and_not_repeated(till: TillProcess) -> None:
    till.ofd.fault("down")
    till.sell()
    # The totals are asked first, then the shift is closed: it is the second answer that is lost.
    till.register.fault("slow", seconds=0.7, count=2, on="shift")
    with ThreadPoolExecutor(1) as cashier:
        closing = cashier.submit(till.post, "/v1/kkt/shift/close")
        eventually(lambda: not till.register.active_faults())
        till.register.fault("deaf_after_print", count=1, on="shift")
        answer = closing.result()

    assert answer.status_code == 200
    assert answer.json()["totals"]["income"]["total"] == "1000.00"
    assert till.http.get("/v1/kkt/shift").json()["state"] == "closed"
    assert [doc["type"] for doc in till.register.journal()].count("close_shift") == 1
