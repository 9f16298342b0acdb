from odoo import fields, models


class QualityOverride(models.TransientModel):
    """A manager accepts what is beyond the tolerance."""

    _name = "optics.quality.override"
    _description = "Acceptance beyond the Tolerance"

    check_id = fields.Many2one(comodel_name="optics.quality.check", required=True)
    reason = fields.Char(required=True)

    def action_apply(self):
        self.check_id._override(self.reason)
        return {"type": "ir.actions.act_window_close"}
