"""Who may call: the till's token, the administrator's token, and pages of which sites."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.till_process import SALE, TillProcess, running_till

POS, ADMIN = "token-of-the-till", "token-of-the-administrator"
ODOO = "https://erp.example.ru"
OPEN = ["/v1/session", "/v1/health", "/health", "/metrics", "/"]
DECISION = {"by": "Иванова", "reason": "проверка"}
FOR_POS: list[tuple[str, str, Any]] = [
    ("GET", "/v1/kkt/buffer/status", None),
    ("GET", "/v1/kkt/receipts", None),
    ("GET", "/v1/kkt/shift", None),
    ("GET", "/v1/kkt/catalogue", None),
    ("POST", "/v1/kkt/receipt", SALE),
    ("POST", "/v1/kkt/shift/x-report", None),
    ("POST", "/v1/pos/refund", {"receipt_id": "x"}),
]
FOR_ADMIN: list[tuple[str, str, Any]] = [
    ("POST", "/v1/kkt/buffer/sync", {"force": True}),
    ("GET", "/v1/kkt/dlq", None),
    ("POST", "/v1/kkt/dlq/x/requeue", DECISION),
    ("POST", "/v1/kkt/dlq/x/resolve", DECISION),
    ("POST", "/v1/kkt/receipts/x/resolve", {"outcome": "not_printed", **DECISION}),
    ("GET", "/v1/training/register/faults", None),
    ("POST", "/v1/training/ofd/faults", {"fault": "none"}),
]


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TillProcess]:
    with running_till(
        tmp_path_factory.mktemp("till"),
        adapter__pos_token=POS,
        adapter__admin_token=ADMIN,
        adapter__allowed_origins=f'["{ODOO}"]',
    ) as till:
        yield till


def call(till: TillProcess, what: tuple[str, str, Any], token: str | None) -> httpx.Response:
    method, path, body = what
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return till.http.request(method, path, json=body, headers=headers)


@pytest.mark.parametrize("path", OPEN)
def test_machines_and_the_page_need_no_token(till: TillProcess, path: str) -> None:
    assert till.http.get(path).status_code == 200


@pytest.mark.parametrize("what", FOR_POS + FOR_ADMIN, ids=lambda what: what[1])
@pytest.mark.parametrize("token", [None, "wrong", POS[:-1], POS + "x"])
def test_without_a_right_token_nothing_is_answered(
    till: TillProcess, what: tuple[str, str, Any], token: str | None
) -> None:
    answer = call(till, what, token)

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


@pytest.mark.parametrize("what", FOR_POS, ids=lambda what: what[1])
@pytest.mark.parametrize("token", [POS, ADMIN])
def test_the_till_and_the_administrator_may_sell(
    till: TillProcess, what: tuple[str, str, Any], token: str
) -> None:
    assert call(till, what, token).status_code in {200, 404}


@pytest.mark.parametrize("what", FOR_ADMIN, ids=lambda what: what[1])
def test_only_the_administrator_decides(till: TillProcess, what: tuple[str, str, Any]) -> None:
    refused = call(till, what, POS)
    assert refused.status_code == 401
    assert "администратора" in refused.json()["message"]

    assert call(till, what, ADMIN).status_code in {200, 202, 404, 409}


def test_the_page_learns_that_a_token_is_needed(till: TillProcess) -> None:
    session = till.http.get("/v1/session").json()

    assert session["auth_required"] is True
    assert POS not in str(session)


def test_a_refused_sale_leaves_nothing(till: TillProcess) -> None:
    (before,) = till.query("SELECT count(*) FROM receipts")

    call(till, ("POST", "/v1/kkt/receipt", SALE), "wrong")

    assert till.query("SELECT count(*) FROM receipts") == [before]


def test_tokens_come_from_generated_files_too(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    for name, token in (("pos.token", POS), ("admin.token", ADMIN)):
        (data_dir / name).touch(0o600)
        (data_dir / name).write_text(f"{token}\n", encoding="ascii")
    with running_till(tmp_path) as other:
        status = ("GET", "/v1/kkt/buffer/status", None)
        assert call(other, status, None).status_code == 401
        assert call(other, status, POS).status_code == 200


# -- browsers -------------------------------------------------------------------------------------


def test_odoos_pages_may_call_from_the_internet_to_this_computer(till: TillProcess) -> None:
    asked = {
        "Origin": ODOO,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,idempotency-key",
        "Access-Control-Request-Private-Network": "true",
    }
    preflight = till.http.options("/v1/kkt/receipt", headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == ODOO
    assert preflight.headers["access-control-allow-private-network"] == "true"
    assert "idempotency-key" in preflight.headers["access-control-allow-headers"]

    answer = till.http.get("/v1/session", headers={"Origin": ODOO})
    assert answer.headers["access-control-allow-origin"] == ODOO


@pytest.mark.parametrize("origin", ["https://evil.example", f"{ODOO}.evil.example", "null"])
def test_a_foreign_page_may_not_even_ask(till: TillProcess, origin: str) -> None:
    for method, path in (("GET", "/v1/session"), ("POST", "/v1/kkt/receipt"), ("OPTIONS", "/")):
        answer = till.http.request(method, path, headers={"Origin": origin})

        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
        assert "access-control-allow-origin" not in answer.headers


def test_a_name_pointed_at_this_computer_is_not_believed(till: TillProcess) -> None:
    """DNS rebinding: the browser takes evil.example for the page's own host."""
    answer = till.http.get("/v1/session", headers={"Host": "evil.example"})

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
