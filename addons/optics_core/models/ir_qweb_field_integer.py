from odoo import api, models


class IntegerConverter(models.AbstractModel):
    """`t-field` of an `OptionalInteger`: what was not measured prints nothing."""

    _inherit = "ir.qweb.field.integer"

    @api.model
    def record_to_html(self, record, field_name, options):
        if record and record[field_name] is None:
            return False
        return super().record_to_html(record, field_name, options)
