from odoo import _, api, fields, models

from ..models.remake_cause import PAYERS


class Remake(models.TransientModel):
    """A job is made again: why, which lenses, at whose cost."""

    _name = "optics.remake"
    _description = "Remake of a Lab Order"

    order_id = fields.Many2one(
        comodel_name="optics.manufacturing.order", string="Job", required=True
    )
    cause_id = fields.Many2one(comodel_name="optics.remake.cause", required=True)
    reason = fields.Char(
        string="What happened", required=True, help="Goes into the journal of the job."
    )
    payer = fields.Selection(
        selection=PAYERS,
        string="Paid by",
        required=True,
        compute="_compute_payer",
        store=True,
        readonly=False,
        precompute=True,
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    cost = fields.Monetary()
    eyes = fields.Selection(
        selection=[("both", "Both Eyes"), ("od", "Right Only"), ("os", "Left Only")],
        string="Make Again",
        compute="_compute_eyes",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    same_values = fields.Boolean(
        string="Values Stay as Ordered",
        default=True,
        help="If so, the new job goes straight to work; otherwise it is a draft to correct.",
    )

    @api.depends("cause_id")
    def _compute_payer(self):
        for wizard in self:
            wizard.payer = wizard.cause_id.payer or wizard.payer

    @api.depends("order_id")
    def _compute_eyes(self):
        for wizard in self:
            wizard.eyes = wizard.order_id.eyes

    def action_apply(self):
        self.ensure_one()
        again = self.order_id._make_again(
            self.reason,
            self.eyes,
            self.same_values,
            remake_cause_id=self.cause_id.id,
            remake_payer=self.payer,
            remake_cost=self.cost,
        )
        return {
            "type": "ir.actions.act_window",
            "name": _("Remake"),
            "res_model": again._name,
            "res_id": again.id,
            "views": [(False, "form")],
        }
