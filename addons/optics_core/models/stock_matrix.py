from collections import Counter
from decimal import Decimal

from odoo import SUPERUSER_ID, _, api, models
from odoo.exceptions import AccessError, ValidationError

from ..rules import notation, power_grid
from ..rules.exact import exact
from ..rules.power import Power
from ..rules.stock_level import to_order

# A shelf of one power with more lenses than this is a slip of the finger.
MOST_LENSES = 999
_ANY_AXIS = 180


class StockMatrix(models.AbstractModel):
    """One lens in one shop, sphere by cylinder: what lies there, what should, what is short.

    Minimum and maximum are Odoo's reordering rules, quantities Odoo's stock. Plain data in and
    out: the screen asks by RPC.
    """

    _name = "optics.stock.matrix"
    _description = "Stock Matrix of a Lens"

    @api.model
    def read_choices(self):
        """What can be chosen on the screen, and what is chosen first."""
        shops = self._shops()
        default = self.env["stock.warehouse"]._optics_default_shop()
        lenses = self.env["optics.lens"].search([("range_ids.source", "=", "stock")])
        return {
            "shops": [{"id": shop.id, "name": shop.name} for shop in shops],
            "shop_id": (default if default in shops else shops[:1]).id,
            "lenses": [{"id": lens.id, "name": lens.name} for lens in lenses],
            "lens_id": max(lenses, key=lambda lens: lens.stock_variant_count, default=lenses).id,
            "may_order": self._may_order(),
            "may_open_orders": self.env["purchase.order"].check_access_rights("read", False),
        }

    @api.model
    def read_matrix(self, lens_id, shop_id, diameter=None, add=None):
        """Cells of one blank and one addition; without them, those it is kept in most."""
        lens = self.env["optics.lens"].browse(lens_id)
        shop = self._shop(shop_id)
        grid = self._grid(lens)
        keys = sorted(grid, key=lambda key: (key[0], key[1] or 0))
        key = self._chosen_key(lens, keys, diameter, add)
        cells = self._cells(lens, shop, key, grid[key]) if key else []
        return {
            "lens_id": lens.id,
            "shop_id": shop.id,
            "diameters": [float(each) for each in dict.fromkeys(k[0] for k in keys)],
            "adds": [
                None if each is None else float(each)
                for blank, each in keys
                if key and blank == key[0]
            ],
            "diameter": float(key[0]) if key else None,
            "add": float(key[1]) if key and key[1] is not None else None,
            "cells": cells,
            "short": self._short_summary(shop, lens),
        }

    @api.model
    def set_levels(self, lens_id, shop_id, diameter, add, levels):
        """Minimum and maximum of cells: `[{"sph", "cyl", "min", "max"}]`; both 0 ends the rule."""
        self._require_right()
        lens, shop = self.env["optics.lens"].browse(lens_id), self._shop(shop_id)
        for level in levels:
            self._refuse_level(level)
        products = lens._variants_for(
            [(_cell_power(level["sph"], level["cyl"], add), diameter) for level in levels]
        )
        rules = {rule.product_id: rule for rule in self._reordering_rules(shop, products)}
        new = []
        for product, level in zip(products, levels, strict=True):
            values = {"product_min_qty": level["min"], "product_max_qty": level["max"]}
            rule = rules.get(product)
            if rule and not level["max"]:
                rule.unlink()
            elif rule:
                rule.write(values)
            elif level["max"]:
                new.append({**self._prepare_rule(shop, product), **values})
        self._rules_of_a_person().create(new)
        return self.read_matrix(lens_id, shop_id, diameter, add)

    @api.model
    def _shops(self):
        """The places of the chain whose stock is this user's business."""
        warehouses = self.env["stock.warehouse"]
        if self.env.user.has_group("optics_core.group_administrator"):
            return warehouses.search([])
        return warehouses.search([("id", "in", self.env.user.optics_shop_ids.ids)])

    @api.model
    def _shop(self, shop_id):
        shop = self._shops().filtered(lambda each: each.id == shop_id)
        if not shop:
            raise AccessError(_("This shop's stock is not your business."))
        return shop

    @api.model
    def _may_order(self):
        return self.env.user.has_group("optics_core.group_manager")

    @api.model
    def _require_right(self):
        if not self._may_order():
            raise AccessError(
                _("Minimum stock and orders to suppliers are the shop manager's business.")
            )

    @api.model
    def _grid(self, lens):
        """`{(blank, addition): {(sph, cyl)}}` of what stock ranges offer and what there is."""
        grid = {}
        for row in lens.range_ids.filtered(lambda each: each.source == "stock"):
            rule = row._rule(row)
            for add in power_grid.additions(rule):
                grid.setdefault((rule.diameter, add), set()).update(power_grid.powers(rule))
        for product in lens.product_variant_ids:
            if product.optics_sph is not None:
                key = (exact(product.optics_diameter), exact(product.optics_add))
                grid.setdefault(key, set()).add(
                    (exact(product.optics_sph), exact(product.optics_cyl))
                )
        return grid

    @api.model
    def _chosen_key(self, lens, keys, diameter, add):
        """The blank and addition asked for; else that blank's, else what is kept in most powers."""
        wanted = (exact(diameter), exact(add))
        if wanted in keys:
            return wanted
        kept = Counter(
            (exact(product.optics_diameter), exact(product.optics_add))
            for product in lens.product_variant_ids
        )
        of_blank = [key for key in keys if key[0] == wanted[0]]
        return max(of_blank or keys, key=lambda key: kept[key], default=None)

    @api.model
    def _cells(self, lens, shop, key, powers):
        blank, add = key
        products = {
            (exact(product.optics_sph), exact(product.optics_cyl)): product
            for product in lens.product_variant_ids
            if (exact(product.optics_diameter), exact(product.optics_add)) == (blank, add)
            and product.optics_sph is not None
        }
        levels = self._levels(shop, self.env["product.product"].union(*products.values()))
        empty = {"on_hand": 0, "expected": 0, "min": 0, "max": 0, "to_order": 0}
        return [
            {
                "sph": float(sph),
                "cyl": float(cyl),
                **levels.get(products.get((sph, cyl)), empty),
            }
            for sph, cyl in sorted(powers, key=lambda each: (each[0], -each[1]))
        ]

    @api.model
    def _levels(self, shop, products):
        """Of each product: on hand, expected with what is on its way, minimum, maximum, short."""
        location = shop.lot_stock_id
        here = products.sudo().with_context(location=location.id)
        drafts, _by_shop = here._get_quantity_in_progress(location_ids=location.ids)
        rules = {rule.product_id: rule for rule in self._reordering_rules(shop, products)}
        levels = {}
        for product in here:
            rule = rules.get(product)
            low, high = (rule.product_min_qty, rule.product_max_qty) if rule else (0, 0)
            expected = product.virtual_available + drafts.get((product.id, location.id), 0)
            levels[products.browse(product.id)] = {
                "on_hand": product.qty_available,
                "expected": expected,
                "min": low,
                "max": high,
                "to_order": float(
                    to_order(*(Decimal(str(each)) for each in (expected, low, high)))
                ),
            }
        return levels

    @api.model
    def _reordering_rules(self, shop, products):
        return (
            self.env["stock.warehouse.orderpoint"]
            .sudo()
            .search(
                [("location_id", "=", shop.lot_stock_id.id), ("product_id", "in", products.ids)]
            )
        )

    @api.model
    def _rules_of_a_person(self):
        """Core vacuums manual rules that the superuser made, once nothing is short by them."""
        person = self.env.user
        if person.id == SUPERUSER_ID:
            person = self.env.ref("base.user_admin")
        return self.env["stock.warehouse.orderpoint"].with_user(person).sudo()

    @api.model
    def _prepare_rule(self, shop, product):
        return {
            "product_id": product.id,
            "warehouse_id": shop.id,
            "location_id": shop.lot_stock_id.id,
            "company_id": shop.company_id.id,
            # Ordered from the matrix by a person, never by the scheduler behind their back.
            "trigger": "manual",
        }

    @api.model
    def _refuse_level(self, level):
        low, high = level["min"], level["max"]
        whole = all(isinstance(each, int) or float(each).is_integer() for each in (low, high))
        if whole and 0 <= low <= high <= MOST_LENSES:
            return
        raise ValidationError(
            _(
                "%(power)s: minimum %(min)s and maximum %(max)s were typed; allowed are whole "
                "numbers from 0 to %(most)s, the minimum not above the maximum.",
                power=notation.power(_cell_power(level["sph"], level["cyl"], None)),
                min=low,
                max=high,
                most=MOST_LENSES,
            )
        )


def _cell_power(sph, cyl, add):
    return Power(exact(sph), exact(cyl) or None, _ANY_AXIS if cyl else None, exact(add))
