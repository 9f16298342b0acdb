from odoo import _, api, fields, models

from ..models.import_job_missing import FINISHED


class ImportUndo(models.TransientModel):
    """Says what taking an import back will do, before it does."""

    _name = "connector.import.undo"
    _description = "Take an Import Back"

    job_id = fields.Many2one(
        comodel_name="connector.import.job", required=True, readonly=True, ondelete="cascade"
    )
    created_count = fields.Integer(compute="_compute_counts")
    changed_count = fields.Integer(compute="_compute_counts")
    switched_off_count = fields.Integer(compute="_compute_counts")
    is_finished = fields.Boolean(compute="_compute_counts")
    first_names = fields.Char(compute="_compute_counts")

    @api.depends("job_id")
    def _compute_counts(self):
        Row = self.env["connector.import.row"]
        for wizard in self:
            done = [("job_id", "=", wizard.job_id.id), ("state", "=", "done")]
            created = [*done, ("action", "=", "create")]
            wizard.created_count = Row.search_count(created)
            wizard.changed_count = Row.search_count([*done, ("action", "=", "change")])
            wizard.switched_off_count = Row.search_count([*done, ("action", "=", "missing")])
            wizard.is_finished = wizard.job_id.state in FINISHED
            names = Row.search(created, limit=3).mapped("name")
            more = _("and others") if wizard.created_count > len(names) else ""
            wizard.first_names = ", ".join(filter(None, [*names, more]))

    def action_undo(self):
        self.ensure_one()
        self.job_id.action_undo()
        return {"type": "ir.actions.act_window_close"}
