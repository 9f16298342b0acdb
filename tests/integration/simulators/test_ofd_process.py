"""The OFD simulator as a process: what it takes, refuses, and how it fails on request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.processes import OfdProcess
from tests.register_tasks import FN, delivery


class Sender:
    def __init__(self, ofd: OfdProcess) -> None:
        self._http = httpx.Client(base_url=ofd.url, timeout=10.0, trust_env=False)
        self._token = ofd.token

    def send(self, body: dict[str, Any], **headers: str) -> httpx.Response:
        usual = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": body["receipt_id"]}
        return self._http.post("/receipts", json=body, headers=usual | headers)

    def close(self) -> None:
        self._http.close()


@pytest.fixture
def sender(ofd: OfdProcess) -> Iterator[Sender]:
    sender = Sender(ofd)
    yield sender
    sender.close()


def received(ofd: OfdProcess) -> list[str]:
    return [row["receipt_id"] for row in ofd.journal()]


def test_a_receipt_is_taken_once(ofd: OfdProcess, sender: Sender) -> None:
    first = sender.send(delivery("r-1"))
    assert first.status_code == 201
    assert first.json()["server_time"] > 1_700_000_000
    again = sender.send(delivery("r-1"))
    assert (again.status_code, again.json()["ofd_id"]) == (409, first.json()["ofd_id"])
    (row,) = ofd.journal()
    assert row.pop("received_at")
    assert row == {
        "receipt_id": "r-1",
        "fn": FN,
        "fd": 3,
        "fiscal_sign": "1234567890",
        "type": "sale",
        "total": 100_000,
        "pos_id": "POS-001",
    }


def test_a_document_known_by_its_number_is_not_taken_again(ofd: OfdProcess, sender: Sender) -> None:
    assert sender.send(delivery("r-1", fd=3)).status_code == 201
    assert sender.send(delivery("r-2", fd=3)).status_code == 409
    assert received(ofd) == ["r-1"]


def test_a_wrong_token_is_refused(ofd: OfdProcess, sender: Sender) -> None:
    assert sender.send(delivery(), Authorization="Bearer wrong").status_code == 401
    assert sender.send(delivery(), Authorization="").status_code == 401
    assert received(ofd) == []


@pytest.mark.parametrize(
    "body",
    [
        delivery(**{"1040": 4}),
        delivery(**{"1041": "9999000000000002"}),
        delivery(**{"1077": "1234567891"}),
        delivery(**{"1084": {"1085": "Чек", "1086": "another"}}),
        delivery(**{"1020": None}),
        delivery(**{"1020": 100_100}),
        delivery(**{"1081": 99_999}),
        delivery(**{"1059": []}),
        delivery(**{"1054": 9}),
        delivery() | {"pos_id": ""},
        delivery() | {"hlc": {}},
        delivery() | {"fn": "1"},
        delivery() | {"fd": "3"},
    ],
)
def test_a_contradiction_is_refused_with_words(
    ofd: OfdProcess, sender: Sender, body: dict[str, Any]
) -> None:
    answer = sender.send(body)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert received(ofd) == []


def test_the_key_must_be_the_receipt(sender: Sender) -> None:
    assert sender.send(delivery("r-1"), **{"Idempotency-Key": "r-2"}).status_code == 422


def test_corrections_and_refunds_are_told_apart(ofd: OfdProcess, sender: Sender) -> None:
    sender.send(delivery("r-1", fd=3, **{"1054": 2}))
    sender.send(delivery("r-2", fd=4, **{"1174": {"1178": "2026-01-15"}}))
    assert [row["type"] for row in ofd.journal()] == ["refund", "correction"]


def test_an_error_stores_nothing(ofd: OfdProcess, sender: Sender) -> None:
    ofd.fault("error", count=1)
    assert sender.send(delivery()).status_code == 503
    assert received(ofd) == []
    assert sender.send(delivery()).status_code == 201


def test_too_many_requests_say_when_to_come_back(ofd: OfdProcess, sender: Sender) -> None:
    ofd.fault("error", status=429, count=1)
    answer = sender.send(delivery())
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")


def test_one_receipt_can_be_refused_by_content(ofd: OfdProcess, sender: Sender) -> None:
    ofd.fault("refuse", receipt_id="r-2")
    assert sender.send(delivery("r-1", fd=3)).status_code == 201
    assert sender.send(delivery("r-2", fd=4)).status_code == 422
    assert received(ofd) == ["r-1"]


def test_deaf_has_stored_what_it_does_not_answer(ofd: OfdProcess, sender: Sender) -> None:
    ofd.fault("deaf", count=1)
    with pytest.raises(httpx.TransportError):
        sender.send(delivery("r-1"))
    assert received(ofd) == ["r-1"]
    assert sender.send(delivery("r-1")).status_code == 409


def test_twice_stores_once_and_says_it_knew(ofd: OfdProcess, sender: Sender) -> None:
    ofd.fault("twice", count=1)
    assert sender.send(delivery("r-1")).status_code == 409
    assert received(ofd) == ["r-1"]


def test_down_closes_the_port_until_cleared(ofd: OfdProcess, sender: Sender) -> None:
    assert sender.send(delivery("r-1", fd=3)).status_code == 201
    ofd.fault("down")
    # The first attempt may still find the connection that is just being cut.
    for refusal in (httpx.TransportError, httpx.ConnectError):
        with pytest.raises(refusal):
            sender.send(delivery("r-2", fd=4))
    ofd.clear()
    assert sender.send(delivery("r-2", fd=4)).status_code == 201


def test_down_with_a_count_cuts_that_many_connections(ofd: OfdProcess, sender: Sender) -> None:
    ofd.fault("down", count=2)
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            sender.send(delivery())
    assert sender.send(delivery()).status_code == 201


def test_flapping_goes_and_comes(ofd: OfdProcess, sender: Sender) -> None:
    ofd.fault("flapping", period=2)
    outcomes = []
    for fd in range(3, 11):
        try:
            outcomes.append(sender.send(delivery(f"r-{fd}", fd=fd)).status_code)
        except httpx.TransportError:
            outcomes.append(0)
    assert outcomes == [0, 0, 201, 201, 0, 0, 201, 201]
    assert len(received(ofd)) == 4


def test_slow_answers_in_the_end(ofd: OfdProcess, sender: Sender) -> None:
    ofd.fault("slow", seconds=0.3, count=1)
    assert sender.send(delivery()).elapsed.total_seconds() >= 0.3
    assert sender.send(delivery("r-2", fd=4)).elapsed.total_seconds() < 0.3


def test_the_journal_survives_sigkill(ofd: OfdProcess, sender: Sender) -> None:
    for fd in range(3, 8):
        sender.send(delivery(f"r-{fd}", fd=fd))
    before = ofd.journal()
    ofd.kill()
    ofd.restart()
    assert ofd.journal() == before
    assert len(before) == 5


def test_the_operator_s_clock_can_drift(ofd: OfdProcess, sender: Sender) -> None:
    now = sender.send(delivery("r-1", fd=3)).json()["server_time"]
    ofd.shift_clock(-7200)
    assert abs(sender.send(delivery("r-2", fd=4)).json()["server_time"] - now + 7200) <= 2


def test_sigterm_ends_it_cleanly(ofd: OfdProcess) -> None:
    assert ofd.stop() == 0
