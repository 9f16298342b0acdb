from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import OpticsCase


@tagged("post_install", "-at_install", "optics")
class TestOptionalValues(OpticsCase):
    """Empty is not zero, on every way into the database and out of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Prescription = cls.env["optics.prescription"].with_user(cls.optometrist)
        cls.plano = cls._write(od_sph=0.0, od_cyl=-1.0, od_axis=5)
        cls.absent = cls._write(od_sph=False, os_sph=-1.0)
        cls.both = cls.plano | cls.absent

    @classmethod
    def _write(cls, **vals):
        return cls.Prescription.create({"patient_id": cls.patient.id, **vals})

    def test_absent_is_none_and_zero_is_zero(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.plano.od_sph, 0.0)
        self.assertIsNone(self.absent.od_sph)
        self.assertIsNone(self.absent.od_axis)
        self.assertEqual(self.plano.od_axis, 5)

    def test_absent_is_null_in_the_database(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT od_sph, od_axis FROM optics_prescription WHERE id IN %s ORDER BY id",
            [tuple(self.both.ids)],
        )
        self.assertEqual(self.env.cr.fetchall(), [(0.0, 5), (None, None)])

    def test_search_tells_them_apart(self):
        search = self.Prescription.search
        mine = [("id", "in", self.both.ids)]
        self.assertEqual(search(mine + [("od_sph", "=", False)]), self.absent)
        self.assertEqual(search(mine + [("od_sph", "!=", False)]), self.plano)
        self.assertEqual(search(mine + [("od_sph", "=", 0)]), self.plano)
        self.assertEqual(search(mine + [("od_sph", "in", [0])]), self.plano)
        self.assertEqual(search(mine + [("od_axis", "=", False)]), self.absent)
        self.assertEqual(search(mine + [("od_sph", "<=", 0)]), self.plano)

    def test_the_client_gets_false_for_absent(self):
        plano, absent = self.both.read(["od_sph", "od_axis"])
        self.assertEqual((plano["od_sph"], plano["od_axis"]), (0.0, 5))
        self.assertIs(absent["od_sph"], False)
        self.assertIs(absent["od_axis"], False)

    def test_writing_moves_between_absent_and_zero(self):
        self.absent.od_sph = 0
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.absent.od_sph, 0.0)
        for empty in (False, None, ""):
            self.absent.write({"od_sph": 0})
            self.absent.write({"od_sph": empty})
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertIsNone(self.absent.od_sph, f"{empty!r} is nothing")

    def test_a_copy_keeps_both(self):
        self.assertEqual(self.plano.copy().od_sph, 0.0)
        self.assertIsNone(self.absent.copy().od_sph)

    def test_a_form_keeps_both(self):
        with Form(self.absent) as form:
            form.od_sph = 0
        self.assertEqual(self.absent.od_sph, 0.0)
        with Form(self.absent) as form:
            form.od_sph = False
        self.assertIsNone(self.absent.od_sph)
        with Form(self.Prescription) as form:
            form.patient_id = self.patient
            form.os_sph = -1
        self.assertIsNone(form.record.od_sph)
        self.assertIsNone(form.record.od_axis)

    def test_import_keeps_both(self):
        header = ["patient_id/.id", "od_sph", "od_cyl", "od_axis", "os_sph"]
        patient = str(self.patient.id)
        rows = [
            [patient, "0", "-0.50", "020", ""],
            [patient, "", "", "", "-1.25"],
            [patient, 0, -0.5, 20, ""],
        ]
        result = self.Prescription.load(header, rows)
        self.assertFalse(result["messages"])
        typed, empty, numbers = self.Prescription.browse(result["ids"])
        self.assertEqual((typed.od_sph, typed.od_axis, typed.os_sph), (0.0, 20, None))
        self.assertEqual((empty.od_sph, empty.od_axis, empty.os_sph), (None, None, -1.25))
        self.assertEqual((numbers.od_sph, numbers.od_axis, numbers.os_sph), (0.0, 20, None))

    def test_import_of_a_russian_file(self):
        file = "Пациент;OD Sph;OD Cyl;OD Axis;OS Sph\n{0};0,00;-0,50;020;\n{0};;;;-1,25\n"
        wizard = (
            self.env["base_import.import"]
            .with_user(self.optometrist)
            .create(
                {
                    "res_model": "optics.prescription",
                    "file": file.format(self.patient.id).encode(),
                    "file_type": "text/csv",
                    "file_name": "prescriptions.csv",
                }
            )
        )
        columns = ["patient_id/.id", "od_sph", "od_cyl", "od_axis", "os_sph"]
        options = {
            "quoting": '"',
            "separator": ";",
            "encoding": "utf-8",
            "has_headers": True,
            "float_thousand_separator": " ",
            "float_decimal_separator": ",",
        }
        result = wizard.execute_import(columns, columns, options)
        self.assertFalse(result["messages"])
        typed, empty = self.Prescription.browse(result["ids"])
        self.assertEqual((typed.od_sph, typed.od_cyl, typed.od_axis), (0.0, -0.5, 20))
        self.assertIsNone(typed.os_sph)
        self.assertEqual((empty.od_sph, empty.od_axis, empty.os_sph), (None, None, -1.25))

    def test_export_writes_nothing_for_absent(self):
        rows = self.both.with_env(self.env).export_data(["od_sph", "od_axis"])["datas"]
        self.assertEqual(rows, [[0.0, 5], ["", ""]])

    def test_a_document_prints_nothing_for_absent(self):
        view = self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "arch": "<p><t t-foreach='docs' t-as='doc'>"
                "[<span t-field='doc.od_sph'/>|<span t-field='doc.od_axis'/>]</t></p>",
            }
        )
        html = self.env["ir.qweb"]._render(view.id, {"docs": self.both})
        self.assertRegex(html, r"\[<span>0.000</span>\|<span>5</span>\]\[\|\]")

    def test_a_value_has_no_dust(self):
        prescription = self._write(od_sph=-1, os_sph=-1, od_cl_bc=8.7, od_cl_power=-2)
        for stage in ("in memory", "from the database"):
            self.assertEqual(repr(prescription.od_cl_bc), "8.7", stage)
            self.env.flush_all()
            self.env.invalidate_all()
        prescription.od_sph = -0.0
        self.assertEqual(repr(prescription.od_sph), "0.0")

    def test_a_value_finer_than_the_column_is_refused_not_rounded(self):
        for vals in (
            {"od_sph": -1.2501},
            {"od_sph": float("nan")},
            {"od_sph": float("inf")},
            {"pd": 62.25},
            {"od_cyl": -1, "od_axis": 20.5},
        ):
            with self.assertRaises(ValidationError, msg=vals):
                self._write(**{"od_sph": -1, **vals})
            with self.assertRaises(ValidationError, msg=vals):
                self.plano.write(vals)

    def test_values_are_not_summed_in_groups(self):
        self.assertIsNone(self.Prescription._fields["od_sph"].group_operator)
        self.assertIsNone(self.Prescription._fields["od_axis"].group_operator)

    def test_grouping_tells_them_apart(self):
        groups = self.Prescription._read_group(
            [("id", "in", self.both.ids)], ["od_sph"], ["__count"]
        )
        # As text: in Python False equals 0.0.
        self.assertEqual({str(value) for value, _count in groups}, {"0.0", "False"})
