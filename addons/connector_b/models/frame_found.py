"""Models that are there, with their variants by colour and size."""

from dataclasses import dataclass, field
from decimal import Decimal

from odoo import api, models

from .product_money import decimal


@dataclass(slots=True)
class FoundValue:
    """A value of a template's attribute line (`product.template.attribute.value`)."""

    id: int
    line_id: int
    value_id: int
    name: str
    extra: float


@dataclass(slots=True)
class FoundVariant:
    id: int
    template_id: int
    active: bool
    # Short name → float, of those that are measured
    measures: dict = field(default_factory=dict)
    colour: FoundValue | None = None
    size: FoundValue | None = None
    # What attributes of other kinds add.
    other_extra: Decimal = Decimal(0)
    # Of which there are other attributes than colour and size.
    odd: bool = False


@dataclass(slots=True)
class FoundModel:
    template_id: int
    model_key: str
    brand_id: int | None
    list_price: float
    variants: dict = field(default_factory=dict)

    def price_of(self, variant):
        """As Odoo adds it up."""
        extras = [each.extra for each in (variant.colour, variant.size) if each]
        return decimal(self.list_price) + variant.other_extra + sum(map(decimal, extras))

    @property
    def shape(self):
        """(whether its variants have a colour, a size): all or none of them do."""
        return {(bool(each.colour), bool(each.size)) for each in self.variants.values()}


class ImportTargetFrame(models.AbstractModel):
    _inherit = "connector.import.target.frame"

    @api.model
    def _find_models(self, ctx, keys, findings):
        """Into the context: models by key and by template, their variants by id."""
        for name in ("models", "templates", "variants"):
            ctx.cache[name] = {}
        self._note_models(ctx, self._read_models(ctx, keys - {""}, findings.all_ids()))

    @api.model
    def _note_models(self, ctx, models):
        for name in ("models", "templates", "variants"):
            ctx.cache.setdefault(name, {})
        by_key = {}
        for model in models:
            ctx.cache["templates"][model.template_id] = model
            by_key.setdefault(model.model_key, []).append(model)
            ctx.cache["variants"].update(model.variants)
        ctx.cache["models"].update(by_key)

    @api.model
    def _found(self, ctx, product_ids, location_ids=()):
        """The undo asks for no more than its products: their models come along."""
        if "variants" not in ctx.cache:
            self._note_models(ctx, self._read_models(ctx, (), product_ids))
        return super()._found(ctx, product_ids, location_ids)

    @api.model
    def _read_models(self, ctx, keys, product_ids, template_ids=()):
        """FoundModels of these model numbers, and those that the products belong to."""
        colour, size = self._frame_attributes(ctx)
        ctx.env.cr.execute(
            """
            SELECT t.id, t.frame_model, t.optics_brand_id, t.list_price::float8,
                   p.id, p.active AND t.active,
                   p.frame_a::float8, p.frame_b::float8, p.frame_dbl::float8,
                   p.frame_ed::float8, p.frame_temple::float8,
                   ptav.id, ptav.attribute_line_id, pav.id, pav.attribute_id,
                   COALESCE(pav.name->>%(lang)s, pav.name->>'en_US'),
                   COALESCE(ptav.price_extra, 0)::float8
              FROM product_template t
              JOIN product_product p ON p.product_tmpl_id = t.id
              LEFT JOIN product_variant_combination link ON link.product_product_id = p.id
              LEFT JOIN product_template_attribute_value ptav
                ON ptav.id = link.product_template_attribute_value_id
              LEFT JOIN product_attribute_value pav ON pav.id = ptav.product_attribute_value_id
             WHERE (t.company_id IS NULL OR t.company_id = %(company)s)
               AND (
                    (
                        t.optics_kind IN ('frame', 'sunglasses')
                        AND lower(regexp_replace(trim(t.frame_model), '\\s+', ' ', 'g'))
                            = ANY(%(keys)s)
                    )
                    OR t.id = ANY(%(templates)s)
                    OR t.id IN (
                        SELECT product_tmpl_id FROM product_product WHERE id = ANY(%(products)s)
                    )
               )
             ORDER BY t.id, p.id
            """,
            {
                "lang": ctx.env.lang or "en_US",
                "company": ctx.company.id,
                "keys": list(keys),
                "products": list(product_ids),
                "templates": list(template_ids),
            },
        )
        found = {}
        for row in ctx.env.cr.fetchall():
            template_id, number, brand_id, price, product_id, active, *rest = row
            measures, value = rest[:5], rest[5:]
            model = found.get(template_id)
            if model is None:
                key = " ".join((number or "").split()).casefold()
                model = found[template_id] = FoundModel(template_id, key, brand_id, price)
            variant = model.variants.get(product_id)
            if variant is None:
                known = zip(("a", "b", "dbl", "ed", "temple"), measures, strict=True)
                variant = model.variants[product_id] = FoundVariant(
                    product_id,
                    template_id,
                    active,
                    {name: number for name, number in known if number is not None},
                )
            if value[0] is not None:
                self._add_value(variant, value, colour, size)
        return found.values()

    @api.model
    def _add_value(self, variant, value, colour, size):
        value_id, line_id, pav_id, attribute_id, name, extra = value
        found = FoundValue(value_id, line_id, pav_id, name, extra)
        if attribute_id == colour:
            variant.colour = found
        elif attribute_id == size:
            variant.size = found
        else:
            variant.odd = True
            variant.other_extra += decimal(extra)

    @api.model
    def _frame_attributes(self, ctx):
        """Ids of optics' attributes: (colour, size)"""
        if "attributes" not in ctx.cache:
            ctx.cache["attributes"] = tuple(
                ctx.env.ref(f"optics_core.attribute_frame_{name}").id for name in ("colour", "size")
            )
        return ctx.cache["attributes"]
