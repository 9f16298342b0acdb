from datetime import timedelta

from odoo import api, fields, models

# Rows left alone say nothing that the file does not; after so many days they go.
KEPT_DAYS = 60


class ImportJob(models.Model):
    """What the clock does for imports: puts lost work back into the queue, clears away."""

    _inherit = "connector.import.job"

    @api.model
    def _cron_revive(self):
        """An import whose jobs the queue has lost goes on; what is there is not doubled."""
        for job in self.search([("state", "=", "running")]):
            job.with_user(job.user_id)._enqueue(job._waiting_chunks())
        for job in self.search([("undo_state", "=", "running")]):
            job.with_user(job.user_id)._enqueue_undo(job._written_chunks())
        for job in self.search([("check_state", "=", "queued")]):
            job.with_user(job.user_id)._enqueue_check()

    @api.autovacuum
    def _gc_rows_left_alone(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("finished_at", "<", limit)])
        self.env.cr.execute(
            "DELETE FROM connector_import_row WHERE job_id = ANY(%s) AND action = 'unchanged'",
            [old.ids],
        )
        self.env["connector.import.row"]._written_by_sql()
        self.env["connector.import.progress"].search([("job", "in", old.ids)]).unlink()
