from odoo.tests import tagged

from ..rules.problem import Code
from .connector_case import ConnectorCase, goods


@tagged("post_install", "-at_install", "connector")
class TestImportContradictions(ConnectorCase):
    """Two rows of one file that speak of one product."""

    def setUp(self):
        super().setUp()
        self.first, self.second = goods(2)
        self.other_price = (*self.first[:4], 2500.0)

    def said(self, job):
        return {line.number: line.message for line in job.log_ids}

    def test_rows_that_contradict_each_other_are_both_refused_each_naming_the_other(self):
        job = self.imported([self.first, self.second, self.other_price])
        refused = self.rows_of(job, action="refused")
        self.assertEqual(refused.mapped("number"), [2, 4])
        self.assertEqual(set(refused.mapped("state")), {"refused"})
        said = self.said(job)
        self.assertIn("in row 4 ", said[2])
        self.assertIn("in row 2 ", said[4])
        self.assertFalse(self.product(1))
        self.assertTrue(self.product(2))
        self.assertEqual((job.count_created, job.count_refused), (1, 2))

    def test_a_row_like_the_product_is_no_righter_than_the_other(self):
        self.imported([self.first])
        job = self.imported([self.first, self.other_price])
        self.assertEqual(job.count_refused, 2)
        self.assertEqual(self.product(1).list_price, 2000)
        self.assertFalse(job.count_missing)

    def test_rows_that_only_the_database_knows_for_one_product_are_both_refused(self):
        self.imported([self.first])
        code, name, barcode, cost, _price = self.first
        job = self.imported([(code, name, "", cost, 2100.0), ("", name, barcode, cost, 2200.0)])
        self.assertEqual((job.count_refused, job.count_changed), (2, 0))
        said = self.said(job)
        self.assertIn("in row 3 ", said[2])
        self.assertIn("in row 2 ", said[3])
        self.assertEqual(self.product(1).list_price, 2000)

    def test_one_frame_twice_without_a_code_is_left_out_or_refused(self):
        header = ("Model", "Colour", "Size", "Price")
        profile = self.make_profile(
            name="Frames",
            target="frame",
            targets=("frame_model", "frame_colour", "frame_size", "list_price"),
            header=header,
        )
        row = ("VG1000", "C01", "54-16-145", 5000)
        job = self.checked([row, row], profile=profile, header=header)
        self.assertEqual(job.row_ids.mapped("action"), ["create", "unchanged"])
        self.assertIn("row 2", self.said(job)[3])
        job = self.checked([row, (*row[:3], 6000)], profile=profile, header=header)
        self.assertEqual(job.row_ids.mapped("action"), ["refused", "refused"])

    def test_nothing_is_left_to_accept_of_a_refused_row(self):
        self.imported([self.first])
        dear = (*self.first[:4], 9000.0)
        job = self.checked([dear, self.other_price])
        self.assertEqual((job.count_refused, job.attention_count), (2, 0))

    def test_the_same_row_again_is_left_out_with_a_warning(self):
        job = self.imported([self.first, self.second, self.first])
        self.assertEqual((job.state, job.count_created, job.count_refused), ("done", 2, 0))
        repeated = self.rows_of(job, number=4)
        self.assertEqual(repeated.action, "unchanged")
        (problem,) = repeated.problems
        self.assertEqual(problem["code"], Code.DUPLICATE_IDENTICAL)
        self.assertIn("row 2", self.said(job)[4])

    def test_the_refused_rows_come_down_both(self):
        job = self.imported([self.first, self.second, self.other_price])
        self.assertEqual(len(job._reasons()["Price"]), 2)
