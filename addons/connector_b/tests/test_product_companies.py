from odoo.tests import tagged

from ..models.import_outcome import Action
from ..rules.problem import Code
from .product_import_case import ProductImportCase


@tagged("post_install", "-at_install", "connector")
class TestProductCompanies(ProductImportCase):
    """One company's import leaves what belongs to another alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.env.company
        cls.there = cls.env["res.company"].create({"name": "The other shop"})
        cls.row = {
            "name": "Shared frame",
            "default_code": "SH-1",
            "barcode": "2900000000018",
            "cost": 10,
            "supplier_code": "S-1",
            "supplier_price": 9,
        }

    def over_there(self, **more):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.there.id)], limit=1
        )
        return {"company": self.there, "location": warehouse.lot_stock_id, **more}

    def test_costs_are_each_companys_own(self):
        product = self.import_one(**self.row)
        self.import_one(self.over_there(), **{**self.row, "cost": 20})
        self.assertEqual(product.with_company(self.here).standard_price, 10)
        self.assertEqual(product.with_company(self.there).standard_price, 20)
        for known in ({}, self.over_there()):
            row = {**self.row, "cost": 20 if known else 10}
            (outcome,) = self.compare(row, **known)
            self.assertEqual(outcome.action, Action.UNCHANGED)

    def test_vendor_lines_are_each_companys_own(self):
        product = self.import_one(**self.row)
        self.import_one(self.over_there(), **{**self.row, "supplier_price": 7})
        prices = {
            line.company_id: line.price
            for line in self.vendor_lines(product.with_context(lang=None))
        }
        self.assertEqual(prices, {self.here: 9, self.there: 7})

    def test_a_barcode_of_another_companys_product_is_refused_without_naming_it(self):
        self.env["product.product"].create(
            {"name": "Theirs", "barcode": "2900000000018", "company_id": self.there.id}
        )
        (outcome,) = self.compare(self.row)
        problem = outcome.problems[-1]
        self.assertEqual((outcome.action, problem.code), (Action.REFUSED, Code.BARCODE_ELSEWHERE))
        said = " ".join(self.env["connector.import.problem.text"]._words(**problem.to_json()))
        self.assertIn("another company", said)
        self.assertNotIn("Theirs", said)
        self.assertNotIn("The other shop", said)

    def test_a_barcode_of_another_companys_product_may_be_a_companys_own_products_too(self):
        theirs, ours = self.env["product.product"].create(
            [
                {"name": "Theirs", "barcode": "2900000000018", "company_id": self.there.id},
                {"name": "Ours", "default_code": "SH-1", "company_id": self.here.id},
            ]
        )
        self.assertEqual(self.import_one(**self.row), ours)
        self.assertEqual(ours.barcode, theirs.barcode)

    def test_quantities_are_counted_in_the_imports_company(self):
        product = self.import_one(**{**self.row, "quantity": 3})
        self.import_one(self.over_there(), **{**self.row, "quantity": 8})
        quantities = {
            company: product.with_company(company)
            .with_context(allowed_company_ids=company.ids)
            .qty_available
            for company in (self.here, self.there)
        }
        self.assertEqual(quantities, {self.here: 3, self.there: 8})

    def test_an_undo_gives_back_the_imports_companys_cost_only(self):
        product = self.import_one(**self.row)
        self.import_one(self.over_there(), **{**self.row, "cost": 20})
        outcomes = self.run_import({**self.row, "cost": 30})
        self.undo(outcomes)
        self.assertEqual(product.with_company(self.here).standard_price, 10)
        self.assertEqual(product.with_company(self.there).standard_price, 20)
