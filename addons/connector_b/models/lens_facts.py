"""Which lens a row means: by code, or by its supplier and all that is said of it."""

from dataclasses import dataclass, field

from odoo import api, models

from ..rules import lens_words
from ..rules.problem import Code
from .product_dictionary import folded

# As `optics.lens` takes them; what is called 1.498 is sold as 1.5.
LOWEST_INDEX, HIGHEST_INDEX = 1.5, 1.9
NEARLY = 1.48


@dataclass(slots=True)
class FoundLens:
    id: int
    template_id: int
    name: str
    type: str
    index: float
    material: str | None
    coating_ids: frozenset[int]
    active: bool
    brand_id: int | None
    category_id: int


@dataclass(slots=True)
class LensFacts:
    """What a row says of its lens; None is nothing."""

    name: str = ""
    type: str | None = None
    index: float | None = None
    material: str | None = None
    coating_ids: frozenset[int] | None = None
    # Names of coatings yet to be made: a lens that has them is not there yet either.
    new_coatings: list[str] = field(default_factory=list)

    def fits(self, lens):
        """A lens without a material may have this one."""
        return (
            (self.type is None or self.type == lens.type)
            and (self.index is None or self.index == lens.index)
            and (self.material is None or lens.material in (None, self.material))
            and (self.coating_ids is None or self.coating_ids == lens.coating_ids)
            and not self.new_coatings
        )


class ImportTargetLens(models.AbstractModel):
    _inherit = "connector.import.target.lens"

    @api.model
    def _lens_facts(self, ctx, record):
        """(LensFacts, problem or None)"""
        values = record.values
        facts = LensFacts(name=values.get("lens_name") or values.get("name") or "")
        for part in (
            self._read_index,
            self._read_design,
            self._read_material,
            self._read_coatings,
        ):
            problem = part(ctx, values, facts)
            if problem:
                return facts, problem
        if facts.type is None and self._has_add(record):
            facts.type = "progressive"
        return facts, None

    def _has_add(self, record):
        return any(
            part.get(name) is not None
            for part in record.parts or (record.values,)
            for name in ("add", "add_min")
        )

    def _read_index(self, ctx, values, facts):
        index = values.get("index")
        if index is not None:
            index = round(float(index), 2)
            if not NEARLY <= index <= HIGHEST_INDEX:
                return self._problem(Code.INDEX_UNKNOWN, "index", values["index"])
            facts.index = max(index, LOWEST_INDEX)
        return None

    def _read_design(self, ctx, values, facts):
        design = values.get("design")
        facts.type = lens_words.design_of(design or "") or lens_words.design_of(facts.name)
        if design and facts.type is None and not lens_words.is_shape(design):
            return self._problem(Code.DESIGN_UNKNOWN, "design", design)
        return None

    def _read_material(self, ctx, values, facts):
        material = values.get("material")
        if material:
            facts.material = lens_words.material_of(material)
            if facts.material is None and not lens_words.is_plastic(material):
                return self._problem(Code.MATERIAL_UNKNOWN, "material", material)
        return None

    def _read_coatings(self, ctx, values, facts):
        text = values.get("coating")
        if not text:
            return None
        known, ids = self._known(ctx, "coating"), set()
        for name in lens_words.coating_names(text):
            words = name.split()
            if folded(name) in known:
                ids.add(known[folded(name)])
            elif len(words) > 1 and all(folded(word) in known for word in words):
                ids.update(known[folded(word)] for word in words)
            elif ctx.create_dictionary:
                facts.new_coatings.append(name)
            else:
                return self._problem(Code.COATING_UNKNOWN, "coating", name)
        facts.coating_ids = frozenset(ids)
        return None

    @api.model
    def _known_coating(self, ctx):
        """By the mark on labels, and by name in any language."""
        ctx.env.cr.execute(
            """
            SELECT translated.value, coating.id
              FROM optics_coating coating, jsonb_each_text(coating.name) AS translated
             UNION ALL
            SELECT code, id FROM optics_coating
            """
        )
        return {folded(name): coating_id for name, coating_id in ctx.env.cr.fetchall()}

    @api.model
    def _coating_ids(self, ctx, facts):
        """All coatings of the lens, those that are new made."""
        known, ids = self._known(ctx, "coating"), set(facts.coating_ids or ())
        for name in facts.new_coatings:
            key = folded(name)
            if key not in known:
                known[key] = ctx.env["optics.coating"].create({"name": name, "code": name}).id
            ids.add(known[key])
        return ids

    @api.model
    def _lenses(self, ctx):
        """Folded name → lenses of this supplier, those archived too."""
        if "lenses" not in ctx.cache:
            lenses = (
                ctx.env["optics.lens"]
                .with_context(active_test=False)
                .search(
                    [
                        ("supplier_id", "=", ctx.partner.id if ctx.partner else False),
                        ("company_id", "in", (False, ctx.company.id)),
                    ]
                )
            )
            found = {}
            for lens in lenses:
                found.setdefault(folded(lens.name), []).append(self._found_lens(lens))
            ctx.cache["lenses"] = found
        return ctx.cache["lenses"]

    def _found_lens(self, lens):
        return FoundLens(
            lens.id,
            lens.product_tmpl_id.id,
            lens.name,
            lens.type,
            round(lens.index, 2),
            lens.material or None,
            frozenset(lens.coating_ids.ids),
            lens.active,
            lens.optics_brand_id.id or None,
            lens.categ_id.id,
        )

    @api.model
    def _the_lens(self, ctx, record, facts, findings):
        """(FoundLens or None, whether by code, problem or None)"""
        for key in ctx.keys:
            value = record.values.get(key)
            products = findings.products(key, value) if value else ()
            if not products:
                continue
            lenses = (
                ctx.env["optics.lens"]
                .with_context(active_test=False)
                .search([("product_tmpl_id.product_variant_ids", "in", list(products))])
            )
            if len(lenses) > 1:
                names = ", ".join(lenses.mapped("name"))
                problem = self._problem(Code.LENS_AMBIGUOUS, key, value, names=names)
                return None, False, problem
            if lenses:
                return self._found_lens(lenses), True, None
        same = [lens for lens in self._lenses(ctx).get(folded(facts.name), ()) if facts.fits(lens)]
        live = [lens for lens in same if lens.active] or same
        if len(live) > 1:
            names = ", ".join(
                ctx.env["optics.lens"].browse([lens.id for lens in live]).mapped("display_name")
            )
            return (
                None,
                False,
                self._problem(Code.LENS_AMBIGUOUS, "lens_name", facts.name, names=names),
            )
        return (live[0] if live else None), False, None
