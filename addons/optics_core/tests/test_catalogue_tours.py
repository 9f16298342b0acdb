from odoo.tests import tagged

from .catalogue import CatalogueCase, power
from .tours import TourCase


@tagged("post_install", "-at_install", "optics")
class TestCatalogueTours(CatalogueCase, TourCase):
    """The work with lenses, frames and stock, in a browser, by those whose work it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.patient.name = "Очкарикова Вера Львовна"
        cls.prescription = (
            cls.env["optics.prescription"]
            .with_user(cls.optometrist)
            .create(
                {
                    "patient_id": cls.patient.id,
                    "od_sph": -2.0,
                    "od_cyl": -1.0,
                    "od_axis": 20,
                    "os_sph": -1.5,
                    "os_cyl": -0.5,
                    "os_axis": 160,
                    "pd": 63.0,
                }
            )
        )
        cls.prescription.action_sign()
        cls.stock_lens = cls.lens(
            "Stock 1.5", ranges=[{"price_retail": 1500, "price_uncut": 450, "lead_days": 2}]
        )
        cls.made_lens = cls.lens(
            "Made 1.6",
            index=1.6,
            ranges=[
                {
                    "source": "rx",
                    "diameter": 85,
                    "cyl": (-4, 0),
                    "price_retail": 4000,
                    "lead_days": 10,
                }
            ],
        )
        cls._frame("Tour frame", a=52, b=38, dbl=18, ed=55)
        cls._frame("Big frame", a=60, b=50, dbl=20, ed=66)

    @classmethod
    def _frame(cls, name, **measures):
        cls.env["product.template"].create(
            {"name": name, "optics_kind": "frame", "detailed_type": "product"}
        ).product_variant_id.write({f"frame_{key}": value for key, value in measures.items()})

    def test_an_assistant_answers_before_payment_and_orders(self):
        self.tour("fit_action", "optics_assistant_answers", "t-assistant")
        order = self.env["optics.manufacturing.order"].search(
            [("patient_id", "=", self.patient.id)]
        )
        self.assertEqual(order.od_lens_id, self.stock_lens)
        self.assertEqual(order.prescription_id, self.prescription.with_env(self.env))
        self.assertEqual(order.frame_product_id.name, "Tour frame")
        self.assertEqual((order.os_sph, order.os_cyl, order.os_axis), (-1.5, -0.5, 90))
        self.assertEqual(order.shop_id, self.shop)

    def test_a_manager_orders_what_is_short_with_one_click(self):
        variant = self.stock_lens._variant_for(power(-1), 70)
        self.env["stock.quant"]._update_available_quantity(variant, self.shop.lot_stock_id, 3)
        self.tour("stock_matrix_action", "optics_stock_matrix", "t-manager")
        purchase = self.env["purchase.order"].search(
            [("partner_id", "=", self.supplier.id), ("is_optics_stock", "=", True)]
        )
        self.assertEqual(len(purchase), 1)
        self.assertEqual(purchase.state, "draft")
        self.assertEqual(purchase.order_line.mapped("product_qty"), [6, 6, 6])
        self.assertEqual(set(purchase.order_line.mapped("price_unit")), {450})

    def test_a_manager_enters_a_lens_and_sees_its_ranges_drawn(self):
        self.tour("lens_action", "optics_lens_catalogue", "t-manager")
        lens = self.env["optics.lens"].search([("name", "=", "Tour 1.6 AR")])
        self.assertEqual(lens.index, 1.6)
        self.assertEqual((lens.range_ids.sph_min, lens.range_ids.price_retail), (-6, 2690))
