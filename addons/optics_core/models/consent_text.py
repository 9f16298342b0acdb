from markupsafe import Markup, escape

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..rules import consent

KINDS = [
    ("personal", "Personal data"),
    ("medical", "Medical data"),
    ("marketing", "Advertising"),
    ("sms", "SMS messages"),
    ("email", "E-mail messages"),
]
BLANK = "____________________"


class ConsentText(models.Model):
    """The wording of a consent, as the lawyer gave it.

    What somebody has signed is never reworded: a new edition is a new record.
    """

    _name = "optics.consent.text"
    _description = "Consent Wording"
    _order = "kind, edition desc"
    _rec_name = "title"

    kind = fields.Selection(selection=KINDS, required=True, index=True)
    title = fields.Char(required=True, help="Heading of the printed form.")
    edition = fields.Integer(default=1, readonly=True, copy=False)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(comodel_name="res.company", help="Empty: for every company.")
    body = fields.Html(
        string="Text",
        required=True,
        sanitize_attributes=False,
        help="{{patient}}, {{birthdate}}, {{address}}, {{phone}}, {{email}}, {{signer}}, "
        "{{company}}, {{company_address}}, {{company_vat}} and {{date}} are filled in.",
    )
    approved_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Approved by",
        readonly=True,
        copy=False,
        help="Who confirmed that a lawyer has approved this wording.",
    )
    approved_at = fields.Datetime(string="Approved on", readonly=True, copy=False)
    is_sample = fields.Boolean(compute="_compute_is_sample")
    consent_ids = fields.One2many(
        comodel_name="optics.consent", inverse_name="text_id", string="Consents"
    )
    consent_count = fields.Integer(
        string="Signatures", compute="_compute_consent_count", compute_sudo=True
    )

    @api.depends("approved_at")
    def _compute_is_sample(self):
        for text in self:
            text.is_sample = not text.approved_at

    @api.depends("consent_ids")
    def _compute_consent_count(self):
        counts = dict(
            self.env["optics.consent"]._read_group(
                [("text_id", "in", self.ids)], ["text_id"], ["__count"]
            )
        )
        for text in self:
            text.consent_count = counts.get(text, 0)

    @api.depends("title", "edition")
    def _compute_display_name(self):
        for text in self:
            text.display_name = _(
                "%(title)s, edition %(edition)s", title=text.title, edition=text.edition
            )

    def write(self, vals):
        if vals.keys() & {"kind", "title", "body", "company_id"}:
            for text in self:
                if text.consent_count:
                    raise UserError(
                        _(
                            "“%(text)s” was signed by %(count)s people: what was signed "
                            "is not reworded. Make a new edition.",
                            text=text.display_name,
                            count=text.consent_count,
                        )
                    )
            vals = {**vals, "approved_by_id": False, "approved_at": False}
        return super().write(vals)

    def action_approve(self):
        self.write({"approved_by_id": self.env.uid, "approved_at": fields.Datetime.now()})

    def action_new_edition(self):
        self.ensure_one()
        edition = self.copy({"edition": self._last_edition() + 1})
        self.active = False
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": edition.id,
            "view_mode": "form",
        }

    def _last_edition(self):
        same = [("kind", "=", self.kind), ("company_id", "=", self.company_id.id)]
        return max(self.with_context(active_test=False).search(same).mapped("edition"))

    @api.model
    def _in_force(self, kind):
        """The wording to sign today: the company's own, else the one for all companies."""
        return self.search(
            [
                ("kind", "=", kind),
                ("company_id", "in", (self.env.company.id, False)),
            ],
            order="company_id, edition desc, id desc",
            limit=1,
        )

    def _filled_in(self, patient, signer):
        """The wording for this person, safe to print."""
        self.ensure_one()
        company = self.company_id or self.env.company
        values = {
            "patient": patient.name,
            "birthdate": format_date(self.env, patient.birthdate_date),
            "address": _one_line(patient),
            "phone": patient.phone or patient.mobile,
            "email": patient.email,
            "signer": signer.name,
            "company": company.name,
            "company_address": _one_line(company.partner_id),
            "company_vat": company.vat,
            "date": format_date(self.env, fields.Date.context_today(self)),
        }
        safe = {place: str(escape(value or BLANK)) for place, value in values.items()}
        return Markup(consent.filled_in(str(self.body), safe))


def _one_line(partner):
    lines = partner._display_address(without_company=True).splitlines()
    return ", ".join(line.strip() for line in lines if line.strip())
