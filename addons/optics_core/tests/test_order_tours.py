from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .orders import OrderCase
from .tours import TourCase


@tagged("post_install", "-at_install", "optics")
class TestOrderTours(OrderCase, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tours read the screen in the language of the source.
        (cls.assistant | cls.master | cls.manager).lang = "en_US"

    def numbered(self, number, state, **values):
        """A job whose number the tour knows."""
        job = self.job(state, **values)
        job.sudo().name = number
        return job

    def test_the_day_of_a_master(self):
        job = self.numbered("99-000001", "confirmed")
        Order = self.env["optics.manufacturing.order"].with_user(self.assistant)
        Order.scan(job.name, "pack")
        job.open_transit_id.with_user(self.assistant).action_send()
        self.tour("scan_action", "optics_master_day", self.master.login)
        self.assertEqual(job.state, "ready")
        self.assertEqual(job.master_id, self.master)
        self.assertEqual(job.open_transit_id.to_id, self.shop)
        self.assertEqual(
            job.transition_ids.sorted("id").mapped("action"), ["confirm", "start", "finish"]
        )
        self.assertEqual(job.quality_check_ids.result, "passed")
        self.assertEqual(job.quality_check_ids.od_axis, 21)

    def test_the_day_of_a_shop_assistant(self):
        draft = self.numbered("99-000001", "draft")
        with patch.object(self.registry["res.partner"], "_optics_may_notify", lambda *args: True):
            ready = self.numbered("99-000002", "ready")
        message = ready.sudo().notification_ids
        self.assertEqual(message.state, "waiting")
        self.tour("order_action_board", "optics_shop_day", self.assistant.login)
        self.assertEqual(draft.state, "confirmed")
        self.assertEqual(draft.open_transit_id.to_id, self.lab)
        self.assertEqual((ready.state, ready.collected_by), ("delivered", "Her son"))
        self.assertEqual(message.state, "taken_back")

    # A step that the server refuses is a part of the story.
    @mute_logger("odoo.http")
    def test_the_board_moves_cards_along_the_table_only(self):
        job = self.numbered("99-000001", "confirmed")
        # The master also looks at the board of the shop: a manager has both rights.
        self.tour("order_action_board", "optics_board", self.manager.login)
        self.assertEqual((job.state, job.held_from), ("on_hold", "in_production"))
        self.assertEqual(
            job.transition_ids.sorted("id").mapped("action"), ["confirm", "start", "hold"]
        )
        self.assertEqual(self.last_entry(job).reason, "No water")

    def test_lenses_are_ordered_in_bulk(self):
        jobs = self.numbered("99-000001", "confirmed") | self.numbered("99-000002", "confirmed")
        self.tour("order_action_to_order", "optics_lens_purchase", self.assistant.login)
        purchase = jobs.sudo().purchase_line_ids.order_id
        self.assertEqual(len(purchase), 1)
        self.assertEqual(len(purchase.order_line), 4)
