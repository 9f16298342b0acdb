from odoo import _, api, fields, models

from ..rules.exact import exact


class StockMatrix(models.AbstractModel):
    """One click orders what is short: a draft to each supplier, never the same lens twice."""

    _inherit = "optics.stock.matrix"

    @api.model
    def order_short(self, shop_id, lens_id=None):
        """Drafts of supplier orders for what is short of one lens, or of all.

        `{"orders": [{"id", "name", "supplier", "powers", "lenses"}], "without_supplier": [...]}`
        """
        self._require_right()
        shop = self._shop(shop_id)
        lens = self.env["optics.lens"].browse(lens_id or [])
        rules = self._stock_rules(shop, lens)
        self._one_at_a_time(rules)
        short = self._short(shop, rules)
        without = [product for product in short if not self._supplier(product)]
        orders = [
            self._order_from(supplier, shop, quantities)
            for supplier, quantities in self._by_supplier(short).items()
        ]
        return {
            "orders": orders,
            "without_supplier": sorted({product.name for product in without}),
        }

    @api.model
    def _short_summary(self, shop, lens):
        """How many powers and lenses the button would order."""
        short = self._short(shop, self._stock_rules(shop, lens))
        return {"powers": len(short), "lenses": sum(short.values())}

    @api.model
    def _stock_rules(self, shop, lenses):
        domain = [
            ("location_id", "=", shop.lot_stock_id.id),
            ("product_id.optics_kind", "=", "lens"),
            ("product_id.optics_sph", "!=", False),
        ]
        if lenses:
            domain.append(("product_id.product_tmpl_id", "in", lenses.product_tmpl_id.ids))
        return self.env["stock.warehouse.orderpoint"].sudo().search(domain)

    @api.model
    def _one_at_a_time(self, rules):
        """Two people pressing the button in one moment: the second one's request starts anew
        and sees what the first has ordered."""
        if rules:
            self.env.cr.execute(
                "UPDATE stock_warehouse_orderpoint SET write_date = write_date WHERE id IN %s",
                [tuple(rules.ids)],
            )

    @api.model
    def _short(self, shop, rules):
        """`{product: how many}`, only what is short."""
        levels = self._levels(shop, rules.product_id)
        return {
            product: level["to_order"] for product, level in levels.items() if level["to_order"]
        }

    @api.model
    def _by_supplier(self, short):
        grouped = {}
        for product, quantity in short.items():
            supplier = self._supplier(product)
            if supplier:
                grouped.setdefault(supplier, {})[product] = quantity
        return grouped

    @api.model
    def _supplier(self, product):
        return self._lens(product).supplier_id or product.sudo().seller_ids[:1].partner_id

    @api.model
    def _lens(self, product):
        return product.sudo().product_tmpl_id.optics_lens_ids

    @api.model
    def _order_from(self, supplier, shop, quantities):
        """Add to the draft of this supplier that waits already, or begin one."""
        orders = self.env["purchase.order"].sudo()
        order = orders.search(
            [
                ("partner_id", "=", supplier.id),
                ("picking_type_id", "=", shop.in_type_id.id),
                ("state", "=", "draft"),
                ("is_optics_stock", "=", True),
            ],
            limit=1,
        )
        if not order:
            order = orders.create(
                {
                    "partner_id": supplier.id,
                    "picking_type_id": shop.in_type_id.id,
                    "company_id": shop.company_id.id,
                    "is_optics_stock": True,
                    "origin": _("Lens stock of %(shop)s", shop=shop.name),
                    "user_id": self.env.uid,
                }
            )
        self._add_lines(order, shop, quantities)
        return {
            "id": order.id,
            "name": order.name,
            "supplier": supplier.name,
            "powers": len(quantities),
            "lenses": sum(quantities.values()),
        }

    @api.model
    def _add_lines(self, order, shop, quantities):
        lines = {line.product_id: line for line in order.order_line}
        products = self.env["product.product"].browse([each.id for each in quantities])
        rules = {rule.product_id: rule for rule in self._reordering_rules(shop, products)}
        new = []
        for product, quantity in quantities.items():
            line = lines.get(product)
            if line:
                line.product_qty += quantity
                continue
            values = {
                "order_id": order.id,
                "product_id": product.id,
                "product_qty": quantity,
                "orderpoint_id": rules[product].id,
            }
            price = self._uncut_price(product)
            if price:
                values["price_unit"] = price
            new.append(values)
        self.env["purchase.order.line"].sudo().create(new)

    @api.model
    def _uncut_price(self, product):
        """What the supplier's price list asks for this power as a blank."""
        values = {
            "sph": exact(product.optics_sph),
            "cyl": exact(product.optics_cyl),
            "axis": None,
            "add": exact(product.optics_add),
        }
        blank = exact(product.optics_diameter)
        wishes = {"lens_ids": self._lens(product).ids, "source": "stock"}
        found = self.env["optics.lens.range"]._match({"od": values}, wishes=wishes)["od"]
        prices = [row["price_uncut"] for row in found if exact(row["diameter"]) == blank]
        return next(iter(prices), None)


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    is_optics_stock = fields.Boolean(
        string="Fills up Lens Stock",
        readonly=True,
        copy=False,
        help="Made from the stock matrix; what gets short meanwhile is added to the draft.",
    )
