from pathlib import Path

from odoo.tests import tagged

from ..rules.source import open_source
from .connector_case import ConnectorCase

SAMPLES = Path(__file__).parents[1] / "static/samples"


@tagged("post_install", "-at_install", "connector")
class TestFrameSample(ConnectorCase):
    """The distributor's file: a model has three colours, each in a row of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile_optmarket = cls.env.ref("connector_b.profile_optmarket")
        # Roubles as they stand in the file.
        cls.profile_optmarket.currency_id = cls.env.company.currency_id

    def sample(self):
        return self.checked(
            (),
            profile=self.profile_optmarket,
            content=(SAMPLES / "optmarket.xlsx").read_bytes(),
        )

    def frames(self):
        partner = self.profile_optmarket.partner_id
        return self.env["product.supplierinfo"].search([("partner_id", "=", partner.id)])

    def cells(self):
        """Article → (barcode, wholesale, retail) as the file itself has them."""
        with open_source(SAMPLES / "optmarket.xlsx", "optmarket.xlsx") as source:
            rows = [row.cells for row in source.rows(source.sheets[0].key)]
        return {
            row[1]: (str(row[2]), float(row[10]), float(row[11]))
            for row in rows
            if isinstance(row[0], int)
        }

    def test_each_row_is_a_variant_at_its_own_price(self):
        job = self.sample()
        self.assertFalse(job.count_refused, job.log_ids.mapped("message"))
        self.run_to_end(job.action_import)
        self.assertEqual((job.state, job.count_created), ("done", 75))
        lines = self.frames()
        self.assertEqual(len(lines.product_tmpl_id), 25)
        self.assertEqual(
            {
                line.product_code: (line.product_id.barcode, line.price, line.product_id.lst_price)
                for line in lines
            },
            self.cells(),
        )
        self.assertEqual(set(lines.product_tmpl_id.mapped("optics_kind")), {"frame"})
        self.assertEqual(
            set(lines.product_tmpl_id.optics_brand_id.mapped("name")), {"Вега", "Берег"}
        )

    def test_the_same_file_again_changes_nothing(self):
        self.run_to_end(self.sample().action_import)
        job = self.sample()
        self.assertEqual((job.count_unchanged, job.count_missing), (75, 0))
        self.assertFalse(job.log_ids)

    def test_the_preview_leaves_nothing_behind(self):
        job = self.sample()
        rows = job._preview_page()
        self.assertEqual(set(rows.mapped("tried")), {True})
        self.assertFalse(rows.filtered("problems"))
        self.assertFalse(self.frames())

    def test_undo_leaves_no_model_behind(self):
        templates = self.env["product.template"].with_context(active_test=False)
        before = templates.search_count([])
        job = self.sample()
        self.run_to_end(job.action_import)
        self.run_to_end(job.action_undo)
        self.assertEqual((job.state, job.count_undone, job.count_kept), ("undone", 75, 0))
        self.assertEqual(templates.search_count([]), before)

    def test_the_rows_of_a_model_are_written_in_one_chunk(self):
        self.profile_optmarket.chunk_size = 4
        job = self.sample()
        job._cut_into_chunks()
        job.row_ids.invalidate_recordset()
        chunks = {}
        for row in job.row_ids:
            chunks.setdefault(row.unit, set()).add(row.chunk)
        self.assertEqual({len(each) for each in chunks.values()}, {1})
        self.assertGreater(len(set.union(*chunks.values())), 10)
