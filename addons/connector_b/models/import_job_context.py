from decimal import Decimal

from odoo import models

from ..rules.price_shift import Verdict, Watch
from .import_outcome import ImportContext


class ImportJob(models.Model):
    """What the target of an import is told: as superuser, but in one company and no other."""

    _inherit = "connector.import.job"

    def _target(self):
        """Rights were checked at the door; an operator may write products only through here."""
        return self._engine().env[f"connector.import.target.{self.target}"]

    def _engine(self):
        """The import with the rights and the company it works in, in the language of its names."""
        company = self.sudo().company_id
        return (
            self.sudo()
            .with_company(company)
            .with_context(
                allowed_company_ids=company.ids, lang=self.sudo().user_id.lang or self.env.lang
            )
        )

    def _import_context(self, rows=()):
        """For one transaction; `rows` are those of a chunk, as `_take_pending` reads them."""
        job = self._engine()
        profile, mapping = job.profile_id, job.profile_id._mapping()
        return ImportContext(
            env=job.env,
            company=job.company_id,
            currency=profile.currency_id or job.company_id.currency_id,
            targets=mapping.targets(),
            keys=profile._key_names(),
            profile=profile,
            job=job,
            partner=profile.partner_id or None,
            pricelist=profile.pricelist_id or None,
            location=profile.location_id or None,
            rate=mapping.rate if profile.rate_source == "fixed" else None,
            converted=mapping.converted_targets(),
            create_missing=profile.create_missing,
            update_cost=profile.update_cost,
            create_dictionary=profile.create_dictionary,
            accepted=frozenset(row["position"] for row in rows if row["accepted"]),
        )

    def _watch(self):
        """The limits of the profile."""
        profile = self.sudo().profile_id
        floor = profile.margin_floor_percent
        return Watch(
            Decimal(str(profile.max_shift_percent)), Decimal(str(floor)) if floor else None
        )

    def _attention(self, outcome, watch=None):
        """(somebody has to accept the row, and it takes a manager)"""
        if outcome.shift_percent is None and outcome.margin_percent is None:
            return False, False
        found = (watch or self._watch()).verdict(outcome.shift_percent, outcome.margin_percent)
        return bool(found), Verdict.MARGIN in found
