from odoo.tests import tagged

from ..models.import_outcome import Action, Undo
from ..rules.problem import Code
from .lens_import_case import LensImportCase


@tagged("post_install", "-at_install", "connector")
class TestLensRanges(LensImportCase):
    def test_rows_of_one_lens_become_one_lens_with_ranges(self):
        (outcome,) = self.run_import(
            self.span((-4, 0), price=100, list_price=300, glazed_price=150, delay=2),
            self.span((0.25, 4), price=120),
        )
        self.assertEqual(outcome.action, Action.CREATE)
        lens = self.lens()
        self.assertEqual((lens.name, lens.index, lens.type), ("Linza 1.56 HMC", 1.56, "single"))
        self.assertEqual(lens.coating_ids.mapped("name"), ["HMC"])
        self.assertEqual(self.spans(), [(-4, 0, 100), (0.25, 4, 120)])
        first = lens.range_ids.sorted("sph_min")[0]
        self.assertEqual(
            (first.price_retail, first.price_glazed, first.lead_days, first.source, first.step),
            (300, 150, 2, "stock", 0.25),
        )
        self.assertEqual(first.import_profile_id, self.profile)
        self.assertIn(self.supplier, lens.seller_ids.partner_id)

    def test_the_same_rows_again_change_nothing(self):
        rows = (self.span((-4, 0)), self.span((0.25, 4), price=120))
        self.run_import(*rows)
        (outcome,) = self.compare(*rows)
        self.assertEqual((outcome.action, outcome.changes), (Action.UNCHANGED, []))

    def test_a_shrunk_range_shrinks(self):
        self.run_import(self.span((-6, 6)))
        (outcome,) = self.run_import(self.span((-4, 4)))
        self.assertEqual(outcome.action, Action.CHANGE)
        self.assertEqual(self.spans(), [(-4, 4, 100)])

    def test_a_range_typed_by_hand_stays(self):
        self.run_import(self.span((-6, 6)))
        own = self.lens().range_ids.copy({"sph_min": -10, "sph_max": -8})
        self.run_import(self.span((-4, 4)))
        self.assertTrue(own.exists())
        self.assertEqual(self.spans(), [(-10, -8, 100), (-4, 4, 100)])

    def test_ranges_of_another_source_stay(self):
        self.run_import(self.span((-6, 6)))
        self.run_import(self.span((-9, 9), price=500, lens_source="рецептурные", delay=7))
        self.assertEqual(set(self.lens().range_ids.mapped("source")), {"stock", "rx"})

    def test_a_price_is_changed_in_its_range(self):
        self.run_import(self.span())
        kept = self.lens().range_ids
        (outcome,) = self.run_import(self.span(price=130))
        self.assertEqual(self.lens().range_ids, kept)
        self.assertEqual(kept.price_uncut, 130)
        self.assertEqual(self.changes(outcome), {"price_uncut": (100, 130)})
        self.assertEqual(outcome.shift_percent, 30)

    def test_a_price_that_moves_with_its_range_is_seen(self):
        self.run_import(self.span((-4, 4)))
        (outcome,) = self.compare(self.span((-6, 6), price=50))
        self.assertEqual(outcome.shift_percent, -50)

    def test_margin_is_the_smallest(self):
        (outcome,) = self.compare(
            self.span((-4, 0), price=100, list_price=400),
            self.span((0.25, 4), price=100, list_price=125),
        )
        self.assertEqual(outcome.margin_percent, 20)

    def test_a_lens_with_a_bad_row_waits_as_a_whole(self):
        self.run_import(self.span((-6, 6)))
        outcomes = self.run_import(self.span((-4, 4)), self.span((6, 5)))
        self.assertEqual([each.action for each in outcomes], [Action.REFUSED] * 2)
        codes = {code for each in outcomes for code in self.codes(each)}
        self.assertEqual(codes, {Code.LENS_INCOMPLETE, Code.LIMITS_REVERSED})
        self.assertEqual(self.spans(), [(-6, 6, 100)])

    def test_impossible_powers_are_refused_with_what_is_wrong(self):
        for code, row in (
            (Code.OUT_OF_BOUNDS, self.span((-60, 4))),
            (Code.MIXED_CYLINDER_SIGNS, self.span(cyl=(-2, 2))),
            (Code.OFF_STEP, self.span((-4.1, 4))),
            (Code.DIAMETER_MISSING, self.span(diameter=None)),
            (Code.OUT_OF_BOUNDS, self.span(diameter=95)),
        ):
            (outcome,) = self.compare(row)
            self.assertEqual(self.codes(outcome), [code], row)

    def test_index_and_diameter_may_stand_in_the_name(self):
        row = self.span(lens_name="Linza 1.67 SHMC Ø70", index=None, diameter=None, coating=None)
        self.run_import({name: value for name, value in row.items() if value is not None})
        self.assertEqual((self.lens().index, self.lens().range_ids.diameter), (1.67, 70))

    def test_another_coating_is_another_lens(self):
        self.run_import(self.span())
        self.run_import(self.span(coating="SHMC"))
        self.assertEqual(len(self.lens()), 2)

    def test_a_lens_found_by_its_article_may_be_renamed(self):
        self.run_import(self.span(supplier_code="L-156"))
        (outcome,) = self.run_import(
            self.span(supplier_code="L-156", lens_name="Linza 1.56 HMC New")
        )
        self.assertEqual(outcome.action, Action.CHANGE)
        self.assertEqual(self.lens().name, "Linza 1.56 HMC New")
        self.assertUndone([outcome], [Undo.UNDONE])
        self.assertEqual(self.lens().name, "Linza 1.56 HMC")

    def test_an_unknown_coating_is_refused_where_the_profile_makes_none(self):
        (outcome,) = self.compare(self.span(coating="Nano X"), create_dictionary=False)
        self.assertEqual(self.codes(outcome), [Code.COATING_UNKNOWN])

    def test_a_new_lens_is_refused_where_the_profile_creates_nothing(self):
        (outcome,) = self.compare(self.span(), create_missing=False)
        self.assertEqual(self.codes(outcome), [Code.NOT_FOUND])

    def test_words_for_designs_and_materials_are_known(self):
        self.run_import(
            self.span(design="Прогрессивная", material="поликарбонат", add_min=1, add_max=3)
        )
        self.assertEqual((self.lens().type, self.lens().material), ("progressive", "polycarbonate"))

    def test_undo_gives_ranges_back_exactly(self):
        self.run_import(self.span((-6, 0), price=90), self.span((0.25, 6), price=100))
        before = self.spans()
        outcomes = self.run_import(self.span((-6, 0), price=95), self.span((0.25, 4), price=105))
        self.assertNotEqual(self.spans(), before)
        self.assertUndone(outcomes, [Undo.UNDONE])
        self.assertEqual(self.spans(), before)
        self.assertEqual(self.lens().range_ids.import_profile_id, self.profile)

    def test_undo_keeps_a_lens_whose_range_somebody_changed(self):
        self.run_import(self.span())
        outcomes = self.run_import(self.span(price=110))
        self.lens().range_ids.price_uncut = 115
        self.assertUndone(outcomes, [Undo.KEPT])
        self.assertEqual(self.spans(), [(-4, 4, 115)])

    def test_undo_deletes_a_new_lens_with_its_product(self):
        outcomes = self.run_import(self.span())
        template = self.lens().product_tmpl_id
        self.assertUndone(outcomes, [Undo.UNDONE])
        self.assertFalse(self.lens())
        self.assertFalse(template.exists())

    def test_undo_keeps_a_new_lens_that_is_kept_in_stock_meanwhile(self):
        outcomes = self.run_import(self.span())
        self.run_import(self.power(-2, barcode="4600000000015"))
        self.assertUndone(outcomes, [Undo.KEPT])

    def test_a_lens_that_the_file_does_not_have_is_missing(self):
        (gone,) = self.run_import(self.span(lens_name="Gone"))
        (stays,) = self.run_import(self.span())
        ctx = self.context()
        missing = self.target.with_env(ctx.env)._missing(ctx, {stays.res_id})
        self.assertEqual(missing.ids, [gone.res_id])

    def test_where_a_lens_comes_from_has_to_be_known(self):
        (outcome,) = self.compare(self.span(lens_source="perhaps"))
        self.assertEqual(self.codes(outcome), [Code.LENS_SOURCE_UNKNOWN])

    def test_a_lens_switched_off_comes_back_with_its_variant(self):
        self.run_import(self.span())
        lens = self.lens()
        ctx = self.context()
        self.assertEqual(self.target.with_env(ctx.env)._switch_off(ctx, lens), lens)
        self.assertFalse(lens.active)
        lens.write({"active": True})
        self.assertTrue(lens._rx_variant())


