from odoo import fields, models


class PrescriptionCancel(models.TransientModel):
    """Asks why, before a prescription is cancelled."""

    _name = "optics.prescription.cancel"
    _description = "Cancel Prescription"

    prescription_id = fields.Many2one(
        comodel_name="optics.prescription", required=True, readonly=True
    )
    reason = fields.Char(required=True)

    def action_confirm(self):
        self.ensure_one()
        self.prescription_id._cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
