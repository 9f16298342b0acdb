# ruff: noqa: SLF001  the steps of a queue's job are private methods of its model
"""An import as the job queue runs it, without the queue's HTTP: a transaction a step.

The file is uploaded, checked, started, its chunks written one after another, and closed.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.bench_import.price_list import COLUMNS, Row, as_xlsx

Env = Any
Registry = Any
PAGE = 80
# About as many are written between two visits of autovacuum.
CHUNKS_A_MINUTE = 20


class Shop:
    """One database and the person who imports; every call is a transaction of its own."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def do(self, work: Callable[[Env], Any]) -> Any:
        import odoo

        with self._registry.cursor() as cr:
            admin = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {}).ref("base.user_admin").id
            return work(odoo.api.Environment(cr, admin, {"lang": "ru_RU"}))

    def supplier(self) -> int:
        return int(self.do(lambda env: env["res.partner"].create({"name": "Оптика-Снаб"}).id))

    def profile(self, supplier_id: int) -> int:
        def make(env: Env) -> int:
            values = {
                "name": f"Прайс {supplier_id}",
                "partner_id": supplier_id,
                "update_cost": True,
                "missing_policy": "ignore",
                "column_ids": [
                    (0, 0, {"target": target, "by": "name", "source": title, "sequence": number})
                    for number, (target, title) in enumerate(COLUMNS)
                ],
            }
            return int(env["connector.import.profile"].create(values).id)

        return int(self.do(make))

    def upload(self, profile_id: int, listed: Sequence[Row]) -> int:
        values = {
            "profile_id": profile_id,
            "file": base64.b64encode(as_xlsx(listed)),
            "file_name": "price.xlsx",
        }
        return int(self.do(lambda env: env["connector.import.job"].create(values).id))

    def check(self, job_id: int) -> None:
        def work(env: Env) -> None:
            job = env["connector.import.job"].browse(job_id)
            job._forget_check()
            job._analyse()

        self.do(work)

    def preview(self, job_id: int) -> None:
        self.do(lambda env: env["connector.import.job"].browse(job_id)._preview_page(0, PAGE))

    def start(self, job_id: int) -> list[int]:
        """The chunks that are to be written."""

        def work(env: Env) -> list[int]:
            job = env["connector.import.job"].browse(job_id)
            job.action_import()
            return list(job._waiting_chunks())

        return list(self.do(work))

    def analyse_tables(self) -> None:
        """What autovacuum does every minute, and does not in a cluster of benchmarks."""
        self.do(lambda env: env.cr.execute("ANALYZE"))

    def write(self, job_id: int, chunks: Sequence[int]) -> None:
        for number, chunk in enumerate(chunks, start=1):
            if number % CHUNKS_A_MINUTE == 0:
                self.analyse_tables()
            self.do(
                lambda env, chunk=chunk: (
                    env["connector.import.job"].browse(job_id)._run_chunk(chunk)
                )
            )

    def finish(self, job_id: int) -> dict[str, Any]:
        def work(env: Env) -> dict[str, Any]:
            job = env["connector.import.job"].browse(job_id)
            if job.state == "running":
                job._finish()
            names = ["state", "count_created", "count_changed", "count_unchanged", "count_refused"]
            return dict(job.read(names)[0])

        return dict(self.do(work))

    def run(self, profile_id: int, listed: Sequence[Row]) -> tuple[float, dict[str, Any]]:
        """Seconds of the whole way, and what came of it."""
        job_id = self.upload(profile_id, listed)
        started = time.perf_counter()
        self.check(job_id)
        self.write(job_id, self.start(job_id))
        counts = self.finish(job_id)
        return time.perf_counter() - started, counts
