from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..rules.power import EYES


class ManufacturingOrder(models.Model):
    """Stock lenses: which shop has one, taking it, and using it up in the workshop."""

    _inherit = "optics.manufacturing.order"

    od_product_id = fields.Many2one(compute="_compute_stock_products", store=True, readonly=False)
    os_product_id = fields.Many2one(compute="_compute_stock_products", store=True, readonly=False)
    stock_by_shop = fields.Json(compute="_compute_stock_by_shop")

    @api.depends(
        *(
            f"{eye}_{name}"
            for eye in EYES
            for name in ("lens_id", "range_id", "sph", "cyl", "axis", "add")
        ),
        "eyes",
    )
    def _compute_stock_products(self):
        """The variant that is this very power, where the lens is one that is stocked."""
        for order in self:
            for eye in EYES:
                order[f"{eye}_product_id"] = (
                    order._find_stock_lens(eye) if eye in order._ordered_eyes() else False
                )

    def _find_stock_lens(self, eye):
        lens, row = self[f"{eye}_lens_id"], self[f"{eye}_range_id"]
        power = self._eye_power(eye)
        if not lens or row.source != "stock" or power.sph is None:
            return self.env["product.product"]
        return lens.sudo()._find_variant(power, row.diameter).sudo(False)

    @api.depends("od_product_id", "os_product_id")
    def _compute_stock_by_shop(self):
        """For each stock lens, the places of the chain that have it free.

        People of one shop may know that another one has a lens, without any right there.
        """
        for order in self:
            order.stock_by_shop = [
                {
                    "eye": eye,
                    "product": order[f"{eye}_product_id"].display_name,
                    "is_taken": bool(order._taking_moves(eye)),
                    "places": order._places_with(order[f"{eye}_product_id"]),
                }
                for eye in order._ordered_eyes()
                if order[f"{eye}_product_id"]
            ]

    def _places_with(self, product):
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "=", product.id),
                    ("location_id.usage", "=", "internal"),
                    ("location_id.warehouse_id.company_id", "=", self.company_id.id),
                ],
                ["location_id"],
                ["quantity:sum", "reserved_quantity:sum"],
            )
        )
        free = {}
        for location, quantity, reserved in groups:
            place = location.warehouse_id
            free[place] = free.get(place, 0) + quantity - reserved
        # The workshop itself first, then the customer's shop, then whoever has most.
        places = sorted(
            (place for place, number in free.items() if number > 0),
            key=lambda place: (
                place != self.lab_id,
                place != self.shop_id,
                -free[place],
            ),
        )
        return [{"id": place.id, "name": place.name, "free": free[place]} for place in places]

    @api.model
    def _free_in(self, product, place):
        return product.sudo().with_context(warehouse=place.id).free_qty > 0

    def action_take_lens(self, eye, place_id):
        """Reserve the eye's stock lens at a place; from another one it is sent to the lab."""
        self.ensure_one()
        self.check_access_rights("write")
        self.check_access_rule("write")
        if eye not in self._ordered_eyes():
            raise UserError(_("Job %(job)s: no lens is ordered for this eye.", job=self.name))
        place = self.env["stock.warehouse"].sudo().browse(place_id)
        self._require_takeable(eye, place)
        self.sudo()._take_lens(eye, place)
        return True

    def _require_takeable(self, eye, place):
        product = self[f"{eye}_product_id"]
        taken = self._eye_supply(eye)
        if self.state not in ("confirmed", "waiting_lens", "returned_supplier"):
            raise UserError(
                _(
                    "Job %(job)s is “%(state)s”: a lens is taken for a confirmed job.",
                    job=self.name,
                    state=self._state_name(self.state),
                )
            )
        if taken != "to_order":
            raise UserError(
                _(
                    "Job %(job)s: the lens for %(eye)s is ordered or taken already.",
                    job=self.name,
                    eye=eye.upper(),
                )
            )
        if not product or not self._free_in(product, place):
            raise UserError(
                _(
                    "%(place)s has no free %(product)s any more.",
                    place=place.name,
                    product=product.display_name or _("lens"),
                )
            )

    def _take_lens(self, eye, place):
        use = self._create_use(eye, self[f"{eye}_product_id"], place)
        if place != self.lab_id:
            transfer = self._create_transfer(eye, place)
            use.write(
                {
                    "procure_method": "make_to_order",
                    "move_orig_ids": [fields.Command.link(transfer.id)],
                }
            )
        use._action_confirm(merge=False)
        use._action_assign()

    def _create_transfer(self, eye, place):
        """A picking of the other shop; several lenses may go with one."""
        product = self[f"{eye}_product_id"]
        picking_type = place.int_type_id
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "location_id": place.lot_stock_id.id,
                "location_dest_id": self.lab_id.lot_stock_id.id,
                "origin": self.name,
                "move_ids": [
                    fields.Command.create(
                        {
                            **self._prepare_lens_move(eye, product),
                            "location_id": place.lot_stock_id.id,
                            "location_dest_id": self.lab_id.lot_stock_id.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        return picking.move_ids

    def _create_use(self, eye, product, place):
        return self.env["stock.move"].create(
            {
                **self._prepare_lens_move(eye, product),
                "location_id": self.lab_id.lot_stock_id.id,
                "location_dest_id": product.with_company(
                    self.company_id
                ).property_stock_production.id,
                "is_optics_use": True,
                "optics_source_id": place.id,
            }
        )

    def _prepare_lens_move(self, eye, product):
        return {
            "name": f"{self.name} {eye.upper()}",
            "origin": self.name,
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": 1,
            "company_id": self.company_id.id,
            "optics_order_id": self.id,
            "optics_eye": eye,
        }

    def _taking_moves(self, eye=None):
        """Moves by which the job uses a lens, planned or done."""
        return self.sudo().lens_move_ids.filtered(
            lambda move: (
                move.is_optics_use
                and move.state != "cancel"
                and not move.is_optics_spoiled
                and (eye is None or move.optics_eye == eye)
            )
        )

    def _consume_lenses(self):
        """Work begins: the lenses leave the stock, whatever the stock records say of them."""
        for eye in self._ordered_eyes():
            use = self._taking_moves(eye)
            product = self._used_product(eye)
            if not use and product and product.type == "product":
                use = self._create_use(eye, product, self.lab_id)
                use._action_confirm(merge=False)
            use = use.filtered(lambda move: move.state != "done")
            if use:
                use.write({"quantity": 1, "picked": True})
                use._action_done()

    def _used_product(self, eye):
        lines = self._active_purchase_lines(eye)
        return lines.product_id[:1] or self[f"{eye}_product_id"]

    def _cancel_lens_moves(self, eyes=EYES):
        moves = self.sudo().lens_move_ids.filtered(
            lambda move: move.optics_eye in eyes and move.state not in ("done", "cancel")
        )
        moves._action_cancel()

    def _forget_used_lenses(self, eyes=EYES):
        for eye in eyes:
            self._taking_moves(eye).is_optics_spoiled = True
