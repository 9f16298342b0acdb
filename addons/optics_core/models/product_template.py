from odoo import fields, models

OPTICS_KINDS = [
    ("lens", "Lens"),
    ("frame", "Frame"),
    ("sunglasses", "Sunglasses"),
    ("contact", "Contact lens"),
    ("accessory", "Accessory"),
    ("service", "Service"),
]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    optics_kind = fields.Selection(
        selection=OPTICS_KINDS,
        string="Optics",
        index="btree_not_null",
        help="What this product is to an optician; decides which measurements it has.",
    )
    optics_brand_id = fields.Many2one(comodel_name="optics.brand", string="Brand")
    frame_model = fields.Char(help="The maker's model number, printed inside the temple.")
    # One at most; a lens is a product, and this is the way back from the product.
    optics_lens_ids = fields.One2many(
        comodel_name="optics.lens",
        inverse_name="product_tmpl_id",
        groups="optics_core.group_sales_assistant,optics_core.group_workshop",
    )
