from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sms.tools.sms_api import SmsApi

from .orders import OrderCase


@tagged("post_install", "-at_install", "optics")
class TestNotification(OrderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.patient.write({"mobile": "+79123456789", "email": "maria@example.com"})
        cls.consented = {"sms", "email"}
        Partner = cls.registry["res.partner"]
        cls.startClassPatcher(
            patch.object(Partner, "_optics_may_notify", lambda partner, way: way in cls.consented)
        )

    def setUp(self):
        super().setUp()
        self.consented.update({"sms", "email"})
        self.sent_sms = []

    @contextmanager
    def gateway(self, state="success"):
        """The SMS gateway: answers `state` for every number, or raises it."""

        def _send_sms_batch(_api, messages, delivery_reports_url=False):
            if isinstance(state, Exception):
                raise state
            answers = []
            for message in messages:
                for number in message["numbers"]:
                    self.sent_sms.append((number["number"], message["content"]))
                    answers.append({"uuid": number["uuid"], "state": state, "credit": 1})
            return answers

        with patch.object(SmsApi, "_send_sms_batch", _send_sms_batch):
            yield

    def ready(self, **values):
        order = self.job("ready", **values)
        return order, order.sudo().notification_ids

    def later(self, **delta):
        return freeze_time(fields.Datetime.now() + timedelta(**delta))

    def send_due(self):
        self.env["optics.notification"]._cron_send()

    def test_the_message_waits_its_minutes_and_calls_the_cron(self):
        self.env.company.optics_notify_delay = 20
        cron = self.env.ref("optics_core.cron_send_notifications")
        before = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        order, message = self.ready()
        self.assertEqual((message.state, message.channel), ("waiting", "sms"))
        trigger = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]) - before
        self.assertEqual(trigger.call_at, message.send_at)
        self.assertAlmostEqual(
            message.send_at, order.ready_at + timedelta(minutes=20), delta=timedelta(seconds=5)
        )
        with self.gateway():
            self.send_due()
        self.assertEqual((message.state, self.sent_sms), ("waiting", []))

    def test_after_the_delay_the_customer_is_told_once(self):
        order, message = self.ready()
        with self.gateway(), self.later(minutes=16):
            self.send_due()
            self.send_due()
        self.assertEqual(message.state, "sent")
        self.assertTrue(message.sent_at)
        [(number, body)] = self.sent_sms
        self.assertEqual(number, "+79123456789")
        self.assertIn(order.name, body)
        self.assertIn(order.sudo().tracking_url, body)

    def test_the_text_tells_nothing_of_eyes(self):
        order, message = self.ready()
        with self.gateway(), self.later(minutes=16):
            self.send_due()
        body = self.sent_sms[0][1]
        for secret in ("2.00", "1.75", "Иванова", "Clear 1.5"):
            self.assertNotIn(secret, body)
        self.assertNotIn("Иванова", message.customer_name)

    def test_within_the_delay_it_is_taken_back(self):
        order, message = self.ready()
        order.with_user(self.assistant).action_take_back_notification()
        with self.gateway(), self.later(minutes=16):
            self.send_due()
        self.assertEqual((message.state, self.sent_sms), ("taken_back", []))

    def test_what_was_sent_is_not_taken_back(self):
        _order, message = self.ready()
        with self.gateway(), self.later(minutes=16):
            self.send_due()
        with self.assertRaises(UserError):
            message.with_user(self.assistant).action_take_back()

    def test_glasses_that_go_back_to_the_bench_take_the_message_back(self):
        order, message = self.ready()
        self.perform(order, "rework", "assistant", "The frame is bent")
        self.assertEqual(message.state, "taken_back")

    def test_a_customer_who_came_at_once_is_not_written_to(self):
        order, message = self.ready()
        order.collected_by = "Мария"
        self.perform(order, "deliver", "assistant")
        self.assertEqual(message.state, "taken_back")

    def test_without_consent_to_sms_it_is_an_email(self):
        self.consented.discard("sms")
        _order, message = self.ready()
        self.assertEqual((message.channel, message.address), ("email", "maria@example.com"))
        with self.later(minutes=16):
            self.send_due()
        self.assertEqual(message.state, "sent")
        self.assertEqual(message.mail_id.email_to, "maria@example.com")
        self.assertIn("готов", message.mail_id.subject)

    def test_without_any_consent_somebody_must_call(self):
        self.consented.clear()
        order, message = self.ready()
        self.assertEqual(message.state, "impossible")
        self.assertIn("no consent", message.failure)
        trouble = order.with_user(self.assistant).notification_trouble
        self.assertIn(message.failure, trouble)

    def test_consent_withdrawn_while_it_waited_counts(self):
        _order, message = self.ready()
        self.consented.clear()
        with self.gateway(), self.later(minutes=16):
            self.send_due()
        self.assertEqual((message.state, self.sent_sms), ("impossible", []))

    def test_without_a_number_or_address_somebody_must_call(self):
        self.patient.write({"mobile": False, "phone": False, "email": False})
        _order, message = self.ready()
        self.assertEqual(message.state, "impossible")

    def test_of_a_childs_glasses_the_parent_is_told(self):
        mother = self.env["res.partner"].create(
            {"name": "Иванова Анна Сергеевна", "mobile": "+79990001122"}
        )
        self.patient.write(
            {"mobile": False, "phone": False, "email": False, "guardian_id": mother.id}
        )
        order, message = self.ready()
        self.assertEqual((message.partner_id, message.address), (mother, "+79990001122"))
        self.assertEqual(order.with_user(self.assistant).patient_phone, "+79990001122")

    def test_a_refusal_of_the_gateway_is_shown_and_can_be_repeated(self):
        order, message = self.ready()
        with self.gateway("insufficient_credit"), self.later(minutes=16):
            self.send_due()
        self.assertEqual(message.state, "failed")
        self.assertTrue(message.failure)
        self.assertIn(message.failure, order.with_user(self.assistant).notification_trouble)
        with self.gateway():
            self.send_due()
            self.assertEqual(message.state, "failed", "nothing is repeated by itself")
            message.with_user(self.assistant).action_repeat()
        self.assertEqual((message.state, message.failure), ("sent", False))

    def test_one_failure_does_not_hold_up_the_others(self):
        _order, broken = self.ready()
        _other, fine = self.ready()
        self.consented.discard("sms")
        send_email = type(broken)._send_email

        def _send_email(notification):
            if notification == broken:
                raise ValueError("the mail server is away")
            return send_email(notification)

        with patch.object(type(broken), "_send_email", _send_email):
            with self.later(minutes=16):
                self.send_due()
        self.assertEqual((broken.state, fine.state), ("failed", "sent"))
        self.assertIn("mail server", broken.failure)

    def test_a_message_caught_by_a_crash_is_never_sent_by_itself(self):
        _order, message = self.ready()
        message.state = "sending"
        with self.gateway(), self.later(minutes=16):
            self.send_due()
            self.assertEqual(self.sent_sms, [])
            message.with_user(self.assistant).action_repeat()
        self.assertEqual(message.state, "sent")

    def test_switched_off_means_nothing_is_planned(self):
        self.env.company.optics_notify_channel = "none"
        _order, messages = self.ready()
        self.assertFalse(messages)

    def test_glasses_that_lie_are_reminded_of_once(self):
        order, message = self.ready()
        order.sudo().ready_at = fields.Datetime.now() - timedelta(days=8)
        for _run in range(2):
            self.env["optics.manufacturing.order"]._cron_not_collected()
        reminders = order.sudo().notification_ids - message
        self.assertEqual(reminders.event, "reminder")
        self.assertEqual(order.state, "ready")

    def test_in_the_end_nobody_came(self):
        order, _message = self.ready()
        order.sudo().ready_at = fields.Datetime.now() - timedelta(days=31)
        self.env["optics.manufacturing.order"]._cron_not_collected()
        self.assertEqual(order.state, "not_collected")
        self.assertEqual(self.last_entry(order).action, "not_collected")

    def test_a_zero_switches_reminders_off(self):
        self.env.company.optics_remind_days = 0
        self.env.company.optics_not_collected_days = 0
        order, message = self.ready()
        order.sudo().ready_at = fields.Datetime.now() - timedelta(days=400)
        self.env["optics.manufacturing.order"]._cron_not_collected()
        self.assertEqual((order.state, order.sudo().notification_ids), ("ready", message))

    def test_only_the_shop_that_sold_sees_the_message(self):
        _order, message = self.ready()
        Notification = self.env["optics.notification"]
        self.assertTrue(Notification.with_user(self.assistant).search([("id", "=", message.id)]))
        self.assertFalse(
            Notification.with_user(self.other_assistant).search([("id", "=", message.id)])
        )
        with self.assertRaises(AccessError):
            message.with_user(self.master).read(["state"])
        with self.assertRaises(AccessError):
            message.with_user(self.assistant).state = "sent"
        with self.assertRaises(AccessError):
            message.with_user(self.other_assistant).action_take_back()
