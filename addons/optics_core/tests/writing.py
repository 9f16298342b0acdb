class PrescriptionWriting:
    """Prescriptions as an optometrist writes them; beside `OpticsCase`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Refusals are compared in the language of the source, whatever the database speaks.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.Prescription = cls.env["optics.prescription"].with_user(cls.optometrist)

    @classmethod
    def _write(cls, user=None, **vals):
        """A draft for the patient; a minus sphere unless said otherwise."""
        Prescription = cls.Prescription.with_user(user or cls.optometrist)
        return Prescription.create({"patient_id": cls.patient.id, "od_sph": -1, **vals})

    @classmethod
    def _sign(cls, **vals):
        prescription = cls._write(**vals)
        prescription.action_sign()
        return prescription

    def _assert_refused(self, expected, *pieces, call):
        """The refusal names what it is about: each piece stands in its sentence."""
        with self.assertRaises(expected) as refusal:
            with self.env.cr.savepoint():
                call()
        for piece in pieces:
            self.assertIn(piece, str(refusal.exception))
