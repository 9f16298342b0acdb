from odoo import _, api, fields, models
from odoo.tools import format_date

from ..rules import notation
from ..rules.limits import EYE_FIELDS, PAIR_FIELDS
from ..rules.quantity import QUANTITIES


class Refusal(models.AbstractModel):
    """Turns a `rules.Problem` into a sentence: which eye, which field, what was typed, what is
    allowed."""

    _name = "optics.refusal"
    _description = "Refusals in Words"

    @api.model
    def _sentence(self, record, problem):
        """`record` has the field the problem speaks of: its label is what the person sees."""
        values = {
            "field": self._label(record, problem),
            "typed": self._number(problem, problem.value),
            "low": self._number(problem, problem.low),
            "high": self._number(problem, problem.high),
            "step": problem.step,
            "code": problem.code,
        }
        # A rule that has no words yet still refuses, and says by what name.
        unknown = _("%(field)s: %(typed)s was typed; refused as %(code)s.")
        return self._sentences().get(problem.code, unknown) % values

    @api.model
    def _sentences(self):
        """The sentence of each code of `rules.limits` and `rules.contact_lens`."""
        return {
            "beyond_physical": _(
                "%(field)s: %(typed)s was typed; possible is %(low)s to %(high)s."
            ),
            "not_a_number": _("%(field)s: %(typed)s was typed; needed is a number."),
            "beyond_usual": _("%(field)s: %(typed)s was typed; usual is %(low)s to %(high)s."),
            "off_step": _(
                "%(field)s: %(typed)s was typed; allowed are steps of %(step)s, the nearest are "
                "%(low)s and %(high)s."
            ),
            "off_series": _(
                "%(field)s: %(typed)s was typed; lenses are usually made in steps of %(step)s "
                "here, the nearest are %(low)s and %(high)s."
            ),
            "axis_missing": _(
                "%(field)s: nothing was typed beside the cylinder; needed is a whole number from "
                "%(low)s to %(high)s."
            ),
            "axis_without_cylinder": _(
                "%(field)s: %(typed)s was typed without a cylinder; type the cylinder or leave "
                "the axis empty."
            ),
            "sphere_missing": _(
                "%(field)s: nothing was typed; needed is a number, 0.00 for no power."
            ),
            "base_missing": _("%(field)s: nothing was chosen; a prism needs its base."),
            "base_unknown": _(
                "%(field)s: %(typed)s was typed; allowed is one of the bases in the list."
            ),
            "base_without_prism": _(
                "%(field)s: %(typed)s was chosen without a prism; type the prism or leave the "
                "base empty."
            ),
            "pd_near_exceeds_far": _(
                "%(field)s: %(typed)s was typed; allowed is up to the far PD, %(high)s."
            ),
            "pd_sum": _(
                "%(field)s: OD PD and OS PD make %(typed)s; together with the PD typed allowed "
                "is %(low)s to %(high)s."
            ),
            "pd_asymmetric": _(
                "%(field)s: OD PD and OS PD are %(typed)s mm apart; usual is up to %(high)s."
            ),
            "roc_differs": _(
                "%(field)s: %(typed)s was typed; usual is the PD, %(low)s or %(high)s."
            ),
            "date_in_future": _("%(field)s: %(typed)s was typed; allowed is up to today."),
            "add_missing": _("%(field)s: nothing was typed; these lenses need an Add."),
            "height_missing": _(
                "%(field)s: nothing was typed; these lenses need a fitting height."
            ),
            "height_exceeds_frame": _(
                "%(field)s: %(typed)s was typed; allowed is below the height of the frame, "
                "%(high)s."
            ),
        }

    @api.model
    def _label(self, record, problem):
        return record._fields[self._field_name(problem)]._description_string(self.env)

    @api.model
    def _field_name(self, problem):
        return f"{problem.eye}_{problem.field}" if problem.eye else problem.field

    @api.model
    def _number(self, problem, value):
        if value is None:
            return ""
        if hasattr(value, "year"):
            return format_date(self.env, fields.Date.to_date(value))
        if isinstance(value, str):
            return self._base(value)
        names = EYE_FIELDS if problem.eye else PAIR_FIELDS
        unit = QUANTITIES[names[problem.field]].unit if problem.field in names else "mm"
        if unit == "D" and value == round(value, 2):
            return notation.dioptre(value)
        # Whatever was typed is shown as it was typed, never rounded to what is allowed.
        return f"{value.normalize():+f}" if unit == "D" else f"{value.normalize():f}"

    @api.model
    def _base(self, value):
        words = {"in": _("In"), "out": _("Out"), "up": _("Up"), "down": _("Down")}
        return words.get(value, value)
