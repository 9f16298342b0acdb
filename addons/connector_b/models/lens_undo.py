"""Lenses taken back, each only as long as nobody else has touched what the import left."""

from datetime import datetime

from odoo import _, api, models

from .import_outcome import Undo
from .product_undo import SAME_MOMENT

# What a product brings along by itself is no document that speaks of it.
PARTS = frozenset(
    {
        "optics.lens",
        "product.template.attribute.line",
        "product.template.attribute.value",
        "product.template.attribute.exclusion",
    }
)


class ImportTargetLens(models.AbstractModel):
    _inherit = "connector.import.target.lens"

    @api.model
    def _undo_lenses(self, ctx, rows):
        answers = {}
        for row in rows:
            lens = ctx.env["optics.lens"].browse(row.res_id).exists()
            if not lens and row.action == "create":
                answers[row.id] = (Undo.UNDONE, _("The lens was deleted before."))
            elif reason := self._lens_changed_since(ctx, row, lens):
                answers[row.id] = (Undo.KEPT, reason)
            elif row.action == "create":
                self._under_savepoint(ctx, row, answers, self._delete_lens, lens)
            else:
                self._under_savepoint(ctx, row, answers, self._give_lens_back, lens)
        return [(row.id, *answers[row.id]) for row in rows]

    @api.model
    def _lens_changed_since(self, ctx, row, lens):
        if not lens:
            return _("The lens is no longer there.")
        after = row.after or {}
        for name, value in after.get("lens", {}).items():
            now = lens[name]
            if lens._fields[name].relational:
                now = sorted(now.ids) if name == "coating_ids" else now.id
            elif name == "index":
                now = round(now, 2)
            if (now or False) != (value or False):
                return self._touched_since(ctx, lens, lens, name)
        for part in ("ranges", "new_ranges"):
            for row_id, values in after.get(part, {}).items():
                line = ctx.env["optics.lens.range"].browse(int(row_id)).exists()
                if not line:
                    return _("A range that the import wrote was deleted since.")
                for name, value in values.items():
                    if not self._same_value(line[name], value):
                        return self._touched_since(ctx, lens, line, name)
        if "code" in after:
            line = ctx.env["product.supplierinfo"].browse(after["code"]["id"]).exists()
            if (line.product_code or "") != after["code"]["product_code"]:
                return _("The supplier's code of the lens was changed since.")
        if row.action == "create":
            return self._lens_used_since(ctx, row, lens)
        return None

    @api.model
    def _same_value(self, now, value):
        if isinstance(value, float) and now is not None:
            return abs(now - value) < 0.005
        return (now if now is not False else None) == value

    @api.model
    def _touched_since(self, ctx, lens, record, name):
        return _(
            "%(field)s is %(now)s since; the product was last changed by %(user)s, %(moment)s.",
            field=ctx.env["ir.model.fields"]._get(record._name, name).field_description,
            now=record[name].display_name if record._fields[name].relational else record[name],
            **self._last_change(ctx, lens.product_variant_ids[:1] or lens),
        )

    @api.model
    def _lens_used_since(self, ctx, row, lens):
        """Edited, given more ranges or powers, or in a document."""
        left = datetime.fromisoformat(row.after["created"]) + SAME_MOMENT
        if (
            len(lens.range_ids) != len(row.after["ranges"])
            or max(each.write_date for each in (lens, lens.product_tmpl_id, *lens.range_ids)) > left
        ):
            return _("Somebody has worked on the lens since.")
        variants = lens.with_context(active_test=False).product_variant_ids
        if len(variants) > 1:
            return _("Powers of it are kept in stock.")
        lines = lens.seller_ids.filtered(lambda line: line.partner_id == lens.supplier_id)
        ctx.cache["whole_lens"] = True
        documents = self._documents(ctx, variants, lines.ids, [], set())
        return next(iter(documents.values()), None)

    @api.model
    def _reference_fields(self, ctx):
        """Of a lens that goes, all; of one power, only what names it: the lens stays."""
        for model, field in super()._reference_fields(ctx):
            whole = ctx.cache.get("whole_lens") and model._name not in PARTS
            if whole or field.comodel_name == "product.product":
                yield model, field

    @api.model
    def _delete_lens(self, ctx, row, lens):
        lens.unlink()

    @api.model
    def _give_lens_back(self, ctx, row, lens):
        before, after = row.before or {}, row.after or {}
        Range = ctx.env["optics.lens.range"]
        if before.get("lens"):
            lens.write(self._as_written(before["lens"]))
        if "code" in before:
            line = ctx.env["product.supplierinfo"].browse(before["code"]["id"])
            line.product_code = before["code"]["product_code"]
        Range.browse([int(row_id) for row_id in after.get("new_ranges", {})]).unlink()
        for row_id, values in before.get("ranges", {}).items():
            Range.browse(int(row_id)).write(values)
        Range.create([{**row, "lens_id": lens.id} for row in before.get("gone_ranges", ())])
