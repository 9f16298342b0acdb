import base64
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from ..rules.source import open_source
from .arrivals import in_english, make_operator, perform_queue

SAMPLES = Path(__file__).parents[1] / "static/samples"


@tagged("post_install", "-at_install", "connector")
class TestReadyProfiles(TransactionCase):
    """Each sample goes in by its profile as it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = in_english(cls.env)
        cls.operator = make_operator(cls.env, "ready-operator")

    def import_sample(self, name):
        profile = self.env.ref(f"connector_b.profile_{name.partition('.')[0]}")
        self.assertEqual(profile.sample_file, name)
        job = (
            self.env["connector.import.job"]
            .with_user(self.operator)
            .create(
                {
                    "profile_id": profile.id,
                    "file": base64.b64encode((SAMPLES / name).read_bytes()),
                    "file_name": name,
                }
            )
        )
        job.action_check()
        self.assertEqual(job.check_state, "done", job.failure)
        self.assertFalse(job.count_refused, job.log_ids.mapped("message"))
        self.assertFalse(job.attention_count)
        job.action_import()
        perform_queue(self.env)
        self.assertEqual(job.state, "done", job.failure)
        return job

    def product(self, code):
        line = self.env["product.supplierinfo"].search([("product_code", "=", code)])
        self.assertEqual(len(line), 1)
        return line.product_id or line.product_tmpl_id.product_variant_id, line

    def assertMoney(self, amount, roubles, currency="RUB"):
        source = self.env.ref(f"base.{currency}")
        company = self.env.company
        expected = source._convert(roubles, company.currency_id, company)
        self.assertAlmostEqual(amount, expected, delta=0.02)

    def test_frames_of_a_distributor_with_brands_in_rows_of_their_own(self):
        job = self.import_sample("optmarket.xlsx")
        self.assertEqual((job.count_total, job.count_created), (75, 75))
        product, line = self.product("VG1000-C01")
        self.assertEqual(product.barcode, "4691000000006")
        self.assertEqual(product.name, "Оправа Вега 1000")
        self.assertEqual(product.frame_size_label, "54□16-145")
        self.assertEqual(line.partner_id, job.partner_id)
        self.assertEqual(line.currency_id, self.env.ref("base.RUB"))

    def test_contact_lenses_in_dollars_get_a_price_that_ends_on_90(self):
        job = self.import_sample("kontakt.csv")
        self.assertEqual((job.count_total, job.count_created), (60, 60))
        product, line = self.product("000001")
        self.assertEqual(line.currency_id, self.env.ref("base.USD"))
        self.assertEqual(round(product.list_price % 1, 2), 0.9)
        self.assertGreater(product.list_price, line.price)
        self.assertEqual(product.categ_id.name, "Контактные линзы")

    def test_grids_of_a_lens_maker_become_ranges_of_lenses(self):
        job = self.import_sample("linza.xlsx")
        names = ["Северлинза 1.50 HMC", "Северлинза 1.56 HMC"]
        lenses = self.env["optics.lens"].search([("name", "in", names)], order="name")
        self.assertEqual(lenses.mapped("name"), names, "one lens a sheet")
        self.assertEqual(lenses.mapped("index"), [1.5, 1.56])
        self.assertEqual(lenses.supplier_id, job.partner_id)
        for lens in lenses:
            ranges = lens.range_ids
            self.assertEqual(
                (min(ranges.mapped("sph_min")), max(ranges.mapped("sph_max"))), (-6, 6)
            )
            self.assertEqual(
                (min(ranges.mapped("cyl_min")), max(ranges.mapped("cyl_max"))), (-2, 0)
            )
            self.assertEqual(set(ranges.mapped("diameter")), {65})
        plain = lenses[0].range_ids.filtered(
            lambda r: r.sph_min <= 0 <= r.sph_max and not r.cyl_max
        )
        self.assertMoney(plain.price_uncut, self.plain_price())

    def plain_price(self):
        """Of sphere 0, cylinder 0 on the first sheet of the sample."""
        with open_source(SAMPLES / "linza.xlsx", "linza.xlsx") as source:
            rows = source.rows(source.sheets[0].key)
            return next(float(row.cells[1]) for row in rows if row.number > 8 and row.cells[0] == 0)

    def test_every_profile_offers_its_sample(self):
        for profile in self.env["connector.import.profile"].search([("sample_file", "!=", False)]):
            self.assertTrue((SAMPLES / profile.sample_file).is_file())
            url = profile.action_download_sample()["url"]
            self.assertIn(f"/connector_b/static/samples/{profile.sample_file}", url)
