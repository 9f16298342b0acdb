from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import OpticsCase


@tagged("post_install", "-at_install", "optics")
class TestConsent(OpticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.patient.email = "ivanova@example.com"
        cls.person = cls.patient.with_user(cls.assistant)
        cls.Consent = cls.env["optics.consent"].with_user(cls.assistant)
        # Of this company, so before those for every company, which people may have signed.
        cls.text = cls.env["optics.consent.text"].create(
            {
                "kind": "personal",
                "title": "Согласие",
                "body": "<p>{{patient}}, {{signer}}, {{company}}</p>",
                "company_id": cls.env.company.id,
            }
        )

    def _give(self, kind, partner=None):
        return self.Consent.create({"partner_id": (partner or self.patient).id, "kind": kind})

    def _child(self, **values):
        return self.env["res.partner"].create(
            {
                "name": "Иванов Пётр",
                "birthdate_date": fields.Date.today() - relativedelta(years=9),
                **values,
            }
        )

    def test_the_card_warns_until_everything_required_is_given(self):
        self.assertTrue(self.person.lacks_consent)
        self._give("personal")
        self.assertTrue(self.person.lacks_consent)
        self._give("medical")
        self.assertFalse(self.person.lacks_consent)
        self.assertFalse(self.person.missing_consents)

    def test_people_without_consent_are_found(self):
        Partner = self.env["res.partner"].with_user(self.assistant)
        self.assertIn(self.person, Partner.search([("lacks_consent", "=", True)]))
        self._give("personal")
        self._give("medical")
        self.assertIn(self.person, Partner.search([("lacks_consent", "=", False)]))
        self.assertNotIn(self.person, Partner.search([("lacks_consent", "=", True)]))

    def test_a_withdrawn_consent_counts_no_more(self):
        self._give("personal")
        self._give("medical")._withdraw("передумала")
        self.assertTrue(self.person.lacks_consent)

    def test_we_write_only_to_those_who_agreed(self):
        self.assertFalse(self.patient._optics_may_notify("sms"))
        consent = self._give("sms")
        self.assertTrue(self.patient._optics_may_notify("sms"))
        self.assertFalse(self.patient._optics_may_notify("email"))
        consent._withdraw("не пишите")
        self.assertFalse(self.patient._optics_may_notify("sms"))

    def test_we_write_only_where_there_is_an_address(self):
        self._give("sms")
        self._give("email")
        self.assertTrue(self.patient._optics_may_notify("email"))
        self.patient.write({"phone": False, "mobile": False, "email": False})
        self.assertFalse(self.patient._optics_may_notify("sms"))
        self.assertFalse(self.patient._optics_may_notify("email"))

    def test_we_do_not_write_to_those_on_the_blacklist(self):
        self._give("email")
        self.env["mail.blacklist"].create({"email": "ivanova@example.com"})
        self.assertFalse(self.patient._optics_may_notify("email"))

    def test_what_was_signed_stays_as_signed(self):
        consent = self._give("personal")
        for values in ({"kind": "sms"}, {"given_at": "2020-01-01"}):
            with self.assertRaises(UserError):
                consent.sudo().write(values)
        with self.assertRaises(UserError):
            consent.sudo().unlink()
        with self.assertRaises(AccessError):
            consent.unlink()

    def test_a_withdrawal_is_neither_made_up_nor_taken_back(self):
        consent = self._give("personal")
        with self.assertRaises(UserError):
            consent.write({"withdrawn_at": "2020-01-01"})
        consent._withdraw("передумала")
        self.assertEqual(consent.withdrawn_by_id, self.assistant)
        for record in (consent, consent.sudo()):
            with self.assertRaises(UserError):
                record.write({"withdrawn_at": False})

    def test_a_consent_is_given_once_and_again_after_withdrawal(self):
        consent = self._give("personal")
        with self.assertRaises(UserError):
            self._give("personal")
        consent._withdraw("ошибка")
        self.assertTrue(self._give("personal").is_valid)

    def test_a_consent_of_tomorrow_is_refused(self):
        with self.assertRaises(ValidationError):
            self.Consent.create(
                {
                    "partner_id": self.patient.id,
                    "kind": "personal",
                    "given_at": fields.Datetime.now() + timedelta(days=1),
                }
            )

    def test_who_recorded_it_cannot_be_made_up(self):
        consent = self.Consent.create(
            {
                "partner_id": self.patient.id,
                "kind": "personal",
                "recorded_by_id": self.manager.id,
            }
        )
        self.assertEqual(consent.recorded_by_id, self.assistant)

    def test_the_guardian_signs_for_a_child(self):
        child = self._child(guardian_id=self.patient.id)
        self.assertEqual(self._give("personal", child).given_by_id, self.patient)
        with self.assertRaises(ValidationError):
            self._give("personal", self._child())

    def test_the_window_offers_what_is_missing_and_records_it(self):
        self._give("personal")
        action = self.person.action_record_consent()
        Wizard = self.env["optics.consent.give"].with_user(self.assistant)
        with Form(Wizard.with_context(**action["context"])) as form:
            self.assertFalse(form.personal)
            self.assertTrue(form.medical)
            form.sms = True
            wizard = form.save()
        wizard.action_record()
        self.assertEqual(
            set(self.person.consent_ids.mapped("kind")), {"personal", "medical", "sms"}
        )

    def test_the_form_prints_one_sheet_for_each_consent(self):
        wizard = self.env["optics.consent.give"].create(
            {"partner_id": self.patient.id, "personal": True, "sms": True}
        )
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "optics_core.report_consent_form", wizard.ids
        )
        html = html.decode()
        self.assertEqual(html.count("подпись"), 2)
        self.assertIn(self.patient.name, html)
        self.assertNotIn("{{", html)

    def test_a_name_cannot_smuggle_markup_into_the_form(self):
        self.patient.name = "<script>alert(1)</script>"
        text = self.text
        filled = text._filled_in(self.patient, self.patient)
        self.assertNotIn("<script>", filled)
        self.assertIn("&lt;script&gt;", filled)

    def test_a_signed_wording_is_not_reworded_but_reissued(self):
        text = self.text
        text.with_user(self.manager).action_approve()
        self.assertFalse(text.is_sample)
        signed = self._give("personal")
        self.assertEqual(signed.text_id, text)
        with self.assertRaises(UserError):
            text.body = "<p>Иначе</p>"
        action = text.with_user(self.manager).action_new_edition()
        edition = self.env["optics.consent.text"].browse(action["res_id"])
        self.assertEqual(edition.edition, text.edition + 1)
        self.assertTrue(edition.is_sample)
        self.assertEqual(self.env["optics.consent.text"]._in_force("personal"), edition)
        self.assertEqual(signed.text_id, text)

    def test_a_reworded_text_is_a_sample_again(self):
        text = self.text
        text.action_approve()
        text.body = "<p>Иначе</p>"
        self.assertTrue(text.is_sample)

    def test_an_assistant_rewords_nothing_and_the_workshop_sees_nothing(self):
        text = self.text
        with self.assertRaises(AccessError):
            text.with_user(self.assistant).title = "Иначе"
        consent = self._give("personal")
        with self.assertRaises(AccessError):
            consent.with_user(self.master).read(["kind"])
        with self.assertRaises(AccessError):
            self.patient.with_user(self.master).read(["lacks_consent"])
