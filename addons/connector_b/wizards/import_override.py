from odoo import fields, models


class ImportOverride(models.TransientModel):
    """A manager imports in spite of what stands in the way, and says why."""

    _name = "connector.import.override"
    _description = "Import in Spite of a Block"

    job_id = fields.Many2one(
        comodel_name="connector.import.job", required=True, readonly=True, ondelete="cascade"
    )
    blockers = fields.Text(related="job_id.blockers")
    reason = fields.Char(required=True)

    def action_import(self):
        self.ensure_one()
        self.job_id.action_import(override_reason=self.reason)
        return {"type": "ir.actions.act_window_close"}
