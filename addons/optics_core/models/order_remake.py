from odoo import _, api, fields, models

from .remake_cause import PAYERS


class ManufacturingOrder(models.Model):
    """A job made again: the failed one says why and at whose cost, the new one points to it."""

    _inherit = "optics.manufacturing.order"

    remake_of_id = fields.Many2one(
        comodel_name="optics.manufacturing.order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    remake_ids = fields.One2many(
        comodel_name="optics.manufacturing.order",
        inverse_name="remake_of_id",
        string="Remakes",
        readonly=True,
    )
    remake_cause_id = fields.Many2one(
        comodel_name="optics.remake.cause",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    remake_payer = fields.Selection(
        selection=PAYERS, string="Remake Paid by", readonly=True, copy=False
    )
    remake_cost = fields.Monetary(readonly=True, copy=False)
    # An average of these is the share of jobs made again; hence a number, stored.
    remade_percent = fields.Float(
        string="Remade, %",
        compute="_compute_remade_percent",
        store=True,
        group_operator="avg",
        digits=(5, 1),
    )

    _sql_constraints = [
        (
            "remake_cost_not_negative",
            "CHECK (remake_cost >= 0)",
            "Remake Cost: it cannot be below zero. Correct the amount.",
        ),
    ]

    def init(self):
        super().init()
        # A job is made again once; if that fails too, the remake is what is made again.
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS optics_manufacturing_order_one_remake
            ON optics_manufacturing_order (remake_of_id)
            WHERE remake_of_id IS NOT NULL AND state <> 'cancelled'
            """
        )

    @api.depends("state")
    def _compute_remade_percent(self):
        for order in self:
            order.remade_percent = 100.0 if order.state == "remake" else 0.0

    def _unmet_remake_cause(self):
        if self.remake_cause_id:
            return []
        return [_("Choose the cause of the remake.")]

    def _unmet_remake_payer(self):
        if self.remake_payer:
            return []
        return [_("Choose who pays for the remake.")]

    def _make_again(self, reason, eyes, same_values, **facts):
        """Close this job as failed and return the one that takes its place.

        `facts` are remake_cause_id, remake_payer and remake_cost. With the same values the new
        job goes straight to work; otherwise the shop corrects the draft first.
        """
        self.ensure_one()
        self.check_access_rights("write")
        self.check_access_rule("write")
        # Not editable by hand; whether this step is allowed at all is asked right below.
        self.sudo().write(facts)
        self._perform("remake", reason)
        # The workshop may neither create nor confirm orders; this one it may.
        again = self.sudo().copy(self._prepare_remake_vals(eyes)).sudo(False)
        self._message_log(body=_("Made again as job %(name)s.", name=again.name))
        again._message_log(body=_("Made again after job %(name)s.", name=self.name))
        if same_values:
            again.sudo()._perform("confirm")
        return again

    def _prepare_remake_vals(self, eyes):
        return {
            "remake_of_id": self.id,
            "eyes": eyes,
            "place_id": self.place_id.id,
            "priority": "1",
        }

    def _latest_remake(self):
        """The job that really makes these glasses: the last of the chain."""
        order = self
        while order.state == "remake":
            remake = order.remake_ids.filtered(lambda each: each.state != "cancelled")
            if not remake:
                break
            order = remake[:1]
        return order

    def action_view_remake_chain(self):
        self.ensure_one()
        chain, order = self.browse(), self
        while order:
            chain |= order
            order = order.remake_of_id
        order = self
        while order.remake_ids:
            order = order.remake_ids[:1]
            chain |= order
        return {
            "type": "ir.actions.act_window",
            "name": _("Remakes of %(name)s", name=self.name),
            "res_model": self._name,
            "view_mode": "tree,form",
            "domain": [("id", "in", chain.ids)],
        }
