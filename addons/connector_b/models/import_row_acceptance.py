from odoo import _, models
from odoo.exceptions import AccessError, UserError

# Percentages are kept as floats; what differs by less was not changed by anybody.
_SAME = 0.005


class ImportRow(models.Model):
    """A row whose price moves far is written after somebody accepted it, and only as accepted."""

    _inherit = "connector.import.row"

    def action_accept(self):
        self._set_accepted(True)
        return True

    def action_reject(self):
        self._set_accepted(False)
        return True

    def _set_accepted(self, accepted):
        self.check_access_rights("read")
        self.check_access_rule("read")
        self.job_id.check_access_rights("write")
        self.job_id.check_access_rule("write")
        for job in self.job_id:
            job._expect("draft")
        rows = self.filtered(lambda row: row.attention and row.state == "pending")
        if len(rows) < len(self):
            other = (self - rows)[0]
            raise UserError(
                _("Row %(row)s needs no acceptance.", row=other.number or other.name or "")
            )
        floor = rows.filtered("below_floor")
        if floor and not self.job_id._may_pass_floor():
            raise AccessError(floor.job_id[:1]._floor_sentence(len(floor)))
        rows.sudo().write(
            {
                "accepted": accepted,
                "accepted_by_id": self.env.uid if accepted else False,
            }
        )


def covers(accepted, outcome):
    """Whether what was accepted (a row as it was seen) still says yes to `outcome`: since then
    somebody may have changed the very price that it moves."""
    if not accepted["accepted"]:
        return False
    shift = abs(float(outcome.shift_percent or 0)) <= abs(accepted["shift_percent"] or 0) + _SAME
    if outcome.margin_percent is None or accepted["margin_percent"] is None:
        return shift
    return shift and float(outcome.margin_percent) >= accepted["margin_percent"] - _SAME
