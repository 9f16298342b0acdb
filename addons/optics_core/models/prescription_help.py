from decimal import Decimal

from odoo import api, fields, models

from ..rules import notation
from ..rules.meridian import spherical_equivalent
from ..rules.near_pd import near_pd_of_eyes
from ..rules.power import EYES
from ..rules.transposition import in_sign
from ..rules.vertex import compensate, needs_compensation, rounded
from .optional_decimal import OptionalDecimal

AT_CORNEA = Decimal(0)
POWER_FIELDS = tuple(f"{eye}_{name}" for eye in EYES for name in ("sph", "cyl", "axis", "add"))


class Prescription(models.Model):
    """What is worked out beside the form while somebody types. Nothing of it is stored."""

    _inherit = "optics.prescription"

    pd_near_derived = OptionalDecimal(
        string="PD near, derived",
        digits=(5, 1),
        compute="_compute_pd_near_derived",
        help="Worked out from the far PD and the powers, for reading at 40 cm: a suggestion.",
    )
    notation_table = fields.Html(
        compute="_compute_notation_table",
        sanitize=False,
        help="Each eye as written, in minus and in plus cylinder, its spherical equivalent and "
        "its power at the cornea.",
    )

    @api.depends("pd", *POWER_FIELDS)
    def _compute_pd_near_derived(self):
        for prescription in self:
            prescription.pd_near_derived = near_pd_of_eyes(
                prescription._exact_value("pd", prescription.pd),
                prescription._eye_power("od"),
                prescription._eye_power("os"),
            )

    @api.depends("vertex", *POWER_FIELDS)
    @api.depends_context("lang")
    def _compute_notation_table(self):
        for prescription in self:
            rows = [prescription._notation_row(eye) for eye in EYES]
            is_empty = not any(row["as_written"] for row in rows)
            prescription.notation_table = not is_empty and self.env["ir.qweb"]._render(
                "optics_core.prescription_notation_table",
                {"rows": rows, "at_cornea": any(row["at_cornea"] for row in rows)},
            )

    def _notation_row(self, eye):
        power = self._eye_power(eye)
        return {
            "eye": eye.upper(),
            "as_written": notation.power(power),
            "minus": notation.power(in_sign(power, "minus")),
            "plus": notation.power(in_sign(power, "plus")),
            "spherical_equivalent": notation.dioptre(spherical_equivalent(power)),
            "at_cornea": notation.power(self._power_at_cornea(power)),
        }

    def _power_at_cornea(self, power):
        """What a contact lens would need; nothing while the vertex distance is not measured, or
        too weak a lens for it to matter."""
        vertex = self._exact_value("vertex", self.vertex)
        if vertex is None or not needs_compensation(power, vertex, AT_CORNEA):
            return type(power)()
        moved = compensate(power, vertex, AT_CORNEA)
        return type(power)(*_quarters(moved))


def _quarters(power):
    near = rounded(power)
    return near.sph, near.cyl, near.axis
