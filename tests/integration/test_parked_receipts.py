"""When even the register cannot tell what became of a print: a person with two buttons decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.register_tasks import Till as RegisterClient
from tests.register_tasks import receipt as register_receipt
from tests.till_process import TillProcess, eventually, running_till


def papers(till: TillProcess) -> list[dict[str, Any]]:
    return [document for document in till.register.journal() if document["receipt_id"]]


def park(till: TillProcess) -> str:
    """A receipt that was printed, whose answer is lost while the register cannot be read."""
    till.register.fault("unreadable")
    till.register.fault("deaf_after_print", count=1)
    receipt_id: str = till.sell().json()["receipt_id"]
    eventually(lambda: till.receipt(receipt_id)["print_state"] == "parked")
    return receipt_id


def decide(till: TillProcess, receipt_id: str, outcome: str, **paper: Any) -> httpx.Response:
    return till.post(
        f"/v1/kkt/receipts/{receipt_id}/resolve",
        {"outcome": outcome, "by": "Петрова", "reason": "посмотрела на ленту", **paper},
    )


def test_an_undecidable_print_is_parked_and_the_next_ones_wait(till: TillProcess) -> None:
    parked = park(till)

    answers = [till.sell() for _ in range(2)]

    assert [answer.json()["status"] for answer in answers] == ["buffered"] * 2
    assert max(answer.elapsed.total_seconds() for answer in answers) < 2
    status = till.status()
    assert (status["parked"], status["waiting_print"]) == (1, 2)
    assert status["print_lane"]["state"] == "parked"
    assert status["print_lane"]["receipt_id"] == parked
    assert "решает человек" in till.receipt(parked)["print_error"]
    assert till.http.get("/v1/health").json()["status"] == "degraded"
    assert len(papers(till)) == 1


def test_the_button_it_printed_takes_the_numbers_from_the_paper(till: TillProcess) -> None:
    before = till.sell().json()["receipt_id"]
    parked = park(till)
    waiting = till.sell().json()["receipt_id"]
    paper = papers(till)[1]

    incomplete = decide(till, parked, "printed", fd=paper["fd"])
    assert (incomplete.status_code, incomplete.json()["field"]) == (422, "fiscal_sign")
    answer = decide(till, parked, "printed", fd=paper["fd"], fiscal_sign=paper["fiscal_sign"])

    assert answer.status_code == 200, answer.text
    assert answer.json()["fiscal_doc"]["fn"] == paper["fn"]
    till.wait_until_printed(waiting)
    assert [document["receipt_id"] for document in papers(till)] == [before, parked, waiting]
    history = {event["event_type"]: event["metadata"] for event in till.receipt(parked)["events"]}
    assert history["receipt_printed"]["known_by"] == "person"
    assert history["receipt_printed"]["by"] == "Петрова"
    till.wait_until_delivered()
    # The OFD takes it: what was not copied from the paper follows from the receipt before.
    assert [document["receipt_id"] for document in till.ofd.journal()] == [before, parked, waiting]


def test_the_button_it_did_not_print_prints_it_once_and_first(till: TillProcess) -> None:
    """The drawer shows no paper: the person's word is taken, and the memory is not asked again."""
    parked = park(till)
    waiting = till.sell().json()["receipt_id"]

    assert decide(till, parked, "not_printed").status_code == 200

    till.wait_until_printed(waiting)
    later = [document["receipt_id"] for document in papers(till)][1:]
    assert later == [parked, waiting]


def test_a_register_that_can_be_read_again_settles_it_by_itself(till: TillProcess) -> None:
    parked = park(till)
    till.register.clear()

    # Any press of a button asks the register first; so does the lane, a few times a minute.
    answer = decide(till, parked, "not_printed")

    assert answer.status_code == 409
    assert "напечатан" in answer.json()["message"]
    till.wait_until_printed(parked)
    assert len(papers(till)) == 1


