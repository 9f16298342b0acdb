from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import OpticsCase
from .writing import PrescriptionWriting


@tagged("post_install", "-at_install", "optics")
class TestPrescriptionForm(PrescriptionWriting, OpticsCase):
    """What the form works out while somebody types."""

    def _form(self, record=None, user=None):
        form = Form((record or self.Prescription).with_user(user or self.optometrist))
        if not record:
            form.patient_id = self.patient
        return form

    def test_the_prescriber_and_the_shop_are_those_of_the_user(self):
        form = self._form()
        self.assertEqual(form.prescriber_id, self.optometrist)
        self.assertEqual(form.shop_id, self.shop)
        self.assertFalse(self._form(user=self.assistant).prescriber_id)

    def test_inside_and_outside_prescriber_exclude_each_other(self):
        form = self._form()
        form.prescriber_name = "Ким Л. А."
        self.assertFalse(form.prescriber_id)
        form.prescriber_id = self.optometrist
        self.assertFalse(form.prescriber_name)

    def test_nothing_typed_shows_nothing(self):
        form = self._form()
        self.assertFalse(form.notation_table)
        self.assertFalse(form.hint_list)
        self.assertFalse(form.unusual_sentences)
        self.assertFalse(form.change_since)
        self.assertFalse(form.pd_near_derived)

    def test_both_notations_stand_side_by_side(self):
        form = self._form()
        form.od_sph, form.od_cyl, form.od_axis = -3, 1, 110
        for text in ("-3.00 +1.00 × 110", "-2.00 -1.00 × 020", "-2.50"):
            self.assertIn(text, form.notation_table)

    def test_half_a_power_disturbs_nobody(self):
        form = self._form()
        form.od_cyl = -1
        self.assertIn("cyl -1.00", form.notation_table)
        form.od_axis = 20
        form.od_sph = -2
        self.assertIn("-3.00 +1.00 × 110", form.notation_table)

    def test_power_at_the_cornea_appears_where_it_matters(self):
        form = self._form()
        form.od_sph, form.od_cyl, form.od_axis = -8, -2, 180
        self.assertNotIn("-7.25", form.notation_table)
        form.vertex = 12
        self.assertIn("-7.25 -1.75 × 180", form.notation_table)
        form.od_sph, form.od_cyl, form.od_axis = -2, 0, False
        self.assertNotIn("At the cornea", form.notation_table)

    def test_near_pd_is_suggested_never_written(self):
        form = self._form()
        form.od_sph, form.os_sph, form.pd = 0, 0, 63
        self.assertEqual(form.pd_near_derived, 59)
        self.assertFalse(form.pd_near)
        prescription = form.save()
        self.assertIsNone(prescription.pd_near)

    def test_an_axis_of_zero_becomes_180_before_the_eyes(self):
        form = self._form()
        form.od_sph, form.od_cyl, form.od_axis = -1, -1, 0
        self.assertEqual(form.od_axis, 180)
        form.kind = "contact"
        form.od_cl_power, form.od_cl_cyl, form.od_cl_axis = -1, -1, 0
        self.assertEqual(form.od_cl_axis, 180)

    def test_hints_come_and_go_and_never_stop_anybody(self):
        form = self._form()
        form.kind = "progressive"
        form.od_sph, form.os_sph = -1, -4
        for text in ("Anisometropia", "3.00", "OD: no Add"):
            self.assertIn(text, form.hint_list)
        form.od_add = form.os_add = 2
        self.assertNotIn("no Add", form.hint_list)
        form.os_sph = -1
        self.assertFalse(form.hint_list)
        form.os_sph = -4
        form.save()

    def test_each_hint_is_a_sentence(self):
        self.patient.birthdate_date = "2000-01-01"
        self._sign(od_sph=-1, od_cyl=-1.5, od_axis=10, os_sph=1, date="2026-01-10")
        form = self._form()
        form.od_sph, form.od_cyl, form.od_axis, form.od_add = -4, -1.5, 90, 2
        form.os_sph, form.os_add = 1.25, 1.75
        form.pd, form.pd_near = 64, 50
        expected = [
            "Anisometropia",
            "long-sighted",
            "OD +2.00, OS +1.75",
            "PD near 50 is far from the derived",
            "OD: Add +2.00 in glasses for distance",
            "OD: changed by -3.00 D",
            "the axis turned by 80° since the last prescription, from 010 to 090",
            "OD: 5.50 D; measure the vertex distance",
        ]
        for text in expected:
            self.assertIn(text, form.hint_list)
        form.kind = "progressive"
        self.assertIn("OD: Add +2.00; at the age of 26 usual is", form.hint_list)
        form.pd_near = False
        self.assertIn("PD near is empty; derived", form.hint_list)

    def test_contact_lenses_have_hints_of_their_own(self):
        form = self._form()
        form.kind = "contact"
        form.od_cl_power, form.os_cl_power = -6.25, -6.5
        self.assertIn("OD Lens Power: -6.25", form.hint_list)
        self.assertNotIn("OS Lens Power", form.hint_list)
        self.assertNotIn("vertex", form.hint_list)

    def test_the_picture_compares_with_the_last_signed_one(self):
        self._sign(od_sph=-1, date="2025-01-10")
        last = self._sign(od_sph=-2, od_cyl=-1, od_axis=20, date="2026-01-10")
        self._write(od_sph=-9, date="2026-02-10")
        self._sign(kind="near", od_sph=1, date="2026-02-11")
        form = self._form()
        form.od_sph, form.od_cyl, form.od_axis = -2.5, -1, 20
        self.assertEqual(form.previous_id, last)
        picture = form.change_since
        self.assertIn(last.name, picture["title"])
        self.assertEqual([eye["eye"] for eye in picture["eyes"]], ["od"])
        eye = picture["eyes"][0]
        self.assertEqual(eye["spherical_equivalent"], "-0.50")
        self.assertEqual(eye["before"]["text"], "-2.00 -1.00 × 020")
        self.assertEqual(eye["after"]["axis"], 20)
        form.kind = "near"
        self.assertEqual(form.change_since["eyes"][0]["before"]["text"], "+1.00")
        form.kind = "contact"
        self.assertFalse(form.change_since)

    def test_an_amendment_is_not_compared_with_what_it_corrects(self):
        earlier = self._sign(od_sph=-1, date="2025-01-10")
        signed = self._sign(od_sph=-2, date="2026-01-10")
        amendment = self.Prescription.browse(signed.action_amend()["res_id"])
        self.assertEqual(amendment.previous_id, earlier)

    def test_an_unusual_value_asks_for_a_reason_in_the_form(self):
        form = self._form()
        form.od_sph = -21
        self.assertIn("OD Sph: -21.00", form.unusual_sentences)
        self.assertTrue(form.may_confirm_unusual)
        with self.assertRaises(ValidationError):
            form.save()
        form.unusual_reason = "Проверено"
        prescription = form.save()
        self.assertEqual(prescription.exception_ids.reason, "Проверено")
        form = self._form(prescription)
        self.assertFalse(form.unusual_sentences)
        form.od_sph = -22
        self.assertIn("OD Sph: -22.00", form.unusual_sentences)

    def test_an_assistant_types_an_outside_prescription(self):
        form = self._form(user=self.assistant)
        form.prescriber_name = "Ким Л. А."
        form.od_sph, form.od_cyl, form.od_axis = -3, 1, 110
        form.pd = 62
        self.assertFalse(form.may_confirm_unusual)
        prescription = form.save()
        with self._form(prescription, user=self.assistant) as again:
            again.os_sph = -2
        self.assertEqual(prescription.os_sph, -2)

    def test_clinical_fields_are_not_in_the_assistants_form(self):
        fields = self._form(user=self.assistant)._view["fields"]
        for name in ("od_acuity", "notes", "scan", "reading_ids", "exception_ids"):
            self.assertNotIn(name, fields)
        self.assertIn("od_acuity", self._form()._view["fields"])

    def test_a_signed_form_is_closed(self):
        form = self._form(self._sign())
        for name in ("od_sph", "os_axis", "patient_id", "kind", "date", "pd", "notes"):
            with self.assertRaises(AssertionError, msg=name):
                setattr(form, name, False)
