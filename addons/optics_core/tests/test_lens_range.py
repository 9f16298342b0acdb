from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests.common import Form, tagged
from odoo.tools import mute_logger

from .catalogue import CatalogueCase


@tagged("post_install", "-at_install", "optics")
class TestLensRange(CatalogueCase):
    def test_a_refusal_names_the_field_what_was_typed_and_what_is_allowed(self):
        cases = [
            ({"sph": (4, -6)}, ["Sph from", "4", "-6"]),
            ({"sph": (-50, 4)}, ["Sph from", "-50", "-45", "45"]),
            ({"cyl": (-2, 2)}, ["Cyl from", "-2", "2"]),
            ({"cyl": (-2.1, 0)}, ["Cyl from", "-2.1", "0.125"]),
            ({"diameter": 7}, ["Blank", "7", "40", "90"]),
            ({"step": 0.3}, ["Step", "0.3", "0.25"]),
            ({"add": (1, None)}, ["Add to", "0.25", "6"]),
            ({"price_retail": -5}, ["Retail", "-5"]),
            ({"lead_days": 400}, ["Days to Come", "400", "365"]),
        ]
        lens = self.lens()
        for values, words in cases:
            with self.subTest(values), self.assertRaises(ValidationError) as refused:
                lens.range_ids = [(0, 0, self.range_values(**values))]
            for word in words:
                self.assertIn(word, str(refused.exception))

    def test_a_change_is_checked_against_what_stands(self):
        row = self.lens(ranges=[{}]).range_ids
        with self.assertRaises(ValidationError):
            row.sph_min = 5
        row.write({"sph_min": 5, "sph_max": 8})
        self.assertEqual(row.sph_max, 8)

    @mute_logger("odoo.sql_db")
    def test_the_table_refuses_what_a_script_writes_past_the_rule(self):
        row = self.lens(ranges=[{}]).range_ids
        wrong = [
            "sph_min = 5",
            "sph_max = 50",
            "cyl_max = 1",
            "cyl_min = -30",
            "add_min = 1",
            "add_min = 3, add_max = 2",
            "diameter = 7",
            "step = 0.3",
            "sph_min = -6.1",
            "prism_max = -1",
            "lead_days = 1000",
            "price_retail = -1",
        ]
        for change in wrong:
            with self.subTest(change), self.assertRaises(IntegrityError), self.cr.savepoint():
                self.env.cr.execute(
                    f"UPDATE optics_lens_range SET {change} WHERE id = %s", [row.id]
                )

    def test_a_row_of_plus_cylinders_is_taken_as_printed(self):
        row = self.lens(ranges=[{"cyl": (0, 2)}]).range_ids
        self.assertEqual((row.cyl_min, row.cyl_max), (0, 2))

    def test_a_row_says_what_it_offers(self):
        lens = self.lens(type="progressive", ranges=[{"add": (0.75, 3.5)}])
        self.assertEqual(
            lens.range_ids.display_name,
            "Clear 1.5, Stock Ø70, sph -6.00…+4.00, cyl -2.00…0.00, add +0.75…+3.50",
        )

    def test_rows_that_offer_a_power_twice_are_warned_about_not_refused(self):
        lens = self.lens(ranges=[{"sph": (-6, 0)}, {"sph": (0, 4)}])
        self.assertIn("sph -6.00…0.00", lens.range_warning)
        self.assertIn("sph 0.00…+4.00", lens.range_warning)
        lens.range_ids[1].sph_min = 0.25
        self.assertFalse(lens.range_warning)

    def test_rows_of_a_lens_being_entered_are_drawn_and_compared(self):
        form = Form(self.env["optics.lens"])
        form.name = "New"
        for _twice in range(2):
            with form.range_ids.new() as row:
                row.diameter, row.sph_min, row.sph_max, row.cyl_min = 70, -6, 4, -2
        self.assertEqual(len(form.availability["areas"]), 2)
        self.assertEqual(form.availability["areas"][0]["sph"], [-6, 4])
        self.assertIn("same powers", form.range_warning)

    def test_another_blank_or_source_is_no_overlap(self):
        lens = self.lens(ranges=[{}, {"diameter": 65}, {"source": "rx"}])
        self.assertFalse(lens.range_warning)

    def test_prices_are_in_the_lenss_currency(self):
        row = self.lens(ranges=[{"price_retail": 1990.5}]).range_ids
        self.assertEqual(row.currency_id, row.lens_id.currency_id)
        self.assertEqual(row.price_retail, 1990.5)

    def test_rows_of_an_archived_lens_are_archived_with_it(self):
        lens = self.lens(ranges=[{}])
        row = lens.range_ids
        lens.active = False
        self.assertFalse(row.active)
        lens.active = True
        self.assertTrue(row.active)
