"""Which documents speak of a product: what an undo must not tear out from under them."""

from odoo import _, api, models

# A product's own parts, and what an import itself leaves (looked at by their ids).
OWN = frozenset({"product.product", "product.template"})
STOCK = frozenset({"stock.quant", "stock.move", "stock.move.line", "stock.valuation.layer"})


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _documents(self, ctx, products, own_lines, own_items, counted):
        """Product id → sentence that names one document which refers to it.

        `counted`: ids of products whose stock this import counted; those of Odoo's stock records
        are looked at apart.
        """
        own = {"product.supplierinfo": own_lines, "product.pricelist.item": own_items}
        templates = {product.product_tmpl_id.id: product.id for product in products}
        named = {}
        for model, field in self._reference_fields(ctx):
            by_template = field.comodel_name == "product.template"
            ids = list(templates) if by_template else products.ids
            for referred, document_id in self._first_references(
                ctx, model, field.name, ids, own.get(model._name, ())
            ):
                product_id = templates[referred] if by_template else referred
                if model._name in STOCK and product_id in counted:
                    continue
                if product_id not in named:
                    named[product_id] = self._refers(model.browse(document_id))
        return named

    @api.model
    def _refers(self, line):
        """The order rather than its line: a line hangs on what it can not be without."""
        parents = [
            field.name
            for field in line._fields.values()
            if field.type == "many2one"
            and field.store
            and field.required
            and field.ondelete == "cascade"
            and field.comodel_name not in OWN
        ]
        document = line[parents[0]] if parents else line
        return _(
            "%(kind)s “%(document)s” refers to it.",
            kind=self.env["ir.model"]._get(document._name).name,
            document=document.display_name,
        )

    @api.model
    def _reference_fields(self, ctx):
        for name in ctx.env.registry:
            model = ctx.env[name]
            if model._abstract or model._transient or not model._auto or name in OWN:
                continue
            for field in model._fields.values():
                if (
                    field.type == "many2one"
                    and field.store
                    and field.comodel_name in OWN
                    and not (field.related and not field.inherited)
                ):
                    yield model, field

    @api.model
    def _first_references(self, ctx, model, field, ids, own_ids):
        ctx.env.cr.execute(
            f"""
            SELECT "{field}", min(id) FROM "{model._table}"
             WHERE "{field}" = ANY(%s) AND id <> ALL(%s)
             GROUP BY "{field}"
            """,  # pylint: disable=E8103
            [ids, list(own_ids)],
        )
        return ctx.env.cr.fetchall()
