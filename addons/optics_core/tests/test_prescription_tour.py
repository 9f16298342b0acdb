from odoo.tests import tagged

from .common import OpticsCase
from .tours import TourCase


@tagged("post_install", "-at_install", "optics")
class TestPrescriptionTour(OpticsCase, TourCase):
    def test_an_optometrist_writes_signs_prints_and_amends_by_keyboard_alone(self):
        patient = self.env["res.partner"].create(
            {"name": "Клавиатурова Нина Павловна", "birthdate_date": "1990-01-01"}
        )
        # The tour reads the screen in the language of the source.
        self.env["res.lang"]._activate_lang("en_US")
        self.optometrist.lang = "en_US"
        self.tour("prescription_action", "optics_prescription_by_keyboard", "t-optometrist")
        first, second = self.env["optics.prescription"].search(
            [("patient_id", "=", patient.id)], order="version"
        )
        self.assertEqual((first.state, second.state), ("amended", "signed"))
        self.assertEqual(second.amends_id, first)
        self.assertEqual(second.amend_reason, "Wrong axis")
        self.assertEqual(first.name, second.name)
        eyes = [(p.od_sph, p.od_cyl, p.od_axis) for p in (first, second)]
        self.assertEqual(eyes, [(-20.5, -1, 20), (-20.5, -1, 25)])
        self.assertEqual((second.os_sph, second.os_cyl, second.os_axis), (-2.25, -1, 20))
        confirmed = first.exception_ids
        self.assertEqual(confirmed.reason, "Checked twice")
        self.assertEqual(confirmed.user_id, self.optometrist)
