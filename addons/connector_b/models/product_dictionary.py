"""Names in the file that mean a record: category, brand, unit, currency, place."""

from odoo import api, models

# What suppliers write for Odoo's plain unit, whatever it is called in this database.
PIECES = frozenset({"шт", "штука", "штук", "ед", "pc", "pcs", "piece", "pieces", "unit", "units"})


def folded(text):
    return " ".join(str(text).split()).casefold()


def path_parts(path):
    return [part for part in (" ".join(each.split()) for each in str(path).split("/")) if part]


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _category_id(self, ctx, path):
        """Of "A / B", or None; letters' case and spaces do not matter."""
        # A price list names few categories many times.
        keys = ctx.cache.setdefault("category_keys", {})
        key = keys.get(path)
        if key is None:
            key = keys[path] = folded(" / ".join(path_parts(path)))
        return self._known(ctx, "category").get(key)

    @api.model
    def _brand_id(self, ctx, name):
        return self._known(ctx, "brand").get(folded(name))

    @api.model
    def _uom_id(self, ctx, name):
        name = folded(name).rstrip(".")
        known = self._known(ctx, "uom")
        if name in PIECES:
            return known.get(name) or ctx.env.ref("uom.product_uom_unit").id
        return known.get(name)

    @api.model
    def _currency_of(self, ctx, record):
        """The row's own currency, else the file's; None: a code that nobody knows."""
        code = record.values.get("currency")
        if not code:
            return ctx.currency
        currency_id = self._known(ctx, "currency").get(folded(code))
        return self._currency(ctx, currency_id) if currency_id else None

    @api.model
    def _location_id(self, ctx, record):
        """The row's own place, else the profile's; None: unknown or none."""
        name = record.values.get("location")
        if not name:
            return ctx.location.id if ctx.location else None
        return self._known(ctx, "location").get(folded(name))

    @api.model
    def _known(self, ctx, what):
        """Folded name → id, read once for the length of the context."""
        cache = ctx.cache.setdefault("dictionary", {})
        if what not in cache:
            cache[what] = getattr(self, f"_known_{what}")(ctx)
        return cache[what]

    def _known_category(self, ctx):
        ctx.env["product.category"].flush_model(["complete_name"])
        ctx.env.cr.execute("SELECT complete_name, id FROM product_category ORDER BY id DESC")
        return {folded(name): category_id for name, category_id in ctx.env.cr.fetchall()}

    def _known_brand(self, ctx):
        ctx.env["optics.brand"].flush_model(["name"])
        ctx.env.cr.execute("SELECT name, id FROM optics_brand ORDER BY id DESC")
        return {folded(name): brand_id for name, brand_id in ctx.env.cr.fetchall()}

    def _known_uom(self, ctx):
        ctx.env["uom.uom"].flush_model(["name", "active"])
        ctx.env.cr.execute(
            """
            SELECT translated.value, uom.id
              FROM uom_uom uom, jsonb_each_text(uom.name) AS translated
             WHERE uom.active
             ORDER BY uom.id DESC
            """
        )
        return {folded(name).rstrip("."): uom_id for name, uom_id in ctx.env.cr.fetchall()}

    def _known_currency(self, ctx):
        return {folded(each.name): each.id for each in ctx.env["res.currency"].search([])}

    def _known_location(self, ctx):
        """By barcode, full name, the warehouse's code or name, in this order of precedence."""
        places = {}
        for warehouse in ctx.env["stock.warehouse"].search([("company_id", "=", ctx.company.id)]):
            for name in (warehouse.name, warehouse.code):
                places[folded(name)] = warehouse.lot_stock_id.id
        stores = ctx.env["stock.location"].search(
            [("usage", "=", "internal"), ("company_id", "in", (False, ctx.company.id))]
        )
        places.update({folded(each.complete_name): each.id for each in stores})
        places.update({folded(each.barcode): each.id for each in stores if each.barcode})
        return places

    @api.model
    def _make_category(self, ctx, path):
        """The category of this path, its missing parents included."""
        known = self._known(ctx, "category")
        parent_id, parts = None, path_parts(path)
        for depth in range(1, len(parts) + 1):
            key = folded(" / ".join(parts[:depth]))
            if key not in known:
                self._alone_with(ctx, "product.category")
                known[key] = (
                    ctx.env["product.category"]
                    .create({"name": parts[depth - 1], "parent_id": parent_id})
                    .id
                )
            parent_id = known[key]
        return parent_id

    @api.model
    def _alone_with(self, ctx, model):
        """Of two chunks that need a new name at once the second is repeated, and finds it there.

        The row stands for the table. A mere lock would let the second go on with a view of the
        base in which the name is still missing; a row that changed meanwhile makes PostgreSQL
        refuse it, and the queue repeats the chunk.
        """
        ctx.env.cr.execute(
            "UPDATE ir_model SET state = state WHERE model = %s", [model], log_exceptions=False
        )

    @api.model
    def _make_brand(self, ctx, name):
        known = self._known(ctx, "brand")
        key = folded(name)
        if key not in known:
            self._alone_with(ctx, "optics.brand")
            known[key] = ctx.env["optics.brand"].create({"name": " ".join(str(name).split())}).id
        return known[key]

    @api.model
    def _title(self, ctx, model, record_id):
        """Name of a record a row refers to, for old → new."""
        if not record_id:
            return ""
        cache = ctx.cache.setdefault("titles", {})
        key = (model, record_id)
        if key not in cache:
            cache[key] = ctx.env[model].browse(record_id).display_name
        return cache[key]
