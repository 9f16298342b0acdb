from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OpticsCase
from .writing import PrescriptionWriting


@tagged("post_install", "-at_install", "optics")
class TestPrescriptionVersions(PrescriptionWriting, OpticsCase):
    """A signed prescription is never written over."""

    def test_signing_gives_number_signer_and_time(self):
        prescription = self._write(date="2026-01-15")
        self.assertFalse(prescription.name)
        prescription.action_sign()
        self.assertRegex(prescription.name, r"^РЦ/2026/\d{5}$")
        self.assertEqual(prescription.signer_id, self.optometrist)
        self.assertTrue(prescription.signed_at)
        self.assertEqual(prescription.state, "signed")

    def test_numbers_have_no_gaps(self):
        first, second = self._sign(date="2026-01-15"), self._write(date="2026-01-16")
        second.unlink()
        third = self._sign(date="2026-01-16")
        self.assertEqual(int(third.name[-5:]), int(first.name[-5:]) + 1)

    def test_a_signed_one_is_not_written_or_deleted_by_anybody(self):
        prescription = self._sign()
        for user in (self.optometrist, self.manager, self.administrator, self.env.user):
            with self.subTest(user.login):
                signed = prescription.with_user(user)
                for vals in (
                    {"od_sph": -3},
                    {"notes": "later"},
                    {"patient_id": self.optometrist.partner_id.id},
                    {"valid_until": "2099-01-01"},
                    {"reading_ids": [(0, 0, {"od_sph": -2})]},
                ):
                    with self.assertRaises(UserError):
                        signed.write(vals)
                with self.assertRaises(UserError):
                    signed.unlink()
        self.assertEqual(prescription.od_sph, -1)

    def test_not_even_with_all_rights(self):
        prescription = self._sign().sudo()
        with self.assertRaises(UserError):
            prescription.od_sph = -3
        with self.assertRaises(UserError):
            prescription.unlink()

    def test_the_steps_cannot_be_typed(self):
        draft = self._write()
        for vals in (
            {"state": "signed"},
            {"name": "РЦ/1"},
            {"version": 7},
            {"signer_id": self.optometrist.id},
            {"amends_id": self._sign().id},
        ):
            with self.subTest(**vals):
                with self.assertRaises(UserError):
                    draft.write(vals)
                with self.assertRaises(UserError):
                    self._write(**vals)

    def test_the_steps_cannot_come_in_as_defaults(self):
        forged = self.Prescription.with_context(
            default_state="signed",
            default_name="РЦ/1",
            default_signer_id=self.other_optometrist.id,
            default_signed_at="2020-01-01 00:00:00",
        ).create({"patient_id": self.patient.id, "od_sph": -1})
        self.assertEqual(forged.state, "draft")
        self.assertFalse(forged.name or forged.signer_id or forged.signed_at)

    def test_a_signed_one_may_be_talked_about(self):
        prescription = self._sign()
        prescription.message_post(body="Позвонить через год")
        prescription.activity_schedule("mail.mail_activity_data_todo")
        self.assertTrue(prescription.activity_ids)

    def test_a_copy_is_a_draft_of_today(self):
        prescription = self._sign(date="2025-01-15", notes="once")
        copy = prescription.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.name or copy.signer_id or copy.signed_at or copy.notes)
        self.assertGreater(copy.date, prescription.date)
        self.assertEqual(copy.version, 1)
        self.assertEqual(copy.od_sph, -1)

    def test_an_amendment_is_a_new_version_that_replaces_when_signed(self):
        prescription = self._sign(od_cyl=-1, od_axis=20)
        amendment = self.Prescription.browse(prescription.action_amend()["res_id"])
        self.assertEqual(amendment.amends_id, prescription)
        self.assertEqual((amendment.name, amendment.version), (prescription.name, 2))
        self.assertEqual(prescription.state, "signed", "it counts until the new one does")
        amendment.write({"od_axis": 25, "amend_reason": "Ось перенесена с опечаткой"})
        amendment.action_sign()
        self.assertEqual(prescription.state, "amended")
        self.assertEqual(prescription.od_axis, 20)
        self.assertEqual(amendment.state, "signed")
        self.assertEqual(amendment.version_ids, amendment | prescription)
        self.assertEqual(prescription.version_ids, amendment | prescription)

    def test_an_amendment_needs_a_reason(self):
        amendment = self._amend(self._sign())
        with self.assertRaises(ValidationError):
            amendment.action_sign()

    def test_an_amendment_keeps_what_was_said_of_the_visit(self):
        prescription = self._sign(
            date="2026-01-15",
            valid_until="2026-03-01",
            prescriber_id=False,
            prescriber_name="Ким Л. А.",
        )
        amendment = self._amend(prescription)
        self.assertEqual(amendment.date, prescription.date)
        self.assertEqual(amendment.valid_until, prescription.valid_until)
        self.assertEqual(amendment.prescriber, "Ким Л. А.")
        self.assertEqual(amendment.shop_id, prescription.shop_id)

    def test_there_is_one_open_amendment(self):
        prescription = self._sign()
        first = self._amend(prescription)
        self.assertEqual(self._amend(prescription), first)
        rival = self._write()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            with self.env.cr.savepoint():
                self.env.cr.execute(
                    "UPDATE optics_prescription SET name = %s, version = 2 WHERE id = %s",
                    [prescription.name, rival.id],
                )

    def test_a_shop_that_may_only_read_writes_one_of_its_own(self):
        prescription = self._sign()
        self.env["optics.care"].create(
            {
                "patient_id": self.patient.id,
                "shop_id": self.other_shop.id,
                "reason": "Заказывает очки здесь",
                "found_by": "phone",
                "until": fields.Date.today(),
            }
        )
        seen = prescription.with_user(self.other_optometrist)
        self.assertEqual(seen.od_sph, -1)
        with self.assertRaises(AccessError):
            seen.action_amend()
        with self.assertRaises(AccessError):
            seen._cancel("Не нужен")
        self.assertEqual(seen.copy().shop_id, self.other_shop)

    def test_only_a_signed_one_is_amended(self):
        with self.assertRaises(UserError):
            self._write().action_amend()

    def test_a_draft_amendment_may_be_thrown_away(self):
        prescription = self._sign()
        self._amend(prescription).unlink()
        self.assertEqual(prescription.state, "signed")
        self.assertEqual(self._amend(prescription).version, 2)

    def test_it_is_cancelled_with_a_reason(self):
        prescription = self._sign()
        wizard = self.env["optics.prescription.cancel"].with_user(self.optometrist)
        for empty in ("", "  "):
            with self.assertRaises(ValidationError):
                wizard.create(
                    {"prescription_id": prescription.id, "reason": empty or " "}
                ).action_confirm()
        wizard.create(
            {"prescription_id": prescription.id, "reason": "Не та пациентка"}
        ).action_confirm()
        self.assertEqual(prescription.state, "cancelled")
        self.assertEqual(prescription.cancel_reason, "Не та пациентка")
        with self.assertRaises(UserError):
            prescription.action_sign()
        with self.assertRaises(UserError):
            prescription.action_amend()
        with self.assertRaises(UserError):
            prescription._cancel("again")

    def test_an_assistant_neither_signs_nor_cancels_what_an_optometrist_wrote(self):
        draft = self._write(user=self.assistant, prescriber_id=self.optometrist.id)
        self.assertFalse(draft.may_sign)
        with self.assertRaises(AccessError):
            draft.action_sign()
        signed = self._sign().with_user(self.assistant)
        with self.assertRaises(AccessError):
            signed._cancel("just so")

    def test_an_assistant_signs_what_an_outside_prescriber_wrote(self):
        draft = self._write(user=self.assistant, prescriber_name="Ким Л. А., клиника № 3")
        self.assertTrue(draft.may_sign)
        draft.action_sign()
        self.assertEqual(draft.signer_id, self.assistant)

    def test_an_assistant_deletes_nothing(self):
        draft = self._write(user=self.assistant, prescriber_name="Ким Л. А.")
        with self.assertRaises(AccessError):
            draft.unlink()

    def test_nobody_signs_nothing(self):
        for vals in (
            {"od_sph": False},
            {"od_sph": -1, "kind": "contact"},
            {"prescriber_id": False},
        ):
            with self.subTest(**vals), self.assertRaises(ValidationError):
                self._sign(**vals)

    def test_one_eye_is_enough_and_plano_is_a_value(self):
        self.assertEqual(self._sign(od_sph=False, os_sph=0).state, "signed")

    def test_readings_of_a_signed_one_are_closed(self):
        prescription = self._write()
        reading = self._read(prescription, od_sph=-1.25)
        prescription.action_sign()
        with self.assertRaises(UserError):
            reading.od_sph = -2
        with self.assertRaises(UserError):
            reading.unlink()
        with self.assertRaises(UserError):
            self._read(prescription, od_sph=-2)
        with self.assertRaises(UserError):
            reading.action_take_over()

    def test_the_final_reading_becomes_the_prescription(self):
        prescription = self._write(od_add=2, od_cyl=-3, od_axis=5, pd=62)
        first = self._read(prescription, method="autorefractor", od_sph=-2, pd=63)
        second = self._read(prescription, method="subjective", od_sph=-1.75, od_acuity_corrected=1)
        first.action_take_over()
        self.assertEqual((prescription.od_sph, prescription.pd), (-2, 63))
        self.assertIsNone(prescription.od_cyl, "the power is taken as a whole")
        self.assertEqual(prescription.od_add, 2, "what was not measured stays")
        self.assertTrue(first.is_final)
        second.action_take_over()
        self.assertEqual((prescription.od_sph, prescription.pd), (-1.75, 63))
        self.assertEqual(prescription.od_acuity_corrected, 1)
        self.assertEqual((first.is_final, second.is_final), (False, True))

    def test_a_reading_is_called_by_its_method_and_day(self):
        reading = self._read(self._write(), method="retinoscopy", measured_at="2026-03-05 21:30:00")
        reading = reading.with_context(tz="Asia/Yekaterinburg")
        self.assertEqual(reading.display_name, "Retinoscopy, 03/06/2026")

    def test_a_reading_is_not_final_by_hand(self):
        reading = self._read(self._write(), od_sph=-2, is_final=True)
        self.assertFalse(reading.is_final)
        with self.assertRaises(UserError):
            reading.is_final = True

    def test_a_reading_is_judged_as_a_prescription_is(self):
        prescription = self._write()
        self._assert_refused(
            ValidationError,
            "OD Axis",
            call=lambda: self._read(prescription, od_sph=-1, od_cyl=-1),
        )

    def test_readings_are_clinical(self):
        reading = self._read(self._write(), od_sph=-2)
        with self.assertRaises(AccessError):
            reading.with_user(self.assistant).read(["od_sph"])

    def _amend(self, prescription):
        return self.Prescription.browse(prescription.action_amend()["res_id"])

    def _read(self, prescription, **vals):
        Reading = self.env["optics.prescription.reading"].with_user(self.optometrist)
        return Reading.create({"prescription_id": prescription.id, **vals})
