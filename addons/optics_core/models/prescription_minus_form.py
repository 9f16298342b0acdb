from odoo import api, models, tools

from ..rules.power import EYES
from ..rules.transposition import canonical
from .optional_decimal import OptionalDecimal
from .optional_integer import OptionalInteger


class Prescription(models.Model):
    """The same power with a minus cylinder, whatever sign was typed: for search, stock and
    comparison."""

    _inherit = "optics.prescription"

    od_sph_minus = OptionalDecimal(
        string="OD Sph, minus cylinder", compute="_compute_minus_form", store=True
    )
    od_cyl_minus = OptionalDecimal(
        string="OD Cyl, minus cylinder", compute="_compute_minus_form", store=True
    )
    od_axis_minus = OptionalInteger(
        string="OD Axis, minus cylinder", compute="_compute_minus_form", store=True
    )
    os_sph_minus = OptionalDecimal(
        string="OS Sph, minus cylinder", compute="_compute_minus_form", store=True
    )
    os_cyl_minus = OptionalDecimal(
        string="OS Cyl, minus cylinder", compute="_compute_minus_form", store=True
    )
    os_axis_minus = OptionalInteger(
        string="OS Axis, minus cylinder", compute="_compute_minus_form", store=True
    )

    def init(self):
        super().init()
        for eye in EYES:
            tools.create_index(
                self.env.cr,
                f"optics_prescription_{eye}_minus_index",
                self._table,
                [f"{eye}_sph_minus", f"{eye}_cyl_minus"],
            )

    @api.depends("od_sph", "od_cyl", "od_axis", "os_sph", "os_cyl", "os_axis")
    def _compute_minus_form(self):
        for prescription in self:
            for eye in EYES:
                minus = canonical(prescription._eye_power(eye))
                prescription[f"{eye}_sph_minus"] = minus.sph
                prescription[f"{eye}_cyl_minus"] = minus.cyl
                prescription[f"{eye}_axis_minus"] = minus.axis
