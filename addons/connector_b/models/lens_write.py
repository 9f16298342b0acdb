"""Lenses made and changed, each with its ranges as a whole."""

from odoo import api, fields, models

from .import_outcome import Action
from .lens_plan import AREA_FIELDS, VALUE_FIELDS

OLD_LENS = {
    "name": "name",
    "type": "type",
    "index": "index",
    "material": "material",
    "coating_ids": "coating_ids",
    "optics_brand_id": "brand_id",
    "categ_id": "category_id",
}


class ImportTargetLens(models.AbstractModel):
    _inherit = "connector.import.target.lens"

    @api.model
    def _write_lenses(self, ctx, outcomes):
        for outcome in outcomes:
            self._make_lens_references(ctx, outcome.plan)
        self._create_lenses(ctx, [each for each in outcomes if each.action == Action.CREATE])
        self._change_lenses(ctx, [each for each in outcomes if each.action == Action.CHANGE])
        if outcomes:
            for name in ("lenses", "lens_ranges"):
                ctx.cache.pop(name, None)

    @api.model
    def _make_lens_references(self, ctx, plan):
        if "category" in plan.made:
            plan.values["categ_id"] = self._make_category(ctx, plan.made["category"])
        if "brand" in plan.made:
            plan.values["optics_brand_id"] = self._make_brand(ctx, plan.made["brand"])
        if "coatings" in plan.made:
            plan.values["coating_ids"] = sorted(self._coating_ids(ctx, plan.made["coatings"]))

    @api.model
    def _create_lenses(self, ctx, outcomes):
        lenses = (
            ctx.env["optics.lens"]
            .with_context(tracking_disable=True)
            .create([self._lens_values(ctx, each.plan) for each in outcomes])
        )
        moment = ctx.env.cr.now().isoformat()
        for outcome, lens in zip(outcomes, lenses, strict=True):
            plan = outcome.plan
            outcome.res_id = lens.id
            outcome.before = {}
            outcome.after = {
                "created": moment,
                "ranges": {
                    str(row.id): self._range_state(values)
                    for row, values in zip(
                        lens.range_ids.sorted("id"), plan.new_ranges, strict=True
                    )
                },
            }
            if plan.supplier_code:
                line = self._lens_vendor_line(ctx, lens.product_tmpl_id.id)
                line.product_code = plan.supplier_code

    @api.model
    def _lens_values(self, ctx, plan):
        values = self._lens_defaults(plan)
        values["supplier_id"] = ctx.partner.id if ctx.partner else False
        if "coating_ids" in values:
            values["coating_ids"] = [fields.Command.set(values["coating_ids"])]
        values["range_ids"] = [fields.Command.create(dict(row)) for row in plan.new_ranges]
        return values

    @api.model
    def _change_lenses(self, ctx, outcomes):
        Range = ctx.env["optics.lens.range"]
        for outcome in outcomes:
            plan = outcome.plan
            lens = ctx.env["optics.lens"].browse(plan.lens.id)
            outcome.before, outcome.after = {}, {}
            if plan.values:
                self._change_lens(lens, outcome)
            if plan.supplier_code:
                self._change_lens_code(ctx, outcome)
            old = {row["id"]: row for row in self._old_ranges(ctx, plan.lens)}
            gone = [self._range_state(old[each], True) for each in plan.gone_ranges]
            Range.browse(plan.gone_ranges).unlink()
            for row_id, values in plan.changed_ranges.items():
                Range.browse(row_id).write(values)
            made = Range.create([{**row, "lens_id": lens.id} for row in plan.new_ranges])
            if gone:
                outcome.before["gone_ranges"] = gone
            if plan.changed_ranges:
                outcome.before["ranges"] = {
                    str(row_id): {name: old[row_id][name] for name in values}
                    for row_id, values in plan.changed_ranges.items()
                }
                outcome.after["ranges"] = {
                    str(row_id): values for row_id, values in plan.changed_ranges.items()
                }
            if made:
                outcome.after["new_ranges"] = {
                    str(row.id): self._range_state(values)
                    for row, values in zip(made, plan.new_ranges, strict=True)
                }

    @api.model
    def _change_lens(self, lens, outcome):
        plan = outcome.plan
        outcome.before["lens"] = {
            name: sorted(old) if isinstance(old, frozenset) else old
            for name in plan.values
            for old in [getattr(plan.lens, OLD_LENS[name])]
        }
        outcome.after["lens"] = dict(plan.values)
        lens.write(self._as_written(plan.values))

    @api.model
    def _as_written(self, values):
        return {
            name: [fields.Command.set(value)]
            if name == "coating_ids"
            else (False if value is None else value)
            for name, value in values.items()
        }

    @api.model
    def _change_lens_code(self, ctx, outcome):
        """The vendor line of the lens, which every lens of a supplier has."""
        line = self._lens_vendor_line(ctx, outcome.plan.lens.template_id)
        if not line:
            line = ctx.env["product.supplierinfo"].create(
                {
                    "product_tmpl_id": outcome.plan.lens.template_id,
                    "partner_id": ctx.partner.id,
                }
            )
        outcome.before["code"] = {"id": line.id, "product_code": line.product_code or False}
        outcome.after["code"] = {"id": line.id, "product_code": outcome.plan.supplier_code}
        line.product_code = outcome.plan.supplier_code

    @api.model
    def _range_state(self, values, whole=False):
        """A range as the undo has to find it, or to make it again."""
        names = (*AREA_FIELDS, *VALUE_FIELDS)
        state = {name: values[name] for name in names if name in values}
        if whole:
            state["import_profile_id"] = values["import_profile_id"] or False
        return state
