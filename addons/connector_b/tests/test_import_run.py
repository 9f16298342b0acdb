from unittest.mock import patch

from psycopg2 import errors

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from .connector_case import ConnectorCase, barcode, goods


@tagged("post_install", "-at_install", "connector")
class TestImportRun(ConnectorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls.make_profile(name="In twos", chunk_size=2)

    def _started(self, rows):
        """(an import that was just started, its jobs in the queue)"""
        job = self.checked(rows, profile=self.small)
        trap = self.enterContext(trap_jobs())
        job.action_import()
        return job, trap

    def _perform(self, trap, chunk):
        """What the queue does with the job of one chunk."""
        (found,) = [each for each in trap.enqueued_jobs if each.args == (chunk,)]
        trap.enqueued_jobs.remove(found)
        return found.perform()

    def test_an_import_is_cut_into_chunks_in_the_queue(self):
        job, trap = self._started(goods(5))
        self.assertEqual(job.state, "running")
        trap.assert_jobs_count(3, only=job._run_chunk)
        trap.assert_jobs_count(1, only=job._finish)
        trap.assert_enqueued_job(
            job._run_chunk,
            args=(1,),
            properties={"identity_key": f"connector_b/{job.id}/chunk/1"},
        )
        self.assertEqual(job.row_ids.mapped("chunk"), [1, 1, 2, 2, 3])

    def test_chunks_run_in_the_low_channel_and_checks_before_them(self):
        function = self.env["queue.job.function"]
        channels = {
            name: function.job_config(f"<connector.import.job>.{name}").channel
            for name in ("_analyse", "_run_chunk", "_undo_chunk", "_finish", "_finish_undo")
        }
        self.assertEqual(
            channels,
            {
                "_analyse": "root.default",
                "_run_chunk": "root.low",
                "_undo_chunk": "root.low",
                "_finish": "root.default",
                "_finish_undo": "root.default",
            },
        )
        names = self.env["queue.job.channel"].search([]).mapped("complete_name")
        self.assertLessEqual({"root.critical", "root.high", "root.default", "root.low"}, set(names))

    def test_progress_is_seen_while_chunks_run(self):
        job, trap = self._started(goods(5))
        self.assertEqual((job.rows_done, job.progress), (0, 0))
        self._perform(trap, 1)
        job.invalidate_recordset()
        self.assertEqual((job.rows_done, job.progress), (2, 40))
        self.assertGreater(job.speed, 0)
        self.assertTrue(job.is_working)

    def test_one_bad_row_stops_no_other_row(self):
        self.env.cr.execute(
            """
            ALTER TABLE product_template ADD CONSTRAINT no_such_name
            CHECK (name ->> 'en_US' <> 'Frame 00002') NOT VALID
            """
        )
        job = self.imported(goods(5), profile=self.small)
        self.assertEqual(job.state, "done_errors")
        self.assertEqual((job.count_created, job.count_refused), (4, 1))
        self.assertFalse(self.product(2))
        self.assertTrue(self.product(1) and self.product(5))
        self.assertIn("no_such_name", job.log_ids.message)

    def test_a_price_changed_since_the_preview_is_compared_anew(self):
        self.imported(goods(2), profile=self.small)
        job = self.checked(goods(2, price=2100.0), profile=self.small)
        self.product(1).list_price = 2100
        self.run_to_end(job.action_import)
        self.assertEqual((job.count_changed, job.count_unchanged), (1, 1))
        row = self.rows_of(job, action="change")
        self.assertEqual(row.changes[0]["old"], 2000)

    def test_two_products_swap_their_barcodes_across_chunks(self):
        self.imported(goods(5), profile=self.small)
        rows = [list(row) for row in goods(5, price=2100.0)]
        rows[0][2], rows[4][2] = rows[4][2], rows[0][2]
        self.small.keys = "supplier_code"
        job = self.imported(rows, profile=self.small)
        self.assertEqual(job.state, "done", job.log_ids.mapped("message"))
        self.assertEqual(self.product(1).name, "Frame 00005")
        self.assertEqual(self.product(5).name, "Frame 00001")
        self.assertEqual(set(self.rows_of(job, chunk=0).mapped("number")), {2, 6})
        self.run_to_end(job.action_undo)
        self.assertEqual(self.product(1).name, "Frame 00001")

    def test_an_import_ends_once(self):
        job, trap = self._started(goods(2))
        self._perform(trap, 1)
        job._finish()
        messages = len(job.message_ids)
        finished = job.finished_at
        job._finish()
        self.assertEqual(job.state, "done")
        self.assertEqual((len(job.message_ids), job.finished_at), (messages, finished))

    def test_the_end_waits_for_chunks_that_are_in_the_queue(self):
        job = self.checked(goods(4), profile=self.small)
        job.action_import()
        self.assertEqual(len(self._queue(job, "chunk")), 2)
        job._run_chunk(1)
        with self.assertRaises(RetryableJobError):
            job._finish()
        self.assertEqual(job.state, "running")
        job._run_chunk(2)
        job._finish()
        self.assertEqual(job.state, "done")

    def _queue(self, job, what):
        return self.env["queue.job"].search(
            [("identity_key", "=like", f"connector_b/{job.id}/{what}%")]
        )

    def test_the_one_who_started_is_told_what_was_done(self):
        job = self.imported(goods(2))
        message = job.message_ids.filtered(lambda each: "2 created" in (each.body or ""))
        self.assertEqual(message.notified_partner_ids, self.operator.partner_id)

    def test_cancelling_stops_before_the_next_chunk_and_says_what_was_done(self):
        job, trap = self._started(goods(5))
        self._perform(trap, 1)
        job.action_cancel()
        self.assertEqual((job.count_created, job.count_skipped), (2, 3))
        self.run_queue(trap)
        self.assertEqual(job.state, "cancelled")
        self.assertTrue(self.product(2))
        self.assertFalse(self.product(3))
        self.assertEqual((job.count_created, job.count_skipped), (2, 3))
        preview = job.read_preview("created")
        self.assertEqual((preview["total"], preview["tiles"]["created"]), (2, 2))
        self.assertEqual([row["number"] for row in preview["rows"]], [2, 3])
        self.assertTrue(job.message_ids.filtered(lambda each: "Cancelled" in (each.body or "")))

    def test_a_cancelled_import_can_be_taken_back(self):
        job, trap = self._started(goods(4))
        self._perform(trap, 1)
        job.action_cancel()
        self.run_queue(trap)
        job.action_undo()
        self.run_queue(trap)
        self.assertEqual((job.state, job.count_undone), ("undone", 2))
        self.assertFalse(self.product(1))

    def test_a_draft_is_cancelled_without_the_queue(self):
        job = self.checked(goods(1))
        job.action_cancel()
        self.assertEqual(job.state, "cancelled")
        self.assertEqual((job.count_created, job.read_preview("created")["total"]), (0, 0))
        with self.assertRaises(UserError):
            job.action_import()

    def test_resuming_takes_up_exactly_the_chunks_that_are_left(self):
        job, trap = self._started(goods(5))
        self._perform(trap, 2)
        # The server died, and the queue with it.
        trap.enqueued_jobs.clear()
        job.action_resume()
        self.assertEqual(
            sorted(each.args for each in trap.enqueued_jobs if each.args), [(1,), (3,)]
        )
        self.run_queue(trap)
        self.assertEqual((job.state, job.count_created), ("done", 5))
        self.assertEqual(
            self.env["product.product"].search_count(
                [("barcode", "in", [barcode(number) for number in range(1, 6)])]
            ),
            5,
        )

    def test_what_waits_in_the_queue_is_not_put_there_twice_by_resuming(self):
        job = self.checked(goods(4), profile=self.small)
        job.action_import()
        job.action_resume()
        self.assertEqual(len(self._queue(job, "chunk")), 2)
        self.assertEqual(len(self._queue(job, "end")), 1)

    def test_a_chunk_whose_job_died_fails_the_import_and_resume_goes_on(self):
        job = self.checked(goods(4), profile=self.small)
        job.action_import()
        job._run_chunk(1)
        self._queue(job, "chunk/2").with_context(
            _job_edit_sentinel=self.env["queue.job"].EDIT_SENTINEL
        ).write({"state": "failed"})
        job._finish()
        self.assertEqual(job.state, "failed")
        self.assertIn("1", job.failure)
        self.assertEqual(job.count_created, 4)
        self.run_to_end(job.action_resume)
        self.assertEqual((job.state, job.failure), ("done", False))
        self.assertTrue(self.product(4))

    def test_a_chunk_can_run_twice_and_writes_once(self):
        job, trap = self._started(goods(2))
        job._run_chunk(1)
        job._run_chunk(1)
        self._perform(trap, 1)
        self.assertEqual(len(self.product(1)), 1)

    def test_a_collision_with_another_worker_goes_up_for_the_queue_to_repeat(self):
        job, trap = self._started(goods(2))
        target = self.env.registry["connector.import.target.product"]

        def collide(*args):
            raise errors.SerializationFailure

        with (
            patch.object(target, "_apply", collide),
            self.assertRaises(errors.SerializationFailure),
        ):
            self._perform(trap, 1)
        self.assertEqual(set(job.row_ids.mapped("state")), {"pending"})
        job._run_chunk(1)
        self.assertEqual(set(job.row_ids.mapped("state")), {"done"})

    @mute_logger("odoo.sql_db")
    def test_an_unchecked_file_is_not_imported(self):
        job = self.upload(goods(1))
        with self.assertRaisesRegex(UserError, "check"):
            job.action_import()

    def test_no_step_outside_of_the_table_is_taken(self):
        job = self.imported(goods(1))
        for action in (job.action_import, job.action_cancel, job.action_resume):
            with self.assertRaises(UserError):
                action()
        with self.assertRaises(ValueError):
            job._move("running")

    def test_a_state_is_not_written_by_hand(self):
        job = self.checked(goods(1))
        with self.assertRaises(AccessError):
            job.write({"state": "done"})

    def test_an_import_that_ran_is_kept(self):
        job = self.imported(goods(1))
        with self.assertRaises(UserError):
            job.with_user(self.manager).unlink()
        draft = self.checked(goods(2))
        draft.with_user(self.manager).unlink()
        self.assertFalse(draft.exists())
