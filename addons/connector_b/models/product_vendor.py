"""What this supplier asks for a product: `product.supplierinfo`, found and written by its id."""

from odoo import api, models

from ..rules.problem import Code

# Those that make a line; a currency alone belongs to the other prices, too.
VENDOR_TARGETS = ("supplier_code", "supplier_name", "supplier_price", "min_qty", "delay")


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _compare_vendor(self, ctx, record, plan, outcome):
        values = record.values
        given = [target for target in VENDOR_TARGETS if values.get(target) is not None]
        if not given:
            return None
        if not ctx.partner:
            return self._problem(Code.SUPPLIER_UNKNOWN, given[0], values[given[0]])
        line = plan.vendor_line = self._vendor_line(ctx, values, plan.product)
        currency = self._currency_of(ctx, record)
        if line and not values.get("currency"):
            currency = self._currency(ctx, line.currency_id)
        new = plan.vendor
        if values.get("supplier_code") and (not line or values["supplier_code"] != line.code):
            new["product_code"] = values["supplier_code"]
        if values.get("supplier_name") and (not line or values["supplier_name"] != line.name):
            new["product_name"] = values["supplier_name"]
        if values.get("supplier_price") is not None:
            price = self._amount(ctx, record, "supplier_price", currency)
            if not line or not self._same(ctx, line.price, price, "Product Price"):
                new["price"] = price
        if values.get("min_qty") is not None:
            min_qty = self._rounded(ctx, values["min_qty"], "Product Unit of Measure")
            if not line or not self._same(ctx, line.min_qty, min_qty, "Product Unit of Measure"):
                new["min_qty"] = min_qty
        if values.get("delay") is not None and (not line or int(values["delay"]) != line.delay):
            new["delay"] = int(values["delay"])
        if currency.id != (line.currency_id if line else self._company_currency(ctx).id):
            new["currency_id"] = currency.id
        self._show_vendor(ctx, plan, outcome)
        return None

    @api.model
    def _vendor_line(self, ctx, values, product):
        """Of several lines of one supplier: the same quantity, then the same code, then Odoo's
        own order. Another quantity beside several is one more step of the supplier's prices."""
        if product is None or not product.vendor_lines:
            return None
        if len(product.vendor_lines) == 1:
            return product.vendor_lines[0]
        lines = sorted(product.vendor_lines, key=lambda line: line.order)
        if values.get("min_qty") is not None:
            wanted = self._rounded(ctx, values["min_qty"], "Product Unit of Measure")
            lines = [
                line
                for line in lines
                if self._same(ctx, line.min_qty, wanted, "Product Unit of Measure")
            ]
        code = values.get("supplier_code")
        return next((line for line in lines if code and line.code == code), next(iter(lines), None))

    @api.model
    def _show_vendor(self, ctx, plan, outcome):
        line = plan.vendor_line
        old = {
            "product_code": line and line.code,
            "product_name": line and line.name,
            "price": line and line.price,
            "min_qty": line and line.min_qty,
            "delay": line and line.delay,
        }
        for field, new in plan.vendor.items():
            if field == "currency_id":
                was = self._title(ctx, "res.currency", line.currency_id) if line else ""
                now = self._title(ctx, "res.currency", new)
                self._change(ctx, outcome, "product.supplierinfo", field, was, now)
                continue
            self._change(ctx, outcome, "product.supplierinfo", field, old[field], new)
            if field == "price" and old[field] and "currency_id" not in plan.vendor:
                self._shift(outcome, old[field], new)

    @api.model
    def _vendor_values(self, ctx, outcome):
        """A new line, with all defaults: reading them once a chunk is what makes it quick."""
        values = dict(self._vendor_defaults(ctx))
        values.update(partner_id=ctx.partner.id, **outcome.plan.vendor)
        product = outcome.plan.product
        if product and product.siblings:
            values["product_id"] = product.id
        return values

    @api.model
    def _vendor_defaults(self, ctx):
        cache = ctx.cache
        if "vendor_defaults" not in cache:
            lines = ctx.env["product.supplierinfo"]
            cache["vendor_defaults"] = lines.default_get(
                [name for name, field in lines._fields.items() if field.store]
            )
        return cache["vendor_defaults"]

    @api.model
    def _write_vendor_lines(self, ctx, outcomes):
        """Of products that were there before; a new product brings its line along."""
        lines = ctx.env["product.supplierinfo"]
        told = [each for each in outcomes if each.plan.vendor and each.plan.product]
        changed = [each for each in told if each.plan.vendor_line]
        known = lines.browse([each.plan.vendor_line.id for each in changed])
        for outcome, line in zip(changed, known, strict=True):
            line.write(outcome.plan.vendor)
            old = outcome.plan.vendor_line
            before = {
                "product_code": old.code or False,
                "product_name": old.name or False,
                "price": old.price,
                "min_qty": old.min_qty,
                "delay": old.delay,
                "currency_id": old.currency_id,
            }
            outcome.before["vendor"] = {
                "id": old.id,
                **{field: before[field] for field in outcome.plan.vendor},
            }
            outcome.after["vendor"] = {"id": old.id, **outcome.plan.vendor}
        new = [each for each in told if not each.plan.vendor_line]
        created = lines.create(
            [
                {
                    "product_tmpl_id": each.plan.product.template_id,
                    **self._vendor_values(ctx, each),
                }
                for each in new
            ]
        )
        for outcome, line in zip(new, created, strict=True):
            outcome.after["vendor"] = {"id": line.id, **outcome.plan.vendor}

    @api.model
    def _create_variant_lines(self, ctx, outcomes):
        """Of new variants: each at its own price and article."""
        told = [each for each in outcomes if each.plan.vendor]
        products = ctx.env["product.product"].browse([each.res_id for each in told])
        lines = ctx.env["product.supplierinfo"].create(
            [
                {
                    **self._vendor_values(ctx, outcome),
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "product_id": product.id,
                }
                for outcome, product in zip(told, products, strict=True)
            ]
        )
        for outcome, line in zip(told, lines, strict=True):
            outcome.after["vendor"] = {"id": line.id, **outcome.plan.vendor}
