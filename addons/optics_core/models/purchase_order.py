from odoo import _, api, fields, models


class PurchaseOrder(models.Model):
    """An order to a supplier of lenses, made from jobs."""

    _inherit = "purchase.order"

    optics_order_ids = fields.Many2many(
        comodel_name="optics.manufacturing.order",
        string="Jobs",
        compute="_compute_optics_order_ids",
    )
    optics_order_count = fields.Integer(
        string="Number of Jobs", compute="_compute_optics_order_ids"
    )

    @api.depends("order_line.optics_order_id")
    def _compute_optics_order_ids(self):
        for purchase in self:
            purchase.optics_order_ids = purchase.order_line.optics_order_id
            purchase.optics_order_count = len(purchase.optics_order_ids)

    def action_view_optics_orders(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Jobs of %(name)s", name=self.name),
            "res_model": "optics.manufacturing.order",
            "view_mode": "tree,form",
            "domain": [("id", "in", self.optics_order_ids.ids)],
        }

    def button_approve(self, force=False):
        result = super().button_approve(force=force)
        self._optics_wait_for_lenses()
        return result

    def _optics_wait_for_lenses(self):
        """What is ordered for good is waited for."""
        # Whoever approves purchases need not be a person of the shop.
        jobs = self.order_line.optics_order_id.sudo()
        jobs.filtered(lambda job: job.state in ("confirmed", "returned_supplier"))._perform(
            "wait_lens"
        )

    def button_cancel(self):
        result = super().button_cancel()
        for job in self.order_line.optics_order_id.sudo():
            job._message_log(
                body=_(
                    "Supplier order %(name)s was cancelled; the lens is to be ordered again.",
                    name=", ".join(
                        job.purchase_line_ids.order_id.filtered(
                            lambda purchase: purchase in self
                        ).mapped("name")
                    ),
                )
            )
        return result
