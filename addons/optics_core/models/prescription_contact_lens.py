from odoo import api, fields, models

from ..rules.power import EYES, Power
from .eye_values import filled_exactly_with, physical_range
from .optional_decimal import OptionalDecimal
from .optional_integer import OptionalInteger

GRADES = [("low", "Low"), ("medium", "Medium"), ("high", "High")]


class Prescription(models.Model):
    """Contact lenses: values of their own, never copied from those of glasses."""

    _inherit = "optics.prescription"
    od_cl_brand = fields.Char(string="OD Lens")
    od_cl_bc = OptionalDecimal(string="OD Base Curve", digits=(5, 2))
    od_cl_dia = OptionalDecimal(string="OD Diameter", digits=(5, 1))
    od_cl_power = OptionalDecimal(string="OD Lens Power")
    od_cl_cyl = OptionalDecimal(string="OD Lens Cyl")
    od_cl_axis = OptionalInteger(string="OD Lens Axis")
    od_cl_add = OptionalDecimal(string="OD Lens Add")
    od_cl_grade = fields.Selection(GRADES, string="OD Lens Add Grade")
    os_cl_brand = fields.Char(string="OS Lens")
    os_cl_bc = OptionalDecimal(string="OS Base Curve", digits=(5, 2))
    os_cl_dia = OptionalDecimal(string="OS Diameter", digits=(5, 1))
    os_cl_power = OptionalDecimal(string="OS Lens Power")
    os_cl_cyl = OptionalDecimal(string="OS Lens Cyl")
    os_cl_axis = OptionalInteger(string="OS Lens Axis")
    os_cl_add = OptionalDecimal(string="OS Lens Add")
    os_cl_grade = fields.Selection(GRADES, string="OS Lens Add Grade")
    cl_replacement = fields.Selection(
        selection=[
            ("day", "Every day"),
            ("fortnight", "Every two weeks"),
            ("month", "Every month"),
            ("quarter", "Every three months"),
            ("half_year", "Every six months"),
            ("year", "Every year"),
        ],
        string="Replacement",
    )
    cl_next_check = fields.Date(string="Next check")

    _sql_constraints = [
        constraint
        for eye in EYES
        for constraint in (
            physical_range(f"{eye}_cl_bc", "cl_bc"),
            physical_range(f"{eye}_cl_dia", "cl_dia"),
            physical_range(f"{eye}_cl_power", "cl_power"),
            physical_range(f"{eye}_cl_cyl", "cyl"),
            physical_range(f"{eye}_cl_axis", "axis"),
            physical_range(f"{eye}_cl_add", "add"),
            filled_exactly_with(f"{eye}_cl_axis", f"{eye}_cl_cyl"),
        )
    ]

    @api.onchange(*(f"{eye}_cl_{name}" for eye in EYES for name in ("power", "cyl", "axis")))
    def _onchange_contact_as_stored(self):
        self._onchange_as_stored()

    def _contact_power(self, eye):
        """The power of the contact lens as written."""
        return Power(
            *(
                self._exact_value(f"{eye}_{name}", self[f"{eye}_{name}"])
                for name in ("cl_power", "cl_cyl", "cl_axis", "cl_add")
            )
        )
