"""The till's copy of the catalogue: whole or not at all, with the network or without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from kkt_adapter.app.catalogue import Catalogue, CataloguePull
from kkt_adapter.app.vat import VatRate
from tests.unit.till_parts import NOON, Clock

FRAME = {"product_id": "FRAME-7", "name": "Оправа мод. 7", "price": "4500.00", "vat": "none"}
SUN = {"product_id": "SUN-1", "name": "Очки солнцезащитные", "price": "3490.50", "vat": "vat22"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.json"


@pytest.fixture
def catalogue(path: Path, clock: Clock) -> Catalogue:
    return Catalogue(path, clock)


def full(*products: dict[str, str], version: str = "v1") -> dict[str, Any]:
    return {"version": version, "products": list(products)}


def test_without_a_file_it_is_empty_and_has_no_age(catalogue: Catalogue) -> None:
    assert (len(catalogue), catalogue.age_s(), catalogue.get("FRAME-7")) == (0, None, None)


def test_a_product_has_its_name_price_and_vat(catalogue: Catalogue) -> None:
    catalogue.replace(full(FRAME, SUN))

    found = catalogue.get("SUN-1")
    assert found is not None
    assert (found.name, found.price, found.vat) == ("Очки солнцезащитные", 349_050, VatRate.VAT22)


def test_ten_thousand_products_survive_a_restart(
    catalogue: Catalogue, path: Path, clock: Clock
) -> None:
    products = [{**FRAME, "product_id": f"P-{n}", "price": f"{n}.99"} for n in range(10_000)]
    catalogue.replace(full(*products))
    clock.advance(90)

    again = Catalogue(path, clock)

    assert (len(again), again.version, again.age_s()) == (10_000, "v1", 90)
    assert all(again.get(p["product_id"]) == catalogue.get(p["product_id"]) for p in products)


def test_changes_and_removals_are_applied_to_what_is_there(catalogue: Catalogue) -> None:
    catalogue.replace(full(FRAME, SUN))

    catalogue.replace(
        {
            "full": False,
            "version": "v2",
            "products": [{**FRAME, "price": "5000"}],
            "removed": ["SUN-1", "never"],
        }
    )

    changed = catalogue.get("FRAME-7")
    assert changed is not None
    assert changed.price == 500_000
    assert catalogue.get("SUN-1") is None
    assert catalogue.version == "v2"


def test_a_full_catalogue_forgets_what_is_no_longer_in_it(catalogue: Catalogue) -> None:
    catalogue.replace(full(FRAME, SUN))
    catalogue.replace(full(SUN))

    assert catalogue.get("FRAME-7") is None


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"products": None},
        {"products": [{**SUN, "price": "дорого"}]},
        {"products": [{**SUN, "price": "1.005"}]},
        {"products": [{**SUN, "vat": "19"}]},
        {"products": [{"product_id": "X"}]},
        {"products": [SUN, "FRAME-7"]},
    ],
)
def test_a_broken_answer_is_refused_whole(catalogue: Catalogue, path: Path, broken: Any) -> None:
    catalogue.replace(full(FRAME))
    before = path.read_bytes()

    with pytest.raises((ValueError, KeyError, TypeError)):
        catalogue.replace(broken)

    assert (len(catalogue), catalogue.version) == (1, "v1")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"products": 5}', '{"products": [{}]}', "\udcff"]
)
def test_a_damaged_file_is_an_empty_catalogue_and_not_a_till_that_does_not_start(
    path: Path, clock: Clock, content: str
) -> None:
    path.write_bytes(content.encode("utf-8", "surrogateescape"))

    assert len(Catalogue(path, clock)) == 0


def test_a_power_cut_in_mid_write_leaves_the_old_file(
    catalogue: Catalogue, path: Path, clock: Clock
) -> None:
    catalogue.replace(full(FRAME))
    path.with_suffix(".tmp").write_text('{"version": "v2", "prod')

    assert Catalogue(path, clock).version == "v1"


def test_no_reader_ever_sees_half_a_file(catalogue: Catalogue, path: Path) -> None:
    catalogue.replace(full(FRAME))
    with path.open("rb") as reader:
        catalogue.replace(full(FRAME, SUN))

        assert len(json.loads(reader.read())["products"]) == 1
    assert len(json.loads(path.read_bytes())["products"]) == 2


def test_it_is_searched_by_words_in_name_and_number(catalogue: Catalogue) -> None:
    catalogue.replace(full(FRAME, SUN))

    def found(words: str, limit: int = 10) -> list[str]:
        return [product.product_id for product in catalogue.search(words, limit)]

    assert found("очки СОЛНЦЕ") == ["SUN-1"]
    assert found("frame") == ["FRAME-7"]
    assert found("оправа солнце") == []
    assert found("", limit=1) == ["FRAME-7"]


# -- pulling -------------------------------------------------------------------------------------


async def pulled(catalogue: Catalogue, *answers: httpx.Response | Exception) -> list[bool]:
    waiting = list(answers)
    asked: list[httpx.Request] = []

    def odoo(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        answer = waiting.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async with httpx.AsyncClient(
        base_url="http://erp.test", transport=httpx.MockTransport(odoo)
    ) as http:
        pull = CataloguePull(http, catalogue, "POS-001")
        done = [await pull.pull() for _ in answers]
    assert asked[0].url.params["pos_id"] == "POS-001"
    return done


@pytest.mark.anyio
async def test_it_is_pulled_and_later_confirmed_unchanged(
    catalogue: Catalogue, clock: Clock
) -> None:
    assert await pulled(catalogue, httpx.Response(200, json=full(FRAME))) == [True]
    clock.advance(300)
    assert catalogue.age_s() == 300

    assert await pulled(catalogue, httpx.Response(304)) == [True]

    assert (len(catalogue), catalogue.age_s()) == (1, 0)
    assert catalogue.updated_at == NOON + 300


@pytest.mark.anyio
@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError("-"),
        httpx.ReadTimeout("-"),
        httpx.Response(500),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"products": [5]}),
    ],
)
async def test_whatever_goes_wrong_the_last_good_copy_serves(
    catalogue: Catalogue, answer: httpx.Response | Exception
) -> None:
    catalogue.replace(full(FRAME))

    assert await pulled(catalogue, answer) == [False]

    assert catalogue.get("FRAME-7") is not None
