from odoo import _, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .acuity_values import MEDICAL
from .value_exception import value_text

CONFIRM = "optics_core.group_confirm_unusual"


class Prescription(models.Model):
    """Values beyond the usual range: refused, unless somebody with the right says why."""

    _inherit = "optics.prescription"

    exception_ids = fields.One2many(
        comodel_name="optics.value.exception",
        inverse_name="prescription_id",
        string="Confirmed unusual values",
        readonly=True,
        groups=MEDICAL,
    )
    # Typed once, kept in the confirmation.
    unusual_reason = fields.Char(
        string="Reason for the unusual values",
        store=False,
        copy=False,
        help="Why a value beyond the usual range is right. Kept with your name and the time.",
    )

    unusual_sentences = fields.Text(compute="_compute_unusual_sentences")
    may_confirm_unusual = fields.Boolean(compute="_compute_unusual_sentences")

    @api.depends(lambda self: tuple(self._checked_fields()))
    @api.depends_context("uid", "lang")
    def _compute_unusual_sentences(self):
        may_confirm = self.env.user.has_group(CONFIRM)
        for prescription in self:
            problems = prescription._unconfirmed_problems()
            sentences = prescription._sentences(problems)
            prescription.unusual_sentences = "\n".join(sentences)
            prescription.may_confirm_unusual = may_confirm

    @api.model_create_multi
    def create(self, vals_list):
        reasons = [vals.get("unusual_reason") for vals in vals_list]
        prescriptions = super().create([_without_reason(vals) for vals in vals_list])
        for prescription, reason in zip(prescriptions, reasons, strict=True):
            prescription._settle_unusual(reason)
        return prescriptions

    def write(self, vals):
        result = super().write(_without_reason(vals))
        if not self._checked_fields().isdisjoint(vals):
            for prescription in self:
                prescription._settle_unusual(vals.get("unusual_reason"))
        return result

    def copy_data(self, default=None):
        # The same value was confirmed once: whoever copies it confirms it again, same reason.
        reasons = self.sudo().exception_ids.filtered("is_current").mapped("reason")
        again = {"unusual_reason": "; ".join(dict.fromkeys(reasons))} if reasons else {}
        return super().copy_data({**again, **(default or {})})

    def _settle_unusual(self, reason):
        """Confirm what is unusual and not confirmed yet, or refuse it."""
        self.ensure_one()
        problems = self._unconfirmed_problems()
        if not problems:
            return
        sentences = self._sentences(problems)
        may_confirm = self.env.su or self.env.user.has_group(CONFIRM)
        if not (reason or "").strip():
            way_out = (
                _("Correct it, or type the reason why it is right.")
                if may_confirm
                else _("Correct it, or ask an optometrist to confirm it.")
            )
            raise ValidationError("\n".join([*sentences, way_out]))
        if not may_confirm:
            way_out = _("You may not confirm values beyond the usual range.")
            raise AccessError("\n".join([*sentences, way_out]))
        self.env["optics.value.exception"].sudo().create(
            [
                {
                    "prescription_id": self.id,
                    "eye": problem.eye,
                    "value_name": problem.field,
                    "code": problem.code,
                    "value": value_text(problem),
                    "low": problem.low,
                    "high": problem.high,
                    "sentence": sentence,
                    "reason": reason.strip(),
                    "user_id": self.env.user.id,
                    "confirmed_at": fields.Datetime.now(),
                }
                for problem, sentence in zip(problems, sentences, strict=True)
            ]
        )

    def _unusual_problems(self):
        self.ensure_one()
        _refused, unusual = self._problems(self._values_of_record())
        return unusual

    def _unconfirmed_problems(self):
        confirmed = self._origin.sudo().exception_ids
        return [
            problem
            for problem in self._unusual_problems()
            if not any(exception._is_about(problem) for exception in confirmed)
        ]

    def _sentences(self, problems):
        words = self.env["optics.refusal"]
        return [words._sentence(self, problem) for problem in problems]


def _without_reason(vals):
    return {name: value for name, value in vals.items() if name != "unusual_reason"}
