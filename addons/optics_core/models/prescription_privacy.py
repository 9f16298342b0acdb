from odoo import api, fields, models
from odoo.osv import expression


class Prescription(models.Model):
    """Who may see a prescription, and whose reading of it is written down."""

    _name = "optics.prescription"
    _inherit = ["optics.prescription", "optics.journaled.reading"]
    _journal_people = ("prescriber_id", "create_uid")
    _administrative = frozenset(
        {
            "name",
            "patient_id",
            "prescriber_id",
            "prescriber_name",
            "prescriber",
            "shop_id",
            "company_id",
            "date",
            "kind",
            "state",
            "version",
            "amends_id",
            "signer_id",
            "signed_at",
            "valid_until",
        }
    )

    in_reach = fields.Boolean(
        compute="_compute_in_reach",
        search="_search_in_reach",
        help="Of the user's shops, or signed for a patient whom they took into care.",
    )

    @api.depends_context("uid")
    def _compute_in_reach(self):
        reached = self.filtered_domain(self._reach_domain(as_query=False))
        for prescription in self:
            prescription.in_reach = prescription in reached

    @api.model
    def _search_in_reach(self, operator, value):
        if operator not in ("=", "!=") or (operator == "=") != bool(value):
            raise NotImplementedError
        return self._reach_domain()

    @api.model
    def _reach_domain(self, as_query=True):
        """Asked anew by every search: the domain of a rule itself is cached, while shops change
        and care runs out at midnight."""
        Care = self.env["optics.care"]
        shops = Care._shops_of_user()
        patients = Care._open_patients(shops)
        if not as_query:
            self.env.cr.execute(patients)
            patients = [row[0] for row in self.env.cr.fetchall()]
        return expression.OR(
            [
                [("shop_id", "in", shops.ids)],
                [("patient_id", "in", patients), ("state", "!=", "draft")],
            ]
        )
