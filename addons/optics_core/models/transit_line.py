from odoo import _, api, fields, models
from odoo.exceptions import UserError


class TransitLine(models.Model):
    _name = "optics.transit.line"
    _description = "Job in Transit"
    _inherit = ["optics.readonly.guard"]
    _order = "transit_id desc, id"
    _rec_name = "order_id"

    transit_id = fields.Many2one(
        comodel_name="optics.transit", required=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        comodel_name="optics.manufacturing.order",
        string="Job",
        required=True,
        index=True,
        ondelete="restrict",
    )
    customer_short_name = fields.Char(related="order_id.customer_short_name")
    order_state = fields.Selection(related="order_id.state", string="Job State")
    tray_number = fields.Char(related="order_id.tray_number")
    promised_date = fields.Date(related="order_id.promised_date")
    transit_state = fields.Selection(related="transit_id.state", string="Transit State")
    state = fields.Selection(
        selection=[
            ("packed", "Packed"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
        ],
        default="packed",
        required=True,
        readonly=True,
        copy=False,
    )
    reason = fields.Char(readonly=True, copy=False)
    checked_by_id = fields.Many2one(
        comodel_name="res.users", string="Checked by", readonly=True, copy=False
    )
    checked_at = fields.Datetime(string="Checked On", readonly=True, copy=False)

    _sql_constraints = [
        (
            "job_once",
            "unique(transit_id, order_id)",
            "Job: it is in this transit already. Remove the second line.",
        ),
    ]

    def init(self):
        # A pair of glasses cannot be in two parcels.
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS optics_transit_line_one_parcel
            ON optics_transit_line (order_id) WHERE state = 'packed'
            """
        )

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_jobs_in_another_parcel(vals_list)
        lines = super().create(vals_list)
        for line in lines:
            line.transit_id._require_state("packing")
            line.transit_id._require_place(line.transit_id.from_id)
            line._refuse_job_elsewhere()
            line.order_id.sudo().open_transit_id = line.transit_id
        return lines

    def unlink(self):
        for line in self:
            line.transit_id._require_state("packing")
        self.order_id.sudo().open_transit_id = False
        return super().unlink()

    def action_accept(self):
        for line in self._to_check():
            line._check_off("accepted")
            line.order_id.sudo().write(
                {"place_id": line.transit_id.to_id.id, "open_transit_id": False}
            )
        self.transit_id._close_when_checked()

    def action_reject(self):
        """Asks for the reason first."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Reject job %(name)s", name=self.order_id.name),
            "res_model": "optics.transit.rejection",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id},
        }

    def _reject(self, reason):
        """The job stays the sender's business: its place does not change."""
        reason = (reason or "").strip()
        if not reason:
            raise UserError(_("Say why the job is rejected."))
        for line in self._to_check():
            line._check_off("rejected", reason)
            order = line.order_id.sudo()
            order.open_transit_id = False
            order._tell_about_rejection(line)
        self.transit_id._close_when_checked()

    def _to_check(self):
        lines = self.filtered(lambda line: line.state == "packed")
        for transit in lines.transit_id:
            transit._require_state("on_way")
            transit._require_place(transit.to_id)
        return lines

    def _check_off(self, state, reason=False):
        self.sudo().write(
            {
                "state": state,
                "reason": reason,
                "checked_by_id": self.env.uid,
                "checked_at": fields.Datetime.now(),
            }
        )

    def _refuse_jobs_in_another_parcel(self, vals_list):
        order_ids = [vals.get("order_id") for vals in vals_list]
        # The other parcel may belong to shops of which this user knows nothing.
        taken = self.sudo().search(
            [("order_id", "in", order_ids), ("state", "=", "packed")], limit=1
        )
        if taken:
            raise UserError(
                _(
                    "Job %(job)s is already in transit %(transit)s.",
                    job=taken.order_id.name,
                    transit=taken.transit_id.name,
                )
            )

    def _refuse_job_elsewhere(self):
        order, origin = self.order_id.sudo(), self.transit_id.from_id
        if order.place_id != origin:
            raise UserError(
                _(
                    "Job %(job)s is at %(place)s, not at %(origin)s.",
                    job=order.name,
                    place=order.place_id.name,
                    origin=origin.name,
                )
            )
