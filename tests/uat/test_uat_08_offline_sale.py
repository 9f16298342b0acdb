"""UAT-08: the internet is away, the shop sells on; when it is back, nobody has to do anything."""

from __future__ import annotations

from pathlib import Path

from tests.till_process import TillProcess, eventually, running_till


def test_sales_go_on_without_the_ofd_and_are_delivered_by_themselves(till: TillProcess) -> None:
    till.ofd.fault("down")
    answers = [till.sell() for _ in range(6)]

    # To the customer nothing is different: the paper is out, with its fiscal sign.
    assert [answer.json()["status"] for answer in answers] == ["printed"] * 6
    assert all(answer.json()["fiscal_doc"]["fiscal_sign"] for answer in answers)
    assert till.status()["current_queued"] == 6
    assert {receipt["status"] for receipt in till.receipts()} <= {"pending", "syncing"}

    till.ofd.clear()
    # The person at the till does not wait for the breaker; the button on the page does this.
    assert till.post("/v1/kkt/buffer/sync", {"force": True}).status_code in {202, 409}
    till.wait_until_delivered()
    delivered = [document["receipt_id"] for document in till.ofd.journal()]
    assert delivered == [answer.json()["receipt_id"] for answer in answers]
    assert {receipt["status"] for receipt in till.receipts()} == {"synced"}


def test_the_indicator_tells_offline_from_online(tmp_path: Path) -> None:
    quick = {"sync__interval_s": 1, "sync__breaker_failures": 2, "sync__breaker_reset_s": 1}
    with running_till(tmp_path, **quick) as till:
        till.ofd.fault("down")
        till.sell()
        eventually(lambda: till.status()["network_status"] == "offline")
        offline = till.status()
        assert offline["breaker"]["state"] in {"OPEN", "HALF_OPEN"}
        assert offline["oldest_unsent_age_s"] is not None
        assert till.sell().json()["status"] == "printed"

        till.ofd.clear()
        till.wait_until_delivered()
        eventually(lambda: till.status()["network_status"] == "online")
        assert till.status()["oldest_unsent_age_s"] is None


def test_a_sale_is_not_slowed_by_an_ofd_that_hangs(till: TillProcess) -> None:
    till.ofd.fault("slow", seconds=30)
    till.sell()

    assert max(till.sell().elapsed.total_seconds() for _ in range(5)) < 1.0


def test_the_register_and_the_ofd_may_both_be_away(till: TillProcess) -> None:
    till.ofd.fault("down")
    till.register.fault("dead")
    answers = [till.sell() for _ in range(3)]
    assert [answer.json()["status"] for answer in answers] == ["buffered"] * 3

    till.register.clear()
    till.ofd.clear()

    sold = [answer.json()["receipt_id"] for answer in answers]
    for receipt_id in sold:
        till.wait_until_printed(receipt_id)
    till.wait_until_delivered()
    assert [document["receipt_id"] for document in till.ofd.journal()] == sold
