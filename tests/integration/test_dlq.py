"""What the OFD will not take waits, with its words, for a person; the rest goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.till_process import TillProcess, eventually, running_till

DECISION = {"by": "Инженер Смирнов", "reason": "договор с ОФД продлён"}


def refused(till: TillProcess) -> dict[str, Any]:
    """The DLQ entry of a receipt that the OFD has refused by its content."""
    till.ofd.fault("refuse", count=1)
    receipt_id = till.sell().json()["receipt_id"]
    entries = eventually(
        lambda: [entry for entry in till.dlq() if entry["receipt_id"] == receipt_id]
    )
    return entries[0]


def test_a_refusal_by_content_goes_to_the_dlq_at_once_with_its_words(
    shared_till: TillProcess,
) -> None:
    entry = refused(shared_till)

    assert entry["reason"] == "refused_by_content"
    assert "форматно-логическим контролем" in entry["last_error"]
    assert entry["retry_attempts"] == 1
    assert entry["total"] == "1000.00"
    receipt = shared_till.receipt(entry["receipt_id"])
    assert (receipt["status"], receipt["print_state"]) == ("failed", "printed")
    assert receipt["fiscal_doc"]["fd"] == entry["fd"]


def test_it_neither_fills_the_buffer_nor_holds_up_the_next_receipts(
    shared_till: TillProcess,
) -> None:
    before = shared_till.status()["dlq"]
    refused(shared_till)
    following = shared_till.sell().json()["receipt_id"]
    shared_till.wait_until_delivered()

    assert shared_till.receipt(following)["status"] == "synced"
    assert shared_till.status()["dlq"] == before + 1
    assert shared_till.status()["breaker"]["state"] == "CLOSED"


def test_a_requeued_receipt_is_delivered(shared_till: TillProcess) -> None:
    entry = refused(shared_till)

    answer = shared_till.post(f"/v1/kkt/dlq/{entry['id']}/requeue", DECISION)

    assert answer.json() == {"receipt_id": entry["receipt_id"], "resolution": "requeued"}
    eventually(lambda: shared_till.receipt(entry["receipt_id"])["status"] == "synced")
    closed = shared_till.http.get("/v1/kkt/dlq", params={"resolved": True}).json()["items"]
    kept = next(item for item in closed if item["id"] == entry["id"])
    assert kept["resolution"] == "requeued"
    assert kept["resolved_by"] == DECISION["by"]
    assert kept["resolution_note"] == DECISION["reason"]
    assert kept["last_error"] == entry["last_error"]


def test_a_requeued_receipt_may_be_refused_again(shared_till: TillProcess) -> None:
    entry = refused(shared_till)
    shared_till.ofd.fault("refuse", receipt_id=entry["receipt_id"])
    shared_till.post(f"/v1/kkt/dlq/{entry['id']}/requeue", DECISION)

    def second() -> list[dict[str, Any]]:
        return [item for item in shared_till.dlq() if item["receipt_id"] == entry["receipt_id"]]

    again = eventually(second)
    assert again[0]["id"] != entry["id"]


def test_a_receipt_settled_by_hand_is_closed_and_its_refund_allowed(
    shared_till: TillProcess,
) -> None:
    entry = refused(shared_till)
    original = {"receipt_id": entry["receipt_id"]}
    assert shared_till.post("/v1/pos/refund", original).status_code == 409

    answer = shared_till.post(f"/v1/kkt/dlq/{entry['id']}/resolve", DECISION)

    assert answer.json()["resolution"] == "resolved"
    assert shared_till.receipt(entry["receipt_id"])["status"] == "failed"
    assert entry["id"] not in [item["id"] for item in shared_till.dlq()]
    assert shared_till.post("/v1/pos/refund", original).json()["allowed"] is True
    last = shared_till.receipt(entry["receipt_id"])["events"][-1]
    assert last["event_type"] == "dlq_resolved"
    assert last["metadata"] == {"dlq_id": entry["id"], **DECISION}


@pytest.mark.parametrize("action", ["requeue", "resolve"])
def test_an_entry_is_settled_once(shared_till: TillProcess, action: str) -> None:
    entry = refused(shared_till)
    shared_till.post(f"/v1/kkt/dlq/{entry['id']}/resolve", DECISION)

    again = shared_till.post(f"/v1/kkt/dlq/{entry['id']}/{action}", DECISION)

    assert again.status_code == 409
    assert again.json()["code"] == "receipt_state"


@pytest.mark.parametrize("missing", ["by", "reason"])
def test_who_and_why_are_required(shared_till: TillProcess, missing: str) -> None:
    entry = refused(shared_till)
    unsigned = {name: value for name, value in DECISION.items() if name != missing}

    answer = shared_till.post(f"/v1/kkt/dlq/{entry['id']}/resolve", unsigned)

    assert (answer.status_code, answer.json()["field"]) == (400, missing)
    assert entry["id"] in [item["id"] for item in shared_till.dlq()]


def test_an_unknown_entry_is_not_found(shared_till: TillProcess) -> None:
    assert shared_till.post("/v1/kkt/dlq/nothing/requeue", DECISION).status_code == 404


def test_what_the_ofd_fails_on_for_ever_goes_to_the_dlq_after_so_many_refusals(
    tmp_path: Path,
) -> None:
    quick = {"sync__interval_s": 1, "sync__max_refusals": 3}
    with running_till(tmp_path, **quick) as till:
        till.ofd.fault("error", status=500, count=3)
        first = till.sell().json()["receipt_id"]
        second = till.sell().json()["receipt_id"]
        till.wait_until_delivered()

        assert [(entry["receipt_id"], entry["reason"]) for entry in till.dlq()] == [
            (first, "max_refusals_exceeded")
        ]
        assert till.receipt(second)["status"] == "synced"


@pytest.mark.parametrize("unreached", [{"fault": "down"}, {"fault": "error", "status": 503}])
def test_what_did_not_reach_the_ofd_never_goes_to_the_dlq(
    tmp_path: Path, unreached: dict[str, Any]
) -> None:
    quick = {
        "sync__interval_s": 1,
        "sync__max_refusals": 2,
        "sync__breaker_failures": 50,
    }
    with running_till(tmp_path, **quick) as till:
        till.ofd.fault(unreached.pop("fault"), **unreached)
        receipt_id = till.sell().json()["receipt_id"]
        eventually(lambda: till.receipt(receipt_id)["retry_count"] >= 3)

        assert till.dlq() == []
        assert till.receipt(receipt_id)["status"] != "failed"