@tagged("post_install", "-at_install", "connector")
class TestLensPowers(LensImportCase):
    def variants(self):
        return self.lens().product_variant_ids.filtered(lambda each: each.optics_sph is not None)

    def test_rows_with_codes_of_their_own_become_variants(self):
        outcomes = self.run_import(
            self.power(
                -2, barcode="4600000000015", supplier_code="P-1", supplier_price=90, cost=90
            ),
            self.power(-2, -0.75, barcode="4600000000022", supplier_code="P-2", supplier_price=95),
        )
        self.assertEqual([each.action for each in outcomes], [Action.CREATE] * 2)
        variants = self.variants().sorted("optics_cyl")
        self.assertEqual(len(self.lens()), 1)
        self.assertEqual(
            [(v.optics_sph, v.optics_cyl, v.optics_diameter, v.barcode) for v in variants],
            [(-2, -0.75, 65, "4600000000022"), (-2, 0, 65, "4600000000015")],
        )
        self.assertEqual(variants.mapped("standard_price"), [0, 90])
        lines = self.lens().seller_ids.filtered("product_id")
        self.assertEqual(sorted(lines.mapped("product_code")), ["P-1", "P-2"])

    def test_plus_cylinders_are_kept_as_minus(self):
        self.run_import(self.power(1, 0.5, barcode="4600000000015"))
        self.assertEqual((self.variants().optics_sph, self.variants().optics_cyl), (1.5, -0.5))

    def test_the_same_rows_again_change_nothing(self):
        rows = [
            self.power(
                -2, barcode="4600000000015", supplier_code="P-1", supplier_price=90, cost=90
            ),
            self.power(-2.25, default_code="Z", supplier_price=90),
        ]
        self.run_import(*rows)
        self.assertEqual([each.action for each in self.compare(*rows)], [Action.UNCHANGED] * 2)

    def test_a_power_is_found_without_its_code(self):
        self.run_import(self.power(-2, barcode="4600000000015"))
        (outcome,) = self.run_import(self.power(-2, supplier_code="NEW"))
        self.assertEqual(outcome.action, Action.CHANGE)
        self.assertEqual(outcome.res_id, self.variants().id)
        lines = self.lens().seller_ids
        self.assertEqual(
            [(line.product_id, line.product_code) for line in lines.sorted("id")],
            [(self.variants().browse(), False), (self.variants(), "NEW")],
        )

    def test_the_same_power_twice_is_refused(self):
        outcomes = self.compare(
            self.power(-2, barcode="4600000000015"), self.power(-2, barcode="4600000000022")
        )
        self.assertEqual(self.codes(outcomes[1]), [Code.DUPLICATE_IN_FILE])

    def test_an_impossible_power_is_refused(self):
        (outcome,) = self.compare(self.power(-2.1, barcode="4600000000015"))
        self.assertEqual(self.codes(outcome), [Code.OFF_STEP])

    def test_stock_is_counted_by_power(self):
        self.run_import(self.power(-2, quantity=5))
        self.assertEqual(self.variants().qty_available, 5)

    def test_undo_takes_a_new_power_away(self):
        self.run_import(self.span())
        outcomes = self.run_import(
            self.power(-2, barcode="4600000000015", supplier_price=90, supplier_code="A")
        )
        self.assertUndone(outcomes, [Undo.UNDONE])
        self.assertFalse(self.variants())
        self.assertTrue(self.lens())

    def test_ranges_and_powers_of_one_file_are_one_lens(self):
        outcomes = self.run_import(
            self.power(-2, barcode="4600000000015"),
            self.power(-3, barcode="4600000000022"),
            self.span(),
        )
        self.assertEqual({each.unit for each in outcomes}, {"lens linza 1.56 hmc"})
        self.assertEqual(len(self.lens()), 1)
        self.assertEqual(len(self.variants()), 2)
        self.assertEqual(len(self.lens().range_ids), 1)

    def test_a_bad_power_does_not_stop_the_others(self):
        self.env["product.product"].create({"name": "Other", "default_code": "X"})
        outcomes = self.run_import(
            self.power(-2, barcode="4600000000015"),
            self.power(-3, barcode="4600000000022", currency="XXX", supplier_price=1),
        )
        self.assertEqual([each.action for each in outcomes], [Action.CREATE, Action.REFUSED])
        self.assertEqual(self.variants().optics_sph, -2)
