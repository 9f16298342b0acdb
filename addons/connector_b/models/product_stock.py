"""How many pieces lie at a place: counted by the supplier, applied as an inventory."""

from odoo import SUPERUSER_ID, _, api, models
from odoo.exceptions import UserError

from ..rules.problem import Code


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _location_ids(self, ctx, records):
        """All places these rows speak of."""
        if "quantity" not in ctx.targets:
            return set()
        ids = {self._location_id(ctx, each) for each in records if each.values.get("location")}
        ids.add(ctx.location.id if ctx.location else None)
        ids.discard(None)
        return ids

    @api.model
    def _compare_quantity(self, ctx, record, plan, outcome):
        quantity, product = record.values.get("quantity"), plan.product
        if quantity is None:
            return None
        location_id = self._location_id(ctx, record)
        if location_id is None:
            if record.values.get("location"):
                return self._problem(Code.LOCATION_UNKNOWN, "location", record.values["location"])
            return self._problem(Code.LOCATION_MISSING, "quantity", quantity)
        quantity = self._rounded(ctx, quantity, "Product Unit of Measure")
        if product is None:
            # Only a storable product has a quantity.
            plan.values["detailed_type"] = "product"
            old = 0.0
        else:
            old = product.quantities.get(location_id, 0.0)
        if self._same(ctx, old, quantity, "Product Unit of Measure"):
            return None
        if product and product.kind != "product":
            service = product.kind == "service"
            code = Code.QUANTITY_OF_SERVICE if service else Code.QUANTITY_OF_CONSUMABLE
            return self._problem(code, "quantity", quantity, name=product.title)
        if product and product.tracking != "none":
            return self._problem(
                Code.QUANTITY_TRACKED,
                "quantity",
                quantity,
                name=product.title,
                tracking=product.tracking,
            )
        plan.quantity, plan.location_id = quantity, location_id
        self._change(ctx, outcome, "stock.quant", "quantity", old, quantity)
        return None

    @api.model
    def _write_quantities(self, ctx, outcomes):
        counted = [each for each in outcomes if each.plan.quantity is not None]
        self._count(
            ctx,
            [(each.res_id, each.plan.location_id, each.plan.quantity) for each in counted],
        )
        for outcome in counted:
            product, location_id = outcome.plan.product, outcome.plan.location_id
            old = product.quantities.get(location_id, 0.0) if product else 0.0
            outcome.before["quantity"] = {"location_id": location_id, "quantity": old}
            outcome.after["quantity"] = {
                "location_id": location_id,
                "quantity": outcome.plan.quantity,
            }

    @api.model
    def _count(self, ctx, counts):
        """Inventory adjustments of `(product id, location id, quantity)`, all applied at once.

        Odoo lets a stock manager's own groups decide, sudo or not; whether this person may
        import was asked before, so the adjustment is made in the system's name.
        """
        if not counts:
            return
        name = ctx.job.display_name if ctx.job else _("Price list")
        quants = (
            ctx.env["stock.quant"]
            .with_user(SUPERUSER_ID)
            .with_context(inventory_mode=True, inventory_name=name)
            .create(
                [
                    {
                        "product_id": product_id,
                        "location_id": location_id,
                        "inventory_quantity": quantity,
                    }
                    for product_id, location_id, quantity in counts
                ]
            )
        )
        conflict = quants.action_apply_inventory()
        if conflict:
            raise UserError(
                _("Stock of this product is being counted or moved right now; import it later.")
            )
