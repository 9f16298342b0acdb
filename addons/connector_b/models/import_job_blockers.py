from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError


class ImportJob(models.Model):
    """What stands in the way of an import right now, and who may go past it."""

    _inherit = "connector.import.job"

    blocked_override_reason = fields.Char(readonly=True, copy=False)
    blockers = fields.Text(
        compute="_compute_blockers", help="Why the import has to wait; empty, and it need not."
    )

    @api.depends("state")
    def _compute_blockers(self):
        for job in self:
            found = job._import_blockers() if job.state == "draft" else []
            job.blockers = "\n".join(job._blocker_lines(found))

    def _import_blockers(self):
        """`[(name, detail)]`: e.g. each till with undelivered receipts. Other addons add theirs."""
        self.ensure_one()
        return []

    @api.model
    def _blocker_lines(self, blockers):
        return [f"{name}: {detail}" if detail else name for name, detail in blockers]

    def _pass_blockers(self, reason):
        """Refuse while something blocks the import, unless a manager gives a reason."""
        blockers = self._import_blockers()
        if not blockers:
            return
        lines = self._blocker_lines(blockers)
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                "\n".join(
                    [
                        _(
                            "Import %(job)s has to wait. Repeat it later, or let an import "
                            "manager override this with a reason:",
                            job=self.name,
                        ),
                        *lines,
                    ]
                )
            )
        if not (self.env.su or self.env.user.has_group("connector_b.group_import_manager")):
            raise AccessError(
                _(
                    "Import %(job)s is blocked: only an import manager may override that.",
                    job=self.name,
                )
            )
        self.sudo().blocked_override_reason = reason
        self._message_log(
            body=_(
                "Imported in spite of: %(blockers)s. Reason: %(reason)s",
                blockers="; ".join(lines),
                reason=reason,
            )
        )
