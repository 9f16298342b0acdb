from odoo import models

from ..rules import notation
from ..rules.power import EYES
from ..rules.prism import base_angle
from ..rules.short_name import short_name

LANGUAGE_OF_THE_FORM = "ru_RU"


class Prescription(models.Model):
    """The paper: what the rules for writing prescriptions ask for, right eye first."""

    _inherit = "optics.prescription"

    def action_print(self):
        return self.env.ref("optics_core.action_report_prescription").report_action(self)

    def _printed_language(self):
        """The form is a Russian document, whoever prints it."""
        installed = self.env["res.lang"]._lang_get(LANGUAGE_OF_THE_FORM)
        return LANGUAGE_OF_THE_FORM if installed else self.env.lang

    def _printed_patient(self):
        return short_name(self.patient_id.name)

    def _printed_prescriber(self):
        return self.prescriber_name or short_name(self.prescriber)

    def _printed_eyes(self):
        """Rows of the table of glasses: an eye that was not measured has a dash."""
        self.ensure_one()
        return [self._printed_eye(eye) for eye in EYES]

    def _printed_eye(self, eye):
        values = self._eye_values(eye)
        return {
            "eye": eye.upper(),
            "sph": notation.dioptre(values["sph"]),
            "cyl": notation.dioptre(values["cyl"]),
            "axis": notation.axis(values["axis"]),
            "add": notation.dioptre(values["add"]),
            "prisms": [
                {
                    "amount": _plain(values[f"prism_{way}"]),
                    "base": self._base_label(eye, f"base_{way}"),
                    "angle": base_angle(eye, values[f"base_{way}"]),
                }
                for way in ("h", "v")
                if values[f"prism_{way}"]
            ],
            "pd": notation.millimetres(values["pd"]),
            "height": notation.millimetres(values["height"]),
        }

    def _printed_lenses(self):
        """Rows of the table of contact lenses."""
        self.ensure_one()
        return [self._printed_lens(eye) for eye in EYES]

    def _printed_lens(self, eye):
        power = self._contact_power(eye)
        grade = dict(self._fields[f"{eye}_cl_grade"]._description_selection(self.env))
        return {
            "eye": eye.upper(),
            "brand": self[f"{eye}_cl_brand"] or "",
            "bc": _plain(self._exact_value(f"{eye}_cl_bc", self[f"{eye}_cl_bc"])),
            "dia": _plain(self._exact_value(f"{eye}_cl_dia", self[f"{eye}_cl_dia"])),
            "power": notation.dioptre(power.sph),
            "cyl": notation.dioptre(power.cyl),
            "axis": notation.axis(power.axis),
            "add": notation.dioptre(power.add) or grade.get(self[f"{eye}_cl_grade"], ""),
        }

    def _printed_millimetres(self, name):
        return notation.millimetres(self._exact_value(name, self[name]))

    def _base_label(self, eye, name):
        field = self._fields[f"{eye}_{name}"]
        return dict(field._description_selection(self.env)).get(self[f"{eye}_{name}"], "")


def _plain(value):
    return "" if value is None else f"{value.normalize():f}"
