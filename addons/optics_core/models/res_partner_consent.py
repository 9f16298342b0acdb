from odoo import _, api, fields, models

from ..rules import consent
from .res_partner import PATIENT_GROUPS


class ResPartner(models.Model):
    """What the patient agreed to, and whether we may write to them."""

    _inherit = "res.partner"

    consent_ids = fields.One2many(
        comodel_name="optics.consent",
        inverse_name="partner_id",
        string="Consents",
        groups=PATIENT_GROUPS,
    )
    lacks_consent = fields.Boolean(
        compute="_compute_lacks_consent",
        search="_search_lacks_consent",
        groups=PATIENT_GROUPS,
    )
    missing_consents = fields.Char(compute="_compute_lacks_consent", groups=PATIENT_GROUPS)

    @api.depends("consent_ids.withdrawn_at", "is_company")
    def _compute_lacks_consent(self):
        names = dict(self.env["optics.consent"]._fields["kind"]._description_selection(self.env))
        given = self._optics_consents_given()
        for partner in self:
            missing = [] if partner.is_company else consent.missing(given[partner._origin.id])
            partner.lacks_consent = bool(missing)
            partner.missing_consents = ", ".join(names[kind] for kind in missing).lower()

    @api.model
    def _search_lacks_consent(self, operator, value):
        if operator not in ("=", "!="):
            raise NotImplementedError
        complete = [
            ("consent_ids", "any", [("kind", "=", kind), ("is_valid", "=", True)])
            for kind in consent.REQUIRED
        ]
        complete = ["&"] * (len(complete) - 1) + complete
        lacks = (operator == "=") == bool(value)
        return ["!", *complete] if lacks else complete

    def _optics_consents_given(self):
        """Kinds in force by id of the person."""
        given = {partner_id: set() for partner_id in [*self._origin.ids, False]}
        valid = self.env["optics.consent"].search_fetch(
            [("partner_id", "in", self._origin.ids), ("is_valid", "=", True)],
            ["partner_id", "kind"],
        )
        for one in valid:
            given[one.partner_id.id].add(one.kind)
        return given

    def _optics_may_notify(self, channel):
        """Whether we may write to this person through `channel`: "sms" or "email".

        Consent to the channel is in force, there is an address to write to, and the person is
        not on Odoo's own list of those who asked not to be written to.
        """
        self.ensure_one()
        partner = self.sudo()
        kind = consent.CHANNELS[channel]
        if kind not in partner._optics_consents_given()[partner.id]:
            return False
        if channel == "sms":
            number = partner.mobile or partner.phone
            return bool(number) and not partner.phone_sanitized_blacklisted
        return bool(partner.email_normalized) and not partner.is_blacklisted

    def action_record_consent(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Consent: %(name)s", name=self.name),
            "res_model": "optics.consent.give",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_id": self.id},
        }
