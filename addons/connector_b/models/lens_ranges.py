"""The ranges of a lens: those of the file take the place of those the profile brought before."""

from decimal import Decimal

from odoo import _, api, models

from odoo.addons.optics_core.rules import notation
from odoo.addons.optics_core.rules.range_overlap import Area, overlapping

from ..rules.price_shift import margin_percent
from ..rules.problem import Code
from ..rules.record import Record
from .import_outcome import Change
from .lens_plan import AREA_FIELDS, PRICE_FIELDS, VALUE_FIELDS
from .product_money import decimal

# What a price of the file is to a range, the first that a row has.
PRICES = (
    ("price_uncut", ("supplier_price", "cost")),
    ("price_glazed", ("glazed_price",)),
    ("price_retail", ("list_price",)),
)


class ImportTargetLens(models.AbstractModel):
    _inherit = "connector.import.target.lens"

    @api.model
    def _compare_ranges(self, ctx, record, plan, outcome):
        wanted = {}
        for part in record.parts:
            values, problem = self._range_values(ctx, record, part)
            if problem:
                return problem
            area = tuple(values[name] for name in AREA_FIELDS)
            if area in wanted and wanted[area] != values:
                problem = self._problem(
                    Code.RANGES_OVERLAP, "sph", _words(area), other_row=record.number
                )
                outcome.problems.append(problem)
            wanted.setdefault(area, values)
        old = self._old_ranges(ctx, plan.lens)
        by_area = {tuple(row[name] for name in AREA_FIELDS): row for row in old}
        for area, values in wanted.items():
            row = by_area.get(area)
            if row is None:
                self._add_range(ctx, plan, outcome, area, values)
            else:
                self._change_range(ctx, plan, outcome, row, values)
        self._take_out_ranges(ctx, plan, outcome, old, wanted)
        self._note_shift(outcome, plan, old, wanted)
        self._note_margin(outcome, plan, wanted, record)
        return None

    @api.model
    def _range_values(self, ctx, record, part):
        """(values as the table keeps them, problem or None)"""
        said = part.get("lens_source")
        source = self._lens_source(ctx, part)
        if source is None:
            return None, self._problem(Code.LENS_SOURCE_UNKNOWN, "lens_source", said)
        row = Record(record.number, {**record.values, **part})
        if row.values.get("currency") and self._currency_of(ctx, row) is None:
            return None, self._problem(Code.CURRENCY_UNKNOWN, "currency", row.values["currency"])
        values = {
            "source": source,
            "diameter": float(part["diameter"]),
            "step": self._step_of(part),
        }
        for name in ("sph_min", "sph_max", "cyl_min", "cyl_max", "add_min", "add_max"):
            values[name] = None if part.get(name) is None else float(part[name])
        if part.get("delay") is not None:
            values["lead_days"] = int(part["delay"])
        currency = self._company_currency(ctx)
        for field, targets in PRICES:
            target = next((each for each in targets if part.get(each) is not None), None)
            if target:
                values[field] = self._amount(ctx, row, target, currency)
        return values, None

    @api.model
    def _old_ranges(self, ctx, lens):
        """Rows as dicts, of lenses of this context's supplier read once."""
        if lens is None:
            return []
        cache = ctx.cache.setdefault("lens_ranges", {})
        if lens.id not in cache:
            known = {each.id for lenses in self._lenses(ctx).values() for each in lenses}
            known.add(lens.id)
            cache.update({lens_id: [] for lens_id in known})
            rows = (
                ctx.env["optics.lens.range"]
                .with_context(active_test=False)
                .search_read(
                    [("lens_id", "in", list(known))],
                    ["lens_id", "import_profile_id", *AREA_FIELDS, *VALUE_FIELDS],
                    load="",
                )
            )
            for row in rows:
                for name in ("add_min", "add_max"):
                    # A web client's way to say that a column is empty.
                    if row[name] is False:
                        row[name] = None
                cache[row["lens_id"]].append(row)
        return cache[lens.id]

    @api.model
    def _add_range(self, ctx, plan, outcome, area, values):
        plan.new_ranges.append({**values, "import_profile_id": ctx.profile.id})
        outcome.changes.append(
            Change("range_ids", _words(area), "", self._range_words(ctx, values))
        )

    @api.model
    def _change_range(self, ctx, plan, outcome, row, values):
        new = {
            name: values[name]
            for name in VALUE_FIELDS
            if name in values and not self._same_amount(ctx, row[name], values[name])
        }
        if not new:
            return
        plan.changed_ranges[row["id"]] = new
        area = _words(tuple(row[name] for name in AREA_FIELDS))
        for name, amount in new.items():
            label = f"{area}: {self._range_label(ctx, name)}"
            outcome.changes.append(Change(name, label, row[name], amount))

    @api.model
    def _same_amount(self, ctx, old, new):
        return self._same(ctx, old, new, "Product Price")

    @api.model
    def _take_out_ranges(self, ctx, plan, outcome, old, wanted):
        """Only what the profile itself brought, and of the kind that the file speaks of."""
        sources = {values["source"] for values in wanted.values()}
        for row in old:
            area = tuple(row[name] for name in AREA_FIELDS)
            if (
                area not in wanted
                and row["source"] in sources
                and row["import_profile_id"] == ctx.profile.id
            ):
                plan.gone_ranges.append(row["id"])
                outcome.changes.append(
                    Change("range_ids", _words(area), self._range_words(ctx, row), "")
                )

    @api.model
    def _note_shift(self, outcome, plan, old, wanted):
        """Of each power that had a price and gets another: a range may have new ends."""
        if plan.lens is None:
            return
        rows = [*old, *wanted.values()]
        for one, other in overlapping([_area(row) for row in rows]):
            if one < len(old) <= other:
                for name in PRICE_FIELDS:
                    was, now = rows[one][name], rows[other].get(name)
                    if was and now is not None and was != now:
                        self._shift(outcome, was, now)

    @api.model
    def _note_margin(self, outcome, plan, wanted, record):
        """The smallest of all ranges that say both."""
        if plan.lens is not None and plan.empty:
            return
        margins = [
            margin_percent(
                decimal(values["price_retail"]),
                decimal(values["price_uncut"]),
                record.values.get("vat"),
            )
            for values in wanted.values()
            if values.get("price_retail") and values.get("price_uncut")
        ]
        outcome.margin_percent = min((each for each in margins if each is not None), default=None)

    @api.model
    def _range_label(self, ctx, name):
        labels = ctx.cache.setdefault("range_labels", {})
        if name not in labels:
            labels[name] = (
                ctx.env["ir.model.fields"]._get("optics.lens.range", name).field_description
            )
        return labels[name]

    @api.model
    def _range_words(self, ctx, values):
        """ "Uncut 267.5, Retail 900" of a range that comes or goes."""
        said = [
            f"{self._range_label(ctx, name)} {values[name]:g}"
            for name in VALUE_FIELDS
            if values.get(name)
        ]
        return ", ".join(said) or _("made")


def _words(area):
    """ "Ø65, sph -4.00…+2.00, cyl -2.00…0.00": as opticians write it in any language."""
    _source, diameter, *ends, _step = area
    said = [f"Ø{diameter:g}"]
    for name, low, high in zip(("sph", "cyl", "add"), ends[::2], ends[1::2], strict=True):
        if low is not None:
            lower, upper = (notation.dioptre(Decimal(repr(end))) for end in (low, high))
            said.append(f"{name} {lower}" if lower == upper else f"{name} {lower}…{upper}")
    return ", ".join(said)


def _area(row):
    add = (row["add_min"], row["add_max"])
    return Area(
        row["diameter"],
        row["source"],
        (row["sph_min"], row["sph_max"]),
        (row["cyl_min"], row["cyl_max"]),
        None if None in add else add,
    )
