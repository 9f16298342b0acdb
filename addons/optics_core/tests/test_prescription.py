import inspect
import re
from datetime import timedelta
from decimal import Decimal

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rules import contact_lens, hints, limits
from ..rules.power import Power
from ..rules.quantity import QUANTITIES
from .common import OpticsCase
from .writing import PrescriptionWriting


@tagged("post_install", "-at_install", "optics")
class TestPrescription(PrescriptionWriting, OpticsCase):
    def test_what_was_typed_is_kept_beside_its_minus_form(self):
        prescription = self._write(
            od_sph=-3, od_cyl=1, od_axis=110, os_sph=1.5, os_cyl=-0.5, os_axis=180
        )
        self.assertEqual(
            (prescription.od_sph, prescription.od_cyl, prescription.od_axis), (-3, 1, 110)
        )
        self.assertEqual(
            (
                prescription.od_sph_minus,
                prescription.od_cyl_minus,
                prescription.od_axis_minus,
            ),
            (-2, -1, 20),
        )
        self.assertEqual(
            (
                prescription.os_sph_minus,
                prescription.os_cyl_minus,
                prescription.os_axis_minus,
            ),
            (1.5, -0.5, 180),
        )

    def test_one_lens_in_two_notations_is_found_by_one_search(self):
        plus = self._write(od_sph=-3, od_cyl=1, od_axis=110)
        minus = self._write(od_sph=-2, od_cyl=-1, od_axis=20)
        other = self._write(od_sph=-2, od_cyl=-1, od_axis=25)
        domain = [
            ("od_sph_minus", "=", -2),
            ("od_cyl_minus", "=", -1),
            ("od_axis_minus", "=", 20),
            ("id", "in", (plus + minus + other).ids),
        ]
        self.assertEqual(self.Prescription.search(domain), plus + minus)

    def test_the_minus_form_follows_every_change(self):
        prescription = self._write(od_sph=-3, od_cyl=1, od_axis=110)
        prescription.write({"od_cyl": False, "od_axis": False})
        self.assertEqual(prescription.od_sph_minus, -3)
        self.assertIsNone(prescription.od_cyl_minus)
        self.assertIsNone(prescription.od_axis_minus)

    def test_powers_are_exact(self):
        prescription = self._write(od_sph=-2.25, od_cyl=-0.5, od_axis=7, od_add=1.75)
        self.assertEqual(
            prescription._eye_power("od"),
            Power(Decimal("-2.25"), Decimal("-0.5"), 7, Decimal("1.75")),
        )
        self.assertEqual(prescription._eye_power("os"), Power())

    def test_an_axis_of_zero_is_kept_as_180(self):
        prescription = self._write(od_cyl=-1, od_axis=0)
        self.assertEqual(prescription.od_axis, 180)
        prescription.write({"os_sph": 0, "os_cyl": -0.5, "os_axis": 0})
        self.assertEqual(prescription.os_axis, 180)

    def test_every_hard_error_names_eye_field_and_what_is_possible(self):
        cases = [
            ({"od_sph": -45.25}, ("OD Sph", "-45.25", "-45.00", "+45.00")),
            ({"os_cyl": 25.25, "os_axis": 9, "os_sph": 0}, ("OS Cyl", "+25.25", "+25.00")),
            ({"os_cyl": -1, "os_axis": 181, "os_sph": 0}, ("OS Axis", "181", "1", "180")),
            ({"os_add": 6.25}, ("OS Add", "+6.25", "+6.00")),
            ({"os_add": -1}, ("OS Add", "-1.00", "+0.25")),
            ({"od_prism_h": 31, "od_base_h": "in"}, ("OD Horizontal Prism", "31", "30")),
            ({"pd": 81}, ("PD far", "81", "40", "80")),
            ({"od_pd": 17.5}, ("OD PD", "17.5", "18", "42")),
            ({"os_height": 46}, ("OS Fitting Height", "46", "45")),
            ({"vertex": 4.5}, ("Vertex distance", "4.5", "5", "25")),
            ({"od_sph": -2.1}, ("OD Sph", "-2.10", "0.25", "-2.25", "-2.00")),
            ({"pd": 62.3}, ("PD far", "62.3", "62", "62.5")),
            ({"od_cyl": -1}, ("OD Axis", "1", "180")),
            ({"os_axis": 90}, ("OS Axis", "90")),
            ({"os_cyl": 0, "os_axis": 90}, ("OS Axis", "90")),
            ({"os_cyl": -1, "os_axis": 90}, ("OS Sph",)),
            ({"od_prism_v": 2}, ("OD Vertical Base",)),
            ({"os_base_h": "in"}, ("OS Horizontal Base", "In")),
            ({"pd": 62, "pd_near": 62.5}, ("PD near", "62.5", "62")),
            ({"pd": 62, "od_pd": 30, "os_pd": 31}, ("PD far", "61", "61.5", "62.5")),
            ({"od_acuity": 3.5}, ("OD Acuity", "3.5", "3")),
            ({"od_cl_bc": 10.5}, ("OD Base Curve", "10.5", "10")),
            ({"os_cl_dia": 24.5}, ("OS Diameter", "24.5", "24")),
            ({"os_cl_power": -45.25}, ("OS Lens Power", "-45.25", "-45.00")),
            ({"os_cl_power": -1, "os_cl_cyl": -1}, ("OS Lens Axis",)),
        ]
        innocent = self._write()
        for vals, pieces in cases:
            with self.subTest(**vals):
                self._assert_refused(
                    ValidationError, *pieces, call=lambda vals=vals: self._write(**vals)
                )
                self._assert_refused(
                    ValidationError,
                    *pieces,
                    call=lambda vals=vals: innocent.write(vals),
                )

    def test_all_errors_are_told_at_once(self):
        self._assert_refused(
            ValidationError,
            "OD Sph",
            "OS Axis",
            call=lambda: self._write(od_sph=-50, os_axis=20),
        )

    def test_defaults_are_checked_as_typed_values_are(self):
        careless = self.Prescription.with_context(default_os_sph=-2.1)
        self._assert_refused(
            ValidationError,
            "OS Sph",
            call=lambda: careless.create({"patient_id": self.patient.id, "od_sph": -1}),
        )

    def test_a_partial_write_is_judged_with_what_is_there(self):
        prescription = self._write(od_cyl=-1, od_axis=90)
        self._assert_refused(
            ValidationError, "OD Axis", call=lambda: prescription.write({"od_cyl": 0})
        )
        prescription.write({"od_cyl": False, "od_axis": False})
        self.assertIsNone(prescription.od_axis)

    def test_the_database_refuses_what_comes_another_way(self):
        prescription = self._write(od_cyl=-1, od_axis=90)
        self.env.flush_all()
        impossible = [
            "od_sph = -45.125",
            "os_sph = 45.125",
            "od_cyl = 25.125",
            "od_axis = 0",
            "od_axis = 181",
            "od_axis = NULL",
            "os_axis = 90",
            "od_cyl = 0",
            "od_cyl = NULL",
            "od_add = 0.125",
            "od_prism_h = 31, od_base_h = 'in'",
            "od_prism_h = 2",
            "os_base_v = 'up'",
            "pd = 39.5",
            "od_pd = 42.5",
            "pd = 60, pd_near = 60.5",
            "roc = 29",
            "vertex = 26",
            "os_height = 4.5",
            "od_acuity = 3.1",
            "od_cl_bc = 4.9",
            "od_cl_dia = 25",
            "od_cl_power = 46",
            "od_cl_axis = 5",
            "state = 'signed'",
        ]
        for change in impossible:
            with (
                self.subTest(change),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    f"UPDATE optics_prescription SET {change} WHERE id = %s",  # noqa: S608
                    [prescription.id],
                )

    def test_the_limits_of_the_database_are_those_of_the_rules(self):
        self.env.flush_all()
        prescription = self._write()
        for name, quantity in (("os_sph", "sph"), ("os_add", "add"), ("roc", "roc")):
            for value in QUANTITIES[quantity].physical:
                with self.subTest(name, value=value):
                    self.env.cr.execute(
                        f"UPDATE optics_prescription SET {name} = %s "  # noqa: S608
                        "WHERE id = %s",
                        [value, prescription.id],
                    )

    def test_eighths_are_refused_unless_the_setting_allows_them(self):
        self._assert_refused(
            ValidationError, "OD Sph", "-2.125", call=lambda: self._write(od_sph=-2.125)
        )
        sphere = self.env["optics.value.range"].search([("quantity", "=", "sph")])
        sphere.is_fine_step = True
        self.assertEqual(self._write(od_sph=-2.125).od_sph, -2.125)
        typed_as_on_paper = self._write(od_sph=-2.12, od_cyl=0.37, od_axis=10)
        self.assertEqual(typed_as_on_paper.od_sph, -2.125)
        self.assertEqual(typed_as_on_paper.od_cyl, 0.375)
        self.assertEqual(typed_as_on_paper.od_text, "-2.12 +0.37 × 010")

    def test_a_date_in_the_future_is_refused(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        self._assert_refused(ValidationError, "Date", call=lambda: self._write(date=tomorrow))

    def test_a_line_of_shorthand_fills_an_eye(self):
        read = self.Prescription.read_shorthand
        self.assertEqual(read("-2.00 -1.00 x 20"), {"sph": -2.0, "cyl": -1.0, "axis": 20})
        self.assertEqual(
            read("+1,25 add 2,00"),
            {"sph": 1.25, "cyl": False, "axis": False, "add": 2.0},
        )
        self.assertIs(read("-2.00 and so on"), False)

    def test_values_are_shown_as_opticians_write_them(self):
        prescription = self._write(kind="progressive", od_sph=0, od_cyl=-1, od_axis=5, od_add=2)
        self.assertEqual(prescription.od_text, "0.00 -1.00 × 005 Add +2.00")
        self.assertEqual(prescription.os_text, "")

    def test_a_contact_lens_is_not_the_power_of_the_glasses(self):
        prescription = self._write(kind="contact", od_sph=-5, od_cl_power=-4.75)
        self.assertEqual(prescription.od_text, "-4.75")
        prescription.kind = "distance"
        self.assertEqual(prescription.od_text, "-5.00")
        self.assertIsNone(self._write(od_sph=-5).od_cl_power)

    def test_acuity_may_be_read_from_any_chart(self):
        for unit, typed in (("six_metres", 12), ("twenty_feet", 40), ("logmar", 0.3)):
            prescription = self._write(acuity_unit=unit, od_acuity=typed)
            self.assertEqual(prescription.od_acuity, typed)
        self._assert_refused(
            ValidationError,
            "OD Acuity",
            "6/1",
            call=lambda: self._write(acuity_unit="six_metres", od_acuity=1),
        )
        self._assert_refused(
            ValidationError,
            "OD Acuity",
            "6/0",
            call=lambda: self._write(acuity_unit="six_metres", od_acuity=0),
        )

    def test_the_age_is_that_of_the_day_it_was_written(self):
        self.patient.birthdate_date = "1990-06-15"
        prescription = self._write(date="2020-06-14")
        self.assertEqual(prescription.patient_age, 29)
        prescription.date = "2020-06-15"
        self.assertEqual(prescription.patient_age, 30)

    def test_terms_come_from_the_settings(self):
        term = self.env["optics.prescription.term"].search([("kind", "=", "near")])
        term.write({"months": 1, "days": 0})
        prescription = self._write(kind="near", date="2024-01-31")
        self.assertEqual(fields.Date.to_string(prescription.valid_until), "2024-02-29")
        prescription.valid_until = "2024-12-31"
        self.assertEqual(fields.Date.to_string(prescription.valid_until), "2024-12-31")
        term.unlink()
        self.assertFalse(self._write(kind="near").valid_until)

    def test_validity_is_shown_and_searched_alike(self):
        today = fields.Date.today()
        term = self.env["optics.prescription.term"].search([("kind", "=", "distance")])
        term.warn_days = 14
        until = {
            "expired": today - timedelta(days=1),
            "soon": today,
            "valid": today + timedelta(days=15),
        }
        written = {
            state: self._write(valid_until=day, date=today - timedelta(days=40))
            for state, day in until.items()
        }
        last_warned = self._write(valid_until=today + timedelta(days=14))
        endless = self._write(valid_until=False)
        endless.valid_until = False
        mine = [("patient_id", "=", self.patient.id)]
        for state, prescription in written.items():
            self.assertEqual(prescription.validity, state)
            self.assertIn(prescription, self.Prescription.search(mine + [("validity", "=", state)]))
            self.assertNotIn(
                prescription, self.Prescription.search(mine + [("validity", "!=", state)])
            )
        self.assertEqual(last_warned.validity, "soon")
        self.assertEqual(endless.validity, "valid")
        search = self.Prescription.search
        self.assertIn(endless, search(mine + [("validity", "=", "valid")]))
        self.assertNotIn(endless, search(mine + [("validity", "=", "expired")]))
        self.assertEqual(
            search(mine + [("validity", "in", ["soon", "expired"])]),
            search(mine) - search(mine + [("validity", "=", "valid")]),
        )

    def test_an_expired_prescription_blocks_nothing(self):
        prescription = self._write(date="2020-01-01")
        self.assertEqual(prescription.validity, "expired")
        prescription.action_sign()
        self.assertEqual(prescription.state, "signed")

    def test_it_is_found_by_phone_and_surname(self):
        prescription = self._write()
        search = self.Prescription.search
        for typed in ("иванова мария", "8 (912) 345-67-89", "912345"):
            self.assertIn(prescription, search([("patient_id.patient_search", "ilike", typed)]))
        self.assertNotIn(prescription, search([("patient_id.patient_search", "ilike", "кузнецов")]))
        found = self.Prescription.name_search("Иванова Мария")
        self.assertIn(prescription.id, [id_ for id_, _name in found])

    def test_an_assistant_writes_but_reads_nothing_clinical(self):
        prescription = self._write(od_acuity=0.5, notes="Головная боль", scan=b"cGFwZXI=")
        seen = prescription.with_user(self.assistant)
        self.assertEqual(seen.od_text, "-1.00")
        for name in ("od_acuity", "notes", "scan", "reading_ids", "exception_ids"):
            with self.assertRaises(AccessError, msg=name):
                seen.read([name])
        # The acuity counts in the checks all the same, and stays.
        seen.od_sph = -2
        self.assertEqual(prescription.od_acuity, 0.5)

    def test_the_workshop_opens_no_prescription(self):
        prescription = self._write()
        with self.assertRaises(AccessError):
            prescription.with_user(self.master).read(["od_sph"])

    def test_an_outside_prescriber_takes_the_place_of_the_optometrist(self):
        prescription = self._write(prescriber_id=False, prescriber_name="Ким Л. А.")
        self.assertEqual(prescription.prescriber, "Ким Л. А.")
        self.assertEqual(self._write().prescriber, self.optometrist.name)

    def test_every_problem_of_the_rules_has_a_sentence(self):
        codes = set()
        for module in (limits, contact_lens):
            codes |= set(re.findall(r'Problem\(\s*"(\w+)"', inspect.getsource(module)))
        self.assertGreater(len(codes), 15)
        self.assertEqual(set(self.env["optics.refusal"]._sentences()), codes)

    def test_every_hint_of_the_rules_has_a_sentence(self):
        codes = set(re.findall(r'Hint\(\s*"(\w+)"', inspect.getsource(hints)))
        self.assertGreater(len(codes), 8)
        sentences = set(self.Prescription._hint_sentences_by_code())
        self.assertEqual(sentences - {"near_pd_differs"}, codes)
