from odoo import fields, models


class OpticsBrand(models.Model):
    """The maker's name that a customer asks for, on a lens or on a frame."""

    _name = "optics.brand"
    _description = "Brand of Lenses or Frames"
    _order = "name"

    name = fields.Char(required=True)

    _sql_constraints = [
        (
            "name_unique",
            "UNIQUE(name)",
            "Brand: this name exists already. Use that brand, or enter another name.",
        ),
    ]
