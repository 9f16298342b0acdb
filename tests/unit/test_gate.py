"""What every request passes: the browser's same-site rules, and limits on a body."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from kkt_adapter.app.config import Settings
from kkt_adapter.app.main import create_app
from tests.unit.till_parts import make_till

pytestmark = pytest.mark.anyio

HERE = "http://127.0.0.1:8000"
ODOO = "https://erp.example.ru"
LIMIT = 16_384


async def client_of(folder: Path, **adapter: object) -> AsyncIterator[httpx.AsyncClient]:
    till = make_till(
        folder, adapter={"allowed_origins": [ODOO], "max_body_bytes": LIMIT, **adapter}
    )
    app = create_app(till.settings, till)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as http:
        yield http
    await till.stop()


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async for client in client_of(tmp_path):
        yield client


@pytest.fixture
async def open_http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A till that other computers may call."""
    async for client in client_of(tmp_path, host="0.0.0.0", pos_token="p", admin_token="a"):
        yield client


async def session(http: httpx.AsyncClient, **headers: str) -> httpx.Response:
    return await http.get("/v1/session", headers=headers)


# -- whose page calls ----------------------------------------------------------------------------


async def test_the_tills_own_page_and_programs_may_call(http: httpx.AsyncClient) -> None:
    assert (await session(http)).status_code == 200
    assert (await session(http, Origin=HERE)).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://127.0.0.1:8001",
        "https://127.0.0.1:8000",
        "https://erp.example.ru.evil.example",
        "http://erp.example.ru",
        "null",
        "",
    ],
)
async def test_a_page_of_a_foreign_site_is_refused(http: httpx.AsyncClient, origin: str) -> None:
    answer = await session(http, Origin=origin)

    assert answer.status_code == 403
    assert answer.json()["code"] == "foreign_origin"
    assert "access-control-allow-origin" not in answer.headers


async def test_odoos_page_may_call_and_read_the_answer(http: httpx.AsyncClient) -> None:
    answer = await session(http, Origin=ODOO)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == ODOO
    assert answer.headers["vary"] == "Origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "0.0.0.0", "", "127.1"]
)
async def test_a_foreign_name_that_points_here_is_refused(
    http: httpx.AsyncClient, host: str
) -> None:
    answer = await session(http, Host=host, Origin=f"http://{host}")

    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "127.0.0.2:80", "[::1]:8000"])
async def test_the_computers_own_names_are_known(http: httpx.AsyncClient, host: str) -> None:
    assert (await session(http, Host=host)).status_code == 200


async def test_a_till_on_the_network_answers_to_any_name(open_http: httpx.AsyncClient) -> None:
    assert (await session(open_http, Host="kassa.example.ru")).status_code == 200


async def preflight(http: httpx.AsyncClient, origin: str) -> httpx.Response:
    return await http.options(
        "/v1/kkt/receipt",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, idempotency-key",
            "Access-Control-Request-Private-Network": "true",
        },
    )


async def test_a_browser_gets_leave_to_call_from_odoo_on_the_internet(
    http: httpx.AsyncClient,
) -> None:
    answer = await preflight(http, ODOO)

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == ODOO
    assert answer.headers["access-control-allow-private-network"] == "true"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "idempotency-key" in answer.headers["access-control-allow-headers"]


async def test_a_browser_gets_no_leave_from_elsewhere(http: httpx.AsyncClient) -> None:
    answer = await preflight(http, "https://evil.example")

    assert answer.status_code == 403
    assert "access-control-allow-private-network" not in answer.headers


# -- size ----------------------------------------------------------------------------------------


async def chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1024):
        yield b" " * 1024


def refused_as_too_large(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json()["code"]) == (413, "request_too_large")


@pytest.mark.parametrize("path", ["/v1/kkt/receipt", "/v1/pos/refund"])
async def test_an_announced_body_over_the_limit_is_refused(
    http: httpx.AsyncClient, path: str
) -> None:
    answer = await http.post(path, content=b" " * (LIMIT + 1))

    assert refused_as_too_large(answer)


@pytest.mark.parametrize("path", ["/v1/kkt/receipt", "/v1/pos/refund"])
async def test_a_body_in_chunks_over_the_limit_is_refused(
    http: httpx.AsyncClient, path: str
) -> None:
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": "019c4a10-0000-7000-8000-000000000001",
    }
    answer = await http.post(path, content=chunks(LIMIT + 1024), headers=headers)

    assert refused_as_too_large(answer)


async def test_a_body_of_just_the_limit_is_read(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/pos/refund", content=b" " * LIMIT)

    assert answer.status_code == 400


# -- on every answer -----------------------------------------------------------------------------


async def test_a_callers_request_id_is_kept_and_a_dirty_one_replaced(
    http: httpx.AsyncClient,
) -> None:
    assert (await session(http, **{"X-Request-Id": "abc-1"})).headers["x-request-id"] == "abc-1"
    dirty = (await session(http, **{"X-Request-Id": "a b\t<script>"})).headers["x-request-id"]
    assert dirty.isalnum()


@pytest.mark.parametrize("path", ["/v1/session", "/never"])
async def test_every_answer_forbids_framing_sniffing_and_caching(
    http: httpx.AsyncClient, path: str
) -> None:
    headers = (await http.get(path)).headers

    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "default-src 'self'" in headers["content-security-policy"]


def test_the_smallest_limit_still_takes_a_receipt() -> None:
    with pytest.raises(ValueError, match="max_body_bytes"):
        Settings(adapter={"max_body_bytes": LIMIT - 1})  # type: ignore[arg-type]
