"""New products: variants created in one batch, which Odoo's own rules pass eight times quicker
than templates one by one."""

from odoo import api, models

# Variant by variant in itself, or written by its own step.
NO_DEFAULT = frozenset({"product_properties", "seller_ids", "active"})


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _create_products(self, ctx, outcomes):
        products = (
            ctx.env["product.product"]
            .with_context(tracking_disable=True)
            .create([self._create_values(ctx, each) for each in outcomes])
        )
        moment = ctx.env.cr.now().isoformat()
        for outcome, product in zip(outcomes, products, strict=True):
            outcome.res_id = product.id
            outcome.before = {}
            outcome.after = {
                "created": moment,
                "product": {**outcome.plan.values},
            }
        # A variant's flag is its own: an archived product has both switched off.
        archived = [
            product.product_tmpl_id.id
            for outcome, product in zip(outcomes, products, strict=True)
            if outcome.plan.values.get("active") is False
        ]
        if archived:
            ctx.env["product.template"].browse(archived).write({"active": False})
        self._note_vendor_lines(ctx, outcomes, products)

    @api.model
    def _create_values(self, ctx, outcome):
        values = dict(self._defaults(ctx))
        values.update(outcome.plan.values)
        if outcome.plan.vendor:
            values["seller_ids"] = [(0, 0, self._vendor_values(ctx, outcome))]
        return values

    @api.model
    def _defaults(self, ctx):
        """All defaults at once: Odoo would search for some of them row by row."""
        cache = ctx.cache
        if "defaults" not in cache:
            products = ctx.env["product.product"]
            names = [
                name
                for name, field in products._fields.items()
                if name not in NO_DEFAULT and not name.startswith("image_")
            ]
            cache["defaults"] = products.default_get(names)
        return cache["defaults"]

    @api.model
    def _note_vendor_lines(self, ctx, outcomes, products):
        if not any(each.plan.vendor for each in outcomes):
            return
        lines = ctx.env["product.supplierinfo"].search(
            [("product_tmpl_id", "in", products.product_tmpl_id.ids)]
        )
        by_template = {line.product_tmpl_id.id: line.id for line in lines}
        for outcome, product in zip(outcomes, products, strict=True):
            if outcome.plan.vendor:
                outcome.after["vendor"] = {
                    "id": by_template[product.product_tmpl_id.id],
                    **outcome.plan.vendor,
                }
