"""Powers of a lens that lie in stock: variants, found by code or by lens and power."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from odoo import api, fields, models

from odoo.addons.optics_core.rules import notation, range_row
from odoo.addons.optics_core.rules.power import Power
from odoo.addons.optics_core.rules.transposition import canonical

from ..rules.grid_title import facts_of
from ..rules.problem import Code
from .import_outcome import Action
from .product_dictionary import folded

# One axis is as good as another for a lens on a shelf; a rule wants one beside a cylinder.
ANY_AXIS = 180


@dataclass
class PowerMeant:
    """Which power of which lens a row means."""

    facts: Any = None
    lens: Any = None
    power: Any = None
    diameter: Decimal | None = None
    # The variant that is there already.
    product_id: int | None = None
    problem: Any = None

    @property
    def unit(self):
        return f"lens {folded(self.facts.name)}"

    @property
    def words(self):
        diameter = f" Ø{notation.millimetres(self.diameter)}" if self.diameter else ""
        power = Power(self.power.sph, self.power.cyl or None, None, self.power.add)
        return f"{self.facts.name}{diameter} {notation.power(power)}"


class ImportTargetLens(models.AbstractModel):
    _inherit = "connector.import.target.lens"

    @api.model
    def _compare_powers(self, ctx, records):
        if not records:
            return []
        findings = self._find(ctx, records)
        meant = {
            record.number: self._power_meant(ctx, record)
            for record in records
            if not record.refused
        }
        self._find_powers(ctx, meant.values())
        ids = findings.all_ids() | {each.product_id for each in meant.values() if each.product_id}
        found = self._found(ctx, ids, self._location_ids(ctx, records))
        ctx.cache.setdefault("powers", {}).update(meant)
        outcomes = [self._compare_row(ctx, record, findings, found) for record in records]
        self._settle_barcodes(ctx, outcomes, findings, found)
        return outcomes

    @api.model
    def _power_meant(self, ctx, record):
        values = record.values
        for target, value in facts_of(
            [(values.get("lens_name") or values.get("name") or "",)]
        ).items():
            if target != "lens_name":
                values.setdefault(target, value)
        meant = PowerMeant()
        meant.facts, meant.problem = self._lens_facts(ctx, record)
        meant.power = Power(
            values["sph"],
            values.get("cyl") or Decimal(0),
            int(values.get("axis") or ANY_AXIS),
            values.get("add"),
        )
        meant.diameter = values.get("diameter")
        meant.problem = meant.problem or self._power_problem(meant)
        if not meant.problem:
            candidates = [
                lens
                for lens in self._lenses(ctx).get(folded(meant.facts.name), ())
                if meant.facts.fits(lens)
            ]
            live = [lens for lens in candidates if lens.active] or candidates
            if len(live) > 1:
                names = ", ".join(lens.name for lens in live)
                meant.problem = self._problem(
                    Code.LENS_AMBIGUOUS, "lens_name", meant.facts.name, names=names
                )
            meant.lens = live[0] if live else None
        return meant

    @api.model
    def _power_problem(self, meant):
        """A power that no lens has; the same limits as for ranges."""
        power = meant.power
        row = {
            "sph_min": power.sph,
            "sph_max": power.sph,
            "cyl_min": power.cyl,
            "cyl_max": power.cyl,
            "add_min": power.add,
            "add_max": power.add,
            "diameter": meant.diameter if meant.diameter is not None else Decimal(65),
            "step": Decimal("0.125"),
            "prism_max": Decimal(0),
            "lead_days": Decimal(0),
        }
        problem = next(iter(range_row.problems(row)), None)
        return self._said_of_range(problem, None) if problem else None

    @api.model
    def _find_powers(self, ctx, meant):
        """The variants of these powers that are there, a statement a lens."""
        by_lens = {}
        for each in meant:
            if each.lens and not each.problem and each.diameter is not None:
                by_lens.setdefault(each.lens.id, []).append(each)
        for lens_id, wanted in by_lens.items():
            lens = ctx.env["optics.lens"].browse(lens_id)
            keys = [lens._variant_key(each.power, each.diameter) for each in wanted]
            found = lens._find_variants(keys)
            for each, key in zip(wanted, keys, strict=True):
                each.product_id = found[key].id if key in found else None

    @api.model
    def _the_product(self, ctx, record, findings, found):
        meant = ctx.cache["powers"][record.number]
        product, problem = super()._the_product(ctx, record, findings, found)
        if product is not None or (problem and problem.code is not Code.KEY_MISSING):
            return product, problem
        if problem and not meant.facts.name:
            return None, problem
        product = found[meant.product_id] if meant.product_id else None
        if product is not None:
            claims, key = ctx.cache.setdefault("claimed", {}), product.id
        else:
            claims, key = ctx.cache.setdefault("claimed_powers", {}), self._claim(meant)
        first = claims.get(key, record.number)
        if first != record.number:
            return None, self._problem(
                Code.DUPLICATE_IN_FILE, "sph", meant.words, key="sph", first_row=first
            )
        return product, None

    @api.model
    def _claim(self, meant):
        """A power of a lens, whatever the sign of its cylinder."""
        power = canonical(meant.power)
        lens = meant.lens.id if meant.lens else (folded(meant.facts.name), meant.facts.index)
        return (lens, power.sph, power.cyl, power.add, meant.diameter)

    @api.model
    def _compare_whole(self, ctx, record, plan, outcome):
        meant = plan.meant = ctx.cache["powers"][record.number]
        if plan.product is not None:
            return None
        if not ctx.create_missing:
            return self._problem(Code.NOT_FOUND, ctx.keys[0], None)
        if meant.problem:
            return meant.problem
        if meant.diameter is None:
            return self._problem(Code.DIAMETER_MISSING, "diameter", None)
        if not meant.facts.name:
            return self._problem(Code.LENS_NAME_MISSING, "lens_name", None)
        if meant.lens is None and meant.facts.index is None:
            return self._problem(Code.INDEX_UNKNOWN, "index", "")
        return None

    @api.model
    def _compare_row(self, ctx, record, findings, found):
        outcome = super()._compare_row(ctx, record, findings, found)
        meant = ctx.cache["powers"].get(record.number)
        if meant and meant.facts and meant.facts.name:
            outcome.name = meant.words
            outcome.unit = meant.unit
        if meant and outcome.action == Action.CREATE:
            ctx.cache.setdefault("claimed_powers", {})[self._claim(meant)] = record.number
        return outcome

    @api.model
    def _left_to_template(self, ctx, record, plan, outcome, target, old):
        """Name and category are the lens's, its retail price stands in its ranges: a row of one
        power says nothing of them, and that is no reason to warn four thousand times."""
        return True

    @api.model
    def _leave_unpriced(self, ctx, plan, outcome):
        """The same: what a lens is sold for stands in its ranges."""
        return {}

    @api.model
    def _create_products(self, ctx, outcomes):
        """Variants of their lenses, which are made where they are new."""
        meant = {each.number: each.plan.meant for each in outcomes}
        by_lens = {}
        for outcome in outcomes:
            lens = self._lens_of(ctx, meant[outcome.number], outcome)
            by_lens.setdefault(lens, []).append(outcome)
        moment = ctx.env.cr.now().isoformat()
        for lens, group in by_lens.items():
            variants = lens._variants_for(
                [(meant[each.number].power, meant[each.number].diameter) for each in group]
            )
            for outcome, product in zip(group, variants, strict=True):
                self._fill_power(ctx, outcome, product, moment)
        self._create_variant_lines(ctx, outcomes)

    @api.model
    def _lens_of(self, ctx, meant, outcome):
        """The lens of the catalogue, which the same file may just have brought, or a new one
        without ranges."""
        lenses = ctx.env["optics.lens"]
        if meant.lens:
            return lenses.browse(meant.lens.id)
        facts = meant.facts
        coating_ids = self._coating_ids(ctx, facts)
        if facts.new_coatings:
            facts = replace(facts, coating_ids=frozenset(coating_ids), new_coatings=[])
        for lens in self._lenses(ctx).get(folded(facts.name), ()):
            if facts.fits(lens):
                return lenses.browse(lens.id)
        values = {
            "name": facts.name,
            "type": facts.type or "single",
            "index": facts.index,
            "material": facts.material or False,
            "supplier_id": ctx.partner.id if ctx.partner else False,
            "coating_ids": [fields.Command.set(sorted(coating_ids))],
        }
        for name in ("categ_id", "optics_brand_id"):
            if name in outcome.plan.values:
                values[name] = outcome.plan.values[name]
        made = lenses.with_context(tracking_disable=True).create(values)
        ctx.cache.pop("lenses", None)
        return made

    @api.model
    def _fill_power(self, ctx, outcome, product, moment):
        values = {
            name: outcome.plan.values[name]
            for name in ("default_code", "barcode", "standard_price", "active")
            if name in outcome.plan.values
        }
        if values:
            # Just made, so nothing of it lies anywhere: no valuation to look for.
            product.with_context(disable_auto_svl=True).write(values)
        outcome.res_id = product.id
        outcome.before = {}
        outcome.after = {"created": moment, "product": dict(values)}

    @api.model
    def _item_values(self, ctx, outcome):
        """A power's own price, never that of all powers."""
        values = super()._item_values(ctx, outcome)
        return {**values, "applied_on": "0_product_variant", "product_id": outcome.res_id}

    @api.model
    def _has_got_variants(self, product):
        return False

    @api.model
    def _vendor_line(self, ctx, values, product):
        """The line of the lens is not a power's own: each would write its price over the last."""
        if product is not None and product.siblings:
            own = [line for line in product.vendor_lines if line.product_id == product.id]
            product = replace(product, vendor_lines=own)
        return super()._vendor_line(ctx, values, product)
