from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .catalogue import CatalogueCase, power


@tagged("post_install", "-at_install", "optics")
class TestLens(CatalogueCase):
    def test_a_lens_is_a_storable_product_bought_from_its_supplier(self):
        lens = self.lens()
        self.assertEqual(lens.product_tmpl_id.optics_kind, "lens")
        self.assertEqual(lens.product_tmpl_id.type, "product")
        self.assertEqual(lens.type, "single")
        self.assertEqual(lens.product_tmpl_id.seller_ids.partner_id, self.supplier)

    def test_a_new_supplier_is_added_to_the_vendors_once(self):
        lens = self.lens()
        other = self.env["res.partner"].create({"name": "Other Works"})
        lens.supplier_id = other
        lens.supplier_id = other
        self.assertEqual(lens.seller_ids.partner_id, self.supplier | other)

    def test_a_new_lens_has_the_variant_made_to_prescription_and_no_power(self):
        lens = self.lens(type="progressive")
        self.assertEqual(lens.product_variant_ids, lens._rx_variant())
        self.assertEqual(lens._rx_variant().display_name, "Clear 1.5 (made to prescription)")
        self.assertIsNone(lens._rx_variant().optics_sph)
        self.assertEqual(lens.stock_variant_count, 0)

    def test_a_power_becomes_a_variant_when_first_asked_for(self):
        lens = self.lens()
        variant = lens._variant_for(power(-2, -1, 20), 70)
        self.assertEqual(variant.product_tmpl_id, lens.product_tmpl_id)
        self.assertEqual(
            (variant.optics_sph, variant.optics_cyl, variant.optics_add),
            (-2.0, -1.0, None),
        )
        self.assertEqual(variant.optics_diameter, 70)
        self.assertEqual(variant.display_name, "Clear 1.5 (-2.00 -1.00 Ø70)")
        self.assertEqual(lens._variant_for(power(-2, -1, 90), 70), variant)
        self.assertEqual(lens.stock_variant_count, 1)

    def test_either_notation_finds_the_same_variant(self):
        lens = self.lens()
        self.assertEqual(
            lens._variant_for(power(-2, -1, 20), 70), lens._variant_for(power(-3, 1, 110), 70)
        )

    def test_a_sphere_without_cylinder_is_one_variant_however_written(self):
        lens = self.lens()
        self.assertEqual(lens._variant_for(power(-2), 70), lens._variant_for(power(-2, 0), 70))

    def test_other_blanks_and_additions_are_other_variants(self):
        lens = self.lens(type="bifocal")
        variants = lens._variants_for(
            [
                (power(-2, None, None, 1), 70),
                (power(-2, None, None, 1.25), 70),
                (power(-2, None, None, 1), 65),
            ]
        )
        self.assertEqual(len(variants), 3)

    def test_the_addition_of_a_prescription_does_not_count_for_single_vision(self):
        lens = self.lens()
        self.assertEqual(
            lens._variant_for(power(-2, None, None, 2), 70), lens._variant_for(power(-2), 70)
        )

    def test_an_eye_that_was_not_measured_is_no_lens(self):
        with self.assertRaises(ValueError):
            self.lens()._variant_for(power(None), 70)

    def test_asking_without_making_makes_nothing(self):
        lens = self.lens()
        self.assertFalse(lens._find_variant(power(-2), 70))
        self.assertEqual(lens.stock_variant_count, 0)

    def test_an_archived_power_is_brought_back_not_doubled(self):
        lens = self.lens()
        variant = lens._variant_for(power(-2), 70)
        variant.active = False
        self.assertEqual(lens._variant_for(power(-2), 70), variant)
        self.assertTrue(variant.active)

    def test_a_box_of_powers_is_made_in_one_go_and_in_order(self):
        lens = self.lens()
        wanted = [
            (power(-sph / 4, -cyl / 4 or None, 90 if cyl else None), diameter)
            for sph in range(12)
            for cyl in range(6)
            for diameter in (65, 70)
        ]
        variants = lens._variants_for(wanted)
        self.assertEqual(len(variants), len(wanted))
        self.assertEqual(
            [(v.optics_sph, v.optics_diameter) for v in variants],
            [(float(each.sph), diameter) for each, diameter in wanted],
        )
        with self.assertQueryCount(3):
            self.assertEqual(lens._variants_for(wanted), variants)

    def test_odoo_itself_makes_the_same_variant_from_attribute_values(self):
        lens = self.lens()
        lens._variants_for([(power(-2, -1, 20), 70), (power(-3, -1.5, 20), 65)])
        lines = lens.attribute_line_ids.product_template_value_ids
        combination = lines.filtered(lambda v: v.name in ("-2.00", "-1.50", "65"))
        variant = lens.product_tmpl_id._create_product_variant(combination)
        self.assertEqual(
            (variant.optics_sph, variant.optics_cyl, variant.optics_diameter), (-2, -1.5, 65)
        )
        self.assertEqual(lens._variant_for(power(-2, -1.5, 20), 65), variant)

    @mute_logger("odoo.sql_db")
    def test_a_power_cannot_be_there_twice(self):
        variant = self.lens()._variant_for(power(-2), 70)
        with self.assertRaises(IntegrityError):
            self.env.cr.execute(
                """INSERT INTO product_product (
                       product_tmpl_id, active, combination_indices,
                       optics_sph, optics_cyl, optics_diameter
                   )
                   SELECT product_tmpl_id, TRUE, 'another',
                          optics_sph, optics_cyl, optics_diameter
                     FROM product_product WHERE id = %s""",
                [variant.id],
            )

    def test_a_lens_that_becomes_progressive_gets_additions(self):
        lens = self.lens()
        stock = lens._variant_for(power(-2), 70)
        lens.type = "progressive"
        variant = lens._variant_for(power(-2, None, None, 2), 70)
        self.assertEqual(variant.optics_add, 2)
        self.assertTrue(stock.exists())
        self.assertEqual(len(lens._rx_variant()), 1)

    def test_a_product_of_the_shop_can_become_a_lens(self):
        template = self.env["product.template"].create(
            {"name": "Old lens", "detailed_type": "product"}
        )
        variant = template.product_variant_id
        lens = self.env["optics.lens"].create({"product_tmpl_id": template.id})
        self.assertEqual(lens._rx_variant(), variant)
        self.assertEqual(lens._variant_for(power(1), 65).optics_sph, 1)

    def test_a_copy_is_a_product_of_its_own_with_the_same_ranges(self):
        lens = self.lens(ranges=[{}, {"diameter": 65}])
        copy = lens.copy()
        self.assertNotEqual(copy.product_tmpl_id, lens.product_tmpl_id)
        self.assertEqual(sorted(copy.range_ids.mapped("diameter")), [65, 70])
        self.assertEqual(copy.name, "Clear 1.5 (copy)")

    def test_a_deleted_lens_takes_its_product_along(self):
        lens = self.lens()
        template = lens.product_tmpl_id
        lens.unlink()
        self.assertFalse(template.exists())

    @mute_logger("odoo.sql_db")
    def test_an_index_beyond_glass_is_refused(self):
        for values in ({"index": 1.4}, {"index": 1.95}, {"index_exact": 2.0}):
            with self.subTest(values), self.assertRaises(IntegrityError), self.cr.savepoint():
                self.lens(**values)

    def test_thickness_is_calculated_with_the_exact_index(self):
        self.assertEqual(self.lens(index=1.5, index_exact=1.498)._refractive_index(), 1.498)
        self.assertEqual(self.lens(index=1.67)._refractive_index(), 1.67)

    def test_a_manager_keeps_the_catalogue_and_an_assistant_reads_it(self):
        lens = (
            self.env["optics.lens"]
            .with_user(self.manager)
            .create({"name": "New", "supplier_id": self.supplier.id})
        )
        lens._variant_for(power(-2), 70)
        lens.range_ids = [(0, 0, self.range_values())]
        self.assertEqual(lens.with_user(self.assistant).range_ids.sph_min, -6)
        with self.assertRaises(AccessError):
            lens.with_user(self.assistant).write({"index": 1.6})
        with self.assertRaises(AccessError):
            lens.range_ids.with_user(self.master).write({"price_retail": 1})
