from odoo import _, api, fields, models
from odoo.exceptions import UserError


class PersonRequestLine(models.Model):
    """One line of the certificate: what was done with the rows of one table."""

    _name = "optics.person.request.line"
    _description = "Deed of a Request about Personal Data"
    _order = "request_id, id"
    _rec_name = "model"

    request_id = fields.Many2one(
        comodel_name="optics.person.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    model = fields.Char(required=True, readonly=True)
    what = fields.Char(compute="_compute_what")
    deed = fields.Selection(
        selection=[
            ("handed_out", "Handed out"),
            ("deleted", "Deleted"),
            ("blanked", "Made nameless"),
            ("kept", "Kept"),
        ],
        string="Done",
        required=True,
        readonly=True,
    )
    count = fields.Integer(readonly=True)
    why = fields.Char(string="Note", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    date = fields.Datetime(string="When", required=True, readonly=True, default=fields.Datetime.now)

    @api.depends("model")
    def _compute_what(self):
        for line in self:
            model = self.env["ir.model"].sudo()._get(line.model)
            line.what = model.name or line.model

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(_("What was done stays as written."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(_("What was done stays as written."))