def test_the_lane_asks_again_without_anybody_pressing_anything(till: TillProcess) -> None:
    parked = park(till)
    waiting = till.sell().json()["receipt_id"]
    till.register.clear()

    till.wait_until_printed(parked, within_s=30)
    till.wait_until_printed(waiting)
    assert [document["receipt_id"] for document in papers(till)] == [parked, waiting]


def test_a_mistyped_fd_number_is_refused(till: TillProcess) -> None:
    """Believed, it would make the till wait for a register that is 'behind' for ever."""
    parked = park(till)
    paper = papers(till)[0]

    answer = decide(
        till, parked, "printed", fd=paper["fd"] + 1000, fiscal_sign=paper["fiscal_sign"]
    )

    assert answer.status_code == 422
    assert answer.json()["field"] == "fd"
    assert till.receipt(parked)["print_state"] == "parked"
    assert decide(
        till, parked, "printed", fd=paper["fd"], fiscal_sign=paper["fiscal_sign"]
    ).is_success
    till.wait_until_printed(till.sell().json()["receipt_id"])


def test_the_fd_of_another_receipt_is_refused(till: TillProcess) -> None:
    other = till.sell().json()["fiscal_doc"]
    till.register.fault("unreadable")
    till.register.fault("deaf_after_print", count=1)
    parked = till.sell().json()["receipt_id"]
    eventually(lambda: till.receipt(parked)["print_state"] == "parked")

    answer = decide(till, parked, "printed", fd=other["fd"], fiscal_sign=other["fiscal_sign"])

    assert answer.status_code == 409
    assert answer.json()["code"] == "receipt_state"


@pytest.mark.parametrize("outcome", ["printed", "not_printed", "withdrawn"])
def test_there_is_nothing_to_decide_about_a_printed_receipt(
    shared_till: TillProcess, outcome: str
) -> None:
    receipt_id = shared_till.sell().json()["receipt_id"]
    paper = shared_till.receipt(receipt_id)["fiscal_doc"]

    answer = decide(shared_till, receipt_id, outcome, fd=paper["fd"], fiscal_sign="1")

    # The paper that the register itself has confirmed is not replaced by anybody's memory.
    assert answer.status_code == (200 if outcome == "printed" else 409)
    assert shared_till.receipt(receipt_id)["fiscal_doc"] == paper


def _listens(till: TillProcess) -> bool:
    return bool(httpx.get(f"{till.register.control}/health", trust_env=False).json()["listening"])


def test_somebody_elses_document_under_our_number_is_a_persons_business(tmp_path: Path) -> None:
    """The register holds our reference with another sum: the storage is not sure either, so the
    person types its number too."""
    with running_till(tmp_path) as till:
        till.sell()
        till.register.fault("dead")
        queued = till.sell().json()["receipt_id"]
        till.kill()
        till.register.clear()
        eventually(lambda: _listens(till))
        with RegisterClient(till.register.port) as stranger:
            items = {"items": [register_receipt()["items"][0] | {"price": 7, "amount": 7}]}
            printed = stranger.ask(register_receipt(receipt_id=queued, **items))
            assert printed is not None
            paper = printed["result"]["fiscalParams"]
        till.restart()
        eventually(lambda: till.receipt(queued)["print_state"] == "parked")
        numbers = {
            "fd": paper["fiscalDocumentNumber"],
            "fiscal_sign": paper["fiscalDocumentSign"],
        }

        without_fn = decide(till, queued, "printed", **numbers)
        assert (without_fn.status_code, without_fn.json()["field"]) == (422, "fn")
        answer = decide(till, queued, "printed", fn=paper["fnNumber"], **numbers)

        assert answer.status_code == 200, answer.text
        assert till.receipt(queued)["fiscal_doc"]["fn"] == paper["fnNumber"]
        # Its sum differs from the document's: what the OFD thinks of it is for the DLQ.
        till.wait_until_printed(till.sell().json()["receipt_id"])
