from datetime import timedelta

from odoo import _, api, fields, models


class ManufacturingOrder(models.Model):
    """What the customer is told, when, and by which way."""

    _inherit = "optics.manufacturing.order"

    notification_ids = fields.One2many(
        comodel_name="optics.notification",
        inverse_name="order_id",
        string="Messages to the Customer",
        groups="optics_core.group_sales_assistant",
    )
    pending_notification_id = fields.Many2one(
        comodel_name="optics.notification",
        compute="_compute_pending_notification_id",
        groups="optics_core.group_sales_assistant",
    )
    pending_send_at = fields.Datetime(
        string="Message Goes Out At",
        compute="_compute_pending_notification_id",
        groups="optics_core.group_sales_assistant",
    )
    notification_trouble = fields.Char(
        compute="_compute_pending_notification_id",
        groups="optics_core.group_sales_assistant",
        help="Why the customer does not know yet.",
    )

    @api.depends("notification_ids.state", "notification_ids.failure", "state")
    def _compute_pending_notification_id(self):
        for order in self:
            order.pending_notification_id = order.notification_ids.filtered(
                lambda each: each.state == "waiting"
            )[:1]
            order.pending_send_at = order.pending_notification_id.send_at
            last = order.notification_ids[:1]
            order.notification_trouble = last._trouble_text() if order.state == "ready" else False

    def _after_transition(self, transition, reason):
        super()._after_transition(transition, reason)
        if transition.target == "ready":
            self._plan_notification("ready")
        elif transition.state in ("ready", "not_collected"):
            self.sudo().notification_ids._take_back()

    def _plan_notification(self, event):
        """A message that goes out after the delay, or the note that somebody must call."""
        self.ensure_one()
        order = self.sudo()
        if order.company_id.optics_notify_channel == "none":
            return
        send_at = fields.Datetime.now() + timedelta(minutes=order.company_id.optics_notify_delay)
        notification = (
            self.env["optics.notification"]
            .sudo()
            .create(
                {
                    "order_id": order.id,
                    "event": event,
                    "send_at": send_at,
                    **order._route(),
                }
            )
        )
        if notification.state == "waiting":
            self.env.ref("optics_core.cron_send_notifications").sudo()._trigger(at=send_at)

    def _route(self):
        """The first way that the company wants, the customer has and has consented to."""
        wanted = self.company_id.optics_notify_channel
        failures = []
        for channel in wanted.split("_") if wanted != "none" else ():
            partner = self._reachable_by(channel)
            if not partner:
                failures.append(
                    _("no mobile number") if channel == "sms" else _("no e-mail address")
                )
            elif not partner._optics_may_notify(channel):
                failures.append(
                    _("no consent to SMS") if channel == "sms" else _("no consent to e-mail")
                )
            else:
                return {
                    "state": "waiting",
                    "partner_id": partner.id,
                    "channel": channel,
                    "address": self._address(partner, channel),
                    "failure": False,
                }
        return {
            "state": "impossible",
            "partner_id": self.patient_id.id,
            "channel": False,
            "address": False,
            "failure": ", ".join(failures) or _("messages are switched off"),
        }

    def _reachable_by(self, channel):
        for partner in self._people_to_tell():
            if partner and self._address(partner, channel):
                return partner
        return self.env["res.partner"]

    @api.model
    def _address(self, partner, channel):
        if channel == "email":
            return partner.email_normalized
        number = partner.mobile or partner.phone
        return number and partner._phone_format(number=number)

    def action_take_back_notification(self):
        self.pending_notification_id.action_take_back()

    @api.model
    def _cron_not_collected(self):
        """Remind of glasses that lie ready, and in the end say that nobody came."""
        now = fields.Datetime.now()
        for company in self.env["res.company"].search([]):
            ready = [("state", "=", "ready"), ("company_id", "=", company.id)]
            if company.optics_remind_days:
                before = now - timedelta(days=company.optics_remind_days)
                for order in self.search([*ready, ("ready_at", "<=", before)]):
                    if "reminder" not in order.notification_ids.mapped("event"):
                        order._plan_notification("reminder")
            if company.optics_not_collected_days:
                before = now - timedelta(days=company.optics_not_collected_days)
                self.search([*ready, ("ready_at", "<=", before)])._perform("not_collected")
