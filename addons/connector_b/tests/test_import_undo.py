from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .connector_case import ConnectorCase, goods


@tagged("post_install", "-at_install", "connector")
class TestImportUndo(ConnectorCase):
    def test_changed_prices_come_back(self):
        self.imported(goods(2))
        job = self.imported(goods(2, price=2100.0, cost=1050.0))
        self.run_to_end(job.action_undo)
        self.assertEqual((job.state, job.undo_state, job.count_undone), ("undone", "done", 2))
        self.assertEqual(self.product(1).list_price, 2000)
        self.assertEqual(self.product(1).seller_ids.price, 1000)

    def test_a_row_that_somebody_changed_since_is_kept_and_named(self):
        self.imported(goods(2))
        job = self.imported(goods(2, price=2100.0))
        self.product(1).with_user(self.env.ref("base.user_admin")).list_price = 2222
        self.run_to_end(job.action_undo)
        self.assertEqual((job.state, job.count_undone, job.count_kept), ("undone", 1, 1))
        kept = self.rows_of(job, state="kept")
        self.assertEqual(kept.number, 2)
        self.assertTrue(kept.reason)
        self.assertEqual(self.product(1).list_price, 2222)
        self.assertEqual(self.product(2).list_price, 2000)
        message = job.message_ids.filtered(lambda each: "Kept" in (each.body or ""))
        self.assertIn(kept.reason, message.body)
        self.assertIn("Frame 00001", message.body)

    def test_an_undo_runs_in_the_queue_with_progress(self):
        small = self.make_profile(name="In twos", chunk_size=2)
        job = self.imported(goods(5), profile=small)
        with trap_jobs() as trap:
            job.action_undo()
            trap.assert_jobs_count(3, only=job._undo_chunk)
            self.assertEqual(job.undo_state, "running")
            trap.enqueued_jobs.pop(0).perform()
            job.invalidate_recordset()
            self.assertIn(job.rows_done, (1, 2))
            self.assertTrue(job.is_working)
            self.run_queue(trap)
        self.assertEqual((job.state, job.count_undone), ("undone", 5))

    def test_an_undo_happens_once(self):
        job = self.imported(goods(1))
        with trap_jobs() as trap:
            job.action_undo()
            with self.assertRaises(UserError):
                job.action_undo()
            self.run_queue(trap)
        with self.assertRaises(UserError):
            job.action_undo()

    def test_an_undo_whose_work_died_says_so_and_goes_on(self):
        job = self.imported(goods(2), profile=self.make_profile(name="In ones", chunk_size=1))
        job.action_undo()
        jobs = self.env["queue.job"].search(
            [("identity_key", "=like", f"connector_b/{job.id}/undo/%")]
        )
        jobs.with_context(_job_edit_sentinel=jobs.EDIT_SENTINEL).write({"state": "failed"})
        job._finish_undo()
        self.assertEqual((job.undo_state, job.state), ("failed", "done"))
        self.assertTrue(job.failure)
        self.run_to_end(job.action_undo)
        self.assertEqual((job.state, job.count_undone), ("undone", 2))
        self.assertFalse(job.failure)

    def test_an_import_that_wrote_nothing_has_nothing_to_take_back(self):
        self.imported(goods(1))
        job = self.imported(goods(1))
        with self.assertRaises(UserError):
            job.action_undo()

    def test_operators_take_back_their_own_imports_and_managers_any(self):
        job = self.imported(goods(1))
        with self.assertRaisesRegex(AccessError, job.name):
            job.with_user(self.colleague).action_undo()
        self.run_to_end(job.with_user(self.manager).action_undo)
        self.assertEqual(job.state, "undone")

    def test_the_same_file_goes_in_again_after_an_undo(self):
        job = self.imported(goods(2))
        self.run_to_end(job.action_undo)
        again = self.imported(goods(2))
        self.assertEqual(again.count_created, 2)
        self.assertTrue(self.product(2))
