"""What the database holds about the products of some rows, read in bulk."""

from dataclasses import dataclass, field

from odoo import api, models


@dataclass(slots=True)
class VendorLine:
    id: int
    template_id: int
    product_id: int | None
    company_id: int | None
    code: str | None
    name: str | None
    price: float
    min_qty: float
    delay: int
    currency_id: int
    sequence: int

    @property
    def order(self):
        """The line that Odoo's purchase would rather take comes first."""
        return (self.product_id is None, self.company_id is None, self.sequence, self.id)


@dataclass(slots=True)
class FoundProduct:
    id: int
    template_id: int
    active: bool
    default_code: str | None
    barcode: str | None
    name: str
    description: str | None
    list_price: float
    category_id: int
    brand_id: int | None
    uom_id: int
    purchase_uom_id: int
    kind: str
    tracking: str
    company_id: int | None
    # Other live variants of the same template: what belongs to the template is theirs, too.
    siblings: int
    cost: float = 0.0
    vendor_lines: list[VendorLine] = field(default_factory=list)
    # (id, price) of the fixed price in the import's pricelist
    item: tuple[int, float] | None = None
    # location id → pieces that belong to nobody's lot, package or owner
    quantities: dict[int, float] = field(default_factory=dict)

    @property
    def title(self):
        """How a person knows it."""
        return f"[{self.default_code}] {self.name}" if self.default_code else self.name


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _found(self, ctx, product_ids, location_ids=()):
        """`{id: FoundProduct}`. The statements know no record rules: what they ask for has passed
        `_find`, which looks at this company's products and the shared ones only."""
        found = self._found_products(ctx, product_ids)
        if not found:
            return found
        if "cost" in ctx.targets:
            self._found_costs(ctx, found)
        if ctx.partner:
            self._found_vendor_lines(ctx, found)
        if ctx.pricelist and "list_price" in ctx.targets:
            self._found_items(ctx, found)
        if location_ids:
            self._found_quantities(ctx, found, location_ids)
        return found

    def _found_products(self, ctx, product_ids):
        ctx.env.cr.execute(
            """
            SELECT p.id, t.id, p.active AND t.active,
                   NULLIF(p.default_code, ''), NULLIF(p.barcode, ''),
                   COALESCE(t.name->>%(lang)s, t.name->>'en_US', ''),
                   COALESCE(t.description_sale->>%(lang)s, t.description_sale->>'en_US'),
                   t.list_price::float8, t.categ_id, t.optics_brand_id,
                   t.uom_id, t.uom_po_id, t.detailed_type, t.tracking, t.company_id,
                   (SELECT count(*) FROM product_product other
                     WHERE other.product_tmpl_id = t.id AND other.active AND other.id <> p.id)
              FROM product_product p
              JOIN product_template t ON t.id = p.product_tmpl_id
             WHERE p.id = ANY(%(ids)s)
            """,
            {"lang": ctx.env.lang or "en_US", "ids": list(product_ids)},
        )
        return {row[0]: FoundProduct(*row) for row in ctx.env.cr.fetchall()}

    def _found_costs(self, ctx, found):
        """Cost is a property of a company; one equal to the company's default has no row."""
        product_field = ctx.env["ir.model.fields"]._get("product.product", "standard_price")
        default = (
            ctx.env["ir.property"]
            .with_company(ctx.company)
            ._get("standard_price", "product.product")
        )
        for product in found.values():
            product.cost = default or 0.0
        ctx.env.cr.execute(
            """
            SELECT split_part(res_id, ',', 2)::int, COALESCE(value_float, 0)
              FROM ir_property
             WHERE fields_id = %s AND res_id = ANY(%s)
               AND (company_id = %s OR company_id IS NULL)
             ORDER BY company_id NULLS FIRST
            """,
            [
                product_field.id,
                [f"product.product,{product_id}" for product_id in found],
                ctx.company.id,
            ],
        )
        for product_id, cost in ctx.env.cr.fetchall():
            found[product_id].cost = cost

    def _found_vendor_lines(self, ctx, found):
        by_template = {}
        for product in found.values():
            by_template.setdefault(product.template_id, []).append(product)
        ctx.env.cr.execute(
            """
            SELECT id, product_tmpl_id, product_id, company_id,
                   NULLIF(product_code, ''), NULLIF(product_name, ''),
                   price::float8, min_qty::float8, delay, currency_id, COALESCE(sequence, 1)
              FROM product_supplierinfo
             WHERE product_tmpl_id = ANY(%s) AND partner_id = %s
               AND (company_id = %s OR company_id IS NULL)
               AND (date_start IS NULL OR date_start <= CURRENT_DATE)
               AND (date_end IS NULL OR date_end >= CURRENT_DATE)
            """,
            [list(by_template), ctx.partner.id, ctx.company.id],
        )
        for row in ctx.env.cr.fetchall():
            line = VendorLine(*row)
            for product in by_template[line.template_id]:
                if line.product_id in (None, product.id):
                    product.vendor_lines.append(line)

    def _found_items(self, ctx, found):
        """Fixed prices of one piece that hold today; a variant's own goes before its template's."""
        by_template = {}
        for product in found.values():
            by_template.setdefault(product.template_id, []).append(product)
        ctx.env.cr.execute(
            """
            SELECT id, applied_on, product_id, product_tmpl_id, COALESCE(fixed_price, 0)::float8
              FROM product_pricelist_item
             WHERE pricelist_id = %s AND compute_price = 'fixed'
               AND COALESCE(min_quantity, 0) <= 1
               AND (date_start IS NULL OR date_start <= now() AT TIME ZONE 'UTC')
               AND (date_end IS NULL OR date_end >= now() AT TIME ZONE 'UTC')
               AND (
                    (applied_on = '1_product' AND product_tmpl_id = ANY(%s))
                    OR (applied_on = '0_product_variant' AND product_id = ANY(%s))
               )
             ORDER BY applied_on DESC, min_quantity, id DESC
            """,
            [ctx.pricelist.id, list(by_template), list(found)],
        )
        for item_id, applied_on, product_id, template_id, price in ctx.env.cr.fetchall():
            if applied_on == "0_product_variant":
                found[product_id].item = (item_id, price)
                continue
            for product in by_template[template_id]:
                if not product.siblings:
                    product.item = (item_id, price)

    def _found_quantities(self, ctx, found, location_ids):
        ctx.env.cr.execute(
            """
            SELECT product_id, location_id, sum(quantity)::float8
              FROM stock_quant
             WHERE product_id = ANY(%s) AND location_id = ANY(%s)
               AND lot_id IS NULL AND package_id IS NULL AND owner_id IS NULL
             GROUP BY product_id, location_id
            """,
            [list(found), list(location_ids)],
        )
        for product_id, location_id, quantity in ctx.env.cr.fetchall():
            found[product_id].quantities[location_id] = quantity
