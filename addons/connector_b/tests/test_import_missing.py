from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .connector_case import ConnectorCase, goods


@tagged("post_install", "-at_install", "connector")
class TestImportMissing(ConnectorCase):
    def setUp(self):
        super().setUp()
        self.imported(goods(3))

    def test_products_that_the_file_no_longer_has_are_listed_and_left_alone(self):
        job = self.imported(goods(2))
        self.assertEqual(job.count_missing, 1)
        row = self.rows_of(job, action="missing")
        self.assertEqual(row.res_id, self.product(3).id)
        self.assertTrue(self.product(3).active)
        self.assertEqual(job.state, "done")

    def test_another_list_of_the_same_supplier_misses_nothing(self):
        lenses = self.make_profile(name="Optica lenses")
        job = self.imported(goods(2, start=10), profile=lenses)
        self.assertEqual(job.count_missing, 0)
        job = self.imported(goods(1, start=10), profile=lenses)
        self.assertEqual(self.rows_of(job, action="missing").res_id, self.product(11).id)
        job.with_user(self.manager).action_switch_off_missing()
        self.assertFalse(self.product(11))
        self.assertTrue(self.product(1) and self.product(2) and self.product(3))

    def test_what_a_list_only_found_as_it_is_belongs_to_it(self):
        again = self.make_profile(name="Optica again")
        self.imported(goods(3), profile=again)
        self.assertEqual(self.checked(goods(1), profile=again).count_missing, 2)

    def test_what_was_only_checked_belongs_to_no_list(self):
        again = self.make_profile(name="Optica again")
        self.checked(goods(3), profile=again)
        self.assertEqual(self.checked(goods(1), profile=again).count_missing, 0)

    def test_a_profile_for_one_file_speaks_of_the_list_it_was_copied_from(self):
        profile = self._usual_profile()
        once = profile.copy({"name": "once", "active": False, "once_of_id": profile.id})
        self.assertEqual(self.imported(goods(2), profile=once).count_missing, 1)
        self.imported([*goods(2), *goods(1, start=20)], profile=once)
        self.assertEqual(self.checked(goods(3), profile=profile).count_missing, 1)

    def test_a_refused_row_does_not_make_its_product_missing(self):
        first, second, third = goods(3)
        job = self.checked([first, second, (*third[:4], "ask us")])
        self.assertEqual((job.count_refused, job.count_missing), (1, 0))

    def test_they_are_not_listed_where_the_profile_says_so(self):
        self._usual_profile().missing_policy = "ignore"
        self.assertEqual(self.checked(goods(2)).count_missing, 0)

    def test_a_manager_switches_them_off_and_an_undo_on_again(self):
        job = self.imported(goods(2))
        product = self.product(3)
        job.with_user(self.manager).action_switch_off_missing()
        self.assertFalse(product.active)
        self.assertTrue(self.product(1).active)
        self.run_to_end(job.with_user(self.manager).action_undo)
        self.assertTrue(product.active)
        self.assertEqual(job.state, "undone")

    def test_an_operator_switches_nothing_off(self):
        job = self.imported(goods(2))
        with self.assertRaises(AccessError):
            job.action_switch_off_missing()

    def test_nothing_is_switched_off_before_the_import(self):
        job = self.checked(goods(2))
        with self.assertRaises(UserError):
            job.with_user(self.manager).action_switch_off_missing()
