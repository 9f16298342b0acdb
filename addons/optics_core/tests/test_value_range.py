from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rules.quantity import QUANTITIES
from .common import OpticsCase
from .writing import PrescriptionWriting


@tagged("post_install", "-at_install", "optics")
class TestValueRange(PrescriptionWriting, OpticsCase):
    """Beyond the usual range somebody with the right says why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Range = cls.env["optics.value.range"]
        cls.sphere = cls.Range.search([("quantity", "=", "sph")])

    def test_each_quantity_begins_with_the_range_of_the_rules(self):
        names = {name for name, _label in self.Range._fields["quantity"].selection}
        self.assertEqual(set(self.Range.search([]).mapped("quantity")), names)
        for setting in self.Range.search([]):
            usual = QUANTITIES[setting.quantity].usual
            self.assertEqual((setting.low, setting.high), tuple(map(float, usual)))

    def test_every_quantity_with_a_usual_range_of_a_prescription_is_a_setting(self):
        names = {name for name, _label in self.Range._fields["quantity"].selection}
        of_lenses_and_frames = {"index", "tilt", "wrap"}
        usual = {name for name, quantity in QUANTITIES.items() if quantity.usual}
        self.assertEqual(names, usual - of_lenses_and_frames)

    def test_an_unusual_value_is_refused_without_a_reason(self):
        self._assert_refused(
            ValidationError,
            "OD Sph",
            "-20.25",
            "-20.00",
            "+20.00",
            call=lambda: self._write(od_sph=-20.25),
        )
        for reason in ("", "   ", False):
            with self.assertRaises(ValidationError):
                self._write(od_sph=-20.25, unusual_reason=reason)

    def test_the_edge_of_the_range_is_usual(self):
        self.assertFalse(self._write(od_sph=-20).exception_ids)
        self.assertFalse(self._write(od_sph=20).exception_ids)

    def test_a_confirmation_keeps_reason_user_time_and_range(self):
        prescription = self._write(od_sph=-20.25, unusual_reason=" Проверено дважды ")
        confirmed = prescription.exception_ids
        self.assertEqual(len(confirmed), 1)
        self.assertEqual((confirmed.eye, confirmed.value_name), ("od", "sph"))
        self.assertEqual(confirmed.reason, "Проверено дважды")
        self.assertEqual(confirmed.user_id, self.optometrist)
        self.assertTrue(confirmed.confirmed_at)
        self.assertEqual((confirmed.low, confirmed.high), (-20, 20))
        self.assertIn("-20.25", confirmed.sentence)
        self.assertTrue(confirmed.is_current)

    def test_a_changed_value_is_confirmed_anew(self):
        prescription = self._write(od_sph=-20.25, unusual_reason="Проверено")
        prescription.write({"os_sph": -3})
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            prescription.od_sph = -20.5
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            prescription.os_sph = -20.25
        prescription.write({"od_sph": -20.5, "unusual_reason": "Измерено ещё раз"})
        self.assertEqual(len(prescription.exception_ids), 2)
        current = prescription.exception_ids.filtered("is_current")
        self.assertEqual(current.reason, "Измерено ещё раз")

    def test_several_values_are_confirmed_with_one_reason(self):
        prescription = self._write(od_sph=-21, os_sph=-22, pd=54, unusual_reason="Да")
        about = {(e.eye or "", e.value_name) for e in prescription.exception_ids}
        self.assertEqual(about, {("od", "sph"), ("os", "sph"), ("", "pd")})

    def test_whoever_may_not_confirm_is_refused_with_any_reason(self):
        with self.assertRaises(AccessError):
            self._write(
                user=self.assistant,
                od_sph=-21,
                prescriber_name="Ким Л. А.",
                unusual_reason="Так на бумаге",
            )
        prescription = self._write(user=self.assistant, prescriber_name="Ким Л. А.")
        with self.assertRaises(AccessError):
            prescription.write({"od_sph": -21, "unusual_reason": "Так на бумаге"})

    def test_what_was_confirmed_lets_others_go_on_writing(self):
        prescription = self._write(od_sph=-21, unusual_reason="Проверено")
        prescription.with_user(self.assistant).os_sph = -2
        self.assertEqual(prescription.os_sph, -2)

    def test_confirmations_are_not_made_by_hand(self):
        prescription = self._write()
        Exceptions = self.env["optics.value.exception"].with_user(self.optometrist)
        with self.assertRaises(AccessError):
            Exceptions.create({"prescription_id": prescription.id})
        confirmed = self._write(od_sph=-21, unusual_reason="Да").exception_ids
        for user in (self.optometrist, self.administrator):
            with self.assertRaises(AccessError):
                confirmed.with_user(user).write({"reason": "other"})
            with self.assertRaises(AccessError):
                confirmed.with_user(user).unlink()

    def test_beyond_the_physical_range_no_reason_helps(self):
        with self.assertRaises(ValidationError):
            self._write(od_sph=-45.25, unusual_reason="Очень надо")

    def test_cylinders_are_judged_in_minus_form(self):
        self.assertFalse(self._write(od_cyl=6, od_axis=90).exception_ids)
        for cyl in (6.25, -6.25):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._write(od_cyl=cyl, od_axis=90)

    def test_the_settings_decide(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._write(od_sph=-21)
        self.sphere.with_user(self.manager).low = -25
        self.assertFalse(self._write(od_sph=-21).exception_ids)
        self.sphere.high = 10
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._write(od_sph=10.25)
        self.sphere.unlink()
        self.assertFalse(self._write(od_sph=20).exception_ids)

    def test_a_setting_stays_within_the_physical_range(self):
        for vals in ({"low": -45.25}, {"high": 46}):
            self._assert_refused(
                ValidationError,
                "Sph",
                "-45",
                "45",
                call=lambda vals=vals: self.sphere.write(vals),
            )

    @mute_logger("odoo.sql_db")
    def test_a_range_goes_upwards_and_each_quantity_has_one(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.sphere.write({"low": 5, "high": 4})
            self.env.flush_all()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.Range.create({"quantity": "sph", "low": -1, "high": 1})

    def test_it_is_called_by_its_quantity_in_words(self):
        curve = self.Range.search([("quantity", "=", "cl_bc")])
        self.assertEqual(curve.display_name, "Contact lens: base curve")

    def test_a_constraint_of_the_database_names_the_field_and_the_remedy(self):
        messages = {
            name: message
            for model in ("optics.prescription", "optics.manufacturing.order")
            for name, _definition, message in self.env[model]._sql_constraints
        }
        self.assertEqual(
            messages["od_height_physical"],
            "OD Fitting Height: possible is 5 to 45 mm. Correct it, or leave it empty.",
        )
        self.assertEqual(
            messages["os_base_h_pair"],
            "OS Horizontal Base belongs to OS Horizontal Prism: fill in both, or leave both empty.",
        )

    def test_managers_and_administrators_set_others_read(self):
        self.sphere.with_user(self.administrator).low = -19
        for user in (self.optometrist, self.assistant, self.master):
            self.assertEqual(self.sphere.with_user(user).low, -19)
            with self.assertRaises(AccessError):
                self.sphere.with_user(user).low = -30

    def test_what_a_manager_set_survives_an_update(self):
        self.sphere.low = -18
        self.Range.search([("quantity", "=", "pd")]).unlink()
        self.Range._create_missing()
        self.assertEqual(self.sphere.low, -18)
        self.assertTrue(self.Range.search([("quantity", "=", "pd")]))

    def test_an_amendment_carries_confirmations_on(self):
        prescription = self._sign(od_sph=-21, unusual_reason="Проверено в клинике")
        amendment = self.Prescription.browse(prescription.action_amend()["res_id"])
        self.assertEqual(amendment.exception_ids.reason, "Проверено в клинике")

    def test_an_acuity_is_remembered_as_it_was_typed(self):
        prescription = self._write(acuity_unit="six_metres", od_acuity=2, unusual_reason="Лётчик")
        self.assertIn("6/2", prescription.exception_ids.sentence)
        prescription.write({"od_sph": -2})
        self.assertEqual(len(prescription.exception_ids), 1)
