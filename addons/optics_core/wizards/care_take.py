from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..rules import person, phone_number

DAYS_PARAMETER = "optics_core.care_days"
USUAL_DAYS = 30


class CareTake(models.TransientModel):
    """Take a patient of another shop into care: found by what the person in the chair says.

    It finds people by a whole telephone number, or by the full name with the date of birth, and
    shows nothing but who they are. The check is made again when the button is pressed.
    """

    _name = "optics.care.take"
    _description = "Take Patient into Care"

    phone = fields.Char(help="The whole number, in any format.")
    full_name = fields.Char(help="Surname, first name, patronymic as on the card.")
    birthdate = fields.Date(string="Date of Birth")
    candidate_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="optics_care_take_candidate_rel",
        string="Found",
        compute="_compute_candidate_ids",
    )
    candidate_count = fields.Integer(compute="_compute_candidate_ids")
    asked_enough = fields.Boolean(compute="_compute_candidate_ids")
    patient_id = fields.Many2one(
        comodel_name="res.partner",
        compute="_compute_patient_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', candidate_ids)]",
    )
    shop_id = fields.Many2one(
        comodel_name="stock.warehouse",
        required=True,
        default=lambda self: self._default_shop_id(),
    )
    allowed_shop_ids = fields.Many2many(
        comodel_name="stock.warehouse",
        relation="optics_care_take_shop_rel",
        string="Own Shops",
        compute="_compute_allowed_shop_ids",
    )
    reason = fields.Char(help="Why this shop needs the prescriptions.")
    until = fields.Date(
        string="Open Until", required=True, default=lambda self: self._default_until()
    )

    @api.model
    def _default_shop_id(self):
        user = self.env.user
        return user.optics_shop_id & user.optics_shop_ids or user.optics_shop_ids[:1]

    @api.model
    def _default_until(self):
        parameter = self.env["ir.config_parameter"].sudo().get_param(DAYS_PARAMETER)
        days = int(parameter or USUAL_DAYS)
        return fields.Date.context_today(self) + timedelta(days=days)

    @api.depends_context("uid")
    def _compute_allowed_shop_ids(self):
        self.allowed_shop_ids = self.env.user.optics_shop_ids

    @api.depends("phone", "full_name", "birthdate")
    def _compute_candidate_ids(self):
        for wizard in self:
            by_phone = wizard._domain_by_phone()
            by_name = wizard._domain_by_name()
            wizard.asked_enough = bool(by_phone or by_name)
            wizard.candidate_ids = wizard._find(by_phone or by_name)
            wizard.candidate_count = len(wizard.candidate_ids)

    @api.depends("candidate_ids")
    def _compute_patient_id(self):
        for wizard in self:
            if wizard.patient_id not in wizard.candidate_ids:
                wizard.patient_id = False
            if len(wizard.candidate_ids) == 1:
                wizard.patient_id = wizard.candidate_ids

    def _domain_by_phone(self):
        number = phone_number.digits(self.phone)
        # Russian numbers have eleven digits; a shorter piece is a guess, not an answer.
        if len(number) < 11:
            return []
        return [("phone_digits", "like", number)]

    def _domain_by_name(self):
        words = person.comparable(self.full_name)
        if len(words.split()) < 2 or not self.birthdate:
            return []
        return [("name_searched", "=", words), ("birthdate_date", "=", self.birthdate)]

    @api.model
    def _find(self, domain):
        Partner = self.env["res.partner"]
        if not domain:
            return Partner
        found = Partner.search(
            [*domain, ("is_optics_patient", "=", True), ("is_company", "=", False)]
        )
        # `like` also finds a number inside a longer one.
        number = phone_number.digits(self.phone)
        if domain[0][0] == "phone_digits":
            found = found.filtered(lambda one: number in one.phone_digits.split())
        return found

    def action_take(self):
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(_("Write the reason: why this shop needs the prescriptions."))
        if not self.asked_enough:
            raise UserError(
                _(
                    "Type the whole telephone number, or the full name and the date of "
                    "birth, as the person says them."
                )
            )
        if not self.patient_id or self.patient_id not in self.candidate_ids:
            raise UserError(_("Nobody is chosen among those found."))
        if self.shop_id not in self.env.user.optics_shop_ids:
            raise UserError(
                _(
                    "Shop: %(typed)s was chosen; one of %(allowed)s is allowed.",
                    typed=self.shop_id.name,
                    allowed=", ".join(self.env.user.optics_shop_ids.mapped("name")),
                )
            )
        self.env["optics.care"].sudo().create(
            {
                "patient_id": self.patient_id.id,
                "shop_id": self.shop_id.id,
                "reason": self.reason.strip(),
                "found_by": "phone" if self._domain_by_phone() else "name",
                "taken_by_id": self.env.uid,
                "until": self.until,
            }
        )
        return self.patient_id._optics_card()
