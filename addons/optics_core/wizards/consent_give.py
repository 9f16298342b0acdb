from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..models.consent_text import KINDS
from ..rules import consent


class ConsentGive(models.TransientModel):
    """Print the forms, let the person sign, record what was signed."""

    _name = "optics.consent.give"
    _description = "Record Consent"

    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Person", required=True, readonly=True
    )
    signer_id = fields.Many2one(
        comodel_name="res.partner",
        string="Signed by",
        compute="_compute_signer_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        domain="[('is_company', '=', False)]",
    )
    personal = fields.Boolean(string="Personal Data")
    medical = fields.Boolean(string="Medical Data")
    marketing = fields.Boolean(string="Advertising")
    sms = fields.Boolean(string="SMS Messages")
    email = fields.Boolean(string="E-mail Messages")
    how = fields.Selection(
        selection=[("paper", "On paper"), ("electronic", "Electronically")],
        required=True,
        default="paper",
    )
    scan = fields.Binary(string="Scan of the Signed Form", attachment=False)
    scan_name = fields.Char(string="File Name")
    already_given = fields.Char(string="In Force Already", compute="_compute_state")
    not_approved = fields.Char(compute="_compute_state")

    @api.model
    def default_get(self, fields_list):
        """Offer what is required and not given yet."""
        values = super().default_get(fields_list)
        partner = self.env["res.partner"].browse(values.get("partner_id"))
        if partner:
            given = partner._optics_consents_given()[partner.id]
            values.update(dict.fromkeys(consent.missing(given), True))
        return values

    @api.depends("partner_id")
    def _compute_signer_id(self):
        for wizard in self:
            partner = wizard.partner_id
            guardian = partner.guardian_id if partner.is_minor else partner.browse()
            wizard.signer_id = guardian or partner

    @api.depends("partner_id", "personal", "medical", "marketing", "sms", "email")
    def _compute_state(self):
        names = dict(self.env["optics.consent"]._fields["kind"]._description_selection(self.env))
        for wizard in self:
            partner = wizard.partner_id
            given = partner._optics_consents_given()[partner.id]
            wizard.already_given = ", ".join(
                names[kind] for kind in consent.KINDS if kind in given
            ).lower()
            wizard.not_approved = ", ".join(
                text.title for text in wizard._texts() if text.is_sample
            )

    def _kinds(self):
        self.ensure_one()
        return [kind for kind, _label in KINDS if self[kind]]

    def _texts(self):
        """The wordings to sign, one for each ticked kind: the law wants them apart."""
        Text = self.env["optics.consent.text"].sudo()
        return Text.union(*(Text._in_force(kind) for kind in self._kinds()))

    def _check_kinds(self):
        if not self._kinds():
            raise UserError(_("Tick at least one consent."))

    def action_print(self):
        self._check_kinds()
        return self.env.ref("optics_core.action_report_consent_form").report_action(
            self, config=False
        )

    def action_record(self):
        self._check_kinds()
        self.env["optics.consent"].create(
            [
                {
                    "partner_id": self.partner_id.id,
                    "given_by_id": self.signer_id.id,
                    "kind": kind,
                    "how": self.how,
                    "scan": self.scan,
                    "scan_name": self.scan_name,
                }
                for kind in self._kinds()
            ]
        )
        return {"type": "ir.actions.act_window_close"}
