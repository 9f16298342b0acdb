from odoo import Command
from odoo.tests import tagged

from ..models.import_outcome import Action, Undo
from ..rules.problem import Code
from .frame_import_case import FrameImportCase


@tagged("post_install", "-at_install", "connector")
class TestFrameVariants(FrameImportCase):
    def test_a_model_is_one_product_with_a_variant_a_row(self):
        outcomes = self.run_import(
            self.frame(colour="C01", barcode="4600000000015", supplier_code="VG-1", cost=100),
            self.frame(colour="C02", barcode="4600000000022", supplier_code="VG-2", cost=120),
            self.frame(colour="C02", size="51-17-141", barcode="4600000000039"),
        )
        self.assertEqual([each.action for each in outcomes], [Action.CREATE] * 3)
        frames = self.frames()
        self.assertEqual(len(frames), 3)
        self.assertEqual(len(frames.product_tmpl_id), 1)
        self.assertEqual(
            frames.mapped("barcode"), ["4600000000015", "4600000000022", "4600000000039"]
        )
        self.assertEqual(frames.mapped("standard_price"), [100, 120, 0])
        self.assertEqual(self.value_names(frames[2]), ["C02", "51□17-141"])
        self.assertEqual(
            (frames[2].frame_a, frames[2].frame_dbl, frames[2].frame_temple), (51, 17, 141)
        )
        self.assertEqual(frames[0].optics_kind, "frame")
        self.assertEqual(frames.seller_ids.product_id, frames[:2])

    def test_only_the_variants_of_the_file_are_made(self):
        self.run_import(self.frame(colour="C01"), self.frame(colour="C02", size="52-18-140"))
        self.assertEqual(len(self.frames()), 2)

    def test_numbers_in_cells_of_their_own_are_the_size(self):
        self.run_import(
            self.frame(
                size="54", frame_bridge=16, frame_temple=145, frame_height=38.5, frame_diagonal=57
            )
        )
        frame = self.frames()
        self.assertEqual(frame.frame_size_label, "54□16-145")
        self.assertEqual((frame.frame_b, frame.frame_ed), (38.5, 57))

    def test_a_size_that_no_frame_has_is_refused(self):
        (outcome,) = self.compare(self.frame(size="520-18"))
        self.assertEqual(self.codes(outcome), [Code.NOT_A_FRAME_SIZE])

    def test_each_variant_costs_what_its_row_says(self):
        self.run_import(
            self.frame(colour="C01", list_price=11462),
            self.frame(colour="C02", list_price=15290),
            self.frame(colour="C03", list_price=10384),
        )
        self.assertEqual(self.prices(), {"C01": 11462, "C02": 15290, "C03": 10384})

    def test_a_new_model_without_a_retail_price_is_not_sold_for_one(self):
        (outcome,) = self.run_import(self.frame())
        self.assertEqual(self.codes(outcome), [Code.NO_RETAIL_PRICE])
        self.assertEqual(self.prices(), {"C01": 0})

    def test_a_new_variant_without_a_price_of_its_own_costs_what_its_model_does(self):
        self.run_import(self.frame(list_price=11462))
        outcomes = self.run_import(self.frame(colour="C02"))
        self.assertEqual([self.codes(each) for each in outcomes], [[]])
        self.assertEqual(self.prices(), {"C01": 11462, "C02": 11462})

    def test_the_same_rows_again_change_nothing(self):
        rows = [
            self.frame(
                colour="C01", frame_colour_name="black", list_price=100, cost=50, brand="Vega"
            ),
            self.frame(
                colour="C02", frame_colour_name="gold", list_price=120, cost=60, brand="Vega"
            ),
        ]
        self.run_import(*rows)
        self.assertEqual([each.action for each in self.compare(*rows)], [Action.UNCHANGED] * 2)
        self.assertEqual(len(self.frames()), 2)

    def test_a_changed_price_of_one_colour_leaves_the_others(self):
        rows = [self.frame(colour=f"C0{each}", list_price=100 * each) for each in (1, 2, 3)]
        self.run_import(*rows)
        rows[1]["list_price"] = 250
        outcomes = self.run_import(*rows)
        self.assertEqual(
            [each.action for each in outcomes],
            [Action.UNCHANGED, Action.CHANGE, Action.UNCHANGED],
        )
        self.assertEqual(outcomes[1].shift_percent, 25)
        self.assertEqual(self.prices(), {"C01": 100, "C02": 250, "C03": 300})

    def test_one_price_for_all_is_the_products_own(self):
        rows = [self.frame(colour=f"C0{each}", list_price=100) for each in (1, 2)]
        self.run_import(*rows)
        for row in rows:
            row["list_price"] = 110
        self.run_import(*rows)
        frames = self.frames()
        self.assertEqual(frames.product_tmpl_id.list_price, 110)
        self.assertEqual(
            frames.product_template_attribute_value_ids.mapped("price_extra"), [0, 0, 0]
        )

    def test_prices_that_are_neither_colours_nor_sizes_are_refused_alone(self):
        outcomes = self.run_import(
            self.frame(colour="C01", size="52-18-140", list_price=100),
            self.frame(colour="C01", size="54-16-145", list_price=110),
            self.frame(colour="C02", size="52-18-140", list_price=200),
            self.frame(colour="C02", size="54-16-145", list_price=900),
        )
        self.assertEqual([each.action for each in outcomes], [Action.CREATE] * 3 + [Action.REFUSED])
        self.assertEqual(self.codes(outcomes[3]), [Code.PRICE_NOT_BY_VALUES])
        self.assertEqual(sorted(self.frames().mapped("lst_price")), [100, 110, 200])

    def test_a_new_colour_joins_its_model(self):
        self.run_import(self.frame(colour="C01", list_price=100))
        self.run_import(self.frame(colour="C02", list_price=130))
        frames = self.frames()
        self.assertEqual((len(frames), len(frames.product_tmpl_id)), (2, 1))
        self.assertEqual(self.prices(), {"C01": 100, "C02": 130})

    def test_a_bad_row_of_a_model_does_not_stop_the_others(self):
        self.env["product.product"].create({"name": "Other", "barcode": "4600000000015"})
        outcomes = self.run_import(
            self.frame(colour="C01", barcode="4600000000015"),
            self.frame(colour="C02", barcode="4600000000022"),
        )
        # By its barcode the first row means the other product.
        self.assertEqual(
            outcomes[0].res_id, self.env["product.product"].search([("name", "=", "Other")]).id
        )
        self.assertEqual(self.frames().barcode, "4600000000022")

    def test_the_name_is_what_the_rows_have_in_common(self):
        self.run_import(
            self.frame(colour="C01", name="Frame Vega 1000 black, acetate"),
            self.frame(colour="C02", name="Frame Vega 1000 gold, acetate"),
        )
        self.assertEqual(self.frames().product_tmpl_id.name, "Frame Vega 1000")

    def test_a_row_without_model_and_codes_is_refused(self):
        (outcome,) = self.compare({"frame_colour": "C01", "name": "Frame"})
        self.assertEqual(self.codes(outcome), [Code.KEY_MISSING])

    def test_the_same_colour_twice_is_refused(self):
        outcomes = self.compare(self.frame(list_price=1), self.frame(list_price=2))
        self.assertEqual(self.codes(outcomes[1]), [Code.DUPLICATE_IN_FILE])

    def test_an_article_of_the_whole_model_is_told_apart_by_colour(self):
        rows = [self.frame(colour="C01"), self.frame(colour="C02")]
        self.run_import(*rows)
        template = self.frames().product_tmpl_id
        template.seller_ids = [
            Command.create({"partner_id": self.supplier.id, "product_code": "VG1000", "price": 1})
        ]
        for price, row in enumerate(rows, start=5):
            row.update(supplier_code="VG1000", supplier_price=price)
        outcomes = self.run_import(*rows)
        self.assertEqual([each.res_id for each in outcomes], self.frames().ids)
        self.assertEqual(sorted(template.seller_ids.mapped("price")), [1, 5, 6])
        again = self.compare(*rows)
        self.assertEqual([each.action for each in again], [Action.UNCHANGED] * 2)
        self.assertUndone(outcomes, [Undo.UNDONE] * 2)
        self.assertEqual(template.seller_ids.mapped("price"), [1])

    def test_undo_takes_a_new_model_away(self):
        outcomes = self.run_import(
            self.frame(colour="C01", list_price=100, supplier_code="a"),
            self.frame(colour="C02", list_price=150, supplier_code="b"),
        )
        template = self.frames().product_tmpl_id
        self.assertUndone(outcomes, [Undo.UNDONE] * 2)
        self.assertFalse(template.exists())

    def test_undo_takes_a_joined_colour_away_and_leaves_the_rest(self):
        self.run_import(self.frame(colour="C01", list_price=100, supplier_code="a"))
        template = self.frames().product_tmpl_id
        outcomes = self.run_import(self.frame(colour="C02", list_price=150, supplier_code="b"))
        self.assertUndone(outcomes, [Undo.UNDONE])
        self.assertEqual(self.prices(), {"C01": 100})
        self.assertEqual(template.attribute_line_ids.value_ids.mapped("name"), ["C01", "54□16-145"])

    def test_undo_gives_prices_back_exactly(self):
        rows = [self.frame(colour=f"C0{each}", list_price=100 * each) for each in (1, 2, 3)]
        self.run_import(*rows)
        template = self.frames().product_tmpl_id
        kept = (
            template.list_price,
            template.attribute_line_ids.product_template_value_ids.mapped("price_extra"),
        )
        for row in rows:
            row["list_price"] += 7
        rows[2]["list_price"] = 1000
        outcomes = self.run_import(*rows)
        self.assertEqual(self.prices(), {"C01": 107, "C02": 207, "C03": 1000})
        self.assertUndone(outcomes, [Undo.UNDONE] * 3)
        self.assertEqual(
            (
                template.list_price,
                template.attribute_line_ids.product_template_value_ids.mapped("price_extra"),
            ),
            kept,
        )

    def test_undo_keeps_a_variant_whose_price_somebody_changed(self):
        rows = [self.frame(colour=f"C0{each}", list_price=100) for each in (1, 2)]
        self.run_import(*rows)
        for row in rows:
            row["list_price"] = 120
        outcomes = self.run_import(*rows)
        gold = self.frames()[1].product_template_attribute_value_ids[0]
        gold.price_extra = 5
        answers = self.undo(outcomes)
        self.assertEqual([what for what, _why in answers], [Undo.UNDONE, Undo.KEPT], answers)
        self.assertEqual(self.prices(), {"C01": 100, "C02": 125})

    def test_undo_keeps_a_new_variant_that_is_used(self):
        outcomes = self.run_import(self.frame(colour="C01"), self.frame(colour="C02"))
        self.env["product.packaging"].create(
            {"name": "Box", "product_id": self.frames()[0].id, "qty": 10}
        )
        answers = self.undo(outcomes)
        self.assertEqual([what for what, _why in answers], [Undo.KEPT, Undo.UNDONE], answers)
        self.assertEqual(len(self.frames()), 1)
