from markupsafe import Markup

from odoo import _, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.queue_job.exception import RetryableJobError

from .import_job_acceptance import MANAGER
from .import_job_chunk import CHUNK_PRIORITY, END_PRIORITY, FIRST_CHUNK, LATEST, SOONEST

# From these an import can be taken back, as far as it has written anything.
UNDOABLE = ("done", "done_errors", "failed", "cancelled")
# A message names so many of the rows that were kept; the list has all.
NAMED = 20


class ImportJob(models.Model):
    """Back out again: row by row, save for rows that somebody changed since."""

    _inherit = "connector.import.job"

    def action_undo(self):
        self.ensure_one()
        self._check_may_work()
        if not (self.env.su or self.user_id == self.env.user or self.env.user.has_group(MANAGER)):
            raise AccessError(
                _(
                    "Import %(job)s was made by %(user)s; only an import manager takes back the "
                    "imports of others.",
                    job=self.name,
                    user=self.user_id.name,
                )
            )
        self._expect(*UNDOABLE)
        if self.undo_state == "running":
            raise UserError(_("Import %(job)s is being taken back already.", job=self.name))
        self._take_profile()
        # Of an import that stopped half way the rest is not written any more.
        self.env["connector.import.row"].sudo()._leave_out_pending(self)
        chunks = self._written_chunks()
        if not chunks and not self._missing_rows("done"):
            raise UserError(
                _("Import %(job)s has written nothing that could be taken back.", job=self.name)
            )
        self.sudo().write(
            {
                "undo_state": "running",
                "work_started_at": fields.Datetime.now(),
                "finished_at": False,
                "work_total": self._count_written(),
            }
        )
        self.flush_recordset()
        self._message_log(body=_("Taking back what was written."))
        self._enqueue_undo(chunks)
        return True

    def _written_chunks(self):
        self.env["connector.import.row"].flush_model()
        self.env.cr.execute(
            """
            SELECT DISTINCT chunk FROM connector_import_row
             WHERE job_id = %s AND state = 'done' AND chunk IS NOT NULL
             ORDER BY chunk DESC
            """,
            [self.id],
        )
        return [chunk for (chunk,) in self.env.cr.fetchall()]

    def _count_written(self):
        return self.env["connector.import.row"].search_count(
            [("job_id", "=", self.id), ("state", "=", "done"), ("chunk", "!=", False)]
        )

    def _enqueue_undo(self, chunks):
        """Barcodes that were given up come back at the end, when those who took them are gone."""
        for chunk in chunks:
            if chunk != FIRST_CHUNK:
                self.with_delay(
                    priority=CHUNK_PRIORITY,
                    identity_key=self._undo_key(chunk),
                    description=_(
                        "%(job)s: taking back part %(chunk)s", job=self.name, chunk=chunk
                    ),
                )._undo_chunk(chunk)
        self.with_delay(
            priority=END_PRIORITY,
            identity_key=f"connector_b/{self.id}/undo/end",
            description=_("%(job)s: the end of taking back", job=self.name),
        )._finish_undo()

    def _undo_key(self, chunk):
        return f"connector_b/{self.id}/undo/{chunk}"

    def _undo_chunk(self, chunk):
        """Take back the rows of one chunk; able to run again, as the import's are."""
        self.ensure_one()
        if self.undo_state != "running":
            return _("Nothing to take back.")
        rows = self.env["connector.import.row"].sudo()._take_written(self, chunk)
        if rows:
            outcomes = self._target()._undo(self._import_context(), rows)
            self.env.flush_all()
            self.env.invalidate_all()
            rows._note_undone(outcomes)
            self._notify_progress()
        return _("%(count)s rows", count=len(rows))

    def _finish_undo(self):
        """The end of it, once."""
        self.ensure_one()
        if not self._take_job():
            raise RetryableJobError("somebody works on the import", SOONEST, ignore_retry=True)
        if self.undo_state != "running":
            return
        chunks = [chunk for chunk in self._written_chunks() if chunk != FIRST_CHUNK]
        if chunks and self._dead({self._undo_key(chunk) for chunk in chunks}):
            self._end_undo_failed(chunks)
        elif chunks:
            wait = min(max(self.seconds_left // 2, SOONEST), LATEST)
            raise RetryableJobError("chunks are left", wait, ignore_retry=True)
        else:
            self._undo_chunk(FIRST_CHUNK)
            self._undo_switched_off()
            self._move("undone", undo_state="done", failure=False, **self._count_rows())
            self._tell(self._undo_summary())

    def _end_undo_failed(self, chunks):
        failure = _(
            "%(count)s parts were not taken back, their work stopped: see the job queue for the "
            "reason. “Take Back” goes on with what is left.",
            count=len(chunks),
        )
        self.sudo().write({"undo_state": "failed", "failure": failure, **self._count_rows()})
        self._tell(failure)

    def _undo_summary(self):
        text = _("Taken back: %(count)s rows.", count=self.count_undone)
        if not self.count_kept:
            return text
        kept = self.env["connector.import.row"].search(
            [("job_id", "=", self.id), ("state", "=", "kept")], limit=NAMED
        )
        lines = [
            _("Kept, because somebody changed them since: %(count)s.", count=self.count_kept),
            *(
                _(
                    "Row %(row)s, %(name)s: %(reason)s",
                    row=row.number,
                    name=row.name or row.key,
                    reason=row.reason,
                )
                for row in kept
            ),
        ]
        if self.count_kept > NAMED:
            lines.append("…")
        return Markup("<br/>").join([text, *lines])
