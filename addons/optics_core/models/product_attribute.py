from odoo import fields, models

POWER_PARTS = [
    ("sph", "Sphere"),
    ("cyl", "Cylinder"),
    ("add", "Addition"),
    ("diameter", "Diameter"),
]


class ProductAttribute(models.Model):
    _inherit = "product.attribute"

    optics_power_part = fields.Selection(
        selection=POWER_PARTS,
        string="Part of a Lens Power",
        readonly=True,
        help="Values of this attribute are numbers that stock lenses are told apart by.",
    )

    _sql_constraints = [
        (
            "optics_power_part_unique",
            "UNIQUE(optics_power_part)",
            "Part of a Lens Power: another attribute stands for it already. Choose another part, "
            "or use that attribute.",
        ),
    ]
