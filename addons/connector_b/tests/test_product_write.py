from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.product.models.product_product import ProductProduct

from ..models.import_outcome import Action
from ..rules.problem import Code
from .product_import_case import ProductImportCase

DISLIKE = "This shop sells no such thing."


@tagged("post_install", "-at_install", "connector")
class TestProductWrite(ProductImportCase):
    """A bad row is refused by itself; the others go in."""

    def rows(self, count, **more):
        return [
            {"name": f"Frame {number}", "default_code": f"W-{number}", "list_price": 10, **more}
            for number in range(count)
        ]

    def refuse_named(self, name):
        """Odoo, or an addon of the shop, does not like products of this name."""
        create, write = ProductProduct.create, ProductProduct.write

        def refuse(values):
            if values.get("name") == name:
                raise ValidationError(DISLIKE)

        def patched_create(products, vals_list):
            for values in vals_list:
                refuse(values)
            return create(products, vals_list)

        def patched_write(products, values):
            refuse(values)
            return write(products, values)

        self.patch(ProductProduct, "create", patched_create)
        self.patch(ProductProduct, "write", patched_write)

    def test_only_the_bad_one_of_many_new_rows_is_refused(self):
        self.refuse_named("Frame 13")
        outcomes = self.run_import(*self.rows(40))
        refused = [each for each in outcomes if each.action == Action.REFUSED]
        self.assertEqual([each.name for each in refused], ["Frame 13"])
        self.assertEqual(self.codes(refused[0]), [Code.REFUSED_BY_ODOO])
        self.assertEqual(refused[0].problems[0].params["message"], DISLIKE)
        self.assertFalse(refused[0].res_id or refused[0].before or refused[0].after)
        written = self.env["product.product"].search([("default_code", "like", "W-")])
        self.assertEqual(len(written), 39)
        self.assertEqual(
            {each.res_id for each in outcomes if each.action == Action.CREATE}, set(written.ids)
        )

    def test_only_the_bad_one_of_many_changes_is_refused(self):
        self.run_import(*self.rows(20))
        self.refuse_named("Bad")
        rows = self.rows(20, list_price=11)
        rows[7]["name"] = "Bad"
        outcomes = self.run_import(*rows)
        self.assertEqual(
            [each.number for each in outcomes if each.action == Action.REFUSED], [2 + 7]
        )
        prices = {
            product.default_code: product.list_price
            for product in self.env["product.product"].search([("default_code", "like", "W-")])
        }
        self.assertEqual(prices.pop("W-7"), 10)
        self.assertEqual(set(prices.values()), {11})

    def test_an_error_of_the_database_itself_becomes_a_sentence(self):
        self.env.cr.execute(
            "ALTER TABLE product_template ADD CONSTRAINT no_free_goods CHECK (list_price <> 66)"
        )
        rows = self.rows(5)
        rows[2]["list_price"] = 66
        outcomes = self.run_import(*rows)
        self.assertEqual(
            [each.action == Action.REFUSED for each in outcomes], [False, False, True, False, False]
        )
        self.assertIn("no_free_goods", outcomes[2].problems[0].params["message"])

    def test_a_category_made_for_a_refused_row_is_made_again_for_a_good_one(self):
        self.refuse_named("Frame 0")
        outcomes = self.run_import(*self.rows(2, category="Anew / Deeper"))
        self.assertEqual([each.action for each in outcomes], [Action.REFUSED, Action.CREATE])
        product = self.product(outcomes[1])
        self.assertEqual(product.categ_id.complete_name, "Anew / Deeper")
        self.assertTrue(product.categ_id.exists())

    def test_a_category_wanted_only_by_a_refused_row_is_not_left_behind(self):
        self.refuse_named("Frame 0")
        self.run_import(*self.rows(1, category="Nobody wants it"))
        self.assertFalse(self.env["product.category"].search([("name", "=", "Nobody wants it")]))

    @mute_logger("odoo.sql_db")
    def test_a_collision_with_another_worker_goes_up_to_be_repeated(self):
        def collide(_products, _vals_list):
            raise SerializationFailure("could not serialize access")

        with (
            patch.object(ProductProduct, "create", collide),
            self.assertRaises(SerializationFailure),
        ):
            self.run_import(*self.rows(2))

    def test_two_products_that_pass_a_barcode_on_are_refused_together(self):
        self.run_import(
            {"name": "A", "default_code": "W-A", "barcode": "2900000000018"},
            {"name": "B", "default_code": "W-B", "barcode": "2900000000025"},
        )
        self.refuse_named("Bad")
        outcomes = self.run_import(
            {"default_code": "W-A", "barcode": "2900000000025"},
            {"default_code": "W-B", "barcode": "2900000000018", "name": "Bad"},
            *self.rows(3),
            keys=("default_code",),
        )
        self.assertEqual(
            [each.action for each in outcomes],
            [Action.REFUSED] * 2 + [Action.CREATE] * 3,
        )
        products = self.env["product.product"].search(
            [("default_code", "in", ("W-A", "W-B"))], order="default_code"
        )
        self.assertEqual(products.mapped("barcode"), ["2900000000018", "2900000000025"])

    def test_new_products_cost_little_more_than_one_statement_each(self):
        self.run_import(*self.rows(1))
        rows = [
            {
                "name": f"Many {number}",
                "default_code": f"N-{number}",
                "barcode": f"29200000{number:05}",
                "list_price": 5 + number,
                "cost": 3 + number,
                "supplier_code": f"S-{number}",
                "supplier_price": 2 + number,
            }
            for number in range(100)
        ]
        with self.assertQueryCount(220):
            self.run_import(*rows)
