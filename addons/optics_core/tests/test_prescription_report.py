import re

from lxml import html

from odoo.tests import HttpCase, tagged

from ..models import prescription_print
from .common import OpticsCase
from .writing import PrescriptionWriting

REPORT = "optics_core.report_prescription"


@tagged("post_install", "-at_install", "optics")
class TestPrescriptionReport(PrescriptionWriting, OpticsCase):
    """The paper has every mark that the rules for writing prescriptions ask for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.patient.birthdate_date = "1961-04-12"
        cls.optometrist.name = "Соколова Анна Викторовна"

    def _paper(self, prescription):
        # The words are asked for in English; the language of the paper has a test of its own.
        self.patch(type(prescription), "_printed_language", lambda _self: "en_US")
        Report = self.env["ir.actions.report"].with_user(self.optometrist)
        content, _kind = Report._render_qweb_html(REPORT, prescription.ids)
        return html.fromstring(content)

    def _text(self, prescription):
        return re.sub(r"\s+", " ", self._paper(prescription).text_content())

    def test_every_mark_is_there(self):
        prescription = self._sign(
            date="2026-01-15",
            kind="constant",
            od_sph=-2.25,
            od_cyl=-1,
            od_axis=20,
            od_prism_h=1.5,
            od_base_h="in",
            os_sph=0,
            os_prism_v=2,
            os_base_v="up",
            pd=63.5,
            pd_near=60,
            roc=63.5,
            vertex=12,
        )
        text = self._text(prescription)
        for mark in (
            prescription.name,
            prescription.company_id.name,
            self.shop.name,
            "Иванова М. П.",
            "Age: 64",
            "Constant wear",
            "-2.25",
            "-1.00",
            "020",
            "1.5 Δ In (0°)",
            "2 Δ Up (90°)",
            "0.00",
            "PD far: 63.5 mm",
            "PD near: 60 mm",
            "optical centres of the lenses: 63.5 mm",
            "Vertex distance: 12 mm",
            "Valid until",
            "Соколова А. В.",
            "(signature)",
            "stamp",
        ):
            self.assertIn(mark, text)
        self.assertNotIn("Мария", text, "initials are enough")
        self.assertNotIn("DRAFT", text)

    def test_the_right_eye_stands_first(self):
        rows = self._paper(self._sign(od_sph=-1, os_sph=-2)).xpath(
            "//table[contains(@class, 'values')]/tbody/tr"
        )
        cells = [[cell.text_content().strip() for cell in row[:2]] for row in rows]
        self.assertEqual(cells, [["OD", "-1.00"], ["OS", "-2.00"]])

    def test_what_was_not_measured_is_a_dash_not_a_zero(self):
        rows = self._paper(self._sign(od_sph=0, os_sph=False)).xpath(
            "//table[contains(@class, 'values')]/tbody/tr"
        )
        cells = [[cell.text_content().strip() for cell in row[1:3]] for row in rows]
        self.assertEqual(cells, [["0.00", "—"], ["—", "—"]])

    def test_contact_lenses_have_a_table_of_their_own(self):
        text = self._text(
            self._sign(
                kind="contact",
                od_sph=-9,
                od_cl_brand="Clarity",
                od_cl_bc=8.6,
                od_cl_dia=14.2,
                od_cl_power=-3.25,
                cl_replacement="month",
            )
        )
        for mark in ("Clarity", "8.6", "14.2", "-3.25", "Every month", "contact lenses"):
            self.assertIn(mark, text)
        self.assertNotIn("-9.00", text)

    def test_a_draft_and_what_no_longer_counts_say_so(self):
        draft = self._write()
        self.assertIn("DRAFT", self._text(draft))
        draft.action_sign()
        draft._cancel("Не та пациентка")
        self.assertIn("CANCELLED", self._text(draft))

    def test_the_words_of_the_law_are_a_setting(self):
        term = self.env["optics.prescription.term"].search([("kind", "=", "distance")])
        term.write({"form_name": "Форма № 7", "legal_text": "Хранить\nдва года"})
        text = self._text(self._sign())
        self.assertIn("Форма № 7", text)
        self.assertIn("Хранить два года", text)
        self.assertNotIn("Форма № 7", self._text(self._sign(kind="near")))

    def test_an_outside_prescriber_is_named_as_written(self):
        text = self._text(self._sign(prescriber_id=False, prescriber_name="Ким Л. А., клиника № 3"))
        self.assertIn("Prescriber: Ким Л. А., клиника № 3", text)

    def test_clinical_detail_is_not_on_the_paper(self):
        text = self._text(self._sign(notes="Головная боль", od_acuity_corrected=0.9))
        self.assertNotIn("Головная боль", text)
        self.assertNotIn("0.9", text)

    def test_the_form_is_russian_where_russian_is_installed(self):
        prescription = self._sign()
        self.env["res.lang"]._activate_lang("ru_RU")
        self.assertEqual(prescription._printed_language(), "ru_RU")
        self.patch(prescription_print, "LANGUAGE_OF_THE_FORM", "kk_KZ")
        self.assertEqual(prescription._printed_language(), prescription.env.lang)

    def test_an_assistant_may_print(self):
        action = self._sign().with_user(self.assistant).action_print()
        self.assertEqual(action["report_name"], REPORT)


@tagged("post_install", "-at_install", "optics")
class TestPrescriptionPdf(PrescriptionWriting, OpticsCase, HttpCase):
    def test_it_is_one_page_of_a5(self):
        prescription = self._sign(od_prism_h=1, od_base_h="in", pd=63.5)
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf, kind = report._render_qweb_pdf(REPORT, prescription.ids)
        self.assertEqual(kind, "pdf")
        self.assertTrue(pdf.startswith(b"%PDF"))
        boxes = re.findall(rb"/MediaBox \[0 0 (\d+)[\d.]* +(\d+)", pdf)
        self.assertEqual(len(boxes), 1)
        width, height = map(int, boxes[0])
        self.assertAlmostEqual(width, 420, delta=3)
        self.assertAlmostEqual(height, 595, delta=3)
