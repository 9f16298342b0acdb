from odoo import _, models
from odoo.exceptions import AccessError, UserError

from .import_job_acceptance import MANAGER

FINISHED = ("done", "done_errors")


class ImportJob(models.Model):
    """Products of this list that the file no longer has: listed, switched off on request."""

    _inherit = "connector.import.job"

    def _note_missing(self, ctx, seen_ids):
        if self.profile_id.missing_policy == "ignore" or not self.partner_id:
            return
        products = self._brought_before(self._target()._missing(ctx, seen_ids))
        self.env["connector.import.row"].sudo()._insert_missing(self, products)

    def _brought_before(self, records):
        """Those that earlier imports of this very list brought, changed or found as they are: a
        supplier sends several lists, and what stands in one is not missing in the other."""
        self.env["connector.import.row"].flush_model()
        self.flush_model(["profile_id", "state", "started_at"])
        self.env.cr.execute(
            """
            SELECT DISTINCT r.res_id
              FROM connector_import_row r
              JOIN connector_import_job j ON j.id = r.job_id
             WHERE r.res_model = %s AND r.res_id = ANY(%s) AND r.state IN ('done', 'kept')
               AND r.action IN ('create', 'change', 'unchanged')
               AND j.profile_id = ANY(%s) AND j.started_at IS NOT NULL
               AND (j.state <> 'undone' OR r.state = 'kept')
            """,
            [records._name, records.ids, self.profile_id._family().ids],
        )
        brought = {record_id for (record_id,) in self.env.cr.fetchall()}
        return records.filtered(lambda record: record.id in brought)

    def action_switch_off_missing(self):
        self.ensure_one()
        self._check_may_work()
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(
                _("Import %(job)s: only an import manager switches products off.", job=self.name)
            )
        self._expect(*FINISHED)
        rows = self._missing_rows("pending")
        if not rows:
            raise UserError(_("Import %(job)s: no product is missing in the file.", job=self.name))
        self._switch_off(rows)
        return True

    def _switch_off(self, rows):
        model = rows[0].res_model
        ctx = self._import_context()
        records = ctx.env[model].browse(rows.mapped("res_id")).exists()
        archived = self._target()._switch_off(ctx, records)
        done = rows.filtered(lambda row: row.res_id in archived.ids)
        done.write({"state": "done", "before": {"active": True}, "after": {"active": False}})
        self._message_log(
            body=_(
                "%(count)s products that the file no longer has were switched off by %(user)s.",
                count=len(done),
                user=self.env.user.name,
            )
        )

    def _missing_rows(self, state):
        return (
            self.env["connector.import.row"]
            .sudo()
            .search([("job_id", "=", self.id), ("action", "=", "missing"), ("state", "=", state)])
        )

    def _undo_switched_off(self):
        """On again, unless somebody did that already."""
        rows = self._missing_rows("done")
        for model, of_model in rows.grouped("res_model").items():
            records = self.env[model].sudo().browse(of_model.mapped("res_id")).exists()
            records.filtered(lambda record: not record.active).write({"active": True})
        rows.write({"state": "undone"})
