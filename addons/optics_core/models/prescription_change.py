from odoo import api, fields, models
from odoo.tools import format_date

from ..rules import notation
from ..rules.change import change
from ..rules.meridian import spherical_equivalent
from ..rules.power import EYES
from ..rules.transposition import canonical
from .prescription_help import POWER_FIELDS

# Glasses for the same distance are compared with each other only.
DISTANCES = (
    ("distance", "constant", "bifocal", "progressive"),
    ("near",),
    ("intermediate",),
    ("contact",),
)


class Prescription(models.Model):
    """What changed since the patient's last prescription, as numbers for a picture."""

    _inherit = "optics.prescription"

    previous_id = fields.Many2one(
        comodel_name="optics.prescription",
        string="Last prescription",
        compute="_compute_previous_id",
        help="The signed one before this, for the same distance.",
    )
    change_since = fields.Json(compute="_compute_change_since")

    @api.depends("patient_id", "date", "kind")
    @api.depends_context("uid")
    def _compute_previous_id(self):
        for prescription in self:
            prescription.previous_id = prescription._find_previous()

    @api.depends(
        "previous_id",
        *POWER_FIELDS,
        *(f"{eye}_cl_{name}" for eye in EYES for name in ("power", "cyl", "axis", "add")),
    )
    def _compute_change_since(self):
        for prescription in self:
            previous = prescription.previous_id
            eyes = previous and [prescription._change_of_eye(eye) for eye in EYES]
            prescription.change_since = (
                eyes
                and any(eyes)
                and {
                    "title": f"{previous.name}, {format_date(self.env, previous.date)}",
                    "eyes": [eye for eye in eyes if eye],
                }
            )

    def _find_previous(self):
        self.ensure_one()
        if not self.patient_id or not self.kind:
            return self.browse()
        alike = next(kinds for kinds in DISTANCES if self.kind in kinds)
        domain = [
            ("patient_id", "=", self.patient_id.id),
            ("kind", "in", alike),
            ("state", "=", "signed"),
            ("id", "!=", self._origin.id),
            ("date", "<=", self.date or fields.Date.context_today(self)),
        ]
        if self.name:
            # Versions of one prescription are corrections, not changes of the eyes.
            domain.append(("name", "!=", self.name))
        return self.search(domain, limit=1)

    def _change_of_eye(self, eye):
        before = self.previous_id._prescribed_power(eye)
        after = self._prescribed_power(eye)
        changed = change(before, after)
        if changed is None:
            return None
        return {
            "eye": eye,
            "before": _drawn(before),
            "after": _drawn(after),
            "spherical_equivalent": notation.dioptre(changed.spherical_equivalent),
            "difference": notation.power(changed.difference),
            "distance": notation.dioptre(changed.distance).lstrip("+"),
            "axis_turn": changed.axis_turn,
        }


def _drawn(power):
    minus = canonical(power)
    return {
        "text": notation.power(minus),
        "spherical_equivalent": float(spherical_equivalent(power)),
        "cyl": float(minus.cyl or 0),
        "axis": minus.axis,
    }
