from odoo import _, api, fields, models

from .lens_range import AREA_FIELDS


class OpticsLens(models.Model):
    """Where a lens is made, as a picture and as a way to its stock."""

    _inherit = "optics.lens"

    availability = fields.Json(compute="_compute_availability")

    @api.depends(*(f"range_ids.{name}" for name in (*AREA_FIELDS, "lead_days", "price_retail")))
    def _compute_availability(self):
        """The rows as the graph draws them; half-typed rows are left out."""
        for lens in self:
            lens.availability = {
                "currency_id": lens.currency_id.id,
                "areas": [
                    {
                        "id": position,
                        "source": row.source,
                        "diameter": row.diameter,
                        "sph": [row.sph_min, row.sph_max],
                        "cyl": [row.cyl_min, row.cyl_max],
                        "add": None if row.add_min is None else [row.add_min, row.add_max],
                        "step": row.step,
                        "lead_days": row.lead_days,
                        "price": row.price_retail,
                    }
                    for position, row in enumerate(lens.range_ids)
                    if row._has_area()
                ],
            }

    def action_open_product(self):
        """Barcodes, taxes and whatever else Odoo knows of the product."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "product.template",
            "res_id": self.product_tmpl_id.id,
            "views": [(False, "form")],
        }

    def action_open_stock_matrix(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "name": _("Stock Matrix"),
            "tag": "optics_stock_matrix",
            "params": {"lens_id": self.id},
        }
