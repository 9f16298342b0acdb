from datetime import timedelta
from decimal import Decimal

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .orders import OrderCase


@tagged("post_install", "-at_install", "optics")
class TestManufacturingOrder(OrderCase):
    def refused(self, order, *words, user="assistant"):
        """Confirming is refused, in a sentence with these words."""
        with self.assertRaises(UserError) as refusal:
            self.perform(order, "confirm", user)
        for word in words:
            self.assertIn(word, str(refusal.exception))
        self.assertEqual(order.state, "draft")

    # Number, places, names.

    def test_the_number_is_what_any_keyboard_layout_types(self):
        first, second = self.order(), self.order()
        self.assertRegex(first.name, r"^\d\d-\d{6}$")
        self.assertNotEqual(first.name, second.name)

    def test_the_usual_workshop_of_the_shop_makes_it(self):
        order = self.order()
        self.assertEqual(order.shop_id, self.shop)
        self.assertEqual(order.lab_id, self.lab)
        self.assertEqual(order.place_id, self.shop)

    def test_a_shop_with_a_workshop_makes_its_own(self):
        both = self.env["stock.warehouse"].create(
            {"name": "Both", "code": "TBO", "optics_role": "both"}
        )
        order = self.env["optics.manufacturing.order"].create(self._order_values(shop_id=both.id))
        self.assertEqual(order.lab_id, both)

    def test_the_short_name_is_surname_and_initials(self):
        order = self.order()
        self.assertEqual(order.customer_short_name, "Иванова М. П.")
        self.patient.name = "Петрова Мария Петровна"
        self.assertEqual(order.customer_short_name, "Петрова М. П.")

    # What may be ordered.

    def test_a_sound_order_is_confirmed(self):
        order = self.job("confirmed")
        self.assertTrue(order.confirmed_at)
        self.assertEqual(order.consultant_id, self.assistant)

    def test_an_eye_without_a_lens_is_refused_by_name(self):
        self.refused(self.order(os_lens_id=False, os_range_id=False), "OS Lens")

    def test_an_eye_without_a_sphere_is_refused_by_name(self):
        self.refused(self.order(os_sph=None), "OS Sph")

    def test_one_eye_only_asks_nothing_of_the_other(self):
        order = self.order(eyes="od", os_lens_id=False, os_range_id=False, os_sph=None)
        self.perform(order, "confirm")
        self.assertEqual(order.state, "confirmed")

    def progressive_values(self, **values):
        row = self.progressive.range_ids
        return {
            "od_lens_id": self.progressive.id,
            "os_lens_id": self.progressive.id,
            "od_range_id": row.id,
            "os_range_id": row.id,
            "od_add": 2.0,
            "os_add": 2.0,
            "od_height": 19.0,
            "os_height": 19.0,
            **values,
        }

    def test_a_progressive_needs_addition_and_height(self):
        self.refused(self.order(**self.progressive_values(od_add=None)), "OD Add")
        self.refused(self.order(**self.progressive_values(os_height=None)), "OS Fitting Height")
        order = self.order(**self.progressive_values())
        self.perform(order, "confirm")

    def test_a_height_above_the_frame_is_refused(self):
        order = self.order(**self.progressive_values(od_height=36.0))
        self.refused(order, "OD Fitting Height", "36")

    def test_a_pair_of_different_lenses_is_asked_each_by_its_type(self):
        values = self.progressive_values()
        order = self.order(**{name: values[name] for name in values if name.startswith("os_")})
        self.perform(order, "confirm")
        self.assertNotEqual(order.od_lens_id, order.os_lens_id)

    def test_a_prism_beyond_the_row_is_refused(self):
        order = self.order(od_prism_h=3.0, od_base_h="in", od_prism_v=3.0, od_base_v="up")
        self.refused(order, "OD", "4.24")

    def test_a_power_beyond_the_row_is_refused(self):
        self.refused(self.order(os_sph=-7.0), "OS", "-7.00", "-6.00")

    def test_what_cannot_be_is_refused_before_it_is_kept(self):
        with self.assertRaises(ValidationError) as refusal:
            self.order(od_sph=-46.0)
        self.assertIn("OD Sph", str(refusal.exception))
        with self.assertRaises(ValidationError):
            self.order(od_cyl=-1.0, od_axis=None)
        with self.assertRaises(ValidationError):
            self.order(vertex=30.0)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_it_too(self):
        order = self.order()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE optics_manufacturing_order SET od_sph = -46 WHERE id = %s",
                [order.id],
            )

    def test_without_a_promised_date_nothing_is_confirmed(self):
        order = self.order()
        order.promised_date = False
        self.refused(order, "Promised Date")

    def test_an_expired_prescription_only_warns(self):
        prescription = self._signed_prescription(
            date=fields.Date.today() - timedelta(days=9),
            valid_until=fields.Date.today() - timedelta(days=1),
        )
        order = self.order(prescription_id=prescription.id)
        self.assertIn("expired", order.warnings)
        self.perform(order, "confirm")

    def test_a_blank_too_small_only_warns(self):
        order = self.order(od_pd=24.0)
        self.assertIn("OD Lens", order.warnings)
        self.perform(order, "confirm")
        self.assertFalse(order.warnings)

    # What stands still.

    def test_a_confirmed_order_keeps_its_values(self):
        order = self.job("confirmed")
        with self.assertRaisesRegex(UserError, "OD Sph"):
            order.with_user(self.assistant).od_sph = -2.25
        with self.assertRaises(UserError):
            order.with_user(self.master).frame_product_id = False
        order.with_user(self.master).workshop_note = "Careful"
        self.perform(order, "reopen", "assistant", "Wrong sphere")
        order.with_user(self.assistant).od_sph = -2.25

    def test_the_snapshot_outlives_an_amendment_of_the_prescription(self):
        prescription = self._signed_prescription()
        order = self.order(prescription_id=prescription.id, od_sph=-2.0)
        prescription.with_user(self.optometrist).action_amend()
        self.assertEqual(order.od_sph, -2.0)

    def test_only_a_draft_is_deleted(self):
        with self.assertRaises(UserError):
            self.job("confirmed").with_user(self.manager).unlink()
        self.order().with_user(self.assistant).unlink()

    # Trays.

    def test_a_tray_is_taken_by_one_open_job_of_a_workshop(self):
        first = self.job("confirmed", tray_number="17")
        with self.assertRaisesRegex(ValidationError, f"17.*{first.name}"):
            self.order(tray_number="17")
        other_lab = self.env["stock.warehouse"].create(
            {"name": "Other lab", "code": "TOL", "optics_role": "lab"}
        )
        self.order(tray_number="17", lab_id=other_lab.id)

    def test_a_tray_is_free_again_after_the_job(self):
        self.job("delivered", tray_number="17")
        self.order(tray_number="17")

    @mute_logger("odoo.sql_db")
    def test_two_people_at_once_cannot_take_a_tray(self):
        self.order(tray_number="17")
        second = self.order()
        self.env.flush_all()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE optics_manufacturing_order SET tray_number = '17' WHERE id = %s",
                [second.id],
            )

    # Promise.

    def test_the_promise_counts_lens_bench_and_road(self):
        self.lab.optics_making_days, self.shop.optics_transit_days = 2, 1
        self.lab.optics_calendar_id = self.env["resource.calendar"].create(
            {"name": "Every day", "attendance_ids": [(5, 0, 0)]}
        )
        order = self.order()
        expected = fields.Date.context_today(order) + timedelta(days=3 + 2 + 1)
        self.assertEqual(order.promised_date, expected)

    def test_holidays_of_the_workshop_are_not_counted(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "Every day", "attendance_ids": [(5, 0, 0)]}
        )
        self.lab.optics_calendar_id = calendar
        plain = self.order().promised_date
        start = fields.Datetime.now() + timedelta(days=1)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holidays",
                "calendar_id": calendar.id,
                "date_from": start,
                "date_to": start + timedelta(days=1),
            }
        )
        self.assertEqual(self.order().promised_date, plain + timedelta(days=2))

    def test_the_day_told_to_the_customer_stays(self):
        order = self.order()
        order.promised_date = "2030-01-15"
        self.perform(order, "confirm")
        self.lab.optics_making_days = 20
        order.invalidate_recordset()
        self.assertEqual(str(order.promised_date), "2030-01-15")

    def test_overdue_is_shown_and_found(self):
        late, fine = self.job("confirmed"), self.job("confirmed")
        ready = self.job("ready")
        yesterday = fields.Date.context_today(late) - timedelta(days=1)
        (late | ready).promised_date = yesterday
        fine.promised_date = fields.Date.context_today(late)
        jobs = late | fine | ready
        self.assertEqual(jobs.filtered("is_overdue"), late)
        Order = self.env["optics.manufacturing.order"]
        mine = [("id", "in", jobs.ids)]
        self.assertEqual(Order.search([*mine, ("is_overdue", "=", True)]), late)
        self.assertEqual(Order.search([*mine, ("is_overdue", "=", False)]), fine | ready)

    def test_whoever_promised_is_told_once_that_the_job_is_late(self):
        order = self.job("in_production")
        order.promised_date = fields.Date.context_today(order) - timedelta(days=1)
        for _run in range(2):
            self.env["optics.manufacturing.order"]._cron_overdue()
        self.assertEqual(order.activity_ids.user_id, self.assistant)
        self.assertEqual(len(order.activity_ids), 1)
        self.measure(order)
        self.perform(order, "finish", "master")
        self.assertFalse(order.activity_ids)

    # Remakes.

    def remake(self, order, user="master", **values):
        facts = {
            "order_id": order.id,
            "cause_id": self.cause.id,
            "reason": "Chipped at the rim",
            **values,
        }
        wizard = self.env["optics.remake"].with_user(getattr(self, user)).create(facts)
        action = wizard.action_apply()
        return self.env["optics.manufacturing.order"].browse(action["res_id"])

    def test_a_remake_is_a_new_job_linked_to_the_failed_one(self):
        order = self.job("in_production", tray_number="5")
        again = self.remake(order, cost=1500)
        self.assertEqual((order.state, again.state), ("remake", "confirmed"))
        self.assertEqual(again.remake_of_id, order)
        self.assertEqual(order.remake_cause_id, self.cause)
        self.assertEqual(order.remake_payer, self.cause.payer)
        self.assertEqual(order.remake_cost, 1500)
        self.assertEqual(order.remade_percent, 100.0)
        self.assertEqual(again.remade_percent, 0.0)
        self.assertEqual(again.od_sph, order.od_sph)
        self.assertEqual(again.sudo().patient_id, self.patient)
        self.assertFalse(again.tray_number)

    def test_a_remake_with_other_values_waits_for_the_shop(self):
        order = self.job("delivered")
        again = self.remake(order, user="assistant", same_values=False, payer="shop")
        self.assertEqual(again.state, "draft")
        again.with_user(self.assistant).od_axis = 30
        self.perform(again, "confirm")

    def test_one_lens_can_be_made_again(self):
        again = self.remake(self.job("in_production"), eyes="os")
        self.assertEqual(again.eyes, "os")

    def test_a_remake_needs_a_cause_and_a_payer(self):
        order = self.job("in_production")
        with self.assertRaisesRegex(UserError, "cause"):
            self.perform(order, "remake", "master", "Chipped")
        self.assertEqual(order.state, "in_production")

    def test_a_job_is_made_again_once(self):
        order = self.job("in_production")
        again = self.remake(order)
        with self.assertRaises(UserError):
            self.remake(order)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.cr.savepoint():
                again.sudo().copy({"remake_of_id": order.id}).flush_recordset()

    # From a prescription.

    def _signed_prescription(self, **values):
        prescription = (
            self.env["optics.prescription"]
            .with_user(self.optometrist)
            .create(
                {
                    "patient_id": self.patient.id,
                    "shop_id": self.shop.id,
                    "kind": "distance",
                    "od_sph": -2.0,
                    "od_cyl": -1.0,
                    "od_axis": 20,
                    "os_sph": -1.75,
                    "pd": 62.5,
                    "od_pd": 31.5,
                    "os_pd": 31.0,
                    **values,
                }
            )
        )
        prescription.action_sign()
        return prescription

    def test_the_button_of_the_prescription_leads_to_the_order(self):
        prescription = self._signed_prescription().with_user(self.assistant)
        action = prescription.action_create_order()
        Fit = self.env[action["res_model"]].with_user(self.assistant)
        form = Form(Fit.with_context(**action["context"]))
        form.frame_product_id = self.frame
        fit = form.save()
        fit.write({"od_range_id": self.lens.range_ids.id, "os_range_id": self.lens.range_ids.id})
        order = self.env["optics.manufacturing.order"].browse(fit.action_create_order()["res_id"])
        self.assertEqual(order.od_lens_id, self.lens)
        self.assertEqual(order.frame_product_id, self.frame)
        self.assertEqual(order.patient_id, self.patient)
        self.assertEqual(order.prescription_id, prescription)
        self.assertEqual(order.optometrist_id, self.optometrist)
        self.assertEqual((order.od_sph, order.od_cyl, order.od_axis), (-2.0, -1.0, 20))
        self.assertIsNone(order.os_cyl)
        self.assertEqual(order.pd, 62.5)

    def test_a_prescription_chosen_on_the_form_fills_it(self):
        prescription = self._signed_prescription()
        form = Form(self.env["optics.manufacturing.order"].with_user(self.assistant))
        form.prescription_id = prescription
        form.od_lens_id = form.os_lens_id = self.lens
        order = form.save()
        self.assertEqual(order.patient_id, self.patient)
        self.assertEqual((order.od_sph, order.od_cyl, order.od_axis), (-2.0, -1.0, 20))
        self.assertIsNone(order.os_cyl)

    def test_reading_glasses_have_the_addition_in_the_sphere(self):
        prescription = self._signed_prescription(
            kind="constant", od_add=2.0, os_add=2.0, pd_near=58.5
        )
        Order = self.env["optics.manufacturing.order"]
        values = Order._prepare_from_prescription(prescription, "near")
        self.assertEqual((values["od_sph"], values["os_sph"]), (0.0, 0.25))
        self.assertFalse(values["od_add"])
        self.assertEqual((values["pd"], values["od_pd"]), (58.5, 29.5))

    def test_a_blind_eye_orders_one_lens(self):
        prescription = self._signed_prescription(os_sph=None, os_pd=None)
        values = self.env["optics.manufacturing.order"]._prepare_from_prescription(prescription)
        self.assertEqual(values["eyes"], "od")

    def test_glasses_are_not_made_by_a_draft_or_by_contact_lenses(self):
        prescription = self._signed_prescription().copy()
        with self.assertRaises(UserError):
            prescription.action_create_order()

    # Rights.

    def test_the_workshop_knows_neither_prescription_nor_contacts(self):
        prescription = self._signed_prescription()
        order = self.job("confirmed", prescription_id=prescription.id)
        seen = order.with_user(self.master)
        for name in ("patient_id", "patient_phone", "prescription_id", "note", "tracking_url"):
            with self.subTest(name), self.assertRaises(AccessError):
                seen.read([name])
        self.assertEqual(seen.customer_short_name, "Иванова М. П.")
        self.assertEqual(seen.od_sph, -2.0)
        with self.assertRaises(AccessError):
            seen.notification_ids.read()

    def test_a_job_is_read_as_a_whole_by_each_calling(self):
        order = self.job("confirmed")
        for user in (self.assistant, self.optometrist, self.master, self.manager):
            (seen,) = order.with_user(user).read()
            self.assertEqual(seen["tray_number"], order.tray_number)
            # Prices of suppliers are for those who buy.
            self.assertNotIn("purchase_line_ids", seen, user.login)
        self.assertNotIn("patient_id", order.with_user(self.master).read()[0])
        buyer = self.env.ref("purchase.group_purchase_user")
        self.manager.groups_id |= buyer
        self.assertIn("purchase_line_ids", order.with_user(self.manager).read()[0])

    def test_a_job_is_seen_by_its_shop_and_its_workshop(self):
        order = self.job("confirmed")
        Order = self.env["optics.manufacturing.order"]
        for user, sees in (
            (self.assistant, True),
            (self.master, True),
            (self.manager, True),
            (self.administrator, True),
            (self.other_assistant, False),
            (self.other_optometrist, False),
        ):
            found = Order.with_user(user).search([("id", "=", order.id)])
            self.assertEqual(bool(found), sees, user.login)

    def test_a_shop_taken_from_a_user_is_closed_at_once(self):
        order = self.job("confirmed")
        Order = self.env["optics.manufacturing.order"].with_user(self.assistant)
        self.assertTrue(Order.search([("id", "=", order.id)]))
        self.assistant.optics_shop_ids = self.other_shop
        self.assertFalse(Order.search([("id", "=", order.id)]))

    def test_the_workshop_takes_in_no_orders(self):
        with self.assertRaises(AccessError):
            self.order(user=self.master)

    def test_the_data_officer_sees_no_orders(self):
        with self.assertRaises(AccessError):
            self.env["optics.manufacturing.order"].with_user(self.data_officer).search([])

    def test_what_steps_write_nobody_writes_by_hand(self):
        order = self.job("in_production")
        for values in (
            {"quality_state": "passed"},
            {"lens_supply": "stock"},
            {"remade_percent": 0.0},
            {"remake_cost": 5.0},
            {"ready_at": "2026-01-01"},
            {"held_from": "ready"},
            {"place_id": self.lab.id},
            {"name": "00-000000"},
        ):
            for user in (self.master, self.manager, self.administrator):
                with self.subTest(values, user=user.login), self.assertRaises(AccessError):
                    order.with_user(user).write(values)

    def test_a_default_of_the_context_is_no_way_around(self):
        Order = self.env["optics.manufacturing.order"].with_user(self.assistant)
        order = Order.with_context(
            default_quality_state="passed", default_name="1", default_held_from="ready"
        ).create(self._order_values())
        self.assertEqual((order.quality_state, order.held_from), ("none", False))
        self.assertRegex(order.name, r"^\d\d-\d{6}$")

    # Finding.

    def test_a_job_is_found_by_phone_name_number_and_tray(self):
        order = self.job("confirmed", tray_number="T-9")
        Order = self.env["optics.manufacturing.order"].with_user(self.assistant)
        for domain in (
            [("patient_id.patient_search", "ilike", "8 912 345 67 89")],
            [("patient_id.patient_search", "ilike", "иванова мар")],
            [("customer_short_name", "ilike", "иванова")],
            [("name", "ilike", order.name[-4:])],
        ):
            self.assertIn(order, Order.search(domain), domain)
        self.assertIn(order.id, dict(Order.name_search("T-9")))

    # Reports of remakes.

    def test_the_share_of_remakes_is_an_average(self):
        failed = self.job("in_production")
        again = self.remake(failed)
        good = self.job("confirmed") | self.job("confirmed")
        groups = self.env["optics.manufacturing.order"].read_group(
            [("id", "in", (failed | again | good).ids)],
            ["remade_percent:avg"],
            ["lab_id"],
        )
        self.assertEqual(Decimal(str(groups[0]["remade_percent"])), Decimal("25.0"))

    def test_the_chatter_keeps_silent_about_eyes(self):
        order = self.order()
        order.with_context(tracking_disable=False).write({"od_sph": -2.25})
        self.env.flush_all()
        tracked = [
            name for name, field in order._fields.items() if getattr(field, "tracking", None)
        ]
        self.assertFalse([name for name in tracked if name.startswith(("od_", "os_"))], tracked)
