from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .connector_case import ConnectorCase, barcode, goods


@tagged("post_install", "-at_install", "connector")
class TestImportTours(ConnectorCase, HttpCase):
    """The work with price lists, in a browser, by those whose work it is."""

    # With a comma: the `x` of Odoo's own default is no size to a present-day Chromium, which
    # then opens a window of 780 × 437.
    browser_size = "1366,768"

    def setUp(self):
        super().setUp()
        # No queue runs beside the tests: what a button puts there is done at once.
        self.startPatcher(
            patch(
                "odoo.addons.queue_job.delay.must_run_without_delay",
                autospec=True,
                return_value=True,
            )
        )

    def tour(self, name, login, address="/web#action=connector_b.action_import_job"):
        self.env.flush_all()
        self.start_tour(address, name, login=login, timeout=120)
        self.env.invalidate_all()

    def tour_of(self, job, name, login):
        self.tour(name, login, f"/web#id={job.id}&model=connector.import.job&view_type=form")

    def known_frame(self):
        """A-00001 as the shop has it before the file comes."""
        return self.env["product.product"].create(
            {
                "name": "Frame 00001",
                "barcode": barcode(1),
                "list_price": 1000.0,
                "seller_ids": [
                    (
                        0,
                        0,
                        {
                            "partner_id": self.supplier.id,
                            "product_code": "A-00001",
                            "price": 500.0,
                        },
                    )
                ],
            }
        )

    def test_a_clerk_goes_from_a_file_to_products_and_back(self):
        known = self.known_frame()
        self.tour("connector_b_upload_to_undo", "c-operator")
        job = self.env["connector.import.job"].search([("file_name", "=", "optica.csv")])
        self.assertEqual((job.state, job.count_undone), ("undone", 3))
        self.assertEqual(job.partner_id, self.supplier)
        self.assertFalse(self.product(2).exists())
        self.assertFalse(self.product(4).exists())
        self.assertEqual(known.list_price, 1000.0)
        profile = job.profile_id
        self.assertTrue(profile.active)
        price = profile.column_ids.filtered(lambda column: column.target == "list_price")
        self.assertEqual(price.expression, "round_to(supplier_price * 1.6, 0.90)")

    def test_a_wrong_file_is_refused_in_a_sentence(self):
        self.tour(
            "connector_b_wrong_file",
            "c-operator",
            "/web#action=connector_b.action_import_upload",
        )
        self.assertFalse(self.env["connector.import.job"].search([("file_name", "=", "price.csv")]))

    def test_an_operator_waits_while_a_till_blocks(self):
        job = self.checked(goods(1))
        with self.till_blocks(job):
            self.tour_of(job, "connector_b_blocked_operator", "c-operator")
        self.assertEqual(job.state, "draft")

    def test_a_manager_goes_past_a_block_with_a_reason(self):
        job = self.checked(goods(1))
        with self.till_blocks(job):
            self.tour_of(job, "connector_b_blocked_manager", "c-manager")
        self.assertEqual(job.state, "done")
        self.assertEqual(job.blocked_override_reason, "The till is broken")
        self.assertTrue(self.product(1))

    def till_blocks(self, job):
        return patch.object(
            type(job),
            "_import_blockers",
            autospec=True,
            side_effect=lambda each: [("Till 1", "3 receipts")],
        )
