from odoo import _, models
from odoo.exceptions import AccessError, UserError

from .import_job_acceptance import MANAGER

FINISHED = ("done", "done_errors")


class ImportJob(models.Model):
    """Products of the supplier that the file no longer has: listed, switched off on request."""

    _inherit = "connector.import.job"

    def _note_missing(self, ctx, seen_ids):
        if self.profile_id.missing_policy == "ignore" or not self.partner_id:
            return
        products = self._target()._missing(ctx, seen_ids)
        self.env["connector.import.row"].sudo()._insert_missing(self, products)

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
