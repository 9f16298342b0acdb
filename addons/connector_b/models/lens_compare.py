"""A lens of the file beside the lens of the catalogue."""

from decimal import Decimal

from odoo import api, models

from ..rules import lens_words
from ..rules.problem import Code
from .import_outcome import Action, Outcome
from .lens_facts import LOWEST_INDEX
from .lens_plan import LensPlan
from .product_dictionary import folded


class ImportTargetLens(models.AbstractModel):
    _inherit = "connector.import.target.lens"

    @api.model
    def _compare_lenses(self, ctx, records):
        if not records:
            return []
        findings = self._find(ctx, records)
        return [self._compare_lens(ctx, record, findings) for record in records]

    @api.model
    def _compare_lens(self, ctx, record, findings):
        values = record.values
        outcome = Outcome(
            number=record.number,
            action=Action.UNCHANGED,
            key=next((str(values[key]) for key in ctx.keys if values.get(key)), ""),
            name=values.get("lens_name") or values.get("name") or "",
            record=record,
            problems=list(record.problems),
        )
        if record.refused:
            outcome.res_id = self._lens_spoken_of(ctx, record, findings)
            return outcome.refuse()
        plan, problem = self._lens_plan(ctx, record, findings)
        if problem:
            return outcome.refuse(problem)
        outcome.res_model = "optics.lens"
        outcome.unit = f"lens {folded(plan.facts.name)}"
        for compare in (
            self._compare_lens_fields,
            self._compare_lens_references,
            self._compare_lens_code,
            self._compare_ranges,
        ):
            problem = compare(ctx, record, plan, outcome)
            if problem:
                return outcome.refuse(problem)
        if plan.lens is None:
            outcome.action = Action.CREATE
        else:
            outcome.res_id = plan.lens.id
            outcome.name = outcome.name or plan.lens.name
            if not plan.empty:
                outcome.action = Action.CHANGE
        if outcome.action != Action.UNCHANGED:
            outcome.plan = plan
        return outcome

    @api.model
    def _lens_spoken_of(self, ctx, record, findings):
        """A refused row still has its lens in the file."""
        facts, problem = self._lens_facts(ctx, record)
        lens = None if problem else self._the_lens(ctx, record, facts, findings)[0]
        return lens.id if lens else None

    @api.model
    def _lens_plan(self, ctx, record, findings):
        facts, problem = self._lens_facts(ctx, record)
        if problem:
            return None, problem
        lens, by_code, problem = self._the_lens(ctx, record, facts, findings)
        if problem:
            return None, problem
        if lens is None:
            if not facts.name:
                return None, self._problem(Code.LENS_NAME_MISSING, "lens_name", None)
            if not ctx.create_missing:
                return None, self._problem(Code.NOT_FOUND, "lens_name", facts.name)
            if facts.index is None:
                return None, self._problem(Code.INDEX_UNKNOWN, "index", "")
        if lens is not None:
            claimed = ctx.cache.setdefault("claimed_lenses", {})
            first = claimed.setdefault(lens.id, record.number)
            if first != record.number:
                return None, self._problem(
                    Code.DUPLICATE_IN_FILE,
                    "lens_name",
                    facts.name or lens.name,
                    key="lens_name",
                    first_row=first,
                )
        facts.name = facts.name or lens.name
        return LensPlan(lens, facts, by_code=by_code), None

    @api.model
    def _compare_lens_fields(self, ctx, record, plan, outcome):
        """A lens found by its name has all that was said of it; one found by code may change."""
        facts, lens = plan.facts, plan.lens
        for name, new in (
            ("name", facts.name if lens is None or plan.by_code else None),
            ("type", facts.type or (None if lens else "single")),
            ("index", facts.index),
            ("material", facts.material),
        ):
            old = getattr(lens, name) if lens else None
            if new is not None and new != "" and new != old:
                plan.values[name] = new
                self._change(
                    ctx,
                    outcome,
                    "optics.lens",
                    name,
                    self._lens_word(ctx, name, old),
                    self._lens_word(ctx, name, new),
                )
        if facts.coating_ids is not None:
            old_ids = lens.coating_ids if lens else frozenset()
            if facts.new_coatings:
                plan.made["coatings"] = facts
            elif facts.coating_ids != old_ids:
                plan.values["coating_ids"] = sorted(facts.coating_ids)
            if facts.new_coatings or facts.coating_ids != old_ids:
                new = [self._title(ctx, "optics.coating", each) for each in facts.coating_ids]
                self._change(
                    ctx,
                    outcome,
                    "optics.lens",
                    "coating_ids",
                    ", ".join(self._title(ctx, "optics.coating", each) for each in old_ids),
                    ", ".join([*new, *facts.new_coatings]),
                )
        return None

    @api.model
    def _lens_word(self, ctx, name, value):
        """A selection's value as people read it."""
        if value is None:
            return ""
        if name not in ("type", "material"):
            return value
        words = ctx.cache.setdefault(("selection", name), {})
        if not words:
            lens_fields = ctx.env["optics.lens"]._fields
            words.update(lens_fields[name]._description_selection(ctx.env))
        return words[value]

    @api.model
    def _compare_lens_references(self, ctx, record, plan, outcome):
        for target, field, find in (
            ("brand", "optics_brand_id", self._brand_id),
            ("category", "categ_id", self._category_id),
        ):
            said = record.values.get(target)
            if not said:
                continue
            new_id = find(ctx, said)
            model = ctx.env["product.template"]._fields[field].comodel_name
            old_id = getattr(plan.lens, f"{target}_id") if plan.lens else None
            if new_id is None and not ctx.create_dictionary:
                code = Code.BRAND_UNKNOWN if target == "brand" else Code.CATEGORY_UNKNOWN
                return self._problem(code, target, said)
            if new_id is not None and new_id == old_id:
                continue
            if new_id is None:
                plan.made[target] = said
            else:
                plan.values[field] = new_id
            old = self._title(ctx, model, old_id)
            new = self._title(ctx, model, new_id) or said
            self._change(ctx, outcome, "product.template", field, old, new)
        return None

    @api.model
    def _compare_lens_code(self, ctx, record, plan, outcome):
        """The supplier's article of the whole lens, in its vendor line."""
        code = record.values.get("supplier_code")
        if not code:
            return None
        if not ctx.partner:
            return self._problem(Code.SUPPLIER_UNKNOWN, "supplier_code", code)
        old = self._lens_vendor_line(ctx, plan.lens.template_id).product_code if plan.lens else ""
        if code != (old or ""):
            plan.supplier_code = code
            self._change(ctx, outcome, "product.supplierinfo", "product_code", old or "", code)
        return None

    @api.model
    def _lens_vendor_line(self, ctx, template_id):
        return ctx.env["product.supplierinfo"].search(
            [
                ("product_tmpl_id", "=", template_id),
                ("partner_id", "=", ctx.partner.id),
                ("product_id", "=", False),
                ("company_id", "in", (False, ctx.company.id)),
            ],
            limit=1,
        )

    @api.model
    def _lens_source(self, ctx, part):
        """From the shelf, unless the file says that it is made or takes days to come."""
        said = part.get("lens_source")
        if said:
            return lens_words.source_of(said)
        return "stock"

    @api.model
    def _lens_defaults(self, plan):
        return {"index": LOWEST_INDEX, **plan.values}

    @api.model
    def _step_of(self, part):
        return float(part.get("power_step") or Decimal("0.25"))
