import io
import tempfile
from pathlib import Path

import xlsxwriter

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..rules.source import open_source
from .connector_case import HEADER, ConnectorCase, goods, workbook

BAD = ("A-00007", "Frame 00007", "", 900.0, "ask us")
FORMULA = ("=cmd|'/c calc'!A1", "=1+1", "", 900.0, "ask us")


@tagged("post_install", "-at_install", "connector")
class TestImportLog(ConnectorCase):
    def _read(self, content):
        """The rows of a workbook, as our own reader sees them."""
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            file.write(content)
            file.flush()
            with open_source(Path(file.name), "refused.xlsx") as source:
                return [row.cells for row in source.rows(source.sheets[0].key)]

    def _written(self, rows):
        """A workbook with these cells, as a person saves it."""
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            page = book.add_worksheet("Price")
            for line, cells in enumerate(rows):
                for position, cell in enumerate(cells):
                    if isinstance(cell, str):
                        page.write_string(line, position, cell)
                    elif cell is not None:
                        page.write(line, position, cell)
        return content.getvalue()

    def test_refused_rows_stand_in_the_suppliers_columns_with_reasons_beside(self):
        job = self.checked([*goods(2), BAD])
        name, content = job._refused_file()
        self.assertTrue(name.endswith(".xlsx"))
        header, row = self._read(content)
        self.assertEqual(header, (*HEADER, "Row in the file", "What is wrong", "What to do"))
        self.assertEqual(row[:5], ("A-00007", "Frame 00007", None, 900, "ask us"))
        self.assertEqual(row[5], 4)
        self.assertIn("ask us", row[6])
        self.assertTrue(row[7])

    def test_corrected_rows_go_in_by_the_same_profile(self):
        job = self.imported([*goods(2), BAD])
        rows = [list(cells) for cells in self._read(job._refused_file()[1])]
        rows[1][4] = 1900
        again = self.upload([], content=self._written(rows))
        again.action_check()
        self.run_to_end(again.action_import)
        self.assertEqual((again.state, again.count_created), ("done", 1))
        product = self.env["product.product"].search([("name", "=", "Frame 00007")])
        self.assertEqual(product.list_price, 1900)
        self.assertEqual(product.seller_ids.product_code, "A-00007")

    def test_a_header_below_a_letterhead_stays_in_its_row(self):
        content = workbook([HEADER, BAD], above=[("Optica Supply",), ()])
        profile = self.make_profile(name="Third row", header_row=3)
        job = self.upload([], content=content, profile=profile)
        job.action_check()
        rows = self._read(job._refused_file()[1])
        again = self.upload([], content=self._written([rows[0], (), *rows[1:]]), profile=profile)
        again.action_check()
        self.assertEqual(again.count_refused, 1)

    def test_text_that_would_be_a_formula_is_disarmed_and_comes_back_as_it_was(self):
        job = self.checked([*goods(1), FORMULA])
        rows = [list(cells) for cells in self._read(job._refused_file()[1])]
        self.assertEqual(rows[1][1], "'=1+1")
        rows[1][4] = 1900
        again = self.upload([], content=self._written(rows))
        again.action_check()
        self.run_to_end(again.action_import)
        self.assertTrue(self.env["product.product"].search([("name", "=", "=1+1")]))

    def test_a_row_that_nobody_accepted_is_among_them(self):
        self.imported(goods(1))
        job = self.imported(goods(1, price=900.0))
        _header, row = self._read(job._refused_file()[1])
        self.assertEqual(row[0], "A-00001")
        self.assertIn("accept", row[6])

    def test_without_a_refused_row_there_is_nothing_to_download(self):
        job = self.checked(goods(1))
        with self.assertRaisesRegex(UserError, job.name):
            job._refused_file()

    def test_the_log_is_paged_in_the_order_of_the_file(self):
        bad = [(f"A-{n}", "Frame", "", 1.0, "ask us") for n in range(1, 8)]
        job = self.checked([*goods(1, start=50), *bad])
        Log = self.env["connector.import.log"]
        page = Log.search([("job_id", "=", job.id)], offset=2, limit=3)
        self.assertEqual(page.mapped("number"), [5, 6, 7])
        self.assertEqual(Log.search_count([("job_id", "=", job.id)]), 7)
        self.assertEqual(page[0].sheet, "Price")
        self.assertEqual(page[0].field, "Retail price")


@tagged("post_install", "-at_install", "connector")
class TestRefusedDownload(HttpCase, ConnectorCase):
    def test_the_button_leads_to_the_workbook(self):
        job = self.checked([*goods(1), BAD])
        self.authenticate(self.operator.login, self.operator.login)
        answer = self.url_open(job.action_download_log()["url"])
        self.assertEqual(answer.status_code, 200)
        self.assertIn("spreadsheetml", answer.headers["Content-Type"])
        self.assertTrue(answer.content.startswith(b"PK"))

    def test_who_may_not_read_the_import_gets_no_workbook(self):
        job = self.checked([*goods(1), BAD])
        for user in (self.employee, self.stranger):
            self.authenticate(user.login, user.login)
            with mute_logger("odoo.http"):
                answer = self.url_open(f"/connector_b/import/{job.id}/refused.xlsx")
            self.assertEqual(answer.status_code, 403)
