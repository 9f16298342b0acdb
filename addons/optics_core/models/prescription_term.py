from odoo import api, fields, models, tools

from ..rules import expiry
from .prescription import KINDS


class PrescriptionTerm(models.Model):
    """What the law and the house say of a kind of prescription.

    For how long it counts (a warning only: nobody is stopped by it) and what is printed on it:
    which form is in force changes, so a lawyer fills it in here.
    """

    _name = "optics.prescription.term"
    _description = "Terms and Printed Text by Kind"
    _order = "id"
    _rec_name = "kind"

    kind = fields.Selection(KINDS, required=True)
    months = fields.Integer(required=True)
    days = fields.Integer(string="And days", required=True)
    warn_days = fields.Integer(
        string="Warn days before",
        required=True,
        default=30,
        help="From so many days before the end a prescription is shown as expiring soon.",
    )

    form_name = fields.Char(
        string="Form", translate=True, help="Number of the form, printed in its corner."
    )
    legal_text = fields.Text(translate=True, help="Printed below the signature.")

    _sql_constraints = [
        (
            "kind_unique",
            "UNIQUE(kind)",
            "Kind: this kind of prescription has its term already. Change the line that is there.",
        ),
        (
            "term_positive",
            "CHECK(months >= 0 AND days >= 0 AND months + days > 0 AND warn_days >= 0)",
            "Months, And days: a term is at least one day. Warn days before: not below zero. "
            "Correct the number.",
        ),
    ]

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for term in self:
            term.display_name = names.get(term.kind)

    @api.model_create_multi
    def create(self, vals_list):
        terms = super().create(vals_list)
        self.env.registry.clear_cache()
        return terms

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _of_kind(self, kind):
        return self.sudo().search([("kind", "=", kind)])

    @api.model
    def _terms(self):
        """Terms by kind, as `rules.expiry` asks for; a kind without one does not expire."""
        return {
            kind: expiry.Term(months=months, days=days)
            for kind, months, days, _warn in self._settings()
        }

    @api.model
    def _warn_days(self):
        """Days of warning by kind."""
        return {kind: warn for kind, _months, _days, warn in self._settings()}

    @api.model
    @tools.ormcache()
    def _settings(self):
        terms = self.sudo().search([])
        return tuple((t.kind, t.months, t.days, t.warn_days) for t in terms)
