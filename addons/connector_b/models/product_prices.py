"""Retail price, in the product or in a pricelist, and cost."""

from odoo import api, models

from ..rules.problem import Code
from .product_money import decimal


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _compare_prices(self, ctx, record, plan, outcome):
        values = record.values
        if values.get("currency") and self._currency_of(ctx, record) is None:
            return self._problem(Code.CURRENCY_UNKNOWN, "currency", values["currency"])
        if values.get("list_price") is not None:
            if ctx.pricelist:
                self._compare_item(ctx, record, plan, outcome)
            if not ctx.pricelist or plan.product is None:
                # A new product gets its price in both: Odoo's default of 1.00 sells, too.
                self._compare_list_price(ctx, record, plan, outcome)
        if values.get("cost") is not None and (ctx.update_cost or plan.product is None):
            self._compare_cost(ctx, record, plan, outcome)
        return None

    @api.model
    def _compare_list_price(self, ctx, record, plan, outcome):
        product = plan.product
        currency = self._price_currency(ctx, product.company_id if product else None)
        new = self._amount(ctx, record, "list_price", currency)
        old = product.list_price if product else None
        if product and self._same(ctx, old, new, "Product Price"):
            return
        if self._left_to_template(ctx, record, plan, outcome, "list_price", decimal(old or 0)):
            return
        plan.values["list_price"] = new
        if not (product is None and ctx.pricelist):
            self._price_change(ctx, outcome, "product.product", "list_price", old, new)

    @api.model
    def _leave_unpriced(self, ctx, plan, outcome):
        """What a new product has in place of a price: Odoo's default of 1.00 would sell."""
        outcome.problems.append(self._problem(Code.NO_RETAIL_PRICE, "list_price", None))
        return {"list_price": 0.0}

    @api.model
    def _compare_item(self, ctx, record, plan, outcome):
        product = plan.product
        new = self._amount(ctx, record, "list_price", self._pricelist_currency(ctx))
        old = product.item[1] if product and product.item else None
        if old is not None and self._same(ctx, old, new, "Product Price"):
            return
        plan.item_price = new
        self._price_change(ctx, outcome, "product.pricelist.item", "fixed_price", old, new)

    @api.model
    def _compare_cost(self, ctx, record, plan, outcome):
        product = plan.product
        new = self._amount(ctx, record, "cost", self._company_currency(ctx))
        old = product.cost if product else None
        if product and self._same(ctx, old, new, "Product Price"):
            return
        plan.values["standard_price"] = new
        self._price_change(ctx, outcome, "product.product", "standard_price", old, new)

    @api.model
    def _price_change(self, ctx, outcome, model, field, old, new):
        self._change(ctx, outcome, model, field, old, new)
        if old:
            self._shift(outcome, old, new)

    @api.model
    def _write_items(self, ctx, outcomes):
        """Prices of the import's pricelist: new ones in one batch, the others by their id."""
        items = ctx.env["product.pricelist.item"]
        priced = [each for each in outcomes if each.plan.item_price is not None]
        changed = [each for each in priced if each.plan.product and each.plan.product.item]
        known = items.browse([each.plan.product.item[0] for each in changed])
        for outcome, item in zip(changed, known, strict=True):
            item.write({"fixed_price": outcome.plan.item_price})
            outcome.before["item"] = {
                "id": item.id,
                "fixed_price": outcome.plan.product.item[1],
            }
            outcome.after["item"] = {"id": item.id, "fixed_price": outcome.plan.item_price}
        new = [each for each in priced if not (each.plan.product and each.plan.product.item)]
        created = items.create([self._item_values(ctx, each) for each in new])
        for outcome, item in zip(new, created, strict=True):
            outcome.after["item"] = {"id": item.id, "fixed_price": outcome.plan.item_price}

    @api.model
    def _item_values(self, ctx, outcome):
        product = ctx.env["product.product"].browse(outcome.res_id)
        values = {
            "pricelist_id": ctx.pricelist.id,
            "compute_price": "fixed",
            "fixed_price": outcome.plan.item_price,
            "product_tmpl_id": product.product_tmpl_id.id,
            "applied_on": "1_product",
        }
        if outcome.plan.product and outcome.plan.product.siblings:
            values.update(applied_on="0_product_variant", product_id=product.id)
        return values
