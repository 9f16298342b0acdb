from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models.import_outcome import Action, Undo
from .product_import_case import ProductImportCase


@tagged("post_install", "-at_install", "connector")
class TestProductUndo(ProductImportCase):
    """Back out again, as long as nobody touched it since."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = {
            "name": "Frame",
            "default_code": "FR-1",
            "barcode": "2900000000018",
            "list_price": 1990.9,
            "cost": 812.37,
            "category": "Frames of import",
            "supplier_code": "S-1",
            "supplier_price": 800.1,
        }
        cls.pricelist = cls.env["product.pricelist"].create({"name": "Retail of import"})

    def assert_undone(self, answers):
        self.assertEqual([what for what, _reason in answers], [Undo.UNDONE] * len(answers))

    def assert_kept(self, answers, *words):
        ((what, reason),) = answers
        self.assertEqual(what, Undo.KEPT)
        for word in words:
            self.assertIn(word, reason)

    def edit_later(self, record, values):
        """An hour after the import, as far as the record knows."""
        record.write(values)
        record.flush_recordset()
        self.env.cr.execute(
            f'UPDATE "{record._table}" SET write_date = write_date + %s WHERE id = %s',
            [timedelta(hours=1), record.id],
        )
        record.invalidate_recordset()

    def test_a_new_product_is_deleted_with_all_that_hangs_on_it(self):
        outcomes = self.run_import(self.row, pricelist=self.pricelist)
        template = self.product(outcomes[0]).product_tmpl_id
        self.assert_undone(self.undo(outcomes))
        self.assertFalse(self.product(outcomes[0]).exists() or template.exists())
        self.assertFalse(self.pricelist.item_ids)
        self.assertFalse(
            self.env["product.supplierinfo"].search([("partner_id", "=", self.supplier.id)])
        )

    def test_many_new_products_are_deleted_together(self):
        outcomes = self.run_import(
            *[{"name": f"N{number}", "default_code": f"N{number}"} for number in range(30)]
        )
        self.assert_undone(self.undo(outcomes))
        self.assertFalse(
            self.env["product.product"].browse([each.res_id for each in outcomes]).exists()
        )

    def test_a_new_product_that_somebody_edited_is_kept(self):
        outcomes = self.run_import(self.row)
        self.edit_later(self.product(outcomes[0]).product_tmpl_id, {"sale_ok": False})
        self.assert_kept(self.undo(outcomes), self.env.user.name)
        self.assertTrue(self.product(outcomes[0]).exists())

    def test_a_new_product_whose_price_was_changed_is_kept_and_the_price_is_named(self):
        outcomes = self.run_import(self.row)
        self.product(outcomes[0]).list_price = 2000
        self.assert_kept(self.undo(outcomes), "Sales Price", "2000")

    def test_a_new_product_in_a_document_is_kept_and_the_document_is_named(self):
        outcomes = self.run_import(self.row)
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.supplier.id,
                "order_line": [(0, 0, {"product_id": outcomes[0].res_id, "product_qty": 1})],
            }
        )
        self.assert_kept(self.undo(outcomes), order.name)

    def test_a_new_product_that_got_variants_is_kept(self):
        outcomes = self.run_import(self.row)
        template = self.product(outcomes[0]).product_tmpl_id
        attribute = self.env["product.attribute"].create(
            {
                "name": "Undo colour",
                "value_ids": [(0, 0, {"name": "Black"}), (0, 0, {"name": "Gold"})],
            }
        )
        line = self.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": template.id,
                "attribute_id": attribute.id,
                "value_ids": [(6, 0, attribute.value_ids[0].ids)],
            }
        )
        line.value_ids = attribute.value_ids
        self.assertEqual(len(template.product_variant_ids), 2)
        self.assert_kept(self.undo(outcomes), "variants")
        self.assertTrue(template.exists())

    def test_one_that_is_kept_does_not_hold_the_others(self):
        outcomes = self.run_import(
            self.row, {"name": "B", "default_code": "B"}, {"name": "C", "default_code": "C"}
        )
        self.product(outcomes[1]).name = "Renamed"
        answers = self.undo(outcomes)
        self.assertEqual([what for what, _reason in answers], [Undo.UNDONE, Undo.KEPT, Undo.UNDONE])

    def test_a_new_product_whose_vendor_line_was_changed_is_kept(self):
        outcomes = self.run_import(self.row)
        self.vendor_lines(self.product(outcomes[0])).price = 790
        self.assert_kept(self.undo(outcomes), "Price", "790")

    def test_a_new_product_that_was_deleted_meanwhile_is_no_obstacle(self):
        outcomes = self.run_import(self.row)
        self.product(outcomes[0]).unlink()
        self.assert_undone(self.undo(outcomes))

    def test_a_new_product_that_was_counted_is_emptied_and_archived(self):
        outcomes = self.run_import({**self.row, "quantity": 5})
        product = self.product(outcomes[0])
        self.assert_undone(self.undo(outcomes))
        self.assertFalse(product.active)
        self.assertEqual(product.qty_available, 0)

    def test_a_changed_product_gets_everything_back(self):
        product = self.import_one(**self.row, brand="Old brand", quantity=3)
        before = product.read(
            ["name", "barcode", "list_price", "standard_price", "categ_id", "optics_brand_id"]
        )
        line_before = self.vendor_lines(product).read(["product_code", "price", "delay"])
        outcomes = self.run_import(
            {
                **self.row,
                "name": "Renamed",
                "barcode": "2900000000025",
                "list_price": 1,
                "cost": 2,
                "category": "Other",
                "brand": "New brand",
                "supplier_price": 3,
                "delay": 40,
                "quantity": 9,
            },
            keys=("default_code",),
        )
        self.assertEqual(outcomes[0].action, Action.CHANGE)
        self.assert_undone(self.undo(outcomes))
        self.env.invalidate_all()
        self.assertEqual(
            product.read(
                ["name", "barcode", "list_price", "standard_price", "categ_id", "optics_brand_id"]
            ),
            before,
        )
        self.assertEqual(
            self.vendor_lines(product).read(["product_code", "price", "delay"]), line_before
        )
        self.assertEqual(product.qty_available, 3)

    def test_a_changed_product_keeps_what_somebody_changed_since(self):
        product = self.import_one(**self.row)
        outcomes = self.run_import({**self.row, "list_price": 2490.9, "name": "Renamed"})
        product.list_price = 2600
        self.assert_kept(self.undo(outcomes), "Sales Price", "2600", self.env.user.name)
        self.assertEqual((product.name, product.list_price), ("Renamed", 2600))

    def test_an_edit_of_what_the_import_did_not_write_is_no_obstacle(self):
        product = self.import_one(**self.row)
        outcomes = self.run_import({**self.row, "list_price": 2490.9})
        self.edit_later(product.product_tmpl_id, {"sale_ok": False})
        self.assert_undone(self.undo(outcomes))
        self.assertEqual((product.list_price, product.sale_ok), (1990.9, False))

    def test_a_line_and_a_price_that_the_import_made_are_taken_away(self):
        product = self.env["product.product"].create({"name": "Old", "default_code": "FR-1"})
        outcomes = self.run_import(
            {"default_code": "FR-1", "supplier_price": 5, "list_price": 7},
            pricelist=self.pricelist,
        )
        self.assertTrue(self.vendor_lines(product) and self.pricelist.item_ids)
        self.assert_undone(self.undo(outcomes))
        self.assertFalse(self.vendor_lines(product) or self.pricelist.item_ids)

    def test_a_price_of_the_pricelist_goes_back(self):
        self.import_one({"pricelist": self.pricelist}, **self.row)
        outcomes = self.run_import({**self.row, "list_price": 5}, pricelist=self.pricelist)
        self.assert_undone(self.undo(outcomes, pricelist=self.pricelist))
        self.assertEqual(self.pricelist.item_ids.fixed_price, 1990.9)

    def test_a_quantity_that_has_moved_since_is_kept(self):
        product = self.import_one(**self.row, quantity=3)
        outcomes = self.run_import({"default_code": "FR-1", "quantity": 9})
        self.import_one(default_code="FR-1", quantity=8)
        self.assert_kept(self.undo(outcomes), "8")
        self.assertEqual(product.qty_available, 8)

    def test_a_cost_of_goods_in_stock_goes_back_with_their_value(self):
        product = self.import_one(**self.row, quantity=10)
        product.categ_id.property_cost_method = "average"
        outcomes = self.run_import({**self.row, "cost": 900})
        self.assertEqual(product.value_svl, 9000)
        self.assert_undone(self.undo(outcomes))
        self.assertEqual(product.value_svl, 8123.7)

    def test_a_product_that_was_switched_off_is_switched_on(self):
        product = self.import_one(**self.row)
        outcomes = self.run_import({"default_code": "FR-1", "active": False})
        self.assertFalse(product.active)
        self.assert_undone(self.undo(outcomes))
        self.assertTrue(product.active and product.product_tmpl_id.active)

    def test_barcodes_that_were_swapped_are_swapped_back(self):
        first = self.import_one(name="A", default_code="A", barcode="2900000000018")
        second = self.import_one(name="B", default_code="B", barcode="2900000000025")
        outcomes = self.run_import(
            {"default_code": "A", "barcode": "2900000000025"},
            {"default_code": "B", "barcode": "2900000000018"},
            keys=("default_code",),
        )
        self.assert_undone(self.undo(outcomes))
        self.assertEqual((first.barcode, second.barcode), ("2900000000018", "2900000000025"))


@tagged("post_install", "-at_install", "connector")
class TestProductMissing(ProductImportCase):
    """What the supplier no longer lists."""

    def missing(self, seen):
        ctx = self.context()
        return self.target.with_env(ctx.env)._missing(ctx, seen)

    def test_products_of_this_supplier_that_the_file_does_not_have_are_missing(self):
        products = [
            self.product(outcome)
            for outcome in self.run_import(
                *[
                    {"name": code, "default_code": code, "supplier_code": code}
                    for code in ("A", "B", "C")
                ]
            )
        ]
        self.import_one(name="Not theirs", default_code="D")
        self.assertEqual(self.missing([products[0].id]).ids, [each.id for each in products[1:]])

    def test_an_ended_price_or_an_archived_product_is_not_missing(self):
        ended = self.import_one(name="A", default_code="A", supplier_code="A")
        self.vendor_lines(ended).date_end = fields.Date.today() - timedelta(days=1)
        self.import_one(name="B", default_code="B", supplier_code="B").action_archive()
        self.assertFalse(self.missing([]))

    def test_switching_off_archives_the_chosen_ones(self):
        product = self.import_one(name="A", default_code="A", supplier_code="A")
        ctx = self.context()
        off = self.target._switch_off(ctx, product.with_env(ctx.env))
        self.assertEqual(off, product)
        self.assertFalse(product.active)
