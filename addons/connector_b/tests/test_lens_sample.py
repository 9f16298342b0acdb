from pathlib import Path

from odoo.tests import tagged

from ..rules.source import open_source
from .connector_case import ConnectorCase

SAMPLES = Path(__file__).parents[1] / "static/samples"


@tagged("post_install", "-at_install", "connector")
class TestLensSample(ConnectorCase):
    """The lens maker's file: a sheet a lens, on each a grid of prices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile_linza = cls.env.ref("connector_b.profile_linza")
        # Roubles as they stand in the file.
        cls.profile_linza.currency_id = cls.env.company.currency_id

    def sample(self, **values):
        return self.checked(
            (),
            profile=self.profile_linza,
            content=(SAMPLES / "linza.xlsx").read_bytes(),
            **values,
        )

    def lenses(self):
        return self.env["optics.lens"].search(
            [("supplier_id", "=", self.profile_linza.partner_id.id)], order="index"
        )

    def test_every_sheet_becomes_a_lens_with_all_its_powers(self):
        job = self.sample()
        self.assertEqual(job.log_ids.mapped("message"), [])
        self.assertEqual((job.count_total, job.count_created), (2, 2))
        self.assertEqual(job.row_ids.mapped("sheet"), ["1. 1.50 d65", "2. 1.56 d65"])
        self.run_to_end(job.action_import)
        self.assertEqual(job.state, "done")
        cheap, dear = self.lenses()
        self.assertEqual(
            (cheap.name, cheap.index, cheap.type, cheap.coating_ids.mapped("code")),
            ("Северлинза 1.50 HMC", 1.5, "single", ["HMC"]),
        )
        self.assertEqual((dear.name, dear.index), ("Северлинза 1.56 HMC", 1.56))
        self.assertEqual(cheap.optics_brand_id.name, "Северлинза")
        self.assertEqual(set(cheap.range_ids.mapped("diameter")), {65.0})
        self.assertFalse(cheap.range_warning)

    def cells(self, sheet):
        """`{(sph, cyl): price}` as the file itself has it."""
        with open_source(SAMPLES / "linza.xlsx", "linza.xlsx") as source:
            rows = list(source.rows(source.sheets[sheet].key))
        header = next(row.cells for row in rows if row.cells[0] == "Sph")
        found = {}
        for row in rows[rows.index(next(r for r in rows if r.cells[0] == "Sph")) + 1 :]:
            for cyl, price in zip(header[1:], row.cells[1:], strict=False):
                if price is not None:
                    found[float(row.cells[0]), float(cyl)] = float(price)
        return found

    def test_each_power_costs_what_its_cell_says(self):
        job = self.sample()
        self.run_to_end(job.action_import)
        for sheet, lens in enumerate(self.lenses()):
            offered = {}
            for row in lens.range_ids:
                for sph in range(round(row.sph_min * 4), round(row.sph_max * 4) + 1):
                    for cyl in range(round(row.cyl_min * 4), round(row.cyl_max * 4) + 1):
                        self.assertNotIn((sph / 4, cyl / 4), offered)
                        offered[sph / 4, cyl / 4] = row.price_uncut
            self.assertEqual(offered, self.cells(sheet))

    def test_the_same_file_again_changes_nothing(self):
        self.run_to_end(self.sample().action_import)
        job = self.sample()
        self.assertEqual((job.count_total, job.count_unchanged, job.count_missing), (2, 2, 0))

    def test_the_preview_leaves_nothing_behind(self):
        job = self.sample()
        rows = job._preview_page()
        self.assertEqual(rows.mapped("tried"), [True, True])
        self.assertFalse(self.lenses())
        self.assertFalse(self.env["optics.coating"].search([("code", "=", "HMC")]))

    def test_undo_leaves_neither_lens_nor_product(self):
        job = self.sample()
        products = self.env["product.template"].with_context(active_test=False)
        before = products.search_count([])
        self.run_to_end(job.action_import)
        self.assertEqual(products.search_count([]), before + 2)
        self.run_to_end(job.action_undo)
        self.assertEqual((job.state, job.count_undone), ("undone", 2))
        self.assertFalse(self.lenses())
        self.assertEqual(products.search_count([]), before)
