import base64
from contextlib import contextmanager

from psycopg2 import IntegrityError
from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from .connector_case import HEADER, TARGETS, ConnectorCase, goods, workbook


@tagged("post_install", "-at_install", "connector")
class TestImportOneAtATime(ConnectorCase):
    def test_a_second_import_of_a_profile_is_refused_and_names_the_first(self):
        first, second = self.checked(goods(1)), self.checked(goods(2))
        with trap_jobs():
            first.action_import()
            with self.assertRaisesRegex(UserError, first.name) as caught:
                second.action_import()
        self.assertIn("price.xlsx", str(caught.exception))
        self.assertIn(self.operator.name, str(caught.exception))

    def test_imports_of_two_profiles_run_side_by_side(self):
        first = self.checked(goods(1))
        second = self.checked(goods(1, start=5), profile=self.make_profile(name="Other"))
        with trap_jobs():
            first.action_import()
            second.action_import()
        self.assertEqual((first.state, second.state), ("running", "running"))

    def test_an_import_waits_for_an_undo_of_its_profile(self):
        first, second = self.imported(goods(1)), self.checked(goods(2))
        with trap_jobs():
            first.action_undo()
            with self.assertRaisesRegex(UserError, first.name):
                second.action_import()

    def test_the_database_refuses_two_running_imports_of_a_profile(self):
        first, second = self.checked(goods(1)), self.checked(goods(2))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            (first + second).sudo().write({"state": "running"})


