from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .connector_case import ConnectorCase, goods


@tagged("post_install", "-at_install", "connector")
class TestImportAccept(ConnectorCase):
    def setUp(self):
        super().setUp()
        self.imported(goods(3))

    def _halved(self, **profile):
        """Three prices cut in half; with a cost of 1000 nothing is left of the margin."""
        if profile:
            self._usual_profile().write(profile)
        return self.checked(goods(3, price=1000.0))

    def test_a_price_that_moves_far_has_to_be_accepted(self):
        job = self._halved()
        self.assertEqual(job.attention_count, 3)
        self.assertTrue(all(job.row_ids.mapped("attention")))
        self.assertFalse(any(job.row_ids.mapped("below_floor")))

    def test_a_price_that_moves_little_has_not(self):
        job = self.checked(goods(3, price=2400.0))
        self.assertEqual(job.row_ids[0].shift_percent, 20)
        self.assertEqual(job.attention_count, 0)

    def test_what_nobody_accepted_is_left_out_and_counted(self):
        job = self._halved()
        job.row_ids[0].action_accept()
        self.run_to_end(job.action_import)
        self.assertEqual(self.product(1).list_price, 1000)
        self.assertEqual(self.product(2).list_price, 2000)
        self.assertEqual((job.count_changed, job.count_skipped), (1, 2))
        self.assertEqual(job.row_ids[1].state, "skipped")

    def test_the_log_names_what_was_left_out(self):
        job = self._halved()
        self.run_to_end(job.action_import)
        self.assertEqual(job.log_ids.mapped("number"), [2, 3, 4])
        self.assertIn("-50", job.log_ids[0].message)

    def test_all_are_accepted_together(self):
        job = self._halved()
        job.action_accept_all()
        self.assertEqual(job.attention_count, 0)
        self.assertEqual(job.row_ids.accepted_by_id, self.operator)
        self.run_to_end(job.action_import)
        self.assertEqual(self.product(3).list_price, 1000)

    def test_an_acceptance_is_taken_back(self):
        job = self._halved()
        job.action_accept_all()
        job.row_ids[0].action_reject()
        self.assertEqual(job.attention_count, 1)

    def test_a_margin_below_the_floor_takes_a_manager(self):
        job = self._halved(margin_floor_percent=30)
        self.assertEqual(job.floor_count, 3)
        with self.assertRaises(AccessError):
            job.row_ids[0].with_user(self.operator).action_accept()
        with self.assertRaises(AccessError):
            job.action_accept_all()
        job.row_ids[0].with_user(self.manager).action_accept()
        self.assertEqual(job.attention_count, 2)

    def test_accepting_all_leaves_the_floor_to_the_manager(self):
        self._usual_profile().margin_floor_percent = 30
        low, high = goods(2)
        job = self.checked([(*low[:4], 1000.0), (*high[:4], 3000.0)])
        job.action_accept_all()
        rows = self.rows_of(job, attention=True)
        self.assertEqual(rows.mapped("accepted"), [False, True])

    def test_a_new_product_below_the_floor_has_to_be_accepted(self):
        self._usual_profile().margin_floor_percent = 30
        job = self.checked(goods(1, start=9, price=1100.0))
        self.assertEqual((job.count_created, job.floor_count), (1, 1))

    def test_a_row_that_needs_no_acceptance_is_not_accepted(self):
        job = self.checked(goods(3, price=2100.0))
        with self.assertRaises(UserError):
            job.row_ids[0].action_accept()

    def test_a_price_that_somebody_moved_since_is_not_covered_by_the_acceptance(self):
        job = self._halved()
        job.action_accept_all()
        # What was accepted is a fall by 50 %; from here it would be 80 %.
        self.product(1).list_price = 5000
        self.run_to_end(job.action_import)
        self.assertEqual(self.product(1).list_price, 5000)
        self.assertEqual(self.product(2).list_price, 1000)
        self.assertEqual(job.count_skipped, 1)

    def test_a_price_that_became_alarming_since_the_preview_is_left_out(self):
        job = self.checked(goods(3, price=2200.0))
        self.assertEqual(job.attention_count, 0)
        self.product(1).list_price = 4400
        self.run_to_end(job.action_import)
        self.assertEqual(self.product(1).list_price, 4400)
        self.assertEqual((job.count_changed, job.count_skipped), (2, 1))
