"""GET /v1/health and /health: 200 when it can sell, and each part with its state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.inner_till import inner_till
from tests.processes import OfdProcess, RegisterProcess
from tests.till_process import TillProcess, eventually, running_till

PARTS = {"database", "disk", "register", "circuit_breaker", "sync_worker", "redis"}


@pytest.fixture
def till(tmp_path: Path) -> Iterator[TillProcess]:
    quick = {"sync__interval_s": 1, "sync__breaker_failures": 2, "sync__breaker_reset_s": 600}
    with running_till(tmp_path, buffer__capacity=2, **quick) as till:
        yield till


def health(till: TillProcess) -> dict[str, Any]:
    return till.http.get("/v1/health").json()  # type: ignore[no-any-return]


def test_a_sound_till_is_healthy_in_every_part(till: TillProcess) -> None:
    eventually(lambda: health(till)["status"] == "healthy")

    answer = health(till)
    assert answer["components"].keys() >= PARTS
    assert all(part["state"] for part in answer["components"].values())
    assert answer["components"]["disk"]["free_bytes"] > 1 << 30
    assert answer["components"]["redis"]["state"] == "off"
    assert till.http.get("/health").json()["components"].keys() == answer["components"].keys()


def test_without_the_register_it_still_takes_sales(till: TillProcess) -> None:
    till.register.fault("dead")
    till.sell()

    answer = till.http.get("/v1/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["components"]["register"]["state"] == "offline"


def test_an_open_breaker_is_a_warning(till: TillProcess) -> None:
    till.ofd.fault("down")
    till.sell()
    eventually(lambda: health(till)["components"]["circuit_breaker"]["state"] == "OPEN")

    assert till.http.get("/v1/health").status_code == 200
    assert health(till)["status"] == "degraded"


def test_a_full_buffer_cannot_sell(till: TillProcess) -> None:
    till.ofd.fault("down")
    till.sell()
    till.sell()

    answer = till.http.get("/v1/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "unhealthy")
    assert answer.json()["components"]["buffer"]["state"] == "full"


def test_a_register_without_paper_says_so(till: TillProcess) -> None:
    till.register.fault("no_paper")
    till.sell()

    assert "бумаг" in health(till)["components"]["register"]["message"].lower()


@pytest.mark.anyio
async def test_less_than_a_gigabyte_of_disk_is_unhealthy(
    tmp_path: Path,
    register_process: RegisterProcess,
    ofd_process: OfdProcess,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with inner_till(tmp_path / "data", register_process, ofd_process) as till:
        monkeypatch.setattr("kkt_adapter.app.status.free_bytes", lambda folder: (1 << 30) - 1)

        answer = await till.http.get("/v1/health")

        assert answer.status_code == 503
        assert answer.json()["components"]["disk"]["state"] == "low"
