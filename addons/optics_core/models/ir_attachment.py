from odoo import models


class IrAttachment(models.Model):
    """A scan of a prescription read on its own is a reading of the prescription."""

    _inherit = "ir.attachment"

    def _compute_raw(self):
        result = super()._compute_raw()
        self._journal_documents()
        return result

    def _journal_documents(self):
        Journaled = self.env.registry["optics.journaled.reading"]
        for name, attachments in self.grouped("res_model").items():
            if name in self.env and isinstance(self.env[name], Journaled):
                documents = self.env[name].browse(set(attachments.mapped("res_id")))
                documents.exists()._journal_reading("attachment")
