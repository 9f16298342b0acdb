from odoo import fields, models

# Who bears the cost of a remake: the same question is asked of the cause and of each remake.
PAYERS = [
    ("lab", "Workshop"),
    ("shop", "Shop"),
    ("prescriber", "Prescriber"),
    ("supplier", "Supplier"),
    ("customer", "Customer"),
]


class RemakeCause(models.Model):
    _name = "optics.remake.cause"
    _description = "Remake Cause"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    payer = fields.Selection(
        selection=PAYERS,
        string="Usually Paid by",
        help="Suggested when a remake with this cause is made.",
    )
    active = fields.Boolean(default=True)
