"""POC-2: a price list of 10,000 rows through a whole Odoo, cut off in the middle, ends complete.

Real Odoo, real PostgreSQL, real runner of background work over HTTP; killed as a power cut kills.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bootstrap.supplier_files.making import make
from bootstrap.supplier_files.order import Order
from tests.odoo_process import OdooProcess, OdooUser, running_odoo
from tests.processes import pause
from tests.trial_addon import skip_without_odoo

skip_without_odoo()
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ROWS = 10_000
WITHIN_S = 300.0
JOB = "connector.import.job"
ROW = "connector.import.row"
SHOWN = ("number", "action", "changes", "problems")
COUNTS = ("count_total", "count_created", "count_changed", "count_unchanged", "count_refused")
# Twice the same product would have one code twice at this supplier.
PRODUCTS = """
    SELECT count(*), count(DISTINCT s.product_code), count(DISTINCT p.barcode)
      FROM product_supplierinfo s
      JOIN product_template t ON t.id = s.product_tmpl_id
      JOIN product_product p ON p.product_tmpl_id = t.id
      JOIN connector_import_profile f ON f.partner_id = s.partner_id
     WHERE f.id = {profile} AND t.active
"""


@pytest.fixture(scope="module")
def odoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooProcess]:
    log = tmp_path_factory.mktemp("poc2") / "odoo.log"
    with running_odoo(log) as server:
        yield server


@pytest.fixture(scope="module")
def price_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(Order("kontakt", ROWS), tmp_path_factory.mktemp("lists") / "price.csv").path


def ready_profile(user: OdooUser) -> int:
    """The one that comes with the addon for files such as this."""
    found = user.search("connector.import.profile", [("sample_file", "=", "kontakt.csv")], "name")
    return int(found[0]["id"])


def upload(user: OdooUser, profile: int, path: Path) -> int:
    content = base64.b64encode(path.read_bytes()).decode()
    values = {"profile_id": profile, "file": content, "file_name": path.name}
    job = user.call(JOB, "create", values)
    user.call(JOB, "action_check", [job])
    wait(lambda: user.read(JOB, job, "check_state")["check_state"] in ("done", "failed"))
    state = user.read(JOB, job, "check_state", "failure")
    assert state["check_state"] == "done", state["failure"]
    return int(job)


def wait(come: Callable[[], object]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not come():
        assert time.monotonic() < deadline
        pause(0.2)


def test_ten_thousand_rows_survive_a_kill_and_go_in_once(
    odoo: OdooProcess, price_list: Path, record_property: Callable[[str, object], None]
) -> None:
    admin = OdooUser(odoo, "admin", "admin")
    profile = ready_profile(admin)
    assert odoo.sql(PRODUCTS.format(profile=profile)) == [["0", "0", "0"]]

    began = time.monotonic()
    job = upload(admin, profile, price_list)
    counts = admin.read(JOB, job, *COUNTS)
    assert counts["count_total"] == counts["count_created"] == ROWS
    checked = time.monotonic() - began
    # The check alone writes no product.
    assert odoo.sql(PRODUCTS.format(profile=profile)) == [["0", "0", "0"]]

    admin.call(JOB, "action_import", [job])
    seen: set[float] = set()

    def is_half_way() -> bool:
        progress = admin.read(JOB, job, "progress", "speed", "seconds_left", "state")
        assert progress["state"] == "running"
        seen.add(progress["progress"])
        return bool(progress["progress"] >= 30)

    wait(is_half_way)
    assert len(seen) > 2, "progress is seen while the import runs"
    odoo.kill()
    [[kept, *_others]] = odoo.sql(PRODUCTS.format(profile=profile))
    assert 0 < int(kept) < ROWS, "the kill came in the middle"

    odoo.start()
    wait(lambda: admin.read(JOB, job, "state")["state"] != "running")
    took = time.monotonic() - began
    ended = admin.read(JOB, job, "state", "progress", "failure", *COUNTS)
    assert ended["state"] == "done", ended["failure"]
    assert ended["progress"] == 100
    assert ended["count_created"] == ROWS
    assert odoo.sql(PRODUCTS.format(profile=profile)) == [[str(ROWS)] * 3]
    states = "SELECT DISTINCT state FROM connector_import_row WHERE job_id = {job}"
    assert odoo.sql(states.format(job=job)) == [["done"]]
    print(f"POC-2: {ROWS} rows, check {checked:.1f} s, all in {took:.1f} s with a kill at {kept}")
    record_property("poc_2_s", round(took, 1))


def test_the_same_file_again_changes_nothing(odoo: OdooProcess, price_list: Path) -> None:
    """After the test above: the products are there."""
    admin = OdooUser(odoo, "admin", "admin")
    profile = ready_profile(admin)
    before = odoo.sql("SELECT max(write_date), count(*) FROM product_template")
    job = upload(admin, profile, price_list)
    others = admin.search(ROW, [("job_id", "=", job), ("action", "!=", "unchanged")], *SHOWN)
    assert others == []
    assert admin.read(JOB, job, "count_unchanged")["count_unchanged"] == ROWS
    admin.call(JOB, "action_import", [job])
    wait(lambda: admin.read(JOB, job, "state")["state"] != "running")
    assert admin.read(JOB, job, "state")["state"] == "done"
    assert odoo.sql("SELECT max(write_date), count(*) FROM product_template") == before
