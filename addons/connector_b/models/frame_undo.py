"""Frames taken back: variants, the values made for them, and the prices of those that stay."""

from odoo import api, models

from ..rules.variant_prices import told_apart
from .frame_prices import from_json, told
from .import_outcome import Undo
from .product_money import decimal

# What a model brings along by itself is no document that speaks of it.
PARTS = frozenset(
    {
        "product.template.attribute.line",
        "product.template.attribute.value",
        "product.template.attribute.exclusion",
        "product.supplierinfo",
        "product.pricelist.item",
    }
)


class ImportTargetFrame(models.AbstractModel):
    _inherit = "connector.import.target.frame"

    @api.model
    def _undo(self, ctx, rows):
        answers = super()._undo(ctx, rows)
        undone = {row_id for row_id, what, _reason in answers if what == Undo.UNDONE}
        back = rows.filtered(lambda row: row.id in undone)
        ctx.env.flush_all()
        ctx.env.invalidate_all()
        self._take_models_back(ctx, back)
        self._take_values_back(ctx, back)
        self._take_prices_back(ctx, rows, back)
        return answers

    @api.model
    def _changed_since(self, ctx, row, product):
        reason = super()._changed_since(ctx, row, product)
        if reason or product is None:
            return reason
        after = row.after or {}
        variant = ctx.cache["variants"].get(row.res_id)
        if "price" in after and variant:
            now = float(ctx.cache["templates"][variant.template_id].price_of(variant))
            if not self._same(ctx, now, after["price"], "Product Price"):
                return self._touched(ctx, row, "product.product", "lst_price", now)
        for part, number in after.get("measures", {}).items():
            now = variant.measures.get(part) if variant else None
            if now != number:
                return self._touched(ctx, row, "product.product", f"frame_{part}", now)
        return None

    @api.model
    def _give_back(self, ctx, rows, found):
        note = super()._give_back(ctx, rows, found)
        for row in rows:
            measures = (row.before or {}).get("measures")
            if measures:
                ctx.env["product.product"].browse(row.res_id).write(
                    {f"frame_{part}": number for part, number in measures.items()}
                )
        return note

    @api.model
    def _reference_fields(self, ctx):
        """A document of a sibling refers to the template as well: only what names the variant
        counts, and what knows no variants."""
        for model, field in super()._reference_fields(ctx):
            if field.comodel_name == "product.product" or (
                model._name not in PARTS and not self._names_variants(model)
            ):
                yield model, field

    @api.model
    def _names_variants(self, model):
        return any(
            field.type == "many2one" and field.store and field.comodel_name == "product.product"
            for field in model._fields.values()
        )

    @api.model
    def _take_models_back(self, ctx, rows):
        """Of which no variant is left: of several that go at once Odoo takes none for the last."""
        ids = {row.after["template"] for row in rows if row.action == "create" and row.after}
        models_left = (
            ctx.env["product.template"].browse(ids).exists().with_context(active_test=False)
        )
        models_left.filtered(lambda each: not each.product_variant_ids).unlink()

    @api.model
    def _take_values_back(self, ctx, rows):
        """Colours and sizes that the import gave to a model that was there before."""
        ids = [ptav for row in rows for ptav in (row.after or {}).get("added", ())]
        for value in ctx.env["product.template.attribute.value"].browse(ids).exists():
            if value.with_context(active_test=False).ptav_product_variant_ids:
                continue
            line = value.attribute_line_id
            if line.value_ids == value.product_attribute_value_id:
                continue
            pav = value.product_attribute_value_id
            value.unlink()
            line.with_context(update_product_template_attribute_values=False).value_ids -= pav

    @api.model
    def _take_prices_back(self, ctx, rows, back):
        """As they were kept, where nobody touched them; else so that the prices are right."""
        changed = rows.filtered(lambda row: "prices" in (row.after or {}))
        variants = (
            ctx.env["product.product"]
            .browse(changed.filtered(lambda row: row in back).mapped("res_id"))
            .exists()
        )
        wanted = {}
        owner = {each.id: each.product_tmpl_id.id for each in variants}
        for row in changed & back:
            template_id = owner.get(row.res_id) or row.after.get("joined")
            if template_id:
                wanted.setdefault(template_id, []).append(row)
        if not wanted:
            return
        for model in self._read_models(ctx, (), (), wanted):
            mine = wanted[model.template_id]
            prices, now = told(model)
            before, after = from_json(mine[0].before["prices"]), from_json(mine[0].after["prices"])
            kept = [row for row in changed - back if row.res_id in model.variants]
            untouched = now.base == after.base and all(
                decimal(extra) == now.extras.get(value, 0)
                for value, extra in after.extras.items()
                if value in now.extras
            )
            new = before
            if kept or not untouched:
                for row in mine:
                    variant = model.variants.get(row.res_id)
                    if variant and "price" in row.before:
                        key = (
                            variant.colour and variant.colour.id,
                            variant.size and variant.size.id,
                        )
                        prices[key] = decimal(row.before["price"])
                new = told_apart(prices, now)
            self._write_prices(ctx, model.template_id, now, new)

    @api.model
    def _has_got_variants(self, product):
        return False
