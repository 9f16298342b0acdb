from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .orders import OrderCase


@tagged("post_install", "-at_install", "optics")
class TestQualityCheck(OrderCase):
    def rows(self, check):
        return {(row["eye"], row["item"]): row for row in check.verdict}

    def test_what_was_ordered_passes(self):
        check = self.measure(self.job("in_production"))
        self.assertEqual(check.result, "passed")
        self.assertTrue(all(row["ok"] for row in check.verdict))

    def test_a_sphere_beyond_the_tolerance_fails_and_is_shown(self):
        # -2.00 may be off by 0.13.
        order = self.job("in_production")
        self.assertEqual(self.measure(order, od_sph=-2.12).result, "passed")
        check = self.measure(order, od_sph=-2.14)
        self.assertEqual(check.result, "failed")
        row = self.rows(check)[("od", "sph")]
        self.assertEqual(
            (row["nominal"], row["measured"], row["tolerance"], row["ok"]),
            ("-2.00", "-2.14", "± 0.13", False),
        )
        self.assertTrue(self.rows(check)[("os", "sph")]["ok"])

    def test_an_axis_is_compared_the_short_way_round(self):
        order = self.job("in_production", od_axis=179)
        self.assertEqual(self.measure(order, od_axis=1).result, "passed")
        self.assertEqual(self.measure(order, od_axis=3).result, "failed")

    def test_either_notation_of_a_lens_is_the_same_lens(self):
        order = self.job("in_production")
        check = self.measure(order, od_sph=-3.0, od_cyl=1.0, od_axis=110)
        self.assertEqual(check.result, "passed")

    def test_what_was_not_measured_has_not_passed(self):
        check = self.measure(self.job("in_production"), os_sph=None)
        self.assertEqual(check.result, "failed")
        self.assertEqual(self.rows(check)[("os", "sph")]["measured"], "")

    def test_prism_of_the_pair_is_judged_together(self):
        order = self.job("in_production")
        # Both bases up balance each other; up and down do not.
        balanced = {"od_prism_v": 0.5, "od_base_v": "up", "os_prism_v": 0.5}
        self.assertEqual(self.measure(order, os_base_v="up", **balanced).result, "passed")
        self.assertEqual(self.measure(order, os_base_v="down", **balanced).result, "failed")

    def test_one_eye_is_checked_alone(self):
        order = self.job(
            "in_production", eyes="od", os_lens_id=False, os_range_id=False, os_sph=None
        )
        check = self.measure(order)
        self.assertEqual(check.result, "passed")
        self.assertEqual({row["eye"] for row in check.verdict if row["eye"]}, {"od"})

    def test_finishing_needs_a_passed_check(self):
        order = self.job("in_production")
        with self.assertRaisesRegex(UserError, "no quality check"):
            self.perform(order, "finish", "master")
        self.measure(order, od_sph=-3.0)
        with self.assertRaisesRegex(UserError, "failed"):
            self.perform(order, "finish", "master")
        self.measure(order)
        self.perform(order, "finish", "master")

    def test_the_setting_lets_glasses_go_unchecked_but_not_failed(self):
        order = self.job("in_production")
        self.env.company.optics_require_finished_check = False
        self.measure(order, od_sph=-3.0)
        with self.assertRaises(UserError):
            self.perform(order, "finish", "master")
        unchecked = self.job("in_production")
        self.perform(unchecked, "finish", "master")

    def test_only_a_manager_accepts_a_failed_check_and_says_why(self):
        order = self.job("in_production")
        check = self.measure(order, od_sph=-2.2)
        with self.assertRaises(AccessError):
            check.with_user(self.master)._override("Good enough")
        with self.assertRaises(UserError):
            check.with_user(self.manager)._override("  ")
        check.with_user(self.manager)._override("The customer agreed")
        self.assertEqual(check.result, "overridden")
        self.assertEqual(check.overridden_by_id, self.manager)
        self.assertEqual(check.override_reason, "The customer agreed")
        self.perform(order, "finish", "master")

    def test_the_master_cannot_write_the_verdict(self):
        check = self.measure(self.job("in_production"), od_sph=-2.2).with_user(self.master)
        for values in (
            {"result": "passed"},
            {"overridden_by_id": self.manager.id, "override_reason": "x"},
            {"is_current": False},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                check.write(values)

    def test_back_on_the_bench_the_check_counts_no_more(self):
        order = self.job("ready")
        check = order.quality_check_ids
        self.perform(order, "rework", "assistant", "The frame is bent")
        self.assertFalse(check.is_current)
        with self.assertRaises(UserError):
            self.perform(order, "finish", "master")
        with self.assertRaises(UserError):
            check.with_user(self.master).od_sph = -2.0

    def test_a_pause_does_not_undo_a_check(self):
        order = self.job("in_production")
        self.measure(order)
        self.perform(order, "hold", "master", "No power in the workshop")
        self.perform(order, "resume", "master")
        self.perform(order, "finish", "master")

    def test_the_last_check_of_an_eye_is_the_one_that_counts(self):
        order = self.job("in_production")
        failed = self.measure(order, od_sph=-3.0)
        self.assertEqual(order.quality_state, "failed")
        self.measure(order)
        self.assertFalse(failed.is_current)
        self.assertEqual(order.quality_state, "passed")

    def test_incoming_lenses_are_checked_eye_by_eye(self):
        order = self.job("waiting_lens")
        self.env.company.optics_require_incoming_check = True
        self.measure(order, kind="incoming", eyes="od")
        self.assertEqual((order.lens_quality_state, order.state), ("none", "waiting_lens"))
        self.measure(order, kind="incoming", eyes="os")
        self.assertEqual(order.lens_quality_state, "passed")

    def test_a_failed_incoming_lens_keeps_the_job_waiting(self):
        order = self.job("waiting_lens")
        self.measure(order, kind="incoming", od_cyl=-2.0)
        with self.assertRaisesRegex(UserError, "failed"):
            self.perform(order, "receive_lens", "master")

    def test_a_reading_of_the_lensmeter_fills_the_numbers(self):
        order = self.job("in_production")
        Check = self.env["optics.quality.check"].with_user(self.master)
        with Form(Check.with_context(default_order_id=order.id)) as form:
            form.od_reading = "-3.00 +1.00 x 110"
            form.os_reading = "-1,75"
            self.assertEqual((form.od_sph, form.od_cyl, form.od_axis), (-3.0, 1.0, 110))
        self.assertEqual(form.record.result, "passed")

    def test_a_reading_that_says_nothing_is_told(self):
        order = self.job("in_production")
        check = self.env["optics.quality.check"].new(
            {"order_id": order.id, "od_reading": "-2.00 hello"}
        )
        answer = check._onchange_od_reading()
        self.assertIn("hello", answer["warning"]["message"])

    @mute_logger("odoo.sql_db")
    def test_a_measured_value_that_cannot_be_is_refused(self):
        order = self.job("in_production")
        with self.assertRaisesRegex(UserError, "OD Sph"):
            self.measure(order, od_sph=-60.0)
        check = self.measure(order)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE optics_quality_check SET od_sph = -60 WHERE id = %s", [check.id]
            )

    def test_a_measured_value_lies_on_no_step(self):
        check = self.measure(self.job("in_production"), od_sph=-2.03)
        self.assertEqual(check.od_sph, -2.03)

    def test_the_chatter_has_the_verdict_and_no_numbers(self):
        order = self.job("in_production")
        self.measure(order, od_sph=-2.2)
        body = str(order.message_ids[0].body)
        self.assertIn("failed", body)
        self.assertNotIn("2.2", body)
