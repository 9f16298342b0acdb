from odoo import api, fields, models

SAMPLES = "/connector_b/static/samples/"


class ImportProfile(models.Model):
    """Ready profiles come with a file to try them on."""

    _inherit = "connector.import.profile"

    sample_file = fields.Char(
        string="Name of the Sample", readonly=True, copy=False, help="Among our samples."
    )
    sample_url = fields.Char(string="Sample File", compute="_compute_sample_url")

    @api.depends("sample_file")
    def _compute_sample_url(self):
        for profile in self:
            profile.sample_url = profile.sample_file and SAMPLES + profile.sample_file

    def action_download_sample(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"{self.sample_url}?download=1",
            "target": "self",
        }
