from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models.import_job_revival import KEPT_DAYS
from .connector_case import ConnectorCase, goods


@tagged("post_install", "-at_install", "connector")
class TestImportRevival(ConnectorCase):
    def _queue(self, job):
        return self.env["queue.job"].search([("identity_key", "=like", f"connector_b/{job.id}/%")])

    def test_work_that_the_queue_has_lost_goes_on(self):
        job = self.checked(goods(2))
        job.action_import()
        keys = sorted(self._queue(job).mapped("identity_key"))
        self._queue(job).unlink()
        self.env["connector.import.job"]._cron_revive()
        self.assertEqual(sorted(self._queue(job).mapped("identity_key")), keys)
        self.assertEqual(self._queue(job).mapped("user_id"), self.operator)

    def test_work_that_is_in_the_queue_is_not_doubled(self):
        job = self.checked(goods(2))
        job.action_import()
        self.env["connector.import.job"]._cron_revive()
        self.assertEqual(len(self._queue(job)), 2)

    def test_a_lost_undo_goes_on_too(self):
        job = self.imported(goods(2))
        job.action_undo()
        keys = sorted(self._queue(job).mapped("identity_key"))
        self._queue(job).unlink()
        self.env["connector.import.job"]._cron_revive()
        self.assertEqual(sorted(self._queue(job).mapped("identity_key")), keys)

    def test_old_rows_that_were_left_alone_are_cleared_away(self):
        self.imported(goods(2))
        job = self.imported(goods(3))
        self.env["connector.import.job"]._gc_rows_left_alone()
        self.assertEqual(len(job.row_ids), 3)
        job.sudo().finished_at = fields.Datetime.now() - timedelta(days=KEPT_DAYS + 1)
        self.env["connector.import.job"]._gc_rows_left_alone()
        self.assertEqual(job.row_ids.mapped("action"), ["create"])
        self.assertEqual(job.count_unchanged, 2)
