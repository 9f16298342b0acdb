from odoo import fields, models


class Coating(models.Model):
    _name = "optics.coating"
    _description = "Lens Coating"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Short mark on labels and job tickets: AR, HC, UV, PHOTO, BLUE, TINT.",
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)

    _sql_constraints = [
        ("code_unique", "UNIQUE(code)", "Coating: this code is taken already. Enter another code."),
    ]
