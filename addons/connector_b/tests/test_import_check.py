from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import import_job_analysis
from .connector_case import HEADER, ConnectorCase, goods, workbook


@tagged("post_install", "-at_install", "connector")
class TestImportCheck(ConnectorCase):
    def test_a_check_writes_rows_and_nothing_else(self):
        products = self.env["product.product"].search_count([])
        job = self.checked(goods(2))
        self.assertEqual(self.env["product.product"].search_count([]), products)
        self.assertEqual(job.row_ids.mapped("action"), ["create", "create"])
        self.assertEqual(job.row_ids.mapped("number"), [2, 3])
        self.assertEqual(set(job.row_ids.mapped("state")), {"pending"})

    def test_a_known_product_is_a_change_from_old_to_new(self):
        self.imported(goods(1))
        row = self.checked(goods(1, price=2100.0)).row_ids
        self.assertEqual(row.action, "change")
        (change,) = row.changes
        self.assertEqual(
            (change["field"], change["old"], change["new"]), ("list_price", 2000, 2100)
        )
        self.assertEqual(row.shift_percent, 5)
        self.assertEqual(row.res_id, self.product(1).id)

    def test_an_unchanged_row_is_kept_with_no_more_than_its_name(self):
        self.imported(goods(2))
        job = self.checked(goods(2))
        self.assertEqual(job.count_unchanged, 2)
        row = job.row_ids[0]
        self.assertEqual((row.action, row.state), ("unchanged", "done"))
        self.assertEqual(row.name, "Frame 00001")
        self.assertFalse(row["values"] or row.changes or row.problems or row.before)

    def test_an_import_without_a_change_ends_at_once_without_the_queue(self):
        self.imported(goods(2))
        job = self.checked(goods(2))
        with trap_jobs() as trap:
            job.action_import()
            trap.assert_jobs_count(0)
        self.assertEqual(job.state, "done")

    def test_a_bad_cell_refuses_its_row_and_says_what_to_do(self):
        job = self.checked([*goods(1), ("A-2", "Frame 2", "", 10.0, "call us!!")])
        refused = self.rows_of(job, action="refused")
        self.assertEqual(refused.number, 3)
        (line,) = job.log_ids
        self.assertEqual((line.number, line.severity, line.column), (3, "refused", "Price"))
        self.assertIn("call us!!", line.message)
        self.assertTrue(line.remedy)
        self.assertEqual(job.count_refused, 1)

    def test_a_header_without_rows_is_what_the_sentence_says(self):
        job = self.upload([])
        job.action_check()
        self.assertEqual(job.check_state, "failed")
        self.assertIn("there is a header (row 1) but no rows below it", job.failure)

    def test_a_row_that_says_the_same_again_is_left_alone(self):
        job = self.checked([*goods(1), *goods(1)])
        self.assertEqual((job.count_created, job.count_unchanged), (1, 1))
        self.run_to_end(job.action_import)
        self.assertEqual(job.state, "done")
        self.assertEqual(len(self.product(1)), 1)

    def test_a_file_that_cannot_be_read_fails_with_a_sentence_and_keeps_nothing(self):
        job = self.upload([], content=b"%PDF-1.7 nothing for us")
        job.action_check()
        self.assertEqual((job.state, job.check_state), ("failed", "failed"))
        self.assertIn("price.xlsx", job.failure)
        self.assertFalse(job.row_ids)

    def test_a_file_without_a_column_of_the_profile_fails_and_names_it(self):
        job = self.upload([("A-1", "Frame")], header=("Article", "Name"))
        job.action_check()
        self.assertEqual(job.state, "failed")
        self.assertIn("Price", job.failure)
        self.assertFalse(job.row_ids)

    def test_a_failed_check_is_repeated_after_the_profile_was_corrected(self):
        profile = self.make_profile(
            name="Mistaken", header=("Article", "Name", "Barcode", "Cost", "RRP")
        )
        job = self.upload(goods(1), profile=profile)
        job.action_check()
        self.assertEqual(job.state, "failed")
        profile.column_ids.filtered(lambda column: column.source == "RRP").source = "Price"
        job.action_check()
        self.assertEqual((job.state, job.check_state), ("draft", "done"))
        self.assertFalse(job.failure)

    def test_a_second_check_replaces_the_rows_of_the_first(self):
        job = self.checked(goods(3))
        job.action_check()
        self.assertEqual(len(job.row_ids), 3)

    def test_an_import_that_ran_is_not_checked_again(self):
        job = self.imported(goods(1))
        with self.assertRaisesRegex(UserError, job.name):
            job.action_check()

    def test_the_header_is_found_below_a_letterhead(self):
        content = workbook(
            [HEADER, *goods(1)], above=[("Optica Supply Ltd",), (), ("Price list of May",)]
        )
        job = self.upload([], content=content)
        job.action_check()
        self.assertEqual(job.row_ids.number, 5)

    def test_the_sheet_of_the_profile_is_read(self):
        profile = self.make_profile(name="By sheet", sheet_pattern="Price*")
        job = self.upload(goods(1), profile=profile)
        job.action_check()
        self.assertEqual(job.check_sheet, "Price")

    def test_a_sheet_that_is_not_there_fails_and_names_those_that_are(self):
        job = self.upload(goods(1), sheet_key="Stock")
        job.action_check()
        self.assertEqual(job.state, "failed")
        self.assertIn("Stock", job.failure)
        self.assertIn("Price", job.failure)

    def test_a_large_file_is_checked_by_the_queue(self):
        job = self.upload(goods(1))
        job.sudo().file_size = import_job_analysis.AT_ONCE_BYTES + 1
        job.action_check()
        self.assertEqual(job.check_state, "queued")
        self.assertTrue(job.is_working)
        self.assertFalse(job.row_ids)
        job._analyse()
        self.assertEqual((job.check_state, job.count_created), ("done", 1))
        self.assertFalse(job.is_working)

    def test_a_check_whose_work_died_is_over_and_can_be_repeated(self):
        job = self.upload(goods(1))
        job.sudo().file_size = import_job_analysis.AT_ONCE_BYTES + 1
        job.action_check()
        queued = self.env["queue.job"].search([("identity_key", "=", job._check_key())])
        queued.with_context(_job_edit_sentinel=queued.EDIT_SENTINEL).write({"state": "failed"})
        job.invalidate_recordset()
        self.assertFalse(job.is_working)
        job.action_check()
        job.invalidate_recordset()
        self.assertTrue(job.is_working)

    def test_a_file_is_compared_in_batches(self):
        self.patch(import_job_analysis, "BATCH", 2)
        job = self.checked(goods(5))
        self.assertEqual(job.count_created, 5)

    def test_an_employee_without_rights_checks_nothing(self):
        job = self.upload(goods(1))
        with self.assertRaises(AccessError):
            job.with_user(self.employee).action_check()
