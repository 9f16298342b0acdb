from odoo import models


class IrBinary(models.AbstractModel):
    """Downloads: a scan goes to the browser as a file, past the fields of the record."""

    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        stream = super()._record_to_stream(record, field_name)
        if isinstance(record, self.env.registry["optics.journaled.reading"]):
            record._journal_reading("attachment")
        elif record._name == "ir.attachment":
            record._journal_documents()
        return stream
