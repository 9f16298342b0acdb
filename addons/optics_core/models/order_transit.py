from odoo import _, models


class ManufacturingOrder(models.Model):
    """The job on the road between shop and workshop."""

    _inherit = "optics.manufacturing.order"

    def _tell_about_rejection(self, line):
        """The sender is to find out what happened to the job that was not accepted."""
        self.ensure_one()
        text = _(
            "Rejected at %(place)s from transit %(transit)s: %(reason)s",
            place=line.transit_id.to_id.name,
            transit=line.transit_id.name,
            reason=line.reason,
        )
        self._message_log(body=text)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=text,
            user_id=(self.consultant_id or self.create_uid).id,
        )
