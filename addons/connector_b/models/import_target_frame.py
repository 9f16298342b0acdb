from odoo import api, models


class ImportTargetFrame(models.AbstractModel):
    """Rows that become frames: one product a model, a variant for each colour and size.

    A variant is found by its codes, as any product, or by model, colour and size
    (`frame_identity`, `frame_found`). Only the variants that the file names are made: Odoo's own
    way would make every colour in every size. What rows say of a variant's price becomes the
    product's price and what colour and size add to it (`frame_prices`).
    """

    _name = "connector.import.target.frame"
    _inherit = "connector.import.target.product"
    _description = "Frames out of a Price List"

    _READ_MODELS = (
        "product.template",
        "product.product",
        "product.supplierinfo",
        "product.packaging",
        "product.pricelist.item",
        "ir.property",
        "stock.quant",
        "product.attribute.value",
        "product.template.attribute.line",
        "product.template.attribute.value",
    )

    @api.model
    def _compare(self, ctx, records):
        for model in self._READ_MODELS:
            ctx.env[model].flush_model()
        meant = ctx.cache.setdefault("frames", {})
        meant.update({record.number: self._frame_meant(ctx, record) for record in records})
        findings = self._find(ctx, records)
        self._find_models(ctx, {meant[each.number].model_key for each in records}, findings)
        ids = findings.all_ids() | set(ctx.cache["variants"])
        found = self._found(ctx, ids, self._location_ids(ctx, records))
        outcomes = [self._compare_row(ctx, record, findings, found) for record in records]
        self._settle_barcodes(ctx, outcomes, findings, found)
        return outcomes
