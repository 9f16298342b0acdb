from odoo import fields, models


class ConsentWithdraw(models.TransientModel):
    """Take consents back, with the reason as the person gave it."""

    _name = "optics.consent.withdraw"
    _description = "Withdraw Consent"

    consent_ids = fields.Many2many(comodel_name="optics.consent", string="Consents", required=True)
    reason = fields.Char(required=True)

    def action_withdraw(self):
        self.consent_ids._withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
