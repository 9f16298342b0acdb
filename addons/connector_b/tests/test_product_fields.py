from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models.import_outcome import Action
from ..rules.problem import Code
from .product_import_case import ProductImportCase


@tagged("post_install", "-at_install", "connector")
class TestProductFields(ProductImportCase):
    """What a row changes, and what it leaves alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.env.ref("base.EUR")
        cls.euro.active = True
        cls.rows = {
            "name": "Frame",
            "default_code": "FR-1",
            "barcode": "2900000000018",
            "list_price": 1990.9,
            "cost": 812.37,
            "category": "Frames of import / Metal",
            "brand": "Brand of import",
            "description": "52-18-140",
            "supplier_code": "S-1",
            "supplier_name": "Theirs",
            "supplier_price": 800.1,
            "min_qty": 2,
            "delay": 5,
        }

    def test_every_column_arrives_in_its_field(self):
        product = self.import_one(**self.rows)
        self.assertEqual(product.name, "Frame")
        self.assertEqual(product.default_code, "FR-1")
        self.assertEqual(product.barcode, "2900000000018")
        self.assertEqual(product.list_price, 1990.9)
        self.assertEqual(product.standard_price, 812.37)
        self.assertEqual(product.categ_id.complete_name, "Frames of import / Metal")
        self.assertEqual(product.optics_brand_id.name, "Brand of import")
        self.assertEqual(product.description_sale, "52-18-140")
        line = self.vendor_lines(product)
        self.assertEqual(len(line), 1)
        self.assertEqual(line.partner_id, self.supplier)
        self.assertEqual(line.product_code, "S-1")
        self.assertEqual(line.product_name, "Theirs")
        self.assertEqual((line.price, line.min_qty, line.delay), (800.1, 2, 5))

    def test_the_same_row_again_is_left_alone(self):
        self.import_one(**self.rows)
        (outcome,) = self.compare(self.rows)
        self.assertEqual((outcome.action, outcome.changes), (Action.UNCHANGED, []))

    def test_a_vendor_line_is_written_and_never_doubled(self):
        product = self.import_one(**self.rows)
        for price in (801, 802):
            self.import_one(**{**self.rows, "supplier_price": price})
        self.assertEqual(self.vendor_lines(product).mapped("price"), [802])

    def test_a_new_product_without_a_retail_price_is_not_sold_for_one(self):
        (outcome,) = self.run_import({**self.rows, "list_price": None})
        self.assertEqual(outcome.action, Action.CREATE)
        self.assertEqual(self.codes(outcome), [Code.NO_RETAIL_PRICE])
        self.assertEqual(self.product(outcome).list_price, 0)
        message, _remedy = self.env["connector.import.problem.text"]._words("no_retail_price")
        self.assertIn("cannot be sold until it has one", message)

    def test_only_what_differs_is_shown_and_written(self):
        self.import_one(**self.rows)
        (outcome,) = self.run_import({**self.rows, "list_price": 2490.9})
        self.assertEqual(self.changes(outcome), {"list_price": (1990.9, 2490.9)})
        self.assertEqual(outcome.changes[0].label, "Sales Price")
        self.assertEqual(outcome.before, {"product": {"list_price": 1990.9}})
        self.assertEqual(outcome.after, {"product": {"list_price": 2490.9}})

    def test_what_the_file_does_not_say_is_left_alone(self):
        product = self.import_one(**self.rows)
        self.import_one(default_code="FR-1", name="Renamed", list_price=None)
        self.assertEqual(product.name, "Renamed")
        self.assertEqual(product.list_price, 1990.9)
        self.assertEqual(product.barcode, "2900000000018")

    def test_digits_beyond_the_fields_are_no_difference(self):
        self.import_one(**self.rows)
        (outcome,) = self.compare({**self.rows, "list_price": 1990.9004, "cost": 812.3699})
        self.assertEqual(outcome.action, Action.UNCHANGED)

    def test_an_edit_by_hand_is_seen_and_overwritten(self):
        product = self.import_one(**self.rows)
        product.standard_price = 1
        (outcome,) = self.compare(self.rows)
        self.assertEqual(self.changes(outcome), {"standard_price": (1, 812.37)})

    def test_a_cost_equal_to_the_companys_default_is_no_difference(self):
        self.env["ir.property"]._set_default(
            "standard_price", "product.product", 812.37, self.env.company
        )
        self.import_one(**self.rows)
        (outcome,) = self.compare(self.rows)
        self.assertEqual(outcome.action, Action.UNCHANGED)

    def test_costs_of_known_products_stay_where_the_profile_does_not_write_them(self):
        product = self.import_one(**self.rows)
        (outcome,) = self.compare({**self.rows, "cost": 1}, update_cost=False)
        self.assertEqual(outcome.action, Action.UNCHANGED)
        self.assertEqual(product.standard_price, 812.37)

    def test_the_cost_of_a_product_in_stock_revalues_it(self):
        product = self.import_one(**self.rows, quantity=10)
        product.categ_id.property_cost_method = "average"
        self.import_one(**{**self.rows, "cost": 900})
        self.assertEqual(product.standard_price, 900)
        self.assertEqual(product.value_svl, 9000)

    def test_the_cost_of_a_product_out_of_stock_leaves_no_layer(self):
        product = self.import_one(**self.rows)
        self.import_one(**{**self.rows, "cost": 900})
        self.assertEqual(product.standard_price, 900)
        self.assertFalse(
            self.env["stock.valuation.layer"].search([("product_id", "=", product.id)])
        )

    def test_the_largest_price_shift_and_the_margin_are_told(self):
        self.import_one(**self.rows)
        (outcome,) = self.compare({**self.rows, "list_price": 1990.9 * 2, "cost": 820})
        self.assertEqual(round(outcome.shift_percent), 100)
        self.assertEqual(round(outcome.margin_percent), 79)

    def test_categories_and_brands_are_made_only_where_allowed(self):
        for name, code in (("category", Code.CATEGORY_UNKNOWN), ("brand", Code.BRAND_UNKNOWN)):
            (outcome,) = self.compare(
                {"name": "X", "default_code": "X", name: "Nobody knows"}, create_dictionary=False
            )
            self.assertEqual(self.codes(outcome), [code])
        self.assertFalse(self.env["optics.brand"].search([("name", "=", "Nobody knows")]))

    def test_a_category_is_found_whatever_its_case_and_spaces(self):
        product = self.import_one(**self.rows)
        other = self.import_one(
            name="B", default_code="B", category="frames OF import/metal", brand="BRAND of import"
        )
        self.assertEqual(other.categ_id, product.categ_id)
        self.assertEqual(other.optics_brand_id, product.optics_brand_id)

    def test_a_unit_is_known_by_its_usual_short_names(self):
        self.assertEqual(
            self.import_one(name="A", default_code="A", uom="шт.").uom_id,
            self.env.ref("uom.product_uom_unit"),
        )
        dozen = self.import_one(name="B", default_code="B", uom="Dozens")
        self.assertEqual(dozen.uom_id, self.env.ref("uom.product_uom_dozen"))
        self.assertEqual(dozen.uom_po_id, dozen.uom_id)

    def test_an_unknown_or_a_foreign_unit_is_refused(self):
        self.import_one(name="A", default_code="A")
        for uom, code in (("furlong", Code.UOM_UNKNOWN), ("kg", Code.UOM_FOREIGN)):
            (outcome,) = self.compare({"default_code": "A", "uom": uom})
            self.assertEqual(self.codes(outcome), [code])

    def test_a_product_is_switched_off_and_on_with_its_template(self):
        product = self.import_one(**self.rows)
        self.import_one(default_code="FR-1", active=False)
        self.assertFalse(product.active or product.product_tmpl_id.active)
        self.import_one(default_code="FR-1", active=True)
        self.assertTrue(product.active and product.product_tmpl_id.active)

    def test_names_are_written_in_the_imports_language(self):
        for code in ("ru_RU", "en_US"):
            self.env["res.lang"]._activate_lang(code)
        product = self.import_one(**self.rows)
        self.import_one({"lang": "ru_RU"}, default_code="FR-1", name="Оправа")
        self.assertEqual(product.with_context(lang="ru_RU").name, "Оправа")
        self.assertEqual(product.with_context(lang="en_US").name, "Frame")
        (outcome,) = self.compare({"default_code": "FR-1", "name": "Оправа"}, lang="ru_RU")
        self.assertEqual(outcome.action, Action.UNCHANGED)

    def test_one_of_several_variants_does_not_rename_or_reprice_the_others(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Import colour",
                "value_ids": [(0, 0, {"name": "Black"}), (0, 0, {"name": "Gold"})],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Two colours",
                "list_price": 10,
                "attribute_line_ids": [
                    (
                        0,
                        0,
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [(6, 0, attribute.value_ids.ids)],
                        },
                    )
                ],
            }
        )
        black, gold = template.product_variant_ids
        black.default_code = "BL"
        (outcome,) = self.run_import(
            {
                "default_code": "BL",
                "name": "Black one",
                "list_price": 99,
                "cost": 5,
                "supplier_code": "S-BL",
                "supplier_price": 4,
            }
        )
        self.assertEqual(self.codes(outcome), [Code.SEVERAL_VARIANTS] * 2)
        self.assertEqual((template.name, template.list_price), ("Two colours", 10))
        self.assertEqual((black.standard_price, gold.standard_price), (5, 0))
        line = self.vendor_lines(black)
        self.assertEqual((line.product_id, line.price), (black, 4))

    def test_money_is_turned_into_each_fields_own_currency(self):
        product = self.import_one(
            {"currency": self.euro, "rate": self.rate(100)},
            **{**self.rows, "list_price": 20, "cost": 10, "supplier_price": 8},
        )
        self.assertEqual((product.list_price, product.standard_price), (2000, 1000))
        line = self.vendor_lines(product)
        self.assertEqual((line.price, line.currency_id), (8, self.euro))

    def test_a_vendor_line_keeps_its_currency(self):
        product = self.import_one(**self.rows)
        self.import_one(
            {"currency": self.euro, "rate": self.rate(100)},
            default_code="FR-1",
            supplier_price=9,
        )
        line = self.vendor_lines(product)
        self.assertEqual((line.price, line.currency_id), (900, self.env.company.currency_id))

    def test_a_row_names_its_own_currency(self):
        product = self.import_one(**{**self.rows, "currency": "EUR"})
        self.assertEqual(self.vendor_lines(product).currency_id, self.euro)
        (outcome,) = self.compare({**self.rows, "currency": "XXQ"})
        self.assertEqual(self.codes(outcome), [Code.CURRENCY_UNKNOWN])

    def test_a_price_that_the_expression_converted_is_not_converted_again(self):
        product = self.import_one(
            {
                "currency": self.euro,
                "rate": self.rate(100),
                "converted": frozenset({"list_price"}),
            },
            **{**self.rows, "list_price": 2990.9},
        )
        self.assertEqual(product.list_price, 2990.9)
        self.assertEqual(product.standard_price, 81237)

    def test_supplier_columns_without_a_supplier_are_refused(self):
        (outcome,) = self.compare(
            {"name": "A", "default_code": "A", "supplier_price": 1}, partner=None
        )
        self.assertEqual(self.codes(outcome), [Code.SUPPLIER_UNKNOWN])

    def test_another_quantity_is_one_more_step_of_the_suppliers_prices(self):
        product = self.import_one(**self.rows)
        self.vendor_lines(product).copy({"min_qty": 10, "price": 700})
        self.import_one(**{**self.rows, "min_qty": 10, "supplier_price": 690})
        self.import_one(**{**self.rows, "min_qty": 50, "supplier_price": 600})
        self.assertEqual(
            sorted((line.min_qty, line.price) for line in self.vendor_lines(product)),
            [(2, 800.1), (10, 690), (50, 600)],
        )

    def test_a_vendor_price_that_has_ended_is_left_alone(self):
        product = self.import_one(**self.rows)
        old = self.vendor_lines(product)
        old.date_end = fields.Date.today() - timedelta(days=1)
        self.import_one(**{**self.rows, "supplier_price": 850})
        self.assertEqual(old.price, 800.1)
        self.assertEqual((self.vendor_lines(product) - old).price, 850)

    def rate(self, number):
        return self.record(rate=number).values["rate"]
