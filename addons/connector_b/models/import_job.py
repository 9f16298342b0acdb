from odoo import _, api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("draft", "Draft"),
    ("running", "Running"),
    ("done", "Done"),
    ("done_errors", "Done with errors"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
    ("undone", "Taken back"),
]
# Which state may follow which; buttons, checks and tests read this.
TRANSITIONS = {
    "draft": {"running", "failed", "cancelled"},
    "running": {"done", "done_errors", "failed", "cancelled"},
    "done": {"undone"},
    "done_errors": {"undone"},
    # What was not written yet may still be: action_resume.
    "failed": {"running", "undone", "draft"},
    "cancelled": {"undone"},
    "undone": set(),
}
CHECK_STATES = [
    ("none", "Not yet"),
    ("queued", "Being checked"),
    ("done", "Done"),
    ("failed", "Failed"),
]
UNDO_STATES = [
    ("none", "Not taken back"),
    ("running", "Running"),
    ("done", "Done"),
    ("failed", "Failed"),
]


class ImportJob(models.Model):
    """One file of one supplier on its way into the shop, and back out if it was wrong."""

    _name = "connector.import.job"
    _description = "Price List Import"
    _inherit = ["optics.readonly.guard", "mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default=lambda self: _("New"))
    profile_id = fields.Many2one(
        comodel_name="connector.import.profile",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(related="profile_id.partner_id", store=True, string="Supplier")
    target = fields.Selection(related="profile_id.target", store=True)
    company_id = fields.Many2one(related="profile_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        readonly=True,
        default=lambda self: self.env.user,
    )
    file = fields.Binary(attachment=True, required=True, copy=False)
    file_name = fields.Char(required=True)
    file_size = fields.Integer(readonly=True, copy=False)
    sheet_key = fields.Char(string="Sheet", help="Empty: as the profile says.")
    origin = fields.Selection(
        selection=[
            ("upload", "Upload"),
            ("mail", "E-mail"),
            ("folder", "Watched folder"),
            ("api", "API"),
        ],
        required=True,
        default="upload",
    )
    state = fields.Selection(
        selection=STATES,
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    check_state = fields.Selection(
        selection=CHECK_STATES,
        string="Check",
        required=True,
        readonly=True,
        default="none",
        copy=False,
    )
    undo_state = fields.Selection(
        selection=UNDO_STATES,
        string="Undo",
        required=True,
        readonly=True,
        default="none",
        copy=False,
    )
    failure = fields.Text(readonly=True, copy=False)
    started_at = fields.Datetime(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    row_ids = fields.One2many(
        comodel_name="connector.import.row", inverse_name="job_id", string="Rows of the File"
    )
    log_ids = fields.One2many(
        comodel_name="connector.import.log", inverse_name="job_id", string="What Is Wrong"
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].sudo().next_by_code(self._name)
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_what_left_no_trace(self):
        for job in self:
            if job.state == "running" or job.undo_state == "running":
                raise UserError(_("Import %(job)s is running: cancel it first.", job=job.name))
            if job.started_at:
                raise UserError(
                    _(
                        "Import %(job)s is kept: it says where prices came from and can take "
                        "them back.",
                        job=job.name,
                    )
                )
