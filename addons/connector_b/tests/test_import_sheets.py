import io
import zipfile

from odoo.tests import tagged

from .connector_case import ConnectorCase, archive, goods, sheets, workbook

BAD = ("A-00099", "Frame 00099", "", 900.0, "ask us")


@tagged("post_install", "-at_install", "connector")
class TestImportSheets(ConnectorCase):
    """Files of several sheets and archives of several files are one import."""

    def _checked(self, content, name="price.xlsx", **profile):
        made = self.make_profile(name=f"Profile of {self.id()}", **profile)
        job = self.upload([], content=content, profile=made, file_name=name)
        job.action_check()
        return job

    def test_all_sheets_that_the_profile_names_are_read(self):
        job = self._checked(
            sheets(Sun=goods(2), Terms=[("Nothing",)], Summer=goods(2, start=3)),
            sheet_pattern="Su*",
        )
        self.assertEqual(job.check_state, "done", job.failure)
        self.assertEqual(job.count_created, 4)
        self.assertEqual(job.row_ids.mapped("sheet"), ["Sun", "Sun", "Summer", "Summer"])
        self.assertEqual(job.row_ids.mapped("number"), [2, 3, 2, 3])
        self.run_to_end(job.action_import)
        self.assertEqual((job.state, job.count_created), ("done", 4))
        self.assertTrue(self.product(4))

    def test_without_a_name_the_first_sheet_is_read(self):
        job = self._checked(sheets(Sun=goods(2), Summer=goods(2, start=3)))
        self.assertEqual((job.check_sheet, job.count_created), ("Sun", 2))

    def test_a_sheet_in_front_that_is_no_list_of_goods_is_passed_over(self):
        job = self._checked(sheets(Manual=[], Contacts=[("Call us", "Mondays")], Summer=goods(2)))
        self.assertEqual(job.check_state, "done", job.failure)
        self.assertEqual((job.check_sheet, job.count_created), ("Summer", 2))

    def test_the_right_one_of_two_tables_side_by_side_is_not_dropped_without_a_word(self):
        left, right = goods(1), goods(1, start=3)
        rows = [(*self._header(), "", *self._header()), (*left[0], "", *right[0])]
        job = self._checked(workbook(rows))
        self.assertEqual((job.check_state, job.count_created), ("done", 1))
        self.assertIn("side by side", job.file_note)

    def test_a_product_that_stands_in_two_sheets_is_refused_and_says_where_else(self):
        job = self._checked(
            sheets(Sun=goods(2), Summer=[(*goods(1)[0][:4], 1900.0)]), sheet_pattern="Su*"
        )
        one, other = job.log_ids
        self.assertEqual((one.sheet, one.number), ("Sun", 2))
        self.assertIn("row 2 of the sheet “Summer”", one.message)
        self.assertEqual((other.sheet, other.number), ("Summer", 2))
        self.assertIn("earlier sheet", other.message)

    def test_a_sheet_that_does_not_fit_the_profile_is_named(self):
        job = self._checked(
            sheets(Sun=goods(1), Summer=goods(1, start=3)),
            sheet_pattern="S*",
            header=("Article", "Name", "EAN", "Cost", "Price"),
        )
        self.assertEqual(job.state, "failed")
        self.assertIn("Sun", job.failure)
        self.assertIn("EAN", job.failure)

    def test_all_files_of_an_archive_are_read(self):
        content = archive(
            spring=workbook([self._header(), *goods(2)]),
            autumn=workbook([self._header(), *goods(2, start=3)]),
        )
        job = self._checked(content, name="price.zip")
        self.assertEqual(job.check_state, "done", job.failure)
        self.assertEqual(job.count_created, 4)
        self.run_to_end(job.action_import)
        self.assertEqual(job.state, "done")

    def test_refused_rows_of_an_archive_come_back_as_an_archive_that_goes_in_again(self):
        content = archive(
            spring=workbook([self._header(), *goods(2), BAD]),
            autumn=workbook([self._header(), ("A-9", *BAD[1:])]),
        )
        job = self._checked(content, name="price.zip")
        self.assertEqual(job.count_refused, 2)
        self.assertEqual(len(set(job.log_ids.mapped("sheet"))), 2)
        name, refused = job._refused_file()
        self.assertTrue(name.endswith(".zip"))
        with zipfile.ZipFile(io.BytesIO(refused)) as packed:
            self.assertEqual(sorted(packed.namelist()), ["autumn.xlsx", "spring.xlsx"])
        again = self.upload([], content=refused, profile=job.profile_id, file_name=name)
        again.action_check()
        self.assertEqual((again.count_total, again.count_refused), (2, 2))

    def _header(self):
        return ("Article", "Name", "Barcode", "Cost", "Price")


@tagged("post_install", "-at_install", "connector")
class TestImportGrid(ConnectorCase):
    def test_a_sheet_without_a_table_of_powers_fails_where_the_profile_expects_one(self):
        profile = self.make_profile(name="Grids", target="lens", grid="supplier_price")
        job = self.upload(goods(3), profile=profile)
        job.action_check()
        self.assertEqual(job.state, "failed")
        self.assertIn("spheres and cylinders", job.failure)
