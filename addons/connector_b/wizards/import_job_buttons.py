from odoo import _, models


class ImportJob(models.Model):
    """Buttons of an import that ask or show something first."""

    _inherit = "connector.import.job"

    def action_map(self):
        """What the columns mean, chosen anew; the file is not sent again."""
        self.ensure_one()
        self._expect("draft", "failed")
        return {
            "type": "ir.actions.client",
            "tag": "connector_b_import",
            "name": _("Columns of %(file)s", file=self.file_name),
            "params": {"job_id": self.id},
        }

    def action_ask_override(self):
        return self._ask("connector.import.override", _("Import in Spite of the Block"))

    def action_ask_undo(self):
        return self._ask("connector.import.undo", _("Take the Import Back"))

    def _ask(self, model, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_job_id": self.id},
        }

    def action_log(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("connector_b.action_import_log")
        return {
            **action,
            "domain": [("job_id", "=", self.id)],
            "context": {"search_default_refused": 1},
        }
