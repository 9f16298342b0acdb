"""The beat to Odoo: it tells how the till stands and never gets in anybody's way."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from kkt_adapter.app.drift import ClockDrift
from kkt_adapter.app.heartbeat import Heartbeat
from kkt_adapter.app.metrics import Metrics
from tests.unit.till_parts import Clock

pytestmark = pytest.mark.anyio

OK = httpx.codes.OK


class Odoo:
    """Odoo at the other end of the wire: `answer` is a status code or the error of a cut cable."""

    def __init__(self) -> None:
        self.answer: int | Exception = OK
        self.headers: dict[str, str] = {}
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return httpx.Response(self.answer, headers=self.headers)


@pytest.fixture
def odoo() -> Odoo:
    return Odoo()


@pytest.fixture
def drift() -> ClockDrift:
    return ClockDrift()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics("POS-001")


@pytest.fixture
def heartbeat(odoo: Odoo, drift: ClockDrift, metrics: Metrics, clock: Clock) -> Heartbeat:
    http = httpx.AsyncClient(base_url="http://erp.test", transport=httpx.MockTransport(odoo))
    return Heartbeat(http, metrics, drift, now=clock, payload=lambda: {"pos_id": "POS-001"})


async def test_a_beat_carries_how_the_till_stands(heartbeat: Heartbeat, odoo: Odoo) -> None:
    assert await heartbeat.beat()

    (request,) = odoo.requests
    assert (request.method, request.url.path) == ("POST", "/api/v1/kkt/heartbeat")
    assert json.loads(request.content) == {"pos_id": "POS-001"}


async def test_it_is_online_after_two_beats_and_offline_after_three_missed(
    heartbeat: Heartbeat, odoo: Odoo
) -> None:
    seen = []
    for answer in (OK, OK, 500, 500, 500, OK, OK):
        odoo.answer = answer
        await heartbeat.beat()
        seen.append(heartbeat.link.online)

    assert seen == [False, True, True, True, False, False, True]


@pytest.mark.parametrize(
    "answer", [401, 404, 302, 500, httpx.ConnectError("-"), httpx.ReadTimeout("-"), OSError("-")]
)
async def test_whatever_goes_wrong_is_a_missed_beat_and_no_error(
    heartbeat: Heartbeat, odoo: Odoo, metrics: Metrics, answer: Any
) -> None:
    odoo.answer = answer

    assert not await heartbeat.beat()

    missed = metrics.registry.get_sample_value(
        "kkt_heartbeat_failures_total", {"pos_id": "POS-001"}
    )
    assert missed == 1


async def test_odoos_clock_is_compared_with_ours(
    heartbeat: Heartbeat, odoo: Odoo, drift: ClockDrift
) -> None:
    odoo.headers = {"Date": "Mon, 21 Sep 2026 14:13:30 GMT"}

    await heartbeat.beat()

    assert drift.by_source() == {"odoo": 10.5}


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Sep 2026 14:13:30 GMT"])
async def test_a_date_that_is_none_is_not_compared(
    heartbeat: Heartbeat, odoo: Odoo, drift: ClockDrift, date: str
) -> None:
    odoo.headers = {"Date": date}

    assert await heartbeat.beat()
    assert drift.by_source() == {}


def test_the_worst_drift_is_shown_with_its_sign(drift: ClockDrift) -> None:
    assert drift.worst() == 0
    drift.measured("ofd", 3)
    drift.measured("odoo", -40)

    assert drift.worst() == -40
