"""Products that are there: one `write` each, of what differs."""

from odoo import api, models

# FoundProduct's attribute of each field that is written, for the undo.
OLD_VALUES = {
    "name": "name",
    "description_sale": "description",
    "default_code": "default_code",
    "barcode": "barcode",
    "list_price": "list_price",
    "standard_price": "cost",
    "categ_id": "category_id",
    "optics_brand_id": "brand_id",
    "uom_id": "uom_id",
    "uom_po_id": "purchase_uom_id",
    "active": "active",
}


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _change_products(self, ctx, outcomes):
        changed = [each for each in outcomes if each.plan.values]
        stocked = self._stocked(
            ctx, [each.res_id for each in changed if "standard_price" in each.plan.values]
        )
        # One recordset, so that the records share their prefetch: read together, not one by one.
        products = ctx.env["product.product"].browse([each.res_id for each in changed])
        self._read_together(ctx, products, changed)
        for outcome, product in zip(changed, products, strict=True):
            self._change_product(product, outcome, stocked)

    @api.model
    def _read_together(self, ctx, products, outcomes):
        """What each `write` would read for itself: variants of the template, kept costs."""
        products.product_tmpl_id.fetch(["product_variant_ids"])
        costs = [each.res_id for each in outcomes if "standard_price" in each.plan.values]
        if costs:
            product_field = ctx.env["ir.model.fields"]._get("product.product", "standard_price")
            ctx.env["ir.property"].sudo().search_fetch(
                [
                    ("fields_id", "=", product_field.id),
                    ("company_id", "=", ctx.company.id),
                    ("res_id", "in", [f"product.product,{each}" for each in costs]),
                ],
                ["res_id", "type", "value_float"],
            )

    @api.model
    def _change_product(self, product, outcome, stocked):
        values = dict(outcome.plan.values)
        outcome.before["product"] = {
            field: getattr(outcome.plan.product, OLD_VALUES[field]) for field in values
        }
        outcome.after["product"] = dict(values)
        active = values.pop("active", None)
        if "standard_price" in values and product.id not in stocked:
            # Nothing valued lies anywhere: Odoo's own flag saves it from looking for layers.
            # The category may revalue by itself, so it never goes along.
            category = {name: values.pop(name) for name in ("categ_id",) if name in values}
            product.with_context(disable_auto_svl=True).write(values)
            values = category
        if values:
            product.write(values)
        # A single variant takes its template with it, as the button does.
        if active is False:
            product.action_archive()
        elif active:
            product.action_unarchive()

    @api.model
    def _stocked(self, ctx, product_ids):
        """Those with a valued quantity: a new cost must revalue them, by a plain write."""
        if not product_ids:
            return set()
        groups = (
            ctx.env["stock.valuation.layer"]
            .sudo()
            ._read_group(
                [("product_id", "in", product_ids), ("company_id", "=", ctx.company.id)],
                ["product_id"],
                ["quantity:sum"],
            )
        )
        return {product.id for product, quantity in groups if quantity > 0}

    @api.model
    def _give_up_barcodes(self, ctx, outcomes):
        """Before the swap both are cleared: each write alone would meet the other's barcode."""
        if any(each.plan.waits_for_barcode for each in outcomes):
            together = {each.together for each in outcomes if each.together is not None}
            ctx.env["product.product"].browse(
                [
                    each.res_id
                    for each in outcomes
                    if each.together in together
                    and each.plan.product
                    and "barcode" in each.plan.values
                ]
            ).write({"barcode": False})
