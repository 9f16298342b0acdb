from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class LensPurchase(models.TransientModel):
    """Lenses of many jobs ordered at once: one draft for each supplier and workshop."""

    _name = "optics.lens.purchase"
    _description = "Order of Lenses from Suppliers"

    line_ids = fields.One2many(
        comodel_name="optics.lens.purchase.line",
        inverse_name="wizard_id",
        string="Lenses",
    )
    skipped = fields.Text(
        string="Left Out", readonly=True, help="Jobs that cannot be ordered for, and why."
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        orders = self.env["optics.manufacturing.order"].browse(
            self.env.context.get("active_ids") or []
        )
        lines, skipped = [], []
        for order in orders:
            reason = self._reason_to_skip(order)
            if reason:
                skipped.append(f"{order.name}: {reason}")
                continue
            lines += [
                Command.create(self._prepare_line(order, eye)) for eye in order._eyes_to_order()
            ]
        values["line_ids"] = lines
        values["skipped"] = "\n".join(skipped) or False
        return values

    @api.model
    def _reason_to_skip(self, order):
        if order.state not in ("confirmed", "waiting_lens", "returned_supplier"):
            return _("the job is “%(state)s”", state=order._state_name(order.state))
        eyes = order._eyes_to_order()
        if not eyes:
            return _("its lenses are ordered or taken from stock")
        for eye in eyes:
            lens = order[f"{eye}_lens_id"]
            if not lens.supplier_id:
                return _("%(lens)s has no supplier", lens=lens.name)
        return False

    @api.model
    def _prepare_line(self, order, eye):
        lens, row = order[f"{eye}_lens_id"], order[f"{eye}_range_id"]
        supplier = lens.supplier_id
        return {
            "order_id": order.id,
            "eye": eye,
            "lens_id": lens.id,
            "supplier_id": supplier.id,
            "power": order._power_for_supplier(eye, supplier),
            "price": row.price_uncut,
        }

    def action_order(self):
        self.ensure_one()
        if not self.line_ids:
            raise UserError(_("There is no lens to order."))
        purchases = self.env["purchase.order"]
        # A shop orders its lenses without any right to other purchases.
        for (supplier, lab), lines in self.line_ids.grouped(
            lambda line: (line.supplier_id, line.order_id.lab_id)
        ).items():
            purchases |= purchases.sudo().create(lines._prepare_purchase_order(supplier, lab))
        return self._show(purchases)

    def _show(self, purchases):
        if self.env["purchase.order"].check_access_rights("read", False):
            return {
                "type": "ir.actions.act_window",
                "name": _("Orders to Suppliers"),
                "res_model": "purchase.order",
                "view_mode": "tree,form",
                "domain": [("id", "in", purchases.ids)],
            }
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": _(
                    "Drafts for suppliers: %(names)s",
                    names=", ".join(purchases.mapped("name")),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class LensPurchaseLine(models.TransientModel):
    _name = "optics.lens.purchase.line"
    _description = "Lens to Order"
    _order = "supplier_id, order_id, eye"

    wizard_id = fields.Many2one(
        comodel_name="optics.lens.purchase", required=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        comodel_name="optics.manufacturing.order", string="Job", required=True
    )
    eye = fields.Selection(selection=[("od", "OD"), ("os", "OS")], required=True)
    lens_id = fields.Many2one(comodel_name="optics.lens", required=True)
    supplier_id = fields.Many2one(comodel_name="res.partner", required=True)
    power = fields.Char()
    currency_id = fields.Many2one(related="order_id.currency_id")
    price = fields.Monetary()

    def _prepare_purchase_order(self, supplier, lab):
        return {
            "partner_id": supplier.id,
            "company_id": lab.company_id.id,
            "picking_type_id": lab.in_type_id.id,
            "user_id": self.env.uid,
            "origin": ", ".join(dict.fromkeys(self.mapped("order_id.name"))),
            "order_line": [Command.create(line._prepare_purchase_line()) for line in self],
        }

    def _prepare_purchase_line(self):
        """The description is what the supplier makes the lens by."""
        self.ensure_one()
        order, eye = self.order_id, self.eye
        row = order[f"{eye}_range_id"]
        product = order[f"{eye}_product_id"] or self.lens_id._rx_variant()
        return {
            "product_id": product.id,
            "name": order._lens_order_text(eye, self.supplier_id),
            "product_qty": 1,
            "price_unit": self.price,
            "date_planned": fields.Datetime.add(fields.Datetime.now(), days=row.lead_days),
            "optics_order_id": order.id,
            "optics_eye": eye,
        }
