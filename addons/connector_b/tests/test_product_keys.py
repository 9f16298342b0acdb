from odoo.tests import tagged

from ..models.import_outcome import Action
from ..rules.problem import Code
from .product_import_case import ProductImportCase


@tagged("post_install", "-at_install", "connector")
class TestProductKeys(ProductImportCase):
    """Which product a row means."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.frame = cls.env["product.product"].create(
            {
                "name": "Frame",
                "default_code": "FR-1",
                "barcode": "2900000000018",
                "seller_ids": [
                    (0, 0, {"partner_id": cls.supplier.id, "product_code": "S-1", "price": 5})
                ],
            }
        )
        cls.case = cls.env["product.product"].create({"name": "Case", "default_code": "CA-1"})

    def found(self, **values):
        known = values.pop("_known", {})
        (outcome,) = self.compare({"name": "Anew", **values}, **known)
        return outcome

    def test_each_key_finds_its_product(self):
        for key, value in (
            ("barcode", "2900000000018"),
            ("supplier_code", "S-1"),
            ("default_code", "FR-1"),
        ):
            with self.subTest(key):
                outcome = self.found(**{key: value})
                self.assertEqual(outcome.action, Action.CHANGE)
                self.assertEqual(outcome.res_id, self.frame.id)
                self.assertEqual(outcome.key, value)

    def test_a_key_that_nobody_has_makes_a_new_product(self):
        outcome = self.found(default_code="NEW-1")
        self.assertEqual(outcome.action, Action.CREATE)
        self.assertFalse(outcome.res_id)

    def test_the_first_key_that_finds_something_decides(self):
        outcome = self.found(barcode="2900000000995", default_code="FR-1")
        self.assertEqual(outcome.res_id, self.frame.id)
        self.assertEqual(self.changes(outcome)["barcode"], ("2900000000018", "2900000000995"))

    def test_a_barcode_does_not_turn_one_article_into_another(self):
        for key, value, known in (
            ("supplier_code", "ZZ-1", "S-1"),
            ("default_code", "ZZ-1", "FR-1"),
        ):
            with self.subTest(key):
                outcome = self.found(**{"barcode": "2900000000018", key: value})
                self.assertEqual(self.codes(outcome), [Code.BARCODE_OTHER_ARTICLE])
                params = outcome.problems[0].params
                self.assertEqual(params["name"], "[FR-1] Frame")
                self.assertEqual((params["article"], params["known"]), (value, known))
                message, remedy = self.env["connector.import.problem.text"]._words(
                    **outcome.problems[0].to_json()
                )
                self.assertIn("belongs to “[FR-1] Frame”", message)
                self.assertIn("Check the barcode", remedy)

    def test_the_other_article_counts_whichever_key_comes_first(self):
        outcome = self.found(
            supplier_code="ZZ-1",
            barcode="2900000000018",
            _known={"keys": ("supplier_code", "barcode")},
        )
        self.assertEqual(self.codes(outcome), [Code.BARCODE_OTHER_ARTICLE])

    def test_a_barcode_alone_decides_where_the_profile_says_so(self):
        outcome = self.found(
            supplier_code="S-2", barcode="2900000000018", _known={"keys": ("barcode",)}
        )
        self.assertEqual((outcome.action, outcome.res_id), (Action.CHANGE, self.frame.id))

    def test_an_article_that_the_product_lacks_is_added_to_it(self):
        self.case.barcode = "2900000000025"
        product = self.import_one(name="Case", barcode="2900000000025", supplier_code="S-7")
        self.assertEqual(product, self.case)
        self.assertEqual(product.seller_ids.product_code, "S-7")

    def test_a_second_key_that_agrees_lets_the_third_be_corrected(self):
        outcome = self.found(barcode="2900000000018", supplier_code="S-1", default_code="FR-2")
        self.assertEqual((outcome.action, outcome.res_id), (Action.CHANGE, self.frame.id))

    def test_a_barcode_is_the_same_with_and_without_its_leading_zero(self):
        for stored, read in (
            ("0712901000026", "712901000026"),
            ("712901000026", "0712901000026"),
        ):
            with self.subTest(read):
                self.case.barcode = stored
                product = self.import_one(name="Found", barcode=read)
                self.assertEqual(product, self.case)
                self.assertEqual(product.barcode, stored)

    def test_the_very_same_digits_go_before_those_with_a_zero_more(self):
        self.case.barcode = "712901000026"
        self.frame.barcode = "0712901000026"
        self.assertEqual(self.found(barcode="712901000026").res_id, self.case.id)
        self.assertEqual(self.found(barcode="0712901000026").res_id, self.frame.id)

    def test_a_zero_in_front_makes_no_second_barcode(self):
        self.frame.barcode = "0712901000026"
        outcome = self.found(
            default_code="NEW-1", barcode="712901000026", _known={"keys": ("default_code",)}
        )
        self.assertEqual(self.codes(outcome), [Code.NO_RETAIL_PRICE, Code.BARCODE_TAKEN])

    def test_another_suppliers_code_is_not_this_suppliers(self):
        other = self.env["res.partner"].create({"name": "Another supplier"})
        outcome = self.found(supplier_code="S-1", _known={"partner": other})
        self.assertEqual(outcome.action, Action.CREATE)

    def test_an_archived_product_is_found_and_not_made_again(self):
        self.frame.action_archive()
        self.assertEqual(self.found(barcode="2900000000018").res_id, self.frame.id)

    def test_a_live_product_goes_before_an_archived_one_of_the_same_code(self):
        self.env["product.product"].create(
            {"name": "Old frame", "default_code": "FR-1"}
        ).action_archive()
        self.assertEqual(self.found(default_code="FR-1").res_id, self.frame.id)

    def test_a_code_of_two_products_is_refused_with_both_names(self):
        self.env["product.product"].create({"name": "Twin", "default_code": "FR-1"})
        outcome = self.found(default_code="FR-1")
        self.assertEqual(self.codes(outcome), [Code.KEY_AMBIGUOUS])
        self.assertIn("Frame", outcome.problems[0].params["names"])
        self.assertIn("Twin", outcome.problems[0].params["names"])

    def test_two_keys_of_two_products_are_refused_with_both_names(self):
        outcome = self.found(supplier_code="S-1", default_code="CA-1")
        self.assertEqual(self.codes(outcome), [Code.KEYS_DISAGREE])
        params = outcome.problems[0].params
        self.assertEqual(params["first_name"], "[FR-1] Frame")
        self.assertEqual(params["second_name"], "[CA-1] Case")

    def test_two_rows_of_one_product_by_different_keys_are_refused(self):
        first, second = self.compare(
            {"name": "One", "barcode": "2900000000018"}, {"name": "Two", "supplier_code": "S-1"}
        )
        self.assertEqual(first.action, Action.CHANGE)
        self.assertEqual(self.codes(second), [Code.DUPLICATE_IN_FILE])
        self.assertEqual(second.problems[0].params["first_row"], 2)

    def test_a_refused_row_does_not_stand_in_the_way_of_a_good_one(self):
        bad, good = self.compare(
            {"barcode": "2900000000018", "uom": "furlong"}, {"name": "Two", "supplier_code": "S-1"}
        )
        self.assertEqual((bad.action, good.action), (Action.REFUSED, Action.CHANGE))

    def test_a_row_without_a_key_is_refused(self):
        self.assertEqual(self.codes(self.found()), [Code.KEY_MISSING])

    def test_a_new_product_without_a_name_is_refused(self):
        (outcome,) = self.compare({"default_code": "NEW-1"})
        self.assertEqual(self.codes(outcome), [Code.NAME_MISSING])

    def test_an_unknown_product_is_refused_where_none_are_created(self):
        outcome = self.found(default_code="NEW-1", _known={"create_missing": False})
        self.assertEqual(self.codes(outcome), [Code.NOT_FOUND])

    def test_a_barcode_of_another_product_is_refused_naming_it(self):
        outcome = self.found(
            default_code="CA-1", barcode="2900000000018", _known={"keys": ("default_code",)}
        )
        self.assertEqual(self.codes(outcome), [Code.BARCODE_TAKEN])
        self.assertEqual(outcome.problems[0].params["name"], "[FR-1] Frame")

    def test_a_barcode_of_a_box_is_refused_naming_its_product(self):
        self.env["product.packaging"].create(
            {"name": "Box", "product_id": self.case.id, "barcode": "2900000000094"}
        )
        outcome = self.found(default_code="FR-1", barcode="2900000000094")
        self.assertEqual(self.codes(outcome), [Code.BARCODE_OF_PACKAGING])
        self.assertEqual(outcome.problems[0].params["name"], "[CA-1] Case")

    def test_a_product_of_another_company_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Another company"})
        self.frame.product_tmpl_id.company_id = other
        outcome = self.found(default_code="FR-1")
        self.assertEqual(outcome.action, Action.CREATE)

    def test_two_rows_may_swap_their_barcodes(self):
        self.case.barcode = "2900000000025"
        outcomes = self.run_import(
            {"default_code": "FR-1", "barcode": "2900000000025"},
            {"default_code": "CA-1", "barcode": "2900000000018"},
            keys=("default_code",),
        )
        self.assertEqual([each.action for each in outcomes], [Action.CHANGE] * 2)
        self.assertEqual(outcomes[0].together, outcomes[1].together)
        self.assertEqual(self.frame.barcode, "2900000000025")
        self.assertEqual(self.case.barcode, "2900000000018")

    def test_a_new_product_takes_the_barcode_that_another_row_gives_up(self):
        outcomes = self.run_import(
            {"default_code": "NEW-1", "name": "New", "barcode": "2900000000018"},
            {"default_code": "FR-1", "barcode": "2900000000032"},
            keys=("default_code",),
        )
        self.assertEqual([each.action for each in outcomes], [Action.CREATE, Action.CHANGE])
        self.assertEqual(self.product(outcomes[0]).barcode, "2900000000018")

    def test_a_barcode_given_up_by_an_earlier_batch_of_the_file_is_free(self):
        self.compare({"default_code": "FR-1", "barcode": "2900000000032"}, keys=("default_code",))
        ctx = self.last_context
        row = self.record(9, default_code="CA-1", barcode="2900000000018")
        (outcome,) = self.target.with_env(ctx.env)._compare(ctx, [row])
        self.assertEqual((outcome.action, outcome.res_id), (Action.CHANGE, self.case.id))

    def test_a_barcode_is_not_passed_on_by_a_row_that_is_refused(self):
        taken = self.env["product.product"].create(
            {"name": "Taken", "default_code": "TA-1", "barcode": "2900000000049"}
        )
        outcomes = self.compare(
            {"default_code": "CA-1", "barcode": "2900000000018"},
            {"default_code": "FR-1", "barcode": "2900000000049"},
            keys=("default_code",),
        )
        self.assertEqual([self.codes(each) for each in outcomes], [[Code.BARCODE_TAKEN]] * 2)
        self.assertEqual(outcomes[1].problems[0].params["name"], f"[TA-1] {taken.name}")

    def test_one_statement_finds_the_products_of_all_rows(self):
        rows = [
            self.record(number, name="Many", default_code=f"M-{number}") for number in range(2, 402)
        ]
        self.compare(*rows[:2])
        with self.assertQueryCount(3):
            self.compare(*rows)
