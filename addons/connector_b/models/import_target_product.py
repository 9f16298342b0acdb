from odoo import api, models

from .import_outcome import Action


class ImportTargetProduct(models.AbstractModel):
    """Rows that become goods: variants of products, with prices, vendor lines and stock.

    Its concerns are in the files `product_…`: keys → found → compare (with dictionary, money,
    prices, vendor, stock, images) → barcodes → write (create, change) → undo.
    """

    _name = "connector.import.target.product"
    _inherit = "connector.import.target"
    _description = "Products out of a Price List"

    # What is read by SQL, and must be in the database before.
    _READ_MODELS = (
        "product.template",
        "product.product",
        "product.supplierinfo",
        "product.packaging",
        "product.pricelist.item",
        "ir.property",
        "stock.quant",
    )

    @api.model
    def _compare(self, ctx, records):
        for model in self._READ_MODELS:
            ctx.env[model].flush_model()
        findings = self._find(ctx, records)
        found = self._found(ctx, findings.all_ids(), self._location_ids(ctx, records))
        outcomes = [self._compare_row(ctx, record, findings, found) for record in records]
        self._settle_barcodes(ctx, outcomes, findings, found)
        return outcomes

    @api.model
    def _apply(self, ctx, outcomes):
        for group in self._groups(outcomes):
            self._write_in_halves(ctx, group)
        self._queue_images(ctx, outcomes)
        return outcomes

    @api.model
    def _missing(self, ctx, seen_ids):
        """Products on sale with a price of this supplier that holds today."""
        products = ctx.env["product.product"]
        if not ctx.partner:
            return products
        ctx.env["product.supplierinfo"].flush_model()
        ctx.env["product.product"].flush_model(["active"])
        ctx.env.cr.execute(
            """
            SELECT DISTINCT p.id
              FROM product_supplierinfo line
              JOIN product_template t ON t.id = line.product_tmpl_id AND t.active
              JOIN product_product p
                ON p.product_tmpl_id = t.id AND p.active
               AND (line.product_id IS NULL OR line.product_id = p.id)
             WHERE line.partner_id = %s
               AND (line.company_id = %s OR line.company_id IS NULL)
               AND (t.company_id = %s OR t.company_id IS NULL)
               AND (line.date_start IS NULL OR line.date_start <= CURRENT_DATE)
               AND (line.date_end IS NULL OR line.date_end >= CURRENT_DATE)
               AND p.id <> ALL(%s)
             ORDER BY p.id
            """,
            [ctx.partner.id, ctx.company.id, ctx.company.id, list(seen_ids)],
        )
        return products.browse([product_id for (product_id,) in ctx.env.cr.fetchall()])

    @api.model
    def _switch_off(self, ctx, records):
        live = records.filtered("active")
        live.action_archive()
        return live

    @api.model
    def _written(self, outcomes):
        return [each for each in outcomes if each.action in (Action.CREATE, Action.CHANGE)]
