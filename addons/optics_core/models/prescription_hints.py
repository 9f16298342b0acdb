from decimal import Decimal

from odoo import _, api, fields, models

from ..rules import contact_lens, hints, notation
from ..rules.power import EYES
from .prescription_help import POWER_FIELDS


class Prescription(models.Model):
    """Remarks beside the form. A hint never stops anybody."""

    _inherit = "optics.prescription"

    hint_list = fields.Html(string="Worth a look", compute="_compute_hint_list", sanitize=False)

    @api.depends(
        "kind",
        "patient_id",
        "date",
        "pd",
        "pd_near",
        "vertex",
        *POWER_FIELDS,
        *(f"{eye}_cl_{name}" for eye in EYES for name in ("power", "cyl", "axis", "add")),
    )
    @api.depends_context("lang", "uid")
    def _compute_hint_list(self):
        for prescription in self:
            sentences = prescription._hint_sentences()
            prescription.hint_list = sentences and self.env["ir.qweb"]._render(
                "optics_core.prescription_hint_list", {"sentences": sentences}
            )

    def _hint_sentences(self):
        self.ensure_one()
        previous = self.previous_id
        found = hints.hints(
            *(self._prescribed_power(eye) for eye in EYES),
            kind=self.kind,
            age=self.patient_id.sudo()._optics_age_on(self.date) if self.patient_id else None,
            previous=previous and tuple(previous._prescribed_power(eye) for eye in EYES),
            pd=self._exact_value("pd", self.pd),
            pd_near=self._exact_value("pd_near", self.pd_near),
            vertex=self._vertex(),
        )
        words = self.env["optics.refusal"]
        return [self._hint_sentence(hint) for hint in found] + [
            words._sentence(self, problem) for problem in self._series_problems()
        ]

    def _vertex(self):
        # A contact lens is on the eye.
        return Decimal(0) if self.kind == "contact" else self._exact_value("vertex", self.vertex)

    def _series_problems(self):
        if self.kind != "contact":
            return []
        return [
            problem
            for eye in EYES
            for problem in contact_lens.check(eye, self._contact_power(eye).sph)
        ]

    def _hint_sentence(self, hint):
        code = hint.code
        if code == "near_pd" and hint.params["typed"] is not None:
            code = "near_pd_differs"
        values = {name: _written(hint, name) for name in hint.params}
        eye = (hint.eye or "").upper()
        return self._hint_sentences_by_code().get(code, code) % {"eye": eye, **values}

    @api.model
    def _hint_sentences_by_code(self):
        """The sentence of each code of `rules.hints`."""
        return {
            "anisometropia": _(
                "Anisometropia: the eyes differ by %(difference)s D in spherical equivalent."
            ),
            "antimetropia": _(
                "One eye is long-sighted, the other short-sighted: %(od)s and %(os)s."
            ),
            "adds_differ": _("The Adds differ: OD %(od)s, OS %(os)s."),
            "near_pd": _("PD near is empty; derived: %(suggested)s mm."),
            "near_pd_differs": _("PD near %(typed)s is far from the derived %(suggested)s mm."),
            "add_missing": _("%(eye)s: no Add; these lenses need one when they are ordered."),
            "add_in_distance": _("%(eye)s: Add %(add)s in glasses for distance."),
            "add_for_age": _(
                "%(eye)s: Add %(add)s; at the age of %(age)s usual is %(low)s to %(high)s."
            ),
            "big_change": _("%(eye)s: changed by %(change)s D since the last prescription."),
            "axis_slip": _(
                "%(eye)s: the axis turned by %(turn)s° since the last prescription, from "
                "%(was)s to %(now)s."
            ),
            "vertex_needed": _("%(eye)s: %(power)s D; measure the vertex distance."),
        }


def _written(hint, name):
    value = hint.params[name]
    if hint.code == "axis_slip" and name != "turn":
        return notation.axis(value)
    if value is None or isinstance(value, int):
        return value
    if hint.code == "near_pd":
        return notation.millimetres(value)
    # How far apart and how strong have no sign.
    text = notation.dioptre(value)
    return text.lstrip("+") if name in ("difference", "power") else text
