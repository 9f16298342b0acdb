from odoo import _, api, fields, models
from odoo.exceptions import UserError

from .manufacturing_order import OPEN_STATES

# Written by the steps below only; never by a write from outside.
STEPS_ONLY = {
    "name",
    "state",
    "requested_by_id",
    "requested_at",
    "confirmed_by_id",
    "done_at",
    "line_ids",
}


class PersonRequest(models.Model):
    """A person asks for their data, or to be forgotten.

    An export is handed out by one officer. An erasure cannot be taken back, so one officer asks
    for it and another carries it out.
    """

    _name = "optics.person.request"
    _description = "Request about Personal Data"
    _order = "id desc"

    name = fields.Char(string="Number", readonly=True, copy=False, default=lambda self: _("New"))
    kind = fields.Selection(
        selection=[("export", "Hand out the data"), ("erasure", "Erase the data")],
        required=True,
        default="export",
    )
    patient_id = fields.Many2one(
        comodel_name="res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_company', '=', False)]",
    )
    asked_on = fields.Date(required=True, default=fields.Date.context_today)
    asked_how = fields.Selection(
        selection=[
            ("person", "In person"),
            ("letter", "By letter"),
            ("email", "By e-mail"),
        ],
        required=True,
        default="person",
    )
    identified_by = fields.Char(
        help="How the person proved who they are: kind of document, no numbers."
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("waiting", "Waiting for the second officer"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    requested_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Requested by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    requested_at = fields.Datetime(string="Requested on", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Carried out by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    done_at = fields.Datetime(string="Done on", readonly=True, copy=False)
    obstacles = fields.Text(compute="_compute_obstacles")
    may_confirm = fields.Boolean(compute="_compute_may_confirm")
    line_ids = fields.One2many(
        comodel_name="optics.person.request.line",
        inverse_name="request_id",
        string="What Was Done",
        readonly=True,
    )

    @api.depends("kind", "patient_id", "state")
    def _compute_obstacles(self):
        for request in self:
            waits = request.kind == "erasure" and request.state in ("draft", "waiting")
            found = request.sudo()._find_obstacles() if waits else []
            request.obstacles = "\n".join(found)

    @api.depends("state", "requested_by_id")
    @api.depends_context("uid")
    def _compute_may_confirm(self):
        for request in self:
            waits = request.state == "waiting"
            request.may_confirm = waits and request.requested_by_id != self.env.user

    def _find_obstacles(self):
        """Why the person cannot be erased yet, in words; none, and they can."""
        person = self.patient_id.with_context(active_test=False)
        found = []
        if person.optics_erased_at:
            found.append(_("The data of this person is erased already."))
        orders = person.optics_order_ids.filtered(lambda order: order.state in OPEN_STATES)
        if orders:
            found.append(
                _(
                    "Orders are open: %(orders)s. Deliver or cancel them first.",
                    orders=", ".join(orders.mapped("name")),
                )
            )
        if person.user_ids.filtered(lambda user: not user.share):
            found.append(_("This person has a login here as an employee."))
        if self.env["res.company"].search_count([("partner_id", "=", person.id)], limit=1):
            found.append(_("This is the card of the company itself."))
        return found

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_steps(vals)
            vals["name"] = self.env["ir.sequence"].sudo().next_by_code(self._name)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_steps(vals)
        for request in self:
            if request.state != "draft" and vals.keys() - STEPS_ONLY:
                raise UserError(
                    _(
                        "%(request)s is no draft any more: it stays as written.",
                        request=request.name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for request in self:
            if request.state != "draft":
                raise UserError(
                    _("%(request)s is kept: it proves what was done.", request=request.name)
                )

    def _refuse_steps(self, vals):
        if not self.env.su and vals.keys() & STEPS_ONLY:
            raise UserError(_("A request moves on by its buttons."))

    def action_hand_out(self):
        """Download the archive; each time is a line, and a line in the journal of readings."""
        self.ensure_one()
        self._expect("export", "draft", "done")
        self._check_not_erased()
        return {
            "type": "ir.actions.act_url",
            "url": f"/optics/person_export/{self.id}",
            "target": "new",
        }

    def _note_handed_out(self):
        self.sudo().write(
            {
                "state": "done",
                "requested_by_id": self.requested_by_id.id or self.env.uid,
                "requested_at": self.requested_at or fields.Datetime.now(),
                "confirmed_by_id": self.env.uid,
                "done_at": fields.Datetime.now(),
                "line_ids": [(0, 0, {"model": "res.partner", "deed": "handed_out", "count": 1})],
            }
        )

    def action_ask_erasure(self):
        self.ensure_one()
        self._expect("erasure", "draft")
        self._refuse_if_obstructed()
        self.sudo().write(
            {
                "state": "waiting",
                "requested_by_id": self.env.uid,
                "requested_at": fields.Datetime.now(),
            }
        )

    def action_erase(self):
        """Erase the person for good; another officer than the one who asked."""
        self.ensure_one()
        self.check_access_rights("write")
        self._expect("erasure", "waiting")
        # Two buttons pressed at once: the second waits here and finds it done.
        self.env.cr.execute(
            "SELECT state FROM optics_person_request WHERE id = %s FOR UPDATE", [self.id]
        )
        self.invalidate_recordset()
        self._expect("erasure", "waiting")
        if self.requested_by_id == self.env.user:
            raise UserError(
                _(
                    "%(request)s was requested by you. A second officer carries it out: "
                    "an erasure cannot be taken back.",
                    request=self.name,
                )
            )
        self._refuse_if_obstructed()
        done = self.env["optics.person.erasure"]._erase(self.patient_id)
        self.sudo().write(
            {
                "state": "done",
                "confirmed_by_id": self.env.uid,
                "done_at": fields.Datetime.now(),
                "line_ids": [
                    (0, 0, {"model": model, "deed": deed, "count": count, "why": why})
                    for model, deed, count, why in done
                ],
            }
        )

    def action_cancel(self):
        self.check_access_rights("write")
        for request in self:
            if request.state == "done":
                raise UserError(_("%(request)s is done already.", request=request.name))
        self.sudo().write({"state": "cancelled"})

    def action_print_certificate(self):
        return self.env.ref("optics_core.action_report_person_request").report_action(
            self, config=False
        )

    def _expect(self, kind, *states):
        if self.kind != kind or self.state not in states:
            raise UserError(
                _(
                    "%(request)s: this step is not for a request in this state.",
                    request=self.name,
                )
            )

    def _check_not_erased(self):
        if self.patient_id.sudo().optics_erased_at:
            raise UserError(_("The data of this person is erased already."))

    def _refuse_if_obstructed(self):
        found = self.sudo()._find_obstacles()
        if found:
            raise UserError("\n".join(found))
