from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..rules import person

# Those who serve patients, and the officer who answers for their data.
PATIENT_GROUPS = "optics_core.group_sales_assistant,optics_core.group_data_officer"


class ResPartner(models.Model):
    """The patient: how old, who answers for a child, who is family."""

    _inherit = "res.partner"

    is_optics_patient = fields.Boolean(
        string="Patient", help="Set by hand, or by the first prescription."
    )
    birthdate_date = fields.Date(string="Date of Birth", tracking=False, groups=PATIENT_GROUPS)
    age = fields.Integer(compute="_compute_age", groups=PATIENT_GROUPS)
    is_minor = fields.Boolean(compute="_compute_age", groups=PATIENT_GROUPS)
    guardian_id = fields.Many2one(
        comodel_name="res.partner",
        domain="[('is_company', '=', False)]",
        index="btree_not_null",
        groups=PATIENT_GROUPS,
        help="Signs for a child: a parent or another lawful representative.",
    )
    ward_ids = fields.One2many(
        comodel_name="res.partner",
        inverse_name="guardian_id",
        string="Guardian of",
        groups=PATIENT_GROUPS,
    )
    family_relation_ids = fields.One2many(
        comodel_name="optics.family.relation",
        inverse_name="partner_id",
        string="Family",
        groups=PATIENT_GROUPS,
    )
    optics_erased_at = fields.Datetime(
        string="Erased on",
        readonly=True,
        copy=False,
        groups="optics_core.group_data_officer",
        help="The person asked to be forgotten; the card stands for old papers only.",
    )
    lacks_guardian = fields.Boolean(compute="_compute_lacks_guardian", groups=PATIENT_GROUPS)

    @api.depends("birthdate_date")
    @api.depends_context("tz")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for partner in self:
            partner.age = partner._optics_age_on(today) or 0
            partner.is_minor = person.is_minor(partner.birthdate_date or None, today)

    @api.depends("is_optics_patient", "is_minor", "guardian_id")
    def _compute_lacks_guardian(self):
        for partner in self:
            partner.lacks_guardian = partner.is_minor and not partner.guardian_id

    def _optics_age_on(self, day):
        """Full years on that day, None when nobody wrote the date of birth."""
        self.ensure_one()
        return person.age_on(self.birthdate_date or None, day)

    @api.constrains("birthdate_date")
    def _check_birthdate_date(self):
        today = fields.Date.context_today(self)
        for partner in self.filtered("birthdate_date"):
            age = person.age_on(partner.birthdate_date, today)
            if age is None or age > person.OLDEST:
                raise ValidationError(
                    _(
                        "Date of birth: %(typed)s was typed; a day between %(first)s and "
                        "%(last)s is allowed.",
                        typed=fields.Date.to_string(partner.birthdate_date),
                        first=fields.Date.to_string(
                            fields.Date.subtract(today, years=person.OLDEST)
                        ),
                        last=fields.Date.to_string(today),
                    )
                )

    @api.constrains("guardian_id")
    def _check_guardian_id(self):
        for partner in self.filtered("guardian_id"):
            guardian = partner.guardian_id
            if guardian == partner:
                raise ValidationError(
                    _(
                        "Guardian: %(name)s was chosen; nobody is their own guardian.",
                        name=partner.name,
                    )
                )
            if guardian.is_minor:
                raise ValidationError(
                    _(
                        "Guardian: %(name)s was chosen, aged %(age)s; a guardian is at "
                        "least %(least)s.",
                        name=guardian.name,
                        age=guardian.age,
                        least=person.COMING_OF_AGE,
                    )
                )
