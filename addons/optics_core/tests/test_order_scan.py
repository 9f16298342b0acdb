from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import format_date

from .orders import OrderCase


@tagged("post_install", "-at_install", "optics")
class TestOrderScan(OrderCase):
    def scan(self, barcode, mode, user="master"):
        Order = self.env["optics.manufacturing.order"].with_user(getattr(self, user))
        return Order.scan(barcode, mode)

    def test_a_job_is_opened(self):
        order = self.job("confirmed", tray_number="3", priority="1")
        answer = self.scan(f" {order.name}\n", "open")
        self.assertEqual(answer["verdict"], "done")
        self.assertEqual(
            answer["order"],
            {
                "id": order.id,
                "name": order.name,
                "customer": "Иванова М. П.",
                "state": "confirmed",
                "state_name": "Confirmed",
                "tray": "3",
                "promised": format_date(order.env, order.promised_date),
                "overdue": False,
                "urgent": True,
            },
        )

    def test_a_job_is_moved_on_by_the_chosen_step(self):
        order = self.job("confirmed")
        self.assertEqual(self.scan(order.name, "start")["verdict"], "done")
        self.assertEqual(order.state, "in_production")
        self.assertEqual(order.master_id, self.master)

    def test_a_refusal_says_why_and_changes_nothing(self):
        order = self.job("in_production")
        answer = self.scan(order.name, "finish")
        self.assertEqual(answer["verdict"], "refused")
        self.assertIn("quality check", answer["text"])
        self.assertEqual(order.state, "in_production")
        self.measure(order)
        self.assertEqual(self.scan(order.name, "finish")["verdict"], "done")

    def test_a_refused_step_leaves_nothing_of_itself(self):
        order = self.job("in_production")
        self.assertEqual(self.scan(order.name, "deliver", "assistant")["verdict"], "refused")
        self.assertFalse(order.collected_by)

    def test_a_step_of_others_is_refused(self):
        order = self.job("confirmed")
        answer = self.scan(order.name, "start", user="assistant")
        self.assertEqual((answer["verdict"], order.state), ("refused", "confirmed"))

    def test_a_number_of_nobody_or_of_another_shop_is_unknown(self):
        order = self.job("confirmed")
        for barcode, user in (("99-999999", "master"), (order.name, "other_assistant")):
            answer = self.scan(barcode, "open", user)
            self.assertEqual(answer["verdict"], "unknown")
            self.assertNotIn("order", answer)

    def test_handing_over_by_scan_writes_who_took_the_glasses(self):
        order = self.job("ready")
        self.assertEqual(self.scan(order.name, "deliver", "assistant")["verdict"], "done")
        self.assertEqual((order.state, order.collected_by), ("delivered", "Иванова М. П."))

    def test_a_part_of_a_number_is_no_number(self):
        order = self.job("confirmed")
        self.assertEqual(self.scan(order.name[:-1], "open")["verdict"], "unknown")

    def test_a_mode_nobody_knows_is_refused(self):
        with self.assertRaises(UserError):
            self.scan(self.job("confirmed").name, "unlink")

    def test_each_calling_is_offered_its_modes(self):
        Order = self.env["optics.manufacturing.order"]
        for user, wanted in (
            (self.master, ["open", "pack", "accept", "start", "receive_lens", "finish"]),
            (self.assistant, ["open", "pack", "accept", "receive_lens", "deliver"]),
        ):
            modes = [each["mode"] for each in Order.with_user(user).scan_modes()]
            self.assertEqual(modes, wanted)
