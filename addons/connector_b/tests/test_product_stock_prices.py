from odoo.tests import tagged

from ..models.import_outcome import Action
from ..rules.problem import Code
from .product_import_case import ProductImportCase


@tagged("post_install", "-at_install", "connector")
class TestProductStock(ProductImportCase):
    """Quantities by place."""

    def on_hand(self, product, location=None):
        return product.with_context(location=(location or self.store).id).qty_available

    def test_a_new_product_lies_where_the_profile_says(self):
        product = self.import_one(name="A", default_code="A", quantity=7)
        self.assertEqual(product.detailed_type, "product")
        self.assertEqual(self.on_hand(product), 7)

    def test_a_quantity_is_what_lies_there_not_what_is_added(self):
        product = self.import_one(name="A", default_code="A", quantity=7)
        self.import_one(default_code="A", quantity=4)
        self.assertEqual(self.on_hand(product), 4)
        (outcome,) = self.compare({"default_code": "A", "quantity": 4})
        self.assertEqual(outcome.action, Action.UNCHANGED)
        self.import_one(default_code="A", quantity=0)
        self.assertEqual(self.on_hand(product), 0)

    def test_a_row_names_its_own_place(self):
        shelf = self.env["stock.location"].create(
            {"name": "Shelf of import", "location_id": self.store.id, "barcode": "SHELF-1"}
        )
        product = self.import_one(name="A", default_code="A", quantity=7, location="shelf-1")
        self.assertEqual(self.on_hand(product, shelf), 7)
        (outcome,) = self.compare({"default_code": "A", "quantity": 1, "location": "Nowhere"})
        self.assertEqual(self.codes(outcome), [Code.LOCATION_UNKNOWN])

    def test_a_quantity_without_a_place_is_refused(self):
        (outcome,) = self.compare({"name": "A", "default_code": "A", "quantity": 1}, location=None)
        self.assertEqual(self.codes(outcome), [Code.LOCATION_MISSING])

    def test_what_has_no_quantity_is_refused(self):
        for values, code in (
            ({"detailed_type": "service"}, Code.QUANTITY_OF_SERVICE),
            ({"detailed_type": "consu"}, Code.QUANTITY_OF_CONSUMABLE),
            ({"detailed_type": "product", "tracking": "lot"}, Code.QUANTITY_TRACKED),
            ({"detailed_type": "product", "tracking": "serial"}, Code.QUANTITY_TRACKED),
        ):
            with self.subTest(**values):
                self.env["product.product"].create({"name": "P", "default_code": "P", **values})
                (outcome,) = self.compare({"default_code": "P", "quantity": 3})
                self.assertEqual(self.codes(outcome), [code])
                self.env["product.product"].search([("default_code", "=", "P")]).unlink()

    def test_an_operator_without_rights_to_stock_counts_through_the_import(self):
        operator = self.env["res.users"].create(
            {
                "name": "Operator",
                "login": "stock-less",
                "groups_id": [(6, 0, [self.env.ref("connector_b.group_import_operator").id])],
            }
        )
        self.env = self.env(user=operator)
        product = self.import_one(name="A", default_code="A", quantity=7)
        self.assertEqual(self.on_hand(product.sudo()), 7)


@tagged("post_install", "-at_install", "connector")
class TestProductPricelist(ProductImportCase):
    """Retail prices that go to a pricelist."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pricelist = cls.env["product.pricelist"].create({"name": "Retail of import"})
        cls.row = {"name": "A", "default_code": "A", "list_price": 1990.9}

    def into_pricelist(self, **values):
        return self.import_one({"pricelist": self.pricelist}, **{**self.row, **values})

    def items(self):
        return self.pricelist.item_ids.mapped("fixed_price")

    def test_a_new_product_has_its_price_in_both(self):
        product = self.into_pricelist()
        self.assertEqual(self.items(), [1990.9])
        self.assertEqual(product.list_price, 1990.9)

    def test_a_known_product_gets_it_in_the_pricelist_alone(self):
        product = self.import_one(**{**self.row, "list_price": 5})
        self.into_pricelist()
        self.assertEqual(self.items(), [1990.9])
        self.assertEqual(product.list_price, 5)
        self.assertEqual(self.pricelist._get_product_price(product, 1), 1990.9)

    def test_a_price_is_written_and_never_doubled(self):
        self.into_pricelist()
        self.into_pricelist(list_price=2490.9)
        self.assertEqual(self.items(), [2490.9])

    def test_the_same_price_again_is_left_alone(self):
        self.into_pricelist()
        (outcome,) = self.compare(self.row, pricelist=self.pricelist)
        self.assertEqual(outcome.action, Action.UNCHANGED)

    def test_other_rules_of_the_pricelist_are_left_alone(self):
        product = self.into_pricelist()
        items = self.pricelist.item_ids
        bulk = items.copy({"min_quantity": 10, "fixed_price": 1500})
        percent = items.create(
            {
                "pricelist_id": self.pricelist.id,
                "applied_on": "1_product",
                "product_tmpl_id": product.product_tmpl_id.id,
                "compute_price": "percentage",
                "percent_price": 5,
                "min_quantity": 20,
            }
        )
        self.into_pricelist(list_price=2490.9)
        self.assertEqual((bulk.fixed_price, percent.percent_price), (1500, 5))
        self.assertEqual(items.fixed_price, 2490.9)

    def test_a_pricelist_keeps_its_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.pricelist.currency_id = euro
        product = self.import_one(
            {"pricelist": self.pricelist, "currency": euro, "rate": self.record(n=100).values["n"]},
            **{**self.row, "list_price": 20},
        )
        self.assertEqual(self.items(), [20])
        self.assertEqual(product.list_price, 2000)
