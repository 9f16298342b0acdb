"""A row beside the variant of the frame it means."""

from dataclasses import replace

from odoo import api, models

from ..rules.problem import Code
from .frame_identity import size_key
from .import_outcome import Action
from .product_dictionary import folded
from .product_money import decimal


class ImportTargetFrame(models.AbstractModel):
    _inherit = "connector.import.target.frame"

    @api.model
    def _compare_row(self, ctx, record, findings, found):
        outcome = super()._compare_row(ctx, record, findings, found)
        meant = ctx.cache["frames"][record.number]
        outcome.unit = meant.unit
        outcome.key = outcome.key or meant.model
        outcome.name = record.values.get("name") or meant.words or outcome.name
        if outcome.action == Action.CREATE:
            ctx.cache.setdefault("claimed_frames", {})[self._claim(meant)] = record.number
        return outcome

    @api.model
    def _the_product(self, ctx, record, findings, found):
        """By codes; where they find nothing, or all variants of a model, by colour and size."""
        meant = ctx.cache["frames"][record.number]
        product, problem = super()._the_product(ctx, record, findings, found)
        if product is not None or (
            problem and problem.code not in (Code.KEY_MISSING, Code.KEY_AMBIGUOUS)
        ):
            return product, problem
        if problem and problem.code is Code.KEY_MISSING and not meant.model:
            return None, problem
        candidates = self._models_meant(ctx, meant)
        if problem and problem.code is Code.KEY_AMBIGUOUS:
            ids = findings.products(problem.target, problem.value)
            templates = {ctx.cache["variants"][each].template_id for each in ids}
            if len(templates) > 1:
                return None, problem
            candidates = [ctx.cache["templates"][each] for each in templates]
        variants = [
            variant
            for model in candidates
            for variant in model.variants.values()
            if not variant.odd
            and meant.is_colour(variant.colour and variant.colour.name)
            and meant.is_size(variant.size and variant.size.name)
        ]
        live = [each for each in variants if each.active] or variants
        if len(live) > 1:
            names = ", ".join(found[each.id].title for each in live)
            return None, self._problem(
                Code.KEY_AMBIGUOUS, "frame_model", meant.model, key="frame_model", names=names
            )
        if not live and problem and problem.code is Code.KEY_AMBIGUOUS and not meant.model:
            return None, problem
        return self._claimed_frame(ctx, record, meant, found[live[0].id] if live else None)

    @api.model
    def _claimed_frame(self, ctx, record, meant, product):
        """The same colour and size of the same model twice in a file is one too many."""
        if product is not None:
            claims, key = ctx.cache.setdefault("claimed", {}), product.id
        else:
            claims, key = ctx.cache.setdefault("claimed_frames", {}), self._claim(meant)
        first = claims.get(key, record.number)
        if first != record.number:
            return None, self._problem(
                Code.DUPLICATE_IN_FILE,
                "frame_model",
                meant.words,
                key="frame_model",
                first_row=first,
            )
        return product, None

    @api.model
    def _claim(self, meant):
        return (folded(meant.brand), meant.model_key, folded(meant.colour), size_key(meant.size))

    @api.model
    def _models_meant(self, ctx, meant):
        """Of this model number; one maker's number may also be another's."""
        models = ctx.cache["models"].get(meant.model_key, []) if meant.model else []
        if meant.brand:
            brand_id = self._brand_id(ctx, meant.brand)
            models = [each for each in models if each.brand_id in (None, brand_id)]
        return models

    @api.model
    def _compare_whole(self, ctx, record, plan, outcome):
        meant = plan.meant = ctx.cache["frames"][record.number]
        if plan.product is None and not ctx.create_missing:
            return self._problem(Code.NOT_FOUND, ctx.keys[0], None)
        if plan.product is None and not meant.model:
            return self._problem(Code.FRAME_MODEL_MISSING, "frame_model", None)
        return meant.problem

    @api.model
    def _compare_texts(self, ctx, record, plan, outcome):
        problem = super()._compare_texts(ctx, record, plan, outcome)
        meant = plan.meant
        variant = ctx.cache["variants"].get(plan.product.id) if plan.product else None
        known = variant.measures if variant else {}
        for part, number in meant.measures.items():
            if known.get(part) != float(number):
                plan.measures[part] = float(number)
                self._change(
                    ctx,
                    outcome,
                    "product.product",
                    f"frame_{part}",
                    known.get(part, ""),
                    float(number),
                )
        return problem

    @api.model
    def _left_to_template(self, ctx, record, plan, outcome, target, old):
        """The name is the model's: a row's own name has the colour in it."""
        if plan.product is not None and target in ("name", "description"):
            return True
        return super()._left_to_template(ctx, record, plan, outcome, target, old)

    @api.model
    def _compare_list_price(self, ctx, record, plan, outcome):
        """A variant's own price: the product's, and what colour and size add."""
        product = plan.product
        variant = ctx.cache["variants"].get(product.id) if product else None
        if variant is None:
            return super()._compare_list_price(ctx, record, plan, outcome)
        model = ctx.cache["templates"][variant.template_id]
        currency = self._price_currency(ctx, product.company_id)
        new = self._amount(ctx, record, "list_price", currency)
        old = float(model.price_of(variant))
        if not self._same(ctx, old, new, "Product Price"):
            plan.variant_price = new
            self._price_change(ctx, outcome, "product.product", "list_price", old, new)
        return None

    @api.model
    def _leave_unpriced(self, ctx, plan, outcome):
        """A new variant of a known model costs what the model does; the price of a new one is
        told by those of its rows that have any."""
        if not self._models_meant(ctx, plan.meant):
            super()._leave_unpriced(ctx, plan, outcome)
        return {}

    @api.model
    def _margin(self, ctx, record, plan):
        if record.values.get("list_price") is None and plan.product:
            variant = ctx.cache["variants"].get(plan.product.id)
            if variant:
                model = ctx.cache["templates"][variant.template_id]
                plan.product.list_price = float(decimal(model.price_of(variant)))
        return super()._margin(ctx, record, plan)

    @api.model
    def _vendor_line(self, ctx, values, product):
        """The line of the model is not a variant's own: each would write its price over it."""
        if product is not None and product.siblings:
            own = [line for line in product.vendor_lines if line.product_id == product.id]
            product = replace(product, vendor_lines=own)
        return super()._vendor_line(ctx, values, product)
