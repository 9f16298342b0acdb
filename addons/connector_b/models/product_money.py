"""Money of the file in the currency it is kept in, rounded as its field is."""

from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models


def decimal(number):
    """Exactly what a person would write for this float."""
    return number if isinstance(number, Decimal) else Decimal(repr(number))


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _amount(self, ctx, record, target, currency, precision="Product Price"):
        """The row's `target` as a float in `currency`, exactly as its column would hold it."""
        amount = record.values[target]
        if target in ctx.converted:
            source = self._company_currency(ctx)
        else:
            source = self._currency_of(ctx, record)
        # One object a currency (`_currency`), so that the usual case compares no records.
        if source is not currency:
            amount = amount * self._factor(ctx, source, currency)
            amount = amount.quantize(
                Decimal(repr(currency.rounding)).normalize(), rounding=ROUND_HALF_UP
            )
        return float(amount.quantize(self._step(ctx, precision), rounding=ROUND_HALF_UP))

    @api.model
    def _rounded(self, ctx, number, precision):
        return float(decimal(number).quantize(self._step(ctx, precision), rounding=ROUND_HALF_UP))

    @api.model
    def _currency(self, ctx, currency_id):
        """The same object for the same currency, as long as the context lives."""
        cache = ctx.cache.setdefault("currencies", {ctx.currency.id: ctx.currency})
        if currency_id not in cache:
            cache[currency_id] = ctx.env["res.currency"].browse(currency_id)
        return cache[currency_id]

    @api.model
    def _company_currency(self, ctx):
        cache = ctx.cache
        if "company_currency" not in cache:
            cache["company_currency"] = self._currency(ctx, ctx.company.currency_id.id)
        return cache["company_currency"]

    @api.model
    def _pricelist_currency(self, ctx):
        cache = ctx.cache
        if "pricelist_currency" not in cache:
            cache["pricelist_currency"] = self._currency(ctx, ctx.pricelist.currency_id.id)
        return cache["pricelist_currency"]

    @api.model
    def _digits(self, ctx, precision):
        cache = ctx.cache.setdefault("digits", {})
        if precision not in cache:
            cache[precision] = ctx.env["decimal.precision"].precision_get(precision)
        return cache[precision]

    @api.model
    def _step(self, ctx, precision):
        cache = ctx.cache.setdefault("steps", {})
        if precision not in cache:
            cache[precision] = Decimal(1).scaleb(-self._digits(ctx, precision))
        return cache[precision]

    @api.model
    def _same(self, ctx, stored, wanted, precision):
        """Whether the column already holds the number: digits beyond the field's do not count."""
        return stored == wanted or round(stored or 0.0, self._digits(ctx, precision)) == wanted

    @api.model
    def _factor(self, ctx, source, target):
        """Units of `target` for one of `source`: by the profile's rate where it speaks of the
        file's currency, else by Odoo's of the day."""
        cache = ctx.cache.setdefault("factors", {})
        key = (source.id, target.id)
        if key not in cache:
            company_currency = self._company_currency(ctx)
            if ctx.rate and source == ctx.currency and source != company_currency:
                cache[key] = ctx.rate
                if target != company_currency:
                    cache[key] *= self._day_factor(ctx, company_currency, target)
            else:
                cache[key] = self._day_factor(ctx, source, target)
        return cache[key]

    def _day_factor(self, ctx, source, target):
        today = fields.Date.context_today(self)
        rate = ctx.env["res.currency"]._get_conversion_rate(source, target, ctx.company, today)
        return Decimal(repr(rate))

    @api.model
    def _price_currency(self, ctx, company_id):
        """Odoo keeps the list price of a shared product in the main company's currency."""
        if company_id:
            return self._company_currency(ctx)
        cache = ctx.cache
        if "main_currency" not in cache:
            main_company = ctx.env["res.company"]._get_main_company()
            cache["main_currency"] = self._currency(ctx, main_company.currency_id.id)
        return cache["main_currency"]
