from odoo import models


class PrescriptionReading(models.Model):
    """A measurement of the visit: to read it is to read the prescription."""

    _name = "optics.prescription.reading"
    _inherit = ["optics.prescription.reading", "optics.journaled.reading"]
    _journal_document = "prescription_id"
    _administrative = frozenset(
        {"prescription_id", "sequence", "method", "measured_at", "user_id", "is_final"}
    )


class ValueException(models.Model):
    """A confirmed unusual value repeats the value in words."""

    _name = "optics.value.exception"
    _inherit = ["optics.value.exception", "optics.journaled.reading"]
    _journal_document = "prescription_id"
    _administrative = frozenset(
        {"prescription_id", "eye", "value_name", "code", "user_id", "confirmed_at"}
    )
