"""The till and Odoo: a beat that never stands in the way, a catalogue that outlives the network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mocks.odoo_mock import OdooMock, products, running_odoo
from tests.till_process import TillProcess, eventually, running_till

QUICK = {"heartbeat__interval_s": 0.2, "heartbeat__timeout_s": 0.5, "catalogue__interval_s": 0.5}


@pytest.fixture
def odoo() -> Iterator[OdooMock]:
    with running_odoo() as odoo:
        yield odoo


@pytest.fixture
def till(tmp_path: Path, odoo: OdooMock) -> Iterator[TillProcess]:
    with running_till(
        tmp_path, heartbeat__odoo_url=odoo.url, heartbeat__token="odoo-token", **QUICK
    ) as till:
        yield till


@pytest.fixture(scope="module")
def stocked(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[TillProcess, OdooMock]]:
    """A till with a catalogue of two products, and the Odoo it has them from."""
    with (
        running_odoo() as odoo,
        running_till(
            tmp_path_factory.mktemp("till"), heartbeat__odoo_url=odoo.url, **QUICK
        ) as till,
    ):
        odoo.catalogue = {"version": "1", "full": True, "products": products(2)}
        eventually(lambda: till.status()["catalogue"]["products"] == 2)
        yield till, odoo


def sell_by_id(till: TillProcess, product_id: str, price: str) -> dict[str, Any]:
    answer = till.sell(
        items=[{"product_id": product_id, "qty": 1}],
        payments=[{"method": "card", "amount": price}],
    )
    assert answer.status_code == 200, answer.text
    return till.receipt(answer.json()["receipt_id"])


@pytest.mark.usefixtures("till")
def test_a_beat_tells_who_how_the_buffer_stands_and_the_breaker(odoo: OdooMock) -> None:
    beat = eventually(lambda: odoo.beats)[0]

    assert beat["pos_id"] == "POS-001"
    assert beat["cb_state"] == "CLOSED"
    assert beat["buffer_status"]["total_capacity"] == 200
    assert beat["buffer_status"]["current_queued"] == 0
    assert odoo.authorizations[0] == "Bearer odoo-token"


def test_the_beat_follows_the_buffer(till: TillProcess, odoo: OdooMock) -> None:
    till.ofd.fault("down")
    till.sell()

    eventually(lambda: odoo.beats and odoo.beats[-1]["buffer_status"]["current_queued"] == 1)


def test_odoo_is_online_after_two_beats_and_offline_after_three_failures(
    till: TillProcess, odoo: OdooMock
) -> None:
    eventually(lambda: till.status()["odoo"] == "online")
    assert len(odoo.beats) >= 2

    odoo.status = 500
    eventually(lambda: till.status()["odoo"] == "offline")
    failures = [
        line
        for line in till.http.get("/metrics").text.splitlines()
        if line.startswith("kkt_heartbeat_failures_total{")
    ]
    assert float(failures[0].rpartition(" ")[2]) >= 3
    # The OFD is a network of its own.
    assert till.status()["network_status"] == "degraded"

    odoo.status = 200
    eventually(lambda: till.status()["odoo"] == "online")


def test_an_odoo_that_hangs_is_not_in_the_way_of_a_sale(till: TillProcess, odoo: OdooMock) -> None:
    eventually(lambda: till.status()["odoo"] == "online")
    odoo.hang()
    eventually(lambda: till.status()["odoo"] == "offline")

    answers = [till.sell() for _ in range(10)]

    assert {answer.json()["status"] for answer in answers} == {"printed"}
    assert max(answer.elapsed.total_seconds() for answer in answers) < 1.0
    till.wait_until_delivered()


def test_ten_thousand_products_are_pulled_and_a_sale_needs_only_the_id(
    till: TillProcess, odoo: OdooMock
) -> None:
    odoo.catalogue = {"version": "7", "full": True, "products": products(10_000)}
    eventually(lambda: till.status()["catalogue"]["products"] == 10_000)

    exempt = sell_by_id(till, "P-09998", "10998.50")["document"]["1059"][0]
    taxed = sell_by_id(till, "P-09999", "10999.50")["document"]["1059"][0]

    assert (exempt["1030"], exempt["1079"]) == ("Оправа модель 9998", 10998_50)
    assert (exempt["1199"], taxed["1199"]) == (6, 11)
    eventually(lambda: odoo.asked_since[-1] == "7")
    found = till.http.get("/v1/kkt/catalogue", params={"search": "модель 4321"}).json()
    assert [item["product_id"] for item in found["items"]] == ["P-04321"]


def test_a_change_and_a_removal_arrive_without_the_rest(till: TillProcess, odoo: OdooMock) -> None:
    odoo.catalogue = {"version": "1", "full": True, "products": products(3)}
    eventually(lambda: till.status()["catalogue"]["products"] == 3)

    dearer = {**products(1)[0], "price": "9.99"}
    odoo.catalogue = {
        "version": "2",
        "full": False,
        "products": [dearer],
        "removed": ["P-00002"],
    }
    eventually(lambda: till.status()["catalogue"]["products"] == 2)

    assert sell_by_id(till, "P-00000", "9.99")["total"] == "9.99"


def test_the_last_catalogue_serves_without_odoo_and_tells_its_age(
    till: TillProcess, odoo: OdooMock
) -> None:
    odoo.catalogue = {"version": "1", "full": True, "products": products(5)}
    eventually(lambda: till.status()["catalogue"]["products"] == 5)
    odoo.status = 503
    till.stop()
    till.restart()

    assert till.status()["catalogue"]["products"] == 5
    assert till.status()["catalogue"]["age_s"] is not None
    assert sell_by_id(till, "P-00001", "1001.50")["print_state"] == "printed"
    assert json.loads((till.data_dir / "cache.json").read_text())["version"] == "1"


@pytest.mark.parametrize(
    "broken",
    [
        {"version": "2", "products": [{"product_id": "P-1"}]},
        {"version": "2", "products": [{**products(1)[0], "price": "дорого"}]},
        {"version": "2", "products": 7},
        {"version": "2"},
        [],
    ],
    ids=["no price", "a word for a price", "no list", "no products", "no object"],
)
def test_a_broken_catalogue_is_refused_whole(
    stocked: tuple[TillProcess, OdooMock], broken: Any
) -> None:
    till, odoo = stocked
    asked = len(odoo.asked_since)

    odoo.catalogue = broken
    eventually(lambda: len(odoo.asked_since) > asked + 2)

    assert till.status()["catalogue"]["products"] == 2
    assert till.status()["catalogue"]["version"] == "1"
    assert till.sell().json()["status"] == "printed"


def test_an_unknown_product_without_a_price_is_refused(
    stocked: tuple[TillProcess, OdooMock],
) -> None:
    answer = stocked[0].sell(items=[{"product_id": "NO-SUCH", "qty": 1}])

    assert answer.status_code == 422
    assert answer.json()["field"] == "items[0].price"
