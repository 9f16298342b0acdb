from odoo import _, models


class ImportProfile(models.Model):
    """The upload, begun from the profile the file belongs to."""

    _inherit = "connector.import.profile"

    def action_upload(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "connector_b_import",
            "name": _("Upload for %(profile)s", profile=self.name),
            "params": {"profile_id": self.id},
        }
