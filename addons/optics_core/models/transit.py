from odoo import _, api, fields, models
from odoo.exceptions import UserError


class Transit(models.Model):
    """A parcel of jobs on its way from one place of the chain to another."""

    _name = "optics.transit"
    _description = "Transit Between Shops and Workshops"
    _inherit = ["optics.readonly.guard", "mail.thread"]
    _order = "id desc"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    from_id = fields.Many2one(
        comodel_name="stock.warehouse",
        required=True,
        index=True,
        default=lambda self: self.env["stock.warehouse"]._optics_default_shop(),
    )
    to_id = fields.Many2one(comodel_name="stock.warehouse", required=True, index=True)
    courier_id = fields.Many2one(comodel_name="res.partner", tracking=True)
    state = fields.Selection(
        selection=[
            ("packing", "Being Packed"),
            ("on_way", "On the Way"),
            ("received", "Received"),
        ],
        default="packing",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    left_at = fields.Datetime(string="Sent On", readonly=True, copy=False)
    received_at = fields.Datetime(string="Received On", readonly=True, copy=False)
    line_ids = fields.One2many(
        comodel_name="optics.transit.line",
        inverse_name="transit_id",
        string="Jobs",
    )
    job_count = fields.Integer(string="Number of Jobs", compute="_compute_counts", store=True)
    open_count = fields.Integer(string="Not Yet Checked", compute="_compute_counts", store=True)
    rejected_count = fields.Integer(string="Rejected", compute="_compute_counts", store=True)

    _sql_constraints = [
        (
            "two_places",
            "CHECK (from_id <> to_id)",
            "From, To: a transit goes from one place to another. Choose two different places.",
        )
    ]

    @api.depends("line_ids.state")
    def _compute_counts(self):
        for transit in self:
            states = transit.line_ids.mapped("state")
            transit.job_count = len(states)
            transit.open_count = states.count("packed")
            transit.rejected_count = states.count("rejected")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su or vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code("optics.transit")
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_left(self):
        if self.filtered(lambda transit: transit.state != "packing"):
            raise UserError(_("A transit that has left is not deleted."))

    def action_send(self):
        for transit in self:
            transit._require_state("packing")
            transit._require_place(transit.from_id)
            if not transit.line_ids:
                raise UserError(_("Transit %(name)s is empty.", name=transit.name))
        self.sudo().write({"state": "on_way", "left_at": fields.Datetime.now()})

    def action_accept_all(self):
        self.line_ids.filtered(lambda line: line.state == "packed").action_accept()

    def action_print_manifest(self):
        return self.env.ref("optics_core.action_report_transit_manifest").report_action(self)

    def _close_when_checked(self):
        """The parcel is received once every job in it was accepted or rejected."""
        checked = self.filtered(lambda t: t.state == "on_way" and not t.open_count)
        checked.sudo().write({"state": "received", "received_at": fields.Datetime.now()})

    def _require_state(self, state):
        if self.state != state:
            raise UserError(
                _(
                    "Transit %(name)s is %(state)s.",
                    name=self.name,
                    state=self._state_label(),
                )
            )

    def _require_place(self, place):
        """Only people of the place may pack, send, accept and reject there."""
        user = self.env.user
        if self.env.su or user.has_group("optics_core.group_administrator"):
            return
        if place not in user.optics_shop_ids:
            raise UserError(
                _(
                    "Transit %(name)s: this is done at %(place)s.",
                    name=self.name,
                    place=place.name,
                )
            )

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    @api.model
    def _open_for(self, order):
        """The parcel being packed from where the job is to where it goes, made if missing."""
        origin = order.place_id
        destination = order.lab_id if origin == order.shop_id else order.shop_id
        if origin == destination:
            raise UserError(
                _(
                    "Job %(job)s is made at %(place)s and goes nowhere.",
                    job=order.name,
                    place=origin.name,
                )
            )
        places = {"from_id": origin.id, "to_id": destination.id}
        found = self.search(
            [
                ("state", "=", "packing"),
                *((name, "=", place) for name, place in places.items()),
            ],
            limit=1,
        )
        return found or self.create(places)
