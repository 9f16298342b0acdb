from odoo import _, fields, models
from odoo.exceptions import UserError

from .import_job import TRANSITIONS
from .import_row_bulk import WRITTEN


class ImportJob(models.Model):
    """Starting an import, stopping it, taking it up again: a person's side of it."""

    _inherit = "connector.import.job"

    def action_import(self, override_reason=None):
        """Write what the preview shows; what needs acceptance and has none is left out."""
        self.ensure_one()
        self._check_may_work()
        self._expect("draft")
        if self.check_state != "done":
            raise UserError(_("Import %(job)s: check the file first.", job=self.name))
        self._pass_blockers(override_reason)
        self._take_profile()
        self._leave_out_unaccepted()
        chunks = self._cut_into_chunks()
        self._move("running", work_total=self._count_pending())
        self.profile_id.sudo().last_used = fields.Datetime.now()
        self.flush_recordset()
        if chunks:
            self._enqueue(chunks)
        else:
            self._finish()
        return True

    def action_cancel(self):
        """Stop before the next chunk; what is written stays, and a message says what that is."""
        self.ensure_one()
        self._check_may_work()
        self._expect("draft", "running")
        was_running = self.state == "running"
        self._move("cancelled")
        self.sudo().write(self._count_rows())
        if was_running:
            self._enqueue_end()
        return True

    def action_resume(self):
        """Take up exactly the chunks that are left, after a crash or a failure."""
        self.ensure_one()
        self._check_may_work()
        self._expect("running", "failed")
        chunks = self._waiting_chunks()
        if self.state == "failed":
            if not chunks:
                raise UserError(
                    _("Import %(job)s: no row is left to write; check the file.", job=self.name)
                )
            self._take_profile()
            self._move("running", failure=False)
            self.flush_recordset()
        self._enqueue(chunks)
        return True

    def _check_may_work(self):
        """Rights once, at the door; behind it the engine works as superuser, in the company."""
        self.check_access_rights("write")
        self.check_access_rule("write")

    def _expect(self, *states):
        if self.state not in states:
            names = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                _(
                    "Import %(job)s is “%(state)s”: this is possible only while it is: %(states)s.",
                    job=self.name,
                    state=names[self.state],
                    states=", ".join(names[state] for state in states),
                )
            )

    def _move(self, state, **values):
        """A step of `TRANSITIONS`; any other is a mistake of the program."""
        if state not in TRANSITIONS[self.state]:
            raise ValueError(f"{self.name}: {self.state} -> {state}")
        now = fields.Datetime.now()
        if state == "running":
            values = {"started_at": now, "work_started_at": now, "finished_at": False, **values}
        elif state != "draft":
            values = {"finished_at": now, **values}
        self.sudo().write({"state": state, **values})

    def _leave_out_unaccepted(self):
        """A price nobody said yes to is not written, whoever starts the import."""
        self.env["connector.import.row"].flush_model()
        self.env.cr.execute(
            """
            UPDATE connector_import_row SET state = 'skipped'
             WHERE job_id = %s AND state = 'pending' AND attention AND accepted IS NOT TRUE
            """,
            [self.id],
        )
        self.env["connector.import.row"]._written_by_sql()

    def _cut_into_chunks(self):
        """Numbers the rows to be written by chunk; returns the numbers.

        Products that give up a barcode come first and together, in chunk 0: another row of the
        file may be waiting for that barcode. Rows of a unit go where its first row goes, so a
        chunk may be a little larger than asked.
        """
        self.env.cr.execute(
            """
            WITH waiting AS (
                SELECT id, position, unit,
                       action = 'change' AND COALESCE(changes @? %s, FALSE) AS gives_up_barcode
                  FROM connector_import_row
                 WHERE job_id = %s AND state = 'pending' AND action IN %s
            ), placed AS (
                SELECT id, unit, gives_up_barcode,
                       row_number() OVER (
                           PARTITION BY gives_up_barcode ORDER BY position, id
                       ) - 1 AS place
                  FROM waiting
            ), numbered AS (
                SELECT id,
                       CASE WHEN gives_up_barcode THEN 0
                            WHEN unit IS NULL THEN 1 + place / %s
                            ELSE 1 + min(place) OVER (PARTITION BY gives_up_barcode, unit) / %s
                       END AS chunk
                  FROM placed
            )
            UPDATE connector_import_row AS r SET chunk = numbered.chunk
              FROM numbered
             WHERE r.id = numbered.id
            """,
            [
                '$[*] ? (@.field == "barcode" && @.old != "" && @.old != null)',
                self.id,
                WRITTEN,
                self.profile_id.chunk_size,
                self.profile_id.chunk_size,
            ],
        )
        self.env["connector.import.row"]._written_by_sql()
        return self._waiting_chunks()

    def _count_pending(self):
        return self.env["connector.import.row"].search_count(
            [("job_id", "=", self.id), ("state", "=", "pending"), ("action", "in", WRITTEN)]
        )
