from odoo import fields, models

from .acuity_values import MEDICAL


class Prescription(models.Model):
    """What only those who examine eyes may read: the visit, the paper, the notes."""

    _inherit = "optics.prescription"

    reading_ids = fields.One2many(
        comodel_name="optics.prescription.reading",
        inverse_name="prescription_id",
        string="Readings",
        groups=MEDICAL,
    )
    scan = fields.Binary(string="Scan of the paper", attachment=True, copy=False, groups=MEDICAL)
    scan_name = fields.Char(string="File name", copy=False, groups=MEDICAL)
    notes = fields.Text(copy=False, groups=MEDICAL)
