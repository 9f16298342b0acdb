from odoo import fields, models


class TransitRejection(models.TransientModel):
    """Why a job that came with a transit is not accepted."""

    _name = "optics.transit.rejection"
    _description = "Rejection of a Job in Transit"

    line_id = fields.Many2one(comodel_name="optics.transit.line", string="Job", required=True)
    reason = fields.Char(required=True)

    def action_apply(self):
        self.line_id._reject(self.reason)
        return {"type": "ir.actions.act_window_close"}
