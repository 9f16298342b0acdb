from odoo.tests import new_test_user, tagged

from .tours import TourCase


@tagged("post_install", "-at_install", "optics")
class TestPersonalDataTours(TourCase):
    """What an assistant and two officers do on the screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Warehouse = cls.env["stock.warehouse"]
        cls.shop = Warehouse.create({"name": "Here", "code": "THR"})
        cls.far_shop = Warehouse.create({"name": "There", "code": "TTR"})
        cls.optometrist = cls._user("t-far-optometrist", "optometrist", cls.far_shop)
        cls.assistant = cls._user("t-reader", "sales_assistant", cls.shop)
        cls.patient = cls.env["res.partner"].create(
            {
                "name": "Чужова Вера Павловна",
                "phone": "+7 (912) 555-44-33",
                "is_optics_patient": True,
            }
        )
        cls.prescription = (
            cls.env["optics.prescription"]
            .with_user(cls.optometrist)
            .create({"patient_id": cls.patient.id, "od_sph": -3.25, "os_sph": -3})
        )
        cls.prescription.action_sign()
        cls.prescription = cls.prescription.sudo()

    @classmethod
    def _user(cls, login, group, shop=None):
        values = {"optics_shop_id": shop.id, "optics_shop_ids": shop.ids} if shop else {}
        return new_test_user(cls.env, login=login, groups=f"optics_core.group_{group}", **values)

    def test_an_assistant_takes_a_patient_of_another_shop_into_care(self):
        self.tour("care_take_action", "optics_take_into_care", "t-reader")
        care = self.env["optics.care"].search([("patient_id", "=", self.patient.id)])
        self.assertEqual((care.shop_id, care.taken_by_id), (self.shop, self.assistant))
        line = self.env["optics.access.log"].search([("user_id", "=", self.assistant.id)])
        self.assertIn("care", line.mapped("basis"))
        self.assertEqual(line.patient_id, self.patient)

    def test_two_officers_read_the_journal_and_erase_a_person(self):
        self._user("t-officer-one", "data_officer")
        self._user("t-officer-two", "data_officer")
        self.prescription.with_user(self.assistant).sudo().read(["od_sph"])
        self.env.cr.flush()
        self.tour("access_log_action", "optics_data_officer", "t-officer-one")
        self.tour("person_request_action", "optics_second_officer", "t-officer-two")
        self.patient.invalidate_recordset()
        self.assertNotIn("Чужова", self.patient.name)
        self.assertIsNone(self.prescription.od_sph)
