from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models

from ..rules import acuity
from ..rules.power import EYES
from ..rules.quantity import QUANTITIES
from ..rules.step import to_step
from .eye_values import out_of_range
from .optional_decimal import OptionalDecimal

MEDICAL = "optics_core.group_medical"
ACUITIES = ("acuity", "acuity_corrected")


class AcuityValues(models.AbstractModel):
    """How well each eye sees, beside its other values. Clinical: not for a sale."""

    _name = "optics.acuity.values"
    _description = "Values of Both Eyes with Acuity"
    _inherit = "optics.eye.values"
    _further_eye_value_names = ACUITIES

    acuity_unit = fields.Selection(
        selection=[
            ("decimal", "Decimal"),
            ("six_metres", "6/…"),
            ("twenty_feet", "20/…"),
            ("logmar", "logMAR"),
        ],
        string="Acuity in",
        required=True,
        default="decimal",
        groups=MEDICAL,
    )
    od_acuity = OptionalDecimal(
        string="OD Acuity", digits=(6, 3), groups=MEDICAL, help="Without correction."
    )
    od_acuity_corrected = OptionalDecimal(
        string="OD Acuity, corrected", digits=(6, 3), groups=MEDICAL
    )
    os_acuity = OptionalDecimal(
        string="OS Acuity", digits=(6, 3), groups=MEDICAL, help="Without correction."
    )
    os_acuity_corrected = OptionalDecimal(
        string="OS Acuity, corrected", digits=(6, 3), groups=MEDICAL
    )

    _sql_constraints = [
        (
            f"{eye}_{name}_physical",
            # Other charts are turned into decimals first, by the rules.
            f"CHECK(acuity_unit <> 'decimal' OR {eye}_{name} BETWEEN {low} AND {high})",
            out_of_range(f"{eye}_{name}", "acuity"),
        )
        for eye in EYES
        for name in ACUITIES
        for low, high in [QUANTITIES["acuity"].physical]
    ]

    @api.model
    def _checked_fields(self):
        return super()._checked_fields() | {"acuity_unit"}

    @api.model
    def _values_to_check(self, eye, vals):
        values = super()._values_to_check(eye, vals)
        for name in ACUITIES:
            values[name] = self._decimal_acuity(values[name], vals.get("acuity_unit"))
        return values

    @api.model
    def _problems(self, vals):
        """The limits are of decimals; the sentence says what was typed."""
        unit = vals.get("acuity_unit") or "decimal"
        findings = super()._problems(vals)
        if unit == "decimal":
            return findings
        return tuple(
            [self._as_typed(problem, vals, unit) for problem in problems] for problems in findings
        )

    @api.model
    def _decimal_acuity(self, typed, unit):
        if typed is None or not unit or unit == "decimal":
            return typed
        value = acuity.to_decimal(typed, unit)
        # A fraction of nothing is beyond everything.
        return Decimal("Infinity") if value is None else to_step(value, QUANTITIES["acuity"].step)

    @api.model
    def _as_typed(self, problem, vals, unit):
        if problem.field not in ACUITIES:
            return problem
        name = f"{problem.eye}_{problem.field}"
        return replace(problem, value=acuity.written(self._exact_value(name, vals[name]), unit))
