from odoo import _, api, fields, models

from ..rules import work_order


class TransitionReason(models.TransientModel):
    """What must be said before a step: why, or who took the glasses."""

    _name = "optics.transition.reason"
    _description = "Step of a Lab Order"

    order_ids = fields.Many2many(
        comodel_name="optics.manufacturing.order", string="Jobs", required=True
    )
    action = fields.Char(required=True)
    action_name = fields.Char(string="Step", compute="_compute_action_name")
    asks_reason = fields.Boolean(compute="_compute_action_name")
    asks_collector = fields.Boolean(compute="_compute_action_name")
    asks_eyes = fields.Boolean(compute="_compute_action_name")
    reason = fields.Char()
    collected_by = fields.Char()
    eyes = fields.Selection(
        selection=[("both", "Both Lenses"), ("od", "Right Lens"), ("os", "Left Lens")],
        string="Which Lens",
        default="both",
        required=True,
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        orders = self.env["optics.manufacturing.order"].browse(
            self.env.context.get("default_order_ids") or []
        )
        if len(orders) == 1:
            values["collected_by"] = orders.customer_short_name
            values["eyes"] = orders.eyes
        return values

    @api.depends("action", "order_ids")
    def _compute_action_name(self):
        names = self.env["optics.manufacturing.order"]._action_names()
        for wizard in self:
            transitions = [
                transition
                for state in wizard.order_ids.mapped("state")
                for transition in work_order.actions(state)
                if transition.action == wizard.action
            ]
            wizard.action_name = names.get(wizard.action)
            wizard.asks_reason = any(each.reason for each in transitions)
            wizard.asks_collector = any("collected_by" in each.requires for each in transitions)
            # The table's two ways of losing a lens ask which one was lost.
            wizard.asks_eyes = wizard.action == "return_lens" or any(
                each.action == "wait_lens" and each.state == "in_production" for each in transitions
            )

    def action_apply(self):
        self.ensure_one()
        orders = self.order_ids
        if self.asks_collector:
            orders.write({"collected_by": self.collected_by})
        if self.asks_eyes and self.eyes != "both":
            orders = orders.with_context(optics_returned_eyes=(self.eyes,))
        orders._perform(self.action, self.reason)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": _(
                    "%(action)s: %(jobs)s",
                    action=self.action_name,
                    jobs=", ".join(orders.mapped("name")),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
