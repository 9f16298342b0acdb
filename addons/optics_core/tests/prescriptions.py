from datetime import timedelta

from odoo import fields


class PrescriptionsOfTwoShops:
    """A signed prescription in each of the two shops; beside `OpticsCase`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_patient = cls.env["res.partner"].create(
            {"name": "Сидоров Олег Иванович", "phone": "+7 922 765-43-21"}
        )
        cls.prescription = cls._prescribe(cls.optometrist, cls.patient)
        cls.other_prescription = cls._prescribe(cls.other_optometrist, cls.other_patient)

    @classmethod
    def _prescribe(cls, optometrist, patient, **values):
        prescription = (
            cls.env["optics.prescription"]
            .with_user(optometrist)
            .create(
                {
                    "patient_id": patient.id,
                    "shop_id": optometrist.optics_shop_id.id,
                    "prescriber_id": optometrist.id,
                    "od_sph": -2.0,
                    "os_sph": -1.75,
                    "pd": 62.0,
                    **values,
                }
            )
        )
        prescription.action_sign()
        return prescription.sudo(False).with_env(cls.env)

    @classmethod
    def _tomorrow(cls):
        return fields.Date.today() + timedelta(days=1)
