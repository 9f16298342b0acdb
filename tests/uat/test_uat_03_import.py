"""UAT-03: a clerk takes in a supplier's price list and takes it back.

Everything through HTTP as the web client sends it, with the rights of a real import operator.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bootstrap.supplier_files.making import make
from bootstrap.supplier_files.order import Order
from tests.odoo_process import OdooProcess, OdooUser, running_odoo
from tests.processes import pause
from tests.trial_addon import skip_without_odoo

skip_without_odoo()
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ROWS = 150
WITHIN_S = 120.0
JOB, ROW, PROFILE = "connector.import.job", "connector.import.row", "connector.import.profile"
CLERK = {"name": "Ольга Прайсова", "login": "clerk-uat-03", "password": "clerk-uat-03"}


@pytest.fixture(scope="module")
def odoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooProcess]:
    with running_odoo(tmp_path_factory.mktemp("uat3") / "odoo.log") as server:
        yield server


@pytest.fixture(scope="module")
def clerk(odoo: OdooProcess) -> OdooUser:
    """An employee who may import price lists, and nothing else."""
    admin = OdooUser(odoo, "admin", "admin")
    groups = admin.search(
        "ir.model.data",
        [("module", "=", "connector_b"), ("name", "=", "group_import_operator")],
        "res_id",
    )
    admin.call("res.users", "create", CLERK | {"groups_id": [(4, groups[0]["res_id"])]})
    return OdooUser(odoo, CLERK["login"], CLERK["password"])


def price_list(folder: Path, name: str, repriced: str = "0") -> Path:
    order = Order("kontakt", ROWS, repriced=Decimal(repriced), repriced_by=Decimal(30))
    return make(order, folder / name).path


def upload(clerk: OdooUser, path: Path) -> int:
    """The clerk drops the file on the screen and chooses the profile of this supplier."""
    [profile] = clerk.search(PROFILE, [("sample_file", "=", "kontakt.csv")], "name")
    content = base64.b64encode(path.read_bytes()).decode()
    job = clerk.call(
        JOB, "create", {"profile_id": profile["id"], "file": content, "file_name": path.name}
    )
    clerk.call(JOB, "action_check", [job])
    assert clerk.read(JOB, job, "check_state")["check_state"] == "done"
    return int(job)


def wait_until(clerk: OdooUser, job: int, *states: str) -> None:
    deadline = time.monotonic() + WITHIN_S
    while (found := clerk.read(JOB, job, "state")["state"]) not in states:
        assert time.monotonic() < deadline, found
        pause(0.2)


def prices(odoo: OdooProcess) -> dict[str, Decimal]:
    rows = odoo.sql(
        "SELECT s.product_code, s.price FROM product_supplierinfo s "
        "JOIN connector_import_profile f ON f.partner_id = s.partner_id "
        "JOIN product_template t ON t.id = s.product_tmpl_id "
        "WHERE f.sample_file = 'kontakt.csv' AND t.active"
    )
    return {code: Decimal(price) for code, price in rows}


def test_a_price_list_goes_in_next_months_rise_is_accepted_and_taken_back(
    odoo: OdooProcess, clerk: OdooUser, tmp_path: Path
) -> None:
    # The first price list: all of it is new, and the preview says so before anything is written.
    first = upload(clerk, price_list(tmp_path, "Прайс ноябрь.csv"))
    found = clerk.read(JOB, first, "count_total", "count_created", "attention_count")
    assert found == {
        "id": first, "count_total": ROWS, "count_created": ROWS, "attention_count": 0,
    }  # fmt: skip
    assert prices(odoo) == {}
    clerk.call(JOB, "action_import", [first])
    wait_until(clerk, first, "done")
    november = prices(odoo)
    assert len(november) == ROWS

    # Next month some of it is 30 % dearer: those rows stand out, the others are left alone.
    second = upload(clerk, price_list(tmp_path, "Прайс декабрь.csv", repriced="0.2"))
    found = clerk.read(JOB, second, "count_changed", "count_unchanged", "attention_count")
    risen = found["count_changed"]
    assert 10 < risen < ROWS / 2
    assert found["attention_count"] == risen
    assert found["count_unchanged"] == ROWS - risen
    [row, *_others] = clerk.search(
        ROW, [("job_id", "=", second), ("attention", "=", True)], "key", "changes", "shift_percent"
    )
    assert row["shift_percent"] == pytest.approx(30, abs=0.5)
    assert row["changes"]
    assert all(float(each["new"]) > float(each["old"]) for each in row["changes"])

    # Imported without a yes to them, they are left as they were.
    clerk.call(JOB, "action_import", [second])
    wait_until(clerk, second, "done")
    assert prices(odoo) == november

    # Accepted, they are written.
    third = upload(clerk, price_list(tmp_path, "Прайс декабрь.csv", repriced="0.2"))
    clerk.call(JOB, "action_accept_all", [third])
    assert clerk.read(JOB, third, "attention_count")["attention_count"] == 0
    clerk.call(JOB, "action_import", [third])
    wait_until(clerk, third, "done")
    december = prices(odoo)
    changed = [code for code in november if december[code] != november[code]]
    assert len(changed) == risen
    assert all(december[code] > november[code] for code in changed)

    # The owner does not agree: back to November, to the last kopeck.
    clerk.call(JOB, "action_undo", [third])
    wait_until(clerk, third, "undone")
    assert prices(odoo) == november
    # And the first one, too: gone, except what somebody worked on since, each with the reason.
    clerk.call(JOB, "action_undo", [first])
    wait_until(clerk, first, "undone")
    left = set(prices(odoo))
    assert left <= set(changed)
    kept = clerk.search(ROW, [("job_id", "=", first), ("state", "=", "kept")], "reason")
    assert len(kept) == len(left)
    assert all(row["reason"] for row in kept)
