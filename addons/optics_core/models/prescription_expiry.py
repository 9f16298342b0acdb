from datetime import timedelta

from odoo import api, fields, models
from odoo.osv import expression

from ..rules import expiry


class Prescription(models.Model):
    """Until when a prescription counts. A warning for people, never a block."""

    _inherit = "optics.prescription"

    valid_until = fields.Date(
        compute="_compute_valid_until",
        store=True,
        readonly=False,
        index=True,
        help="From the term of its kind; the prescriber may set another day.",
    )
    validity = fields.Selection(
        selection=[("valid", "Valid"), ("soon", "Expires soon"), ("expired", "Expired")],
        compute="_compute_validity",
        search="_search_validity",
    )

    @api.depends("date", "kind")
    def _compute_valid_until(self):
        terms = self.env["optics.prescription.term"]._terms()
        for prescription in self:
            written, kind = prescription.date, prescription.kind
            prescription.valid_until = (
                expiry.valid_until(written, kind, terms) if written and kind else False
            )

    @api.depends("valid_until", "kind")
    def _compute_validity(self):
        today = fields.Date.context_today(self)
        warn_days = self.env["optics.prescription.term"]._warn_days()
        for prescription in self:
            prescription.validity = expiry.state(
                today, prescription.valid_until or None, warn_days.get(prescription.kind, 0)
            )

    @api.model
    def _search_validity(self, operator, value):
        wanted = {value} if isinstance(value, str) else set(value or ())
        if operator in ("!=", "not in"):
            wanted = set(expiry.STATES) - wanted
        elif operator not in ("=", "in"):
            raise NotImplementedError
        today = fields.Date.context_today(self)
        expired = [("valid_until", "<", today)]
        soon = expression.OR(
            [
                ("kind", "=", kind),
                ("valid_until", ">=", today),
                ("valid_until", "<=", today + timedelta(days=warn_days)),
            ]
            for kind, warn_days in self._warn_days_of_all_kinds().items()
        )
        late = expression.normalize_domain(expression.OR([expired, soon]))
        # One without an end is valid; to SQL its day is neither early nor late.
        valid = expression.OR([[("valid_until", "=", False)], ["!", *late]])
        domains = {"valid": valid, "soon": soon, "expired": expired}
        return expression.OR([domains[state] for state in expiry.STATES if state in wanted])

    @api.model
    def _warn_days_of_all_kinds(self):
        known = self.env["optics.prescription.term"]._warn_days()
        kinds = [kind for kind, _label in self._fields["kind"].selection]
        return {kind: known.get(kind, 0) for kind in kinds}
