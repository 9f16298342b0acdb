"""Prices of variants as Odoo keeps them: the product's price, and extras of colours and sizes."""

from decimal import Decimal

from odoo import api, models

from ..rules.problem import Code
from ..rules.variant_prices import VariantPrices, told_apart
from .product_money import decimal


def told(model):
    """(price of each live variant, the prices as they are kept now) of a FoundModel."""
    prices, extras = {}, {}
    for variant in model.variants.values():
        values = (variant.colour and variant.colour.id, variant.size and variant.size.id)
        for value in (variant.colour, variant.size):
            if value:
                extras[value.id] = decimal(value.extra)
        if variant.active and not variant.odd:
            prices[values] = model.price_of(variant)
    return prices, VariantPrices(decimal(model.list_price), extras)


class ImportTargetFrame(models.AbstractModel):
    _inherit = "connector.import.target.frame"

    @api.model
    def _write_variant_prices(self, ctx, outcomes):
        """Of models that were there before; a new one is made with its prices."""
        wanted = {}
        for outcome in outcomes:
            if outcome.plan.variant_price is not None:
                wanted.setdefault(outcome.plan.product.template_id, []).append(outcome)
            elif outcome.after.get("joined") and "list_price" in outcome.plan.values:
                wanted.setdefault(outcome.after["joined"], []).append(outcome)
        if not wanted:
            return
        ctx.env.flush_all()
        for model in self._read_models(ctx, (), (), wanted):
            self._price_model(ctx, model, wanted[model.template_id])

    @api.model
    def _price_model(self, ctx, model, outcomes):
        prices, now = told(model)
        asked = {}
        for outcome in outcomes:
            variant = model.variants[outcome.res_id]
            values = (variant.colour and variant.colour.id, variant.size and variant.size.id)
            price = outcome.plan.variant_price
            asked[values] = decimal(outcome.plan.values["list_price"] if price is None else price)
            if price is not None:
                outcome.before["price"] = float(model.price_of(variant))
                outcome.after["price"] = price
        prices.update(asked)
        new = told_apart(prices, now)
        if any(new.of(values) != price for values, price in prices.items()):
            title = ctx.env["product.template"].browse(model.template_id).display_name
            raise self._misfit(title)
        self._write_prices(ctx, model.template_id, now, new)
        for outcome in outcomes:
            outcome.before["prices"] = _to_json(now)
            outcome.after["prices"] = _to_json(new)

    @api.model
    def _write_prices(self, ctx, template_id, now, new):
        if new.base != now.base:
            ctx.env["product.template"].browse(template_id).list_price = float(new.base)
        # Extras of values that are gone (an undo) are nobody's any more.
        values = ctx.env["product.template.attribute.value"].browse(now.extras)
        for value in values:
            extra = new.extras.get(value.id, Decimal(0))
            if extra != now.extras[value.id]:
                value.price_extra = float(extra)

    @api.model
    def _misfit(self, name):
        words = self.env["connector.import.problem.text"]
        return PriceMisfit(
            self._problem(Code.PRICE_NOT_BY_VALUES, "list_price", None, name=name),
            words._words(Code.PRICE_NOT_BY_VALUES, "list_price", params={"name": name})[0],
        )

    @api.model
    def _refuse_by_odoo(self, ctx, outcome, error):
        """Prices that do not add up have a code of their own."""
        if not isinstance(error, PriceMisfit):
            return super()._refuse_by_odoo(ctx, outcome, error)
        outcome.before = outcome.after = None
        outcome.refuse(error.problem)
        return None


class PriceMisfit(Exception):
    """Colour and size of a model do not add up to the prices asked."""

    def __init__(self, problem, sentence):
        super().__init__(sentence)
        self.problem = problem


def _to_json(prices):
    return {
        "base": float(prices.base),
        "extras": {str(value): float(extra) for value, extra in prices.extras.items() if extra},
    }


def from_json(data):
    return VariantPrices(
        decimal(data["base"]),
        {int(value): decimal(extra) for value, extra in data["extras"].items()},
    )
