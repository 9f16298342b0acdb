from odoo.exceptions import AccessError, ValidationError
from odoo.tests.common import tagged

from .catalogue import CatalogueCase, power


class StockMatrixCase(CatalogueCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls.lens(
            "Kept 1.5",
            ranges=[
                {"sph": (-2, 1), "cyl": (-0.5, 0), "price_uncut": 450},
                {"sph": (-2, 1), "cyl": (-0.5, 0), "diameter": 65},
            ],
        )

    def matrix(self, user=None):
        return self.env["optics.stock.matrix"].with_user(user or self.manager)

    def set_level(self, sph, cyl, low, high, lens=None, diameter=70, shop=None):
        level = {"sph": sph, "cyl": cyl, "min": low, "max": high}
        lens, shop = lens or self.kept, shop or self.shop
        return self.matrix().set_levels(lens.id, shop.id, diameter, None, [level])

    def cell(self, matrix, sph, cyl):
        (cell,) = [each for each in matrix["cells"] if (each["sph"], each["cyl"]) == (sph, cyl)]
        return cell

    def put(self, sph, cyl, quantity, diameter=70):
        product = self.kept._variant_for(power(sph, cyl or None, 90 if cyl else None), diameter)
        self.env["stock.quant"]._update_available_quantity(
            product, self.shop.lot_stock_id, quantity
        )
        return product

    def lines(self, result):
        orders = self.env["purchase.order"].browse([each["id"] for each in result["orders"]])
        return orders.order_line


@tagged("post_install", "-at_install", "optics")
class TestStockMatrix(StockMatrixCase):
    def test_cells_are_what_stock_ranges_offer(self):
        matrix = self.matrix().read_matrix(self.kept.id, self.shop.id, 70)
        self.assertEqual(len(matrix["cells"]), 13 * 3)
        self.assertEqual(matrix["diameters"], [65, 70])
        self.assertEqual((matrix["diameter"], matrix["add"]), (70, None))

    def test_a_power_beyond_the_ranges_is_shown_while_it_is_kept(self):
        self.put(-5, 0, 1)
        matrix = self.matrix().read_matrix(self.kept.id, self.shop.id, 70)
        self.assertEqual(self.cell(matrix, -5, 0)["on_hand"], 1)

    def test_reading_makes_no_products(self):
        self.matrix().read_matrix(self.kept.id, self.shop.id, 70)
        self.assertEqual(self.kept.stock_variant_count, 0)

    def test_additions_are_chosen_one_at_a_time(self):
        lens = self.lens("Bi", type="bifocal", ranges=[{"add": (1, 2), "sph": (0, 1)}])
        matrix = self.matrix().read_matrix(lens.id, self.shop.id)
        self.assertEqual(matrix["adds"], [1, 1.25, 1.5, 1.75, 2])
        self.matrix().set_levels(
            lens.id, self.shop.id, 70, 1.5, [{"sph": 0, "cyl": 0, "min": 1, "max": 2}]
        )
        # Without being told, the addition that is kept.
        self.assertEqual(self.matrix().read_matrix(lens.id, self.shop.id)["add"], 1.5)
        other = self.matrix().read_matrix(lens.id, self.shop.id, 70, 2)
        self.assertEqual(self.cell(other, 0, 0)["max"], 0)

    def test_levels_become_reordering_rules_of_the_shop(self):
        matrix = self.set_level(-1, 0, 2, 6)
        cell = self.cell(matrix, -1, 0)
        self.assertEqual((cell["min"], cell["max"], cell["to_order"]), (2, 6, 6))
        rule = self.env["stock.warehouse.orderpoint"].search(
            [("product_id.product_tmpl_id", "=", self.kept.product_tmpl_id.id)]
        )
        self.assertEqual(rule.warehouse_id, self.shop)
        self.assertEqual((rule.product_min_qty, rule.product_max_qty), (2, 6))
        self.assertEqual(rule.trigger, "manual")
        self.set_level(-1, 0, 1, 3)
        self.assertEqual(rule.product_max_qty, 3)
        self.set_level(-1, 0, 0, 0)
        self.assertFalse(rule.exists())

    def test_levels_survive_the_nightly_cleaning_whoever_entered_them(self):
        self.put(-1, 0, 9)
        level = {"sph": -1, "cyl": 0, "min": 2, "max": 6}
        matrix = self.env["optics.stock.matrix"]
        matrix.set_levels(self.kept.id, self.shop.id, 70, None, [level])
        self.env["stock.warehouse.orderpoint"]._unlink_processed_orderpoints()
        cells = matrix.read_matrix(self.kept.id, self.shop.id, 70)
        self.assertEqual(self.cell(cells, -1, 0)["max"], 6)

    def test_each_shop_and_blank_has_its_own_levels(self):
        self.set_level(-1, 0, 2, 6)
        elsewhere = self.matrix().read_matrix(self.kept.id, self.lab.id, 70)
        self.assertEqual(self.cell(elsewhere, -1, 0)["max"], 0)
        smaller = self.matrix().read_matrix(self.kept.id, self.shop.id, 65)
        self.assertEqual(self.cell(smaller, -1, 0)["max"], 0)

    def test_a_level_that_cannot_be_is_refused_with_its_power(self):
        for low, high in ((6, 2), (-1, 2), (1.5, 2), (1, 5000)):
            with self.subTest((low, high)), self.assertRaises(ValidationError) as refused:
                self.set_level(-1, -0.5, low, high)
            self.assertIn("-1.00 -0.50", str(refused.exception))
            self.assertIn(str(high), str(refused.exception))

    def test_what_lies_there_is_not_short(self):
        self.put(-1, 0, 2)
        matrix = self.set_level(-1, 0, 2, 6)
        self.assertEqual(self.cell(matrix, -1, 0)["to_order"], 0)
        self.assertEqual(matrix["short"], {"powers": 0, "lenses": 0})

    def test_people_see_their_own_shops_only(self):
        choices = self.matrix(self.assistant).read_choices()
        self.assertEqual([each["id"] for each in choices["shops"]], [self.shop.id])
        self.assertFalse(choices["may_order"])
        with self.assertRaises(AccessError):
            self.matrix(self.assistant).read_matrix(self.kept.id, self.other_shop.id)
        everywhere = self.matrix(self.administrator).read_choices()["shops"]
        self.assertIn(self.other_shop.id, [each["id"] for each in everywhere])

    def test_an_assistant_reads_and_a_manager_decides(self):
        self.matrix(self.assistant).read_matrix(self.kept.id, self.shop.id, 70)
        with self.assertRaises(AccessError):
            self.matrix(self.assistant).set_levels(self.kept.id, self.shop.id, 70, None, [])
        with self.assertRaises(AccessError):
            self.matrix(self.assistant).order_short(self.shop.id)
        with self.assertRaises(AccessError):
            self.matrix(self.manager).order_short(self.other_shop.id)


@tagged("post_install", "-at_install", "optics")
class TestStockMatrixOrder(StockMatrixCase):
    def test_one_click_orders_what_is_short_and_nothing_else(self):
        self.put(-1, 0, 1)
        self.put(-2, 0, 5)
        self.set_level(-1, 0, 2, 6)
        self.set_level(-2, 0, 2, 6)
        self.set_level(0, -0.5, 1, 4)
        result = self.matrix().order_short(self.shop.id, self.kept.id)
        (order,) = result["orders"]
        self.assertEqual(
            (order["supplier"], order["powers"], order["lenses"]), ("Lens Works", 2, 9)
        )
        lines = self.lines(result)
        self.assertEqual(
            sorted((each.product_id.optics_sph, each.product_qty) for each in lines),
            [(-1, 5), (0, 4)],
        )
        self.assertEqual(lines.order_id.state, "draft")
        self.assertEqual(lines.order_id.picking_type_id, self.shop.in_type_id)
        self.assertEqual(set(lines.mapped("price_unit")), {450})

    def test_what_is_ordered_is_not_ordered_again(self):
        self.set_level(-1, 0, 2, 6)
        first = self.matrix().order_short(self.shop.id)
        self.assertFalse(self.matrix().order_short(self.shop.id)["orders"])
        matrix = self.matrix().read_matrix(self.kept.id, self.shop.id, 70)
        self.assertEqual(self.cell(matrix, -1, 0)["expected"], 6)
        self.assertEqual(matrix["short"], {"powers": 0, "lenses": 0})
        # Nor once the draft is confirmed and on its way, nor when it has come.
        purchase = self.lines(first).order_id
        purchase.button_confirm()
        self.assertFalse(self.matrix().order_short(self.shop.id)["orders"])
        purchase.picking_ids.move_ids.write({"quantity": 6, "picked": True})
        purchase.picking_ids.button_validate()
        self.assertFalse(self.matrix().order_short(self.shop.id)["orders"])

    def test_a_cancelled_order_is_short_again(self):
        self.set_level(-1, 0, 2, 6)
        first = self.matrix().order_short(self.shop.id)
        self.lines(first).order_id.button_cancel()
        self.assertTrue(self.matrix().order_short(self.shop.id)["orders"])

    def test_what_gets_short_later_is_added_to_the_same_draft(self):
        self.set_level(-1, 0, 2, 6)
        first = self.matrix().order_short(self.shop.id)
        self.set_level(-1, 0, 8, 10)
        self.set_level(-2, 0, 1, 2)
        second = self.matrix().order_short(self.shop.id)
        self.assertEqual(first["orders"][0]["id"], second["orders"][0]["id"])
        self.assertEqual(
            sorted((each.product_id.optics_sph, each.product_qty) for each in self.lines(second)),
            [(-2, 2), (-1, 10)],
        )

    def test_a_draft_made_by_hand_or_for_jobs_is_not_touched(self):
        own = self.env["purchase.order"].create(
            {"partner_id": self.supplier.id, "picking_type_id": self.shop.in_type_id.id}
        )
        self.set_level(-1, 0, 2, 6)
        self.matrix().order_short(self.shop.id)
        self.assertFalse(own.order_line)

    def test_each_supplier_gets_a_draft_and_each_shop_its_own(self):
        other = self.lens(
            "Other", ranges=[{}], supplier_id=self.env["res.partner"].create({"name": "B"}).id
        )
        self.set_level(-1, 0, 2, 6)
        self.set_level(-1, 0, 2, 6, lens=other)
        self.set_level(-1, 0, 2, 6, shop=self.lab)
        here = self.matrix().order_short(self.shop.id)
        self.assertEqual({each["supplier"] for each in here["orders"]}, {"Lens Works", "B"})
        there = self.matrix().order_short(self.lab.id)
        self.assertEqual(len(there["orders"]), 1)
        self.assertNotIn(there["orders"][0]["id"], [each["id"] for each in here["orders"]])

    def test_one_lens_may_be_ordered_alone(self):
        other = self.lens("Other", ranges=[{}])
        self.set_level(-1, 0, 2, 6)
        self.set_level(-1, 0, 2, 6, lens=other)
        result = self.matrix().order_short(self.shop.id, other.id)
        self.assertEqual(self.lines(result).product_id.product_tmpl_id, other.product_tmpl_id)

    def test_a_lens_without_supplier_is_named_and_the_rest_is_ordered(self):
        orphan = self.lens("Orphan", ranges=[{}], supplier_id=False)
        self.set_level(-1, 0, 2, 6)
        self.set_level(-1, 0, 2, 6, lens=orphan)
        result = self.matrix().order_short(self.shop.id)
        self.assertEqual(result["without_supplier"], ["Orphan"])
        self.assertEqual(len(result["orders"]), 1)

    def test_lenses_promised_to_jobs_are_short(self):
        product = self.put(-1, 0, 3)
        self.set_level(-1, 0, 2, 6)
        move = self.env["stock.move"].create(
            {
                "name": "job",
                "product_id": product.id,
                "product_uom_qty": 2,
                "location_id": self.shop.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            }
        )
        move._action_confirm()
        result = self.matrix().order_short(self.shop.id)
        self.assertEqual(self.lines(result).product_qty, 5)
