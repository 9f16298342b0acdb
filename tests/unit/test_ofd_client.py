"""What the OFD's answers mean: only an answer of an OFD proves a delivery or a refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from kkt_adapter.app.errors import (
    DeliveryError,
    NotReached,
    RefusedByContent,
    ServerRefused,
    TryLater,
)
from kkt_adapter.app.ofd_client import Delivered, OfdClient

pytestmark = pytest.mark.anyio

Handler = Callable[[httpx.Request], httpx.Response]
BODY = {"receipt_id": "r-1", "fd": 2}


async def delivered(handler: Handler, token: str = "") -> Delivered:
    client = OfdClient("http://ofd.test", token, 1.0, transport=httpx.MockTransport(handler))
    try:
        return await client.deliver("r-1", BODY)
    finally:
        await client.close()


async def answered(status: int, **answer: Any) -> Delivered:
    return await delivered(lambda request: httpx.Response(status, **answer))


async def refusal(expected: type[DeliveryError], status: int, **answer: Any) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await answered(status, **answer)
    assert type(caught.value) is expected
    return caught.value


async def test_a_receipt_goes_with_its_key_and_the_tills_token() -> None:
    seen: list[httpx.Request] = []

    def ofd(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json={"server_time": 1_790_000_000, "ofd_id": "o-1"})

    await delivered(ofd, token="secret")

    (request,) = seen
    assert (request.method, str(request.url)) == ("POST", "http://ofd.test/receipts")
    assert request.headers["Authorization"] == "Bearer secret"
    assert request.headers["Idempotency-Key"] == "r-1"
    assert json.loads(request.content) == BODY


async def test_without_a_token_no_empty_one_is_sent() -> None:
    seen: list[httpx.Request] = []

    def ofd(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json={"server_time": 1})

    await delivered(ofd)

    assert "Authorization" not in seen[0].headers


@pytest.mark.parametrize("status", [200, 201])
async def test_taken(status: int) -> None:
    answer = {"server_time": 1_790_000_000, "ofd_id": "o-1"}

    assert await answered(status, json=answer) == Delivered(1_790_000_000, "o-1")


async def test_already_there_is_delivered() -> None:
    known = await answered(409, json={"server_time": 1_790_000_000, "ofd_id": "o-1"})

    assert known == Delivered(1_790_000_000, "o-1", already_known=True)


async def test_already_there_without_a_word_is_delivered_too() -> None:
    assert await answered(409) == Delivered(None, None, already_known=True)


@pytest.mark.parametrize(
    ("said", "understood"),
    [(None, None), ("o-1", "o-1"), (17, "17")],
)
async def test_the_ofds_number_is_kept_as_text(said: object, understood: str | None) -> None:
    assert (await answered(201, json={"server_time": 1, "ofd_id": said})).ofd_id == understood


async def test_fractions_of_the_servers_seconds_are_dropped() -> None:
    assert (await answered(201, json={"server_time": 1_790_000_000.9})).server_time == 1_790_000_000


@pytest.mark.parametrize(
    "content",
    [
        b"<html><title>Wi-Fi</title>Please log in</html>",
        b"",
        b"{}",
        b"[]",
        b'"ok"',
        b'{"server_time": null}',
        b'{"server_time": "1790000000"}',
        b'{"server_time": true}',
        b'{"server_time": NaN}',
        b'{"server_time": 1e999}',
        b'{"server_time": 99999999999999999999999}',
        b'{"server_time": -5}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
async def test_a_friendly_page_that_is_no_ofd_proves_nothing(content: bytes) -> None:
    await refusal(NotReached, 200, content=content)


@pytest.mark.parametrize("status", [400, 402, 406, 410, 411, 413, 415, 422, 428, 451])
async def test_other_4xx_refuse_the_receipt_in_the_ofds_words(status: int) -> None:
    error = await refusal(RefusedByContent, status, json={"error": "нет тега 1008"})

    assert str(status) in str(error)
    assert "нет тега 1008" in str(error)


async def test_endless_words_are_cut() -> None:
    assert len(str(await refusal(RefusedByContent, 422, text="x" * 100_000))) < 600


@pytest.mark.parametrize("status", [401, 403, 404, 405, 407, 408, 421, 425])
async def test_a_wrong_token_or_address_says_nothing_about_the_receipt(status: int) -> None:
    await refusal(NotReached, status)


@pytest.mark.parametrize("status", [500, 501, 505, 507, 599])
async def test_an_ofd_that_fails_on_the_receipt(status: int) -> None:
    await refusal(ServerRefused, status)


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_an_overloaded_way_says_nothing_about_the_receipt(status: int) -> None:
    await refusal(NotReached, status)


@pytest.mark.parametrize("status", [204, 206, 301, 302, 304, 307])
async def test_redirects_and_empty_answers_prove_nothing(status: int) -> None:
    await refusal(NotReached, status, headers={"Location": "http://portal.test/"})


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({}, None),
        ({"Retry-After": "120"}, 120.0),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": " 7 "}, 7.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "1.5"}, None),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:28:30",
                "Date": "Wed, 21 Oct 2026 07:28:00 -0000",
            },
            30.0,
        ),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:30:00 GMT",
                "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            120.0,
        ),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:20:00 GMT",
                "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            0.0,
        ),
        ({"Retry-After": "Wed, 99 Oct 2026 07:20:00 GMT"}, None),
    ],
)
async def test_429_asks_for_a_pause_in_seconds_or_by_a_date(
    headers: dict[str, str], pause: float | None
) -> None:
    error = await refusal(TryLater, 429, headers=headers)

    assert isinstance(error, TryLater)
    assert error.pause_s == pause


async def test_a_date_without_the_servers_own_time_is_held_against_ours() -> None:
    past = await refusal(
        TryLater, 429, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT", "Date": ""}
    )
    future = await refusal(TryLater, 429, headers={"Retry-After": "Fri, 21 Oct 2089 07:28:00 GMT"})

    assert isinstance(past, TryLater)
    assert isinstance(future, TryLater)
    assert past.pause_s == 0
    assert future.pause_s is not None
    assert future.pause_s > 86_400


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("connect"),
        httpx.ReadTimeout("read"),
        httpx.WriteTimeout("write"),
        httpx.PoolTimeout("pool"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("garbage"),
        httpx.DecodingError("gzip"),
        OSError("no route"),
    ],
)
async def test_without_an_answer_nothing_is_known(error: Exception) -> None:
    def nobody(_: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(NotReached, match="ОФД"):
        await delivered(nobody)


async def test_the_machines_proxy_settings_do_not_lead_receipts_astray(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    client = OfdClient("http://127.0.0.1:9/", "t", 1.0)

    with pytest.raises(NotReached, match="соединиться"):
        await client.deliver("r-1", BODY)
    await client.close()
