"""POST /v1/pos/refund: may this receipt be refunded?"""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.till_process import TillProcess


@pytest.fixture
def sold(shared_till: TillProcess) -> dict[str, Any]:
    """A delivered sale, as the till knows it."""
    result = shared_till.sell().json()
    shared_till.wait_until_delivered()
    return result  # type: ignore[no-any-return]


def test_an_unknown_receipt_is_404(shared_till: TillProcess) -> None:
    answer = shared_till.post("/v1/pos/refund", {"receipt_id": str(uuid.uuid4())})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_pending_receipt_is_409(shared_till: TillProcess) -> None:
    shared_till.ofd.fault("slow", seconds=30)
    pending = shared_till.sell().json()["receipt_id"]

    answer = shared_till.post("/v1/pos/refund", {"receipt_id": pending})

    assert (answer.status_code, answer.json()["code"]) == (409, "original_not_delivered")
    shared_till.ofd.clear()
    shared_till.wait_until_delivered()
    assert shared_till.post("/v1/pos/refund", {"receipt_id": pending}).status_code == 200


def test_a_delivered_receipt_is_200_with_its_document(
    shared_till: TillProcess, sold: dict[str, Any]
) -> None:
    answer = shared_till.post("/v1/pos/refund", {"receipt_id": sold["receipt_id"]})

    assert answer.status_code == 200
    assert answer.json() == {
        "allowed": True,
        "receipt_id": sold["receipt_id"],
        "fiscal_doc": sold["fiscal_doc"],
    }


def test_it_is_found_by_the_numbers_on_the_paper(
    shared_till: TillProcess, sold: dict[str, Any]
) -> None:
    paper = {name: sold["fiscal_doc"][name] for name in ("fn", "fd", "fiscal_sign")}

    answer = shared_till.post("/v1/pos/refund", paper)

    assert answer.json()["receipt_id"] == sold["receipt_id"]


def test_leading_zeros_of_the_sign_do_not_matter(
    shared_till: TillProcess, sold: dict[str, Any]
) -> None:
    paper = {name: sold["fiscal_doc"][name] for name in ("fn", "fd")}
    sign = int(sold["fiscal_doc"]["fiscal_sign"])

    answer = shared_till.post("/v1/pos/refund", {**paper, "fiscal_sign": f"{sign:010}"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"fiscal_sign": "1"}, 404), ({"fd": 4_000_000}, 404), ({"fn": "9" * 16}, 404)],
)
def test_numbers_that_do_not_belong_together_find_nothing(
    shared_till: TillProcess, sold: dict[str, Any], changes: dict[str, Any], status: int
) -> None:
    paper = {name: sold["fiscal_doc"][name] for name in ("fn", "fd", "fiscal_sign")}

    assert shared_till.post("/v1/pos/refund", {**paper, **changes}).status_code == status


@pytest.mark.parametrize("nothing", [{}, {"fn": "9" * 16}, {"fd": 1}, {"fiscal_sign": "1"}])
def test_a_receipt_must_be_named(shared_till: TillProcess, nothing: dict[str, Any]) -> None:
    answer = shared_till.post("/v1/pos/refund", nothing)

    assert (answer.status_code, answer.json()["field"]) == (400, "receipt_id")
