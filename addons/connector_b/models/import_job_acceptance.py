from odoo import _, models
from odoo.exceptions import AccessError

MANAGER = "connector_b.group_import_manager"


class ImportJob(models.Model):
    """Prices that move far, and margins below the floor: somebody has to say yes to each."""

    _inherit = "connector.import.job"

    def action_accept_all(self):
        """All that the person may accept; who is no manager leaves the floor to one."""
        self.ensure_one()
        rows = self._rows_to_accept()
        mine = rows if self._may_pass_floor() else rows.filtered(lambda row: not row.below_floor)
        if rows and not mine:
            raise AccessError(self._floor_sentence(len(rows)))
        mine.action_accept()
        return True

    def _rows_to_accept(self):
        return self.env["connector.import.row"].search(
            [
                ("job_id", "=", self.id),
                ("attention", "=", True),
                ("accepted", "=", False),
                ("state", "=", "pending"),
            ]
        )

    def _may_pass_floor(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    def _floor_sentence(self, count):
        return _(
            "Import %(job)s: %(count)s rows fall below the margin's floor; an import manager "
            "accepts them.",
            job=self.name,
            count=count,
        )
