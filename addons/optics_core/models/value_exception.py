from decimal import Decimal

from odoo import api, fields, models

from .optional_decimal import OptionalDecimal


class ValueException(models.Model):
    """Somebody with the right confirmed a value beyond the usual range, and said why.

    It holds for this value only: another one is asked about again. Written by the
    prescription, never by hand.
    """

    _name = "optics.value.exception"
    _description = "Confirmed Unusual Value"
    _order = "id desc"
    _rec_name = "value_name"

    prescription_id = fields.Many2one(
        comodel_name="optics.prescription", required=True, index=True, ondelete="cascade"
    )
    eye = fields.Selection([("od", "OD"), ("os", "OS")], help="None for a value of both eyes.")
    value_name = fields.Char(required=True)
    code = fields.Char(required=True)
    value = fields.Char(required=True)
    low = OptionalDecimal(string="Usual from")
    high = OptionalDecimal(string="Usual to")
    sentence = fields.Char(required=True, help="What the person was asked.")
    reason = fields.Char(required=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Confirmed by", required=True)
    confirmed_at = fields.Datetime(string="Confirmed on", required=True)
    is_current = fields.Boolean(
        compute="_compute_is_current", help="The prescription still has this value."
    )

    @api.depends("prescription_id")
    def _compute_is_current(self):
        for exception in self:
            unusual = exception.prescription_id._unusual_problems()
            exception.is_current = any(exception._is_about(problem) for problem in unusual)

    def _is_about(self, problem):
        about = (self.eye or None, self.value_name, self.code, self.value)
        return about == (problem.eye, problem.field, problem.code, value_text(problem))


def value_text(problem):
    """The value of a problem in one spelling, for comparing."""
    value = problem.value
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
