from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .orders import OrderCase


@tagged("post_install", "-at_install", "optics")
class TestTransit(OrderCase):
    def scan(self, order, mode, user):
        Order = self.env["optics.manufacturing.order"].with_user(getattr(self, user))
        return Order.scan(order.name, mode)

    def packed(self, *orders):
        for order in orders:
            self.assertEqual(self.scan(order, "pack", "assistant")["verdict"], "done")
        return orders[0].open_transit_id

    def sent(self, *orders):
        transit = self.packed(*orders)
        transit.with_user(self.assistant).action_send()
        return transit

    def test_scanning_packs_into_one_parcel_for_the_workshop(self):
        first, second = self.job("confirmed"), self.job("confirmed")
        transit = self.packed(first, second)
        self.assertEqual((transit.from_id, transit.to_id), (self.shop, self.lab))
        self.assertEqual(transit.line_ids.order_id, first | second)

    def test_a_job_is_in_one_parcel_only(self):
        order = self.job("confirmed")
        transit = self.packed(order)
        answer = self.scan(order, "pack", "assistant")
        self.assertEqual(answer["verdict"], "refused")
        self.assertIn(transit.name, answer["text"])

    @mute_logger("odoo.sql_db")
    def test_the_database_knows_it_too(self):
        order = self.job("confirmed")
        self.packed(order)
        other = self.env["optics.transit"].create(
            {"from_id": self.shop.id, "to_id": self.other_shop.id}
        )
        self.env.flush_all()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "INSERT INTO optics_transit_line (transit_id, order_id, state) "
                "VALUES (%s, %s, 'packed')",
                [other.id, order.id],
            )

    def test_an_empty_parcel_is_not_sent(self):
        transit = (
            self.env["optics.transit"]
            .with_user(self.assistant)
            .create({"from_id": self.shop.id, "to_id": self.lab.id})
        )
        with self.assertRaises(UserError):
            transit.action_send()

    def test_accepted_jobs_are_where_they_came_to(self):
        order = self.job("confirmed")
        transit = self.sent(order)
        self.assertEqual(order.place_id, self.shop)
        answer = self.scan(order, "accept", "master")
        self.assertEqual(answer["verdict"], "done")
        self.assertEqual(order.place_id, self.lab)
        self.assertFalse(order.open_transit_id)
        self.assertEqual(transit.state, "received")

    def test_a_parcel_is_open_until_every_job_was_looked_at(self):
        first, second = self.job("confirmed"), self.job("confirmed")
        transit = self.sent(first, second)
        self.scan(first, "accept", "master")
        self.assertEqual((transit.state, transit.open_count), ("on_way", 1))
        line = transit.line_ids.filtered(lambda each: each.order_id == second)
        line.with_user(self.master)._reject("Not in the parcel")
        self.assertEqual(transit.state, "received")

    def test_a_rejected_job_stays_with_the_sender_who_is_told(self):
        order = self.job("confirmed")
        transit = self.sent(order)
        line = transit.line_ids.with_user(self.master)
        with self.assertRaises(UserError):
            line._reject(" ")
        wizard = self.env["optics.transit.rejection"].with_user(self.master)
        wizard.create({"line_id": line.id, "reason": "The frame is broken"}).action_apply()
        self.assertEqual(line.state, "rejected")
        self.assertEqual(order.place_id, self.shop)
        self.assertFalse(order.open_transit_id)
        self.assertIn("The frame is broken", order.activity_ids.summary)
        self.assertEqual(order.activity_ids.user_id, self.assistant)
        self.packed(order)

    def test_only_the_receiver_accepts_and_only_the_sender_sends(self):
        order = self.job("confirmed")
        transit = self.packed(order)
        with self.assertRaises(UserError):
            transit.with_user(self.master).action_send()
        transit.with_user(self.assistant).action_send()
        with self.assertRaises(UserError):
            transit.line_ids.with_user(self.assistant).action_accept()
        self.assertEqual(transit.line_ids.state, "packed")

    def test_nothing_is_accepted_before_it_left(self):
        order = self.job("confirmed")
        self.packed(order)
        self.assertEqual(self.scan(order, "accept", "master")["verdict"], "refused")

    def test_a_job_is_packed_where_it_is(self):
        order = self.job("confirmed")
        elsewhere = (
            self.env["optics.transit"]
            .with_user(self.master)
            .create({"from_id": self.lab.id, "to_id": self.shop.id})
        )
        with self.assertRaisesRegex(UserError, "Shop A"):
            elsewhere.line_ids.create({"transit_id": elsewhere.id, "order_id": order.id})

    def test_finished_glasses_go_back_to_their_shop(self):
        order = self.job("confirmed")
        self.sent(order)
        self.scan(order, "accept", "master")
        self.perform(order, "start", "master")
        self.measure(order)
        self.perform(order, "finish", "master")
        self.scan(order, "pack", "master")
        self.assertEqual(order.open_transit_id.to_id, self.shop)

    def test_what_was_taken_out_again_is_not_in_transit(self):
        order = self.job("confirmed")
        transit = self.packed(order)
        transit.line_ids.with_user(self.assistant).unlink()
        self.assertFalse(order.open_transit_id)

    def test_a_sent_parcel_is_neither_repacked_nor_deleted(self):
        transit = self.sent(self.job("confirmed"))
        with self.assertRaises(UserError):
            transit.line_ids.with_user(self.assistant).unlink()
        with self.assertRaises(UserError):
            transit.with_user(self.assistant).unlink()

    def test_others_see_nothing_of_it(self):
        transit = self.sent(self.job("confirmed"))
        for record in (transit, transit.line_ids):
            found = record.with_user(self.other_assistant).search([("id", "in", record.ids)])
            self.assertFalse(found)
            with self.assertRaises(AccessError):
                record.with_user(self.other_assistant).read(["state"])

    def test_the_journal_of_a_line_says_who_looked_and_when(self):
        order = self.job("confirmed")
        transit = self.sent(order)
        self.scan(order, "accept", "master")
        self.assertEqual(transit.line_ids.checked_by_id, self.master)
        self.assertTrue(transit.line_ids.checked_at)