@tagged("post_install", "-at_install", "connector")
class TestTwoWorkers(TransactionCase):
    """Two transactions that see each other only as PostgreSQL lets them.

    What they work on is committed before and removed after: a transaction around the test would
    hide it from them.
    """

    def setUp(self):
        super().setUp()
        self.addCleanup(self._remove)
        with self._worker() as env:
            partner = env["res.partner"].create({"name": "Supplier of two workers"})
            profile = env["connector.import.profile"].create(
                {
                    "name": "Of two workers",
                    "partner_id": partner.id,
                    "keys": "supplier_code",
                    "chunk_size": 2,
                    "column_ids": [
                        Command.create({"target": target, "by": "name", "source": source})
                        for target, source in zip(TARGETS, HEADER, strict=True)
                    ],
                }
            )
            self.partner_id, self.profile_id = partner.id, profile.id
            self.job_ids = [self._checked(env, price) for price in (2000.0, 2100.0)]
            env.cr.commit()

    @contextmanager
    def _worker(self):
        with self.env.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})

    def _checked(self, env, price):
        job = env["connector.import.job"].create(
            {
                "profile_id": self.profile_id,
                "file": base64.b64encode(workbook([HEADER, *goods(4, start=90_001, price=price)])),
                "file_name": "price.xlsx",
            }
        )
        job.action_check()
        return job.id

    def _remove(self):
        with self._worker() as env:
            Job = env["connector.import.job"]
            jobs = Job.search([("profile_id", "=", self.profile_id)])
            products = env["product.product"].search(
                [("barcode", "in", [row[2] for row in goods(4, start=90_001)])]
            )
            products.product_tmpl_id.unlink()
            keys = [f"connector_b/{job.id}/%" for job in jobs]
            env.cr.execute("DELETE FROM queue_job WHERE identity_key LIKE ANY(%s)", [keys])
            env.cr.execute("DELETE FROM connector_import_job WHERE id = ANY(%s)", [jobs.ids])
            env["connector.import.profile"].browse(self.profile_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()
            env.cr.commit()

    def _job(self, env, number=0):
        return env["connector.import.job"].browse(self.job_ids[number])

    def _start(self):
        with self._worker() as env:
            self._job(env).action_import()
            env.cr.commit()

    def _states(self):
        with self._worker() as env:
            return self._job(env).row_ids.mapped("state")

    def test_who_comes_while_another_import_of_the_profile_is_starting_is_refused(self):
        with self._worker() as one, self._worker() as other:
            self._job(one).action_import()
            one.flush_all()
            with self.assertRaisesRegex(UserError, "Of two workers"):
                self._job(other, 1).action_import()
            one.cr.rollback()
            other.cr.rollback()

    def test_who_comes_after_it_has_started_is_told_which_it_is(self):
        self._start()
        with self._worker() as other:
            job = self._job(other, 1)
            with self.assertRaisesRegex(UserError, self._job(other).name):
                job.action_import()

    def test_two_workers_write_two_chunks_at_once_and_the_import_ends_once(self):
        self._start()
        with self._worker() as one, self._worker() as other:
            self._job(one)._run_chunk(1)
            self._job(other)._run_chunk(2)
            one.cr.commit()
            other.cr.commit()
        with self._worker() as one, self._worker() as other:
            self._job(one)._finish()
            with self.assertRaises(RetryableJobError):
                self._job(other)._finish()
            one.cr.commit()
            other.cr.rollback()
        with self._worker() as env:
            job = self._job(env)
            self.assertEqual((job.state, job.count_created), ("done", 4))

    def test_no_two_workers_write_one_chunk(self):
        self._start()
        with self._worker() as one, self._worker() as other:
            self._job(one)._run_chunk(1)
            with self.assertRaises(LockNotAvailable):
                self._job(other)._run_chunk(1)
            one.cr.commit()
            other.cr.rollback()
            # The queue repeats it; there is nothing left to do.
            self._job(other)._run_chunk(1)
            other.cr.commit()
        self.assertEqual(self._states(), ["done", "done", "pending", "pending"])

    def test_the_end_waits_for_a_chunk_under_way(self):
        self._start()
        with self._worker() as one, self._worker() as other:
            self._job(one)._run_chunk(1)
            one.cr.commit()
            self._job(one)._run_chunk(2)
            with self.assertRaises(RetryableJobError):
                self._job(other)._finish()
            other.cr.rollback()

    def test_a_chunk_that_collides_is_repeated_and_nothing_is_lost(self):
        self._start()
        with self._worker() as env:
            for chunk in (1, 2):
                self._job(env)._run_chunk(chunk)
            self._job(env)._finish()
            self._job(env, 1).action_check()
            self._job(env, 1).action_import()
            env.cr.commit()
        with self._worker() as one, self._worker() as other:
            # The snapshot of the chunk is older than the change of another worker.
            self.assertEqual(self._job(one, 1).state, "running")
            self._product(other).list_price = 2050
            other.cr.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                self._job(one, 1)._run_chunk(1)
            one.cr.rollback()
            one.invalidate_all()
            self._job(one, 1)._run_chunk(1)
            one.cr.commit()
        with self._worker() as env:
            row = self._job(env, 1).row_ids[0]
            self.assertEqual((row.state, row.changes[0]["old"]), ("done", 2050))
            self.assertEqual(self._product(env).list_price, 2100)

    def _product(self, env):
        code = goods(1, start=90_001)[0][2]
        return env["product.product"].search([("barcode", "=", code)])

    def test_cancelling_waits_for_no_chunk_and_its_end_for_all(self):
        self._start()
        with self._worker() as one, self._worker() as other:
            self._job(one)._run_chunk(1)
            self._job(other).action_cancel()
            other.cr.commit()
            with self.assertRaises(LockNotAvailable):
                self._job(other)._finish()
            other.cr.rollback()
            one.cr.commit()
            self._job(other)._run_chunk(2)
            self._job(other)._finish()
            other.cr.commit()
        with self._worker() as env:
            job = self._job(env)
            self.assertEqual((job.state, job.count_created, job.count_skipped), ("cancelled", 2, 2))

    def test_others_see_how_far_a_check_is_before_it_ends(self):
        with self._worker() as one, self._worker() as other:
            job = self._job(one).with_context(job_uuid="check")
            job._forget_check()
            job._enqueue_check()
            one.cr.commit()
            job._analyse()
            seen = self._job(other)
            self.assertTrue(seen.is_working)
            self.assertEqual(seen.rows_done, 4)
            one.cr.rollback()
