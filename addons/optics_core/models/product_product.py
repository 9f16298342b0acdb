from odoo import api, models

from ..rules import frame_size
from .optional_decimal import OptionalDecimal


class ProductProduct(models.Model):
    """A variant: one power of a stock lens, or one colour and size of a frame."""

    _name = "product.product"
    _inherit = ["product.product", "optics.frame.size"]

    # A stock lens's power, read off its attribute values: search and matrices want columns.
    optics_sph = OptionalDecimal(string="Sph", compute="_compute_optics_power", store=True)
    optics_cyl = OptionalDecimal(string="Cyl", compute="_compute_optics_power", store=True)
    optics_add = OptionalDecimal(string="Add", compute="_compute_optics_power", store=True)
    optics_diameter = OptionalDecimal(
        string="Blank",
        digits=(5, 1),
        compute="_compute_optics_power",
        store=True,
    )

    def init(self):
        super().init()
        # One live variant a power; core's own index knows attribute values, not numbers.
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS product_product_optics_power_unique
                ON product_product (
                    product_tmpl_id, optics_sph, optics_cyl,
                    COALESCE(optics_add, 0), COALESCE(optics_diameter, 0)
                )
             WHERE active AND optics_sph IS NOT NULL
            """
        )

    @api.depends("product_template_attribute_value_ids.product_attribute_value_id.optics_number")
    def _compute_optics_power(self):
        for product in self:
            numbers = {
                ptav.attribute_id.optics_power_part: (ptav.product_attribute_value_id.optics_number)
                for ptav in product.product_template_attribute_value_ids
            }
            product.optics_sph = numbers.get("sph")
            product.optics_cyl = numbers.get("cyl")
            product.optics_add = numbers.get("add")
            product.optics_diameter = numbers.get("diameter")

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create(vals_list)
        products._read_size_off_attributes()
        return products

    def write(self, vals):
        result = super().write(vals)
        if "product_template_attribute_value_ids" in vals:
            self._read_size_off_attributes()
        return result

    def _read_size_off_attributes(self):
        """A frame variant called "52-18-140" has that lens width, bridge and temple."""
        for product in self:
            if product.optics_kind not in ("frame", "sunglasses") or product.frame_a is not None:
                continue
            for ptav in product.product_template_attribute_value_ids:
                size = frame_size.parse(ptav.name)
                if size:
                    product.write(
                        {
                            f"frame_{name}": value and float(value)
                            for name, value in vars(size).items()
                        }
                    )
                    break
