from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .orders import OrderCase


@tagged("post_install", "-at_install", "optics")
class TestSupplierOrders(OrderCase):
    def wizard(self, jobs, user=None):
        return (
            self.env["optics.lens.purchase"]
            .with_user(user or self.assistant)
            .with_context(active_ids=jobs.ids)
            .create({})
        )

    def order_lenses(self, jobs):
        """The drafts that the button makes for these jobs."""
        self.wizard(jobs).action_order()
        return jobs.sudo().purchase_line_ids.order_id

    def receive(self, purchase):
        for move in purchase.picking_ids.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        purchase.picking_ids.button_validate()

    def test_one_draft_for_each_supplier(self):
        other = self.env["res.partner"].create({"name": "Other Works"})
        other_lens = self._lens("Other", "single", sph=(-6, 4), cyl=(-2, 0))
        other_lens.supplier_id = other
        first = self.job("confirmed")
        second = self.job(
            "confirmed", os_lens_id=other_lens.id, os_range_id=other_lens.range_ids.id
        )
        purchases = self.order_lenses(first | second)
        self.assertEqual(purchases.partner_id, self.supplier | other)
        self.assertEqual(len(purchases), 2)
        ours = purchases.filtered(lambda each: each.partner_id == self.supplier)
        self.assertEqual(
            [(line.optics_order_id, line.optics_eye) for line in ours.order_line],
            [(first, "od"), (first, "os"), (second, "od")],
        )
        self.assertEqual(set(purchases.mapped("state")), {"draft"})

    def test_a_line_says_the_power_in_the_sign_of_the_supplier(self):
        job = self.job("confirmed", od_prism_h=1.5, od_base_h="in")
        line = self.order_lenses(job).order_line.filtered(lambda each: each.optics_eye == "od")
        self.assertIn("-3.00 +1.00 × 110", line.name)
        self.assertIn("1.50", line.name)
        self.assertIn("Ø70", line.name)
        self.assertIn(job.name, line.name)
        self.assertNotIn("Иванова", line.name)
        self.assertEqual(line.price_unit, 700)
        self.supplier.optics_cylinder_sign = "minus"
        self.assertEqual(job._power_for_supplier("od", self.supplier), "-2.00 -1.00 × 020")

    def test_a_lens_is_not_ordered_twice(self):
        job = self.job("confirmed")
        purchase = self.order_lenses(job)
        wizard = self.wizard(job)
        self.assertFalse(wizard.line_ids)
        self.assertIn(job.name, wizard.skipped)
        line = purchase.order_line[0]
        with self.assertRaisesRegex(UserError, purchase.name):
            purchase.order_line.create(
                {
                    "order_id": purchase.id,
                    "product_id": line.product_id.id,
                    "optics_order_id": job.id,
                    "optics_eye": line.optics_eye,
                }
            )

    def test_the_window_left_open_while_a_colleague_ordered_makes_no_second_order(self):
        job = self.job("confirmed")
        stale = self.wizard(job)
        self.order_lenses(job)
        with self.assertRaises(UserError):
            stale.action_order()

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_two_people_from_ordering_at_once(self):
        purchase = self.order_lenses(self.job("confirmed"))
        self.env.flush_all()
        right, left = purchase.order_line
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE purchase_order_line SET optics_eye = 'od' WHERE id = %s", [left.id]
            )

    def test_a_copied_purchase_is_for_no_job(self):
        purchase = self.order_lenses(self.job("confirmed"))
        self.assertFalse(purchase.copy().order_line.optics_order_id)

    def test_a_confirmed_purchase_makes_the_job_wait(self):
        job = self.job("confirmed")
        purchase = self.order_lenses(job)
        self.assertEqual((job.state, job.lens_supply), ("confirmed", "ordered"))
        purchase.button_confirm()
        self.assertEqual(job.state, "waiting_lens")
        self.assertEqual(purchase.picking_type_id, self.lab.in_type_id)

    def test_the_receipt_moves_the_job_on(self):
        job = self.job("confirmed")
        purchase = self.order_lenses(job)
        purchase.button_confirm()
        self.receive(purchase)
        self.assertEqual((job.state, job.lens_supply), ("confirmed", "arrived"))

    def test_a_job_waits_for_the_later_of_its_lenses(self):
        job = self.job("confirmed")
        purchase = self.order_lenses(job)
        purchase.button_confirm()
        picking = purchase.picking_ids
        first, second = picking.move_ids
        first.write({"quantity": 1, "picked": True})
        picking._action_done()
        self.assertEqual((job.state, job.lens_supply), ("waiting_lens", "ordered"))
        self.receive(purchase)
        self.assertEqual(job.state, "confirmed")

    def test_with_incoming_checks_the_check_moves_the_job_on(self):
        job = self.job("confirmed")
        self.env.company.optics_require_incoming_check = True
        purchase = self.order_lenses(job)
        purchase.button_confirm()
        self.receive(purchase)
        self.assertEqual(job.state, "waiting_lens")
        self.measure(job, kind="incoming")
        self.assertEqual(job.state, "confirmed")

    def test_a_cancelled_purchase_is_ordered_anew(self):
        job = self.job("confirmed")
        purchase = self.order_lenses(job)
        purchase.button_confirm()
        purchase.button_cancel()
        self.assertEqual(job.lens_supply, "to_order")
        again = self.order_lenses(job) - purchase
        self.assertEqual(len(again), 1)

    def test_a_returned_lens_is_ordered_anew_and_the_supplier_order_says_why(self):
        job = self.job("confirmed")
        purchase = self.order_lenses(job)
        purchase.button_confirm()
        wizard = (
            self.env["optics.transition.reason"]
            .with_user(self.master)
            .create(
                {
                    "order_ids": [Command.set(job.ids)],
                    "action": "return_lens",
                    "eyes": "od",
                    "reason": "A scratch on the coating",
                }
            )
        )
        wizard.action_apply()
        self.assertEqual(job.state, "returned_supplier")
        self.assertEqual(job._eyes_to_order(), ["od"])
        self.assertIn("A scratch on the coating", str(purchase.message_ids[0].body))
        again = self.order_lenses(job) - purchase
        again.button_confirm()
        self.assertEqual(job.state, "waiting_lens")

    def test_a_lens_broken_on_the_bench_is_ordered_anew(self):
        job = self.job("confirmed")
        purchase = self.order_lenses(job)
        purchase.button_confirm()
        self.receive(purchase)
        self.perform(job, "start", "master")
        self.perform(
            job.with_context(optics_returned_eyes=("os",)), "wait_lens", "master", "Chipped"
        )
        self.assertEqual(job._eyes_to_order(), ["os"])

    def test_an_order_that_was_sent_keeps_the_job_from_becoming_a_draft(self):
        job = self.job("confirmed")
        purchase = self.order_lenses(job)
        purchase.button_confirm()
        self.perform(job, "hold", "assistant", "Wait")
        self.perform(job, "resume", "assistant")
        with self.assertRaises(UserError):
            self.perform(job, "reopen", "assistant", "Wrong frame")

    def test_drafts_to_suppliers_go_with_a_cancelled_job(self):
        job = self.job("confirmed")
        purchase = self.order_lenses(job)
        self.perform(job, "cancel", "assistant", "The customer changed their mind")
        self.assertFalse(purchase.exists())

    def test_the_print_for_the_supplier_shows_the_powers(self):
        purchase = self.order_lenses(self.job("confirmed"))
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "purchase.report_purchasequotation", purchase.ids
        )
        purchase.button_confirm()
        ordered, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "purchase.report_purchaseorder", purchase.ids
        )
        self.assertIn("-3.00 +1.00 × 110", html.decode())
        self.assertIn("-3.00 +1.00 × 110", ordered.decode())

    # Stock lenses.

    def stocked(self, place, quantity=1):
        """A lens of the stock range, so many of it in a place."""
        lens = self._lens("Stock 1.5", "single", sph=(-6, 4), cyl=(-2, 0), source="stock")
        values = {
            "od_lens_id": lens.id,
            "od_range_id": lens.range_ids.id,
            "eyes": "od",
        }
        draft = self.order(**values)
        product = lens._variant_for(draft._eye_power("od"), 70)
        self.env["stock.quant"]._update_available_quantity(product, place.lot_stock_id, quantity)
        return values, product

    def test_the_variant_of_that_power_is_found(self):
        values, product = self.stocked(self.lab)
        order = self.order(**values)
        self.assertEqual(order.od_product_id, product)
        order.od_sph = -2.25
        self.assertFalse(order.od_product_id)

    def test_a_variant_of_another_power_is_refused(self):
        values, product = self.stocked(self.lab)
        order = self.order(**values)
        order.write({"od_sph": -2.25})
        order.od_product_id = product
        with self.assertRaisesRegex(UserError, "OD Stock Lens"):
            self.perform(order, "confirm")

    def test_the_stock_of_other_shops_is_seen(self):
        values, _product = self.stocked(self.other_shop, 3)
        job = self.job("confirmed", **values)
        seen = job.with_user(self.assistant).stock_by_shop
        self.assertEqual(
            [(place["name"], place["free"]) for place in seen[0]["places"]],
            [("Shop B", 3.0)],
        )

    def test_a_lens_of_the_workshop_is_reserved_and_used(self):
        values, product = self.stocked(self.lab)
        job = self.job("confirmed", **values)
        self.assertEqual(job.lens_supply, "to_order")
        job.with_user(self.assistant).action_take_lens("od", self.lab.id)
        self.assertEqual(job.lens_supply, "stock")
        self.assertFalse(job._free_in(product, self.lab))
        other = self.job("confirmed", **values)
        with self.assertRaisesRegex(UserError, "no free"):
            other.with_user(self.assistant).action_take_lens("od", self.lab.id)
        self.perform(job, "start", "master")
        self.assertEqual(product.with_context(warehouse=self.lab.id).qty_available, 0)

    def test_a_lens_of_another_shop_is_sent_to_the_workshop(self):
        values, product = self.stocked(self.other_shop)
        job = self.job("confirmed", **values)
        job.with_user(self.assistant).action_take_lens("od", self.other_shop.id)
        picking = job.sudo().lens_move_ids.picking_id
        self.assertEqual(picking.location_id, self.other_shop.lot_stock_id)
        self.assertEqual(picking.location_dest_id, self.lab.lot_stock_id)
        self.assertEqual(picking.origin, job.name)
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking._action_done()
        self.perform(job, "start", "master")
        for place in (self.lab, self.other_shop):
            self.assertEqual(product.with_context(warehouse=place.id).qty_available, 0)

    def test_a_cancelled_job_gives_the_lens_back(self):
        values, product = self.stocked(self.lab)
        job = self.job("confirmed", **values)
        job.with_user(self.assistant).action_take_lens("od", self.lab.id)
        self.perform(job, "cancel", "assistant", "The customer changed their mind")
        self.assertTrue(job._free_in(product, self.lab))

    def test_a_lens_in_the_workshop_shortens_the_promise(self):
        values, _product = self.stocked(self.lab)
        calendar = self.env["resource.calendar"].create(
            {"name": "Every day", "attendance_ids": [(5, 0, 0)]}
        )
        self.lab.optics_calendar_id = calendar
        order = self.order(**values)
        today = fields.Date.context_today(order)
        days = self.lab.optics_making_days + self.shop.optics_transit_days
        self.assertEqual((order.promised_date - today).days, days)
