import logging
import threading

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..rules import short_name

_logger = logging.getLogger(__name__)

CHANNELS = [("sms", "SMS"), ("email", "E-mail")]


class Notification(models.Model):
    """A message to the customer, which waits a while so that it can be taken back.

    It is `sending` on disk before anything leaves, and never sent again by itself: what a
    crash left in that state is for a person to look at.
    """

    _name = "optics.notification"
    _description = "Message to the Customer"
    _order = "id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        comodel_name="optics.manufacturing.order",
        string="Job",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    event = fields.Selection(
        selection=[("ready", "Glasses Are Ready"), ("reminder", "Reminder")],
        required=True,
        readonly=True,
    )
    channel = fields.Selection(selection=CHANNELS, readonly=True)
    address = fields.Char(
        string="Sent To", readonly=True, help="The number or e-mail at the time of sending."
    )
    state = fields.Selection(
        selection=[
            ("waiting", "Waiting"),
            ("sending", "Being Sent"),
            ("sent", "Sent"),
            ("failed", "Not Sent"),
            ("impossible", "Call the Customer"),
            ("taken_back", "Taken Back"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    send_at = fields.Datetime(string="Goes Out At", readonly=True)
    sent_at = fields.Datetime(string="Sent On", readonly=True)
    failure = fields.Char(readonly=True)
    sms_id = fields.Many2one(comodel_name="sms.sms", readonly=True, ondelete="set null")
    mail_id = fields.Many2one(comodel_name="mail.mail", readonly=True, ondelete="set null")
    # What templates may say; nothing of these is medical.
    order_name = fields.Char(related="order_id.name")
    customer_name = fields.Char(compute="_compute_customer_name")
    shop_name = fields.Char(related="shop_id.name")
    shop_phone = fields.Char(related="shop_id.partner_id.phone", string="Shop's Phone")
    tracking_url = fields.Char(related="order_id.tracking_url")

    def init(self):
        self.env.cr.execute(
            """
            CREATE INDEX IF NOT EXISTS optics_notification_due
            ON optics_notification (send_at) WHERE state = 'waiting'
            """
        )

    @api.depends("partner_id.name")
    def _compute_customer_name(self):
        for notification in self:
            notification.customer_name = short_name.addressed(notification.partner_id.name)

    def action_take_back(self):
        for notification in self:
            if notification.state != "waiting":
                raise UserError(
                    _(
                        "The message about job %(job)s is “%(state)s” and cannot be taken back.",
                        job=notification.order_id.name,
                        state=notification._state_name(),
                    )
                )
        self._take_back()

    def _take_back(self):
        waiting = self.sudo().filtered(lambda each: each.state == "waiting")
        waiting.write({"state": "taken_back"})
        for notification in waiting:
            notification.order_id._message_log(
                body=_("The message to the customer was taken back.")
            )

    def action_send_now(self):
        self.filtered(lambda each: each.state == "waiting")._send()

    def action_repeat(self):
        """Once more what failed, or what nobody knows whether it left."""
        again = self.filtered(lambda each: each.state in ("failed", "impossible", "sending"))
        for notification in again:
            notification.sudo().write(notification.order_id.sudo()._route())
        again.filtered(lambda each: each.state == "waiting")._send()

    @api.model
    def _cron_send(self):
        due = self.search(
            [("state", "=", "waiting"), ("send_at", "<=", fields.Datetime.now())],
            order="send_at",
        )
        due._send()

    def _send(self):
        """Each on its own, so that one failure does not hold the others up or repeat them."""
        for notification in self.sudo():
            notification._refresh_consent()
            if notification.state != "waiting":
                continue
            notification.state = "sending"
            self._commit()
            try:
                with self.env.cr.savepoint():
                    getattr(notification, f"_send_{notification.channel}")()
            except Exception as error:  # noqa: BLE001
                # Whatever a gateway, template or mail server came up with is shown to the shop.
                _logger.info("notification %s failed: %s", notification.id, type(error))
                notification.write(
                    {"state": "failed", "failure": str(error) or type(error).__name__}
                )
            self._commit()

    def _commit(self):
        if not getattr(threading.current_thread(), "testing", False):
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _refresh_consent(self):
        """Consent may have been withdrawn, or the number changed, while the message waited."""
        route = self.order_id._route()
        if route["state"] == "impossible":
            self.write(route)
        else:
            route.pop("state")
            self.write(route)

    def _send_sms(self):
        template = self.env.ref(f"optics_core.sms_template_{self.event}")
        body = template._render_field("body", self.ids)[self.id]
        sms = self.env["sms.sms"].create(
            {"number": self.address, "body": body, "partner_id": self.partner_id.id}
        )
        self.sms_id = sms
        # Kept after sending: its state is what the shop is shown.
        sms.send(unlink_failed=False, unlink_sent=False, raise_exception=False)
        if sms.state in ("process", "pending", "sent"):
            self._note_sent()
        else:
            failures = dict(sms._fields["failure_type"]._description_selection(self.env))
            self.write({"state": "failed", "failure": failures.get(sms.failure_type, sms.state)})

    def _send_email(self):
        template = self.env.ref(f"optics_core.mail_template_{self.event}")
        mail = self.env["mail.mail"].browse(
            template.send_mail(self.id, force_send=True, email_values={"email_to": self.address})
        )
        self.mail_id = mail
        if mail.state == "sent":
            self._note_sent()
        else:
            self.write({"state": "failed", "failure": mail.failure_reason or mail.state})

    def _note_sent(self):
        self.write({"state": "sent", "sent_at": fields.Datetime.now(), "failure": False})
        self.order_id._message_log(
            body=_("The customer was told by %(way)s.", way=self._channel_name())
        )

    def _trouble_text(self):
        """Why the customer does not know yet; nothing if the message waits or was sent."""
        if self.state in ("failed", "impossible", "sending"):
            return ": ".join(filter(None, [self._state_name(), self.failure]))
        return False

    def _state_name(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _channel_name(self):
        return dict(self._fields["channel"]._description_selection(self.env))[self.channel]
