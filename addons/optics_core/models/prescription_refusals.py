from odoo import api, fields, models


class Prescription(models.Model):
    """What will be refused, told before it is: the form leads back to the cell instead of
    stopping the person with a dialog. The refusal itself is `_refuse_impossible`."""

    _inherit = "optics.prescription"

    refusals = fields.Json(
        compute="_compute_refusals", help="Field and sentence of each value that cannot be."
    )

    @api.depends(lambda self: tuple(self._checked_fields()))
    @api.depends_context("lang")
    def _compute_refusals(self):
        words = self.env["optics.refusal"]
        for prescription in self:
            refused, _unusual = prescription._problems(prescription._values_of_record())
            prescription.refusals = [
                {
                    "name": words._field_name(problem),
                    "sentence": words._sentence(prescription, problem),
                }
                for problem in refused
            ]
