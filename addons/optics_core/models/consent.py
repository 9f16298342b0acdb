from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

from .consent_text import KINDS

# The only things that happen to a consent after it was given: the scan comes, the person goes.
_SCAN = {"scan", "scan_name"}
_WITHDRAWAL = {"withdrawn_at", "withdrawn_by_id", "withdrawal_reason"}


class Consent(models.Model):
    """What a person agreed to: on which wording, when, how, and until they took it back."""

    _name = "optics.consent"
    _description = "Consent"
    _order = "given_at desc, id desc"
    _rec_name = "kind"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_company', '=', False)]",
    )
    kind = fields.Selection(selection=KINDS, required=True, index=True)
    given_at = fields.Datetime(string="Given on", required=True, default=fields.Datetime.now)
    given_by_id = fields.Many2one(
        comodel_name="res.partner",
        string="Signed by",
        compute="_compute_given_by_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
        help="The guardian signs for a child.",
    )
    how = fields.Selection(
        selection=[("paper", "On paper"), ("electronic", "Electronically")],
        required=True,
        default="paper",
    )
    text_id = fields.Many2one(
        comodel_name="optics.consent.text",
        string="Wording",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    scan = fields.Binary(string="Scan of the Signed Form", attachment=True)
    scan_name = fields.Char(string="File Name")
    recorded_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Recorded by",
        readonly=True,
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    withdrawn_at = fields.Datetime(string="Withdrawn on", readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Withdrawal Recorded by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    withdrawal_reason = fields.Char(readonly=True, copy=False)
    is_valid = fields.Boolean(
        compute="_compute_is_valid", search="_search_is_valid", string="In Force"
    )

    _sql_constraints = [
        (
            "withdrawn_after_given",
            "check (withdrawn_at is null or withdrawn_at >= given_at)",
            "Withdrawn on: a consent cannot be withdrawn before it was given. Correct the time.",
        ),
    ]

    def init(self):
        # One consent of a kind is in force; two people may press the button at once.
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS optics_consent_in_force
            ON optics_consent (partner_id, kind) WHERE withdrawn_at IS NULL
            """
        )

    @api.depends("partner_id")
    def _compute_given_by_id(self):
        for consent in self:
            partner = consent.partner_id.sudo()
            guardian = partner.guardian_id if partner.is_minor else partner.browse()
            consent.given_by_id = guardian or partner

    @api.depends("withdrawn_at")
    def _compute_is_valid(self):
        for consent in self:
            consent.is_valid = not consent.withdrawn_at

    @api.model
    def _search_is_valid(self, operator, value):
        if operator not in ("=", "!="):
            raise NotImplementedError
        wanted = (operator == "=") == bool(value)
        return [("withdrawn_at", "=" if wanted else "!=", False)]

    @api.depends("kind", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for consent in self:
            consent.display_name = f"{kinds.get(consent.kind)}: {consent.partner_id.name}"

    @api.constrains("given_at")
    def _check_given_at(self):
        for consent in self:
            if consent.given_at > fields.Datetime.now():
                raise ValidationError(
                    _(
                        "Given on: %(typed)s was typed; a consent is given today or in the past.",
                        typed=fields.Datetime.to_string(consent.given_at),
                    )
                )

    @api.constrains("given_by_id", "partner_id")
    def _check_given_by_id(self):
        for consent in self.sudo():
            if consent.given_by_id.is_minor:
                raise ValidationError(
                    _(
                        "Signed by: %(name)s was chosen, aged %(age)s. For a child the "
                        "guardian signs; enter the guardian on the card first.",
                        name=consent.given_by_id.name,
                        age=consent.given_by_id.age,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        Text = self.env["optics.consent.text"].sudo()
        for vals in vals_list:
            vals.update(
                withdrawn_at=False,
                withdrawn_by_id=False,
                recorded_by_id=self.env.uid,
            )
            if not vals.get("text_id"):
                vals["text_id"] = Text._in_force(vals.get("kind")).id
        self._refuse_second(vals_list)
        return super().create(vals_list)

    def _refuse_second(self, vals_list):
        for vals in vals_list:
            same = self.search(
                [
                    ("partner_id", "=", vals.get("partner_id")),
                    ("kind", "=", vals.get("kind")),
                    ("is_valid", "=", True),
                ],
                limit=1,
            )
            if same:
                raise UserError(
                    _(
                        "“%(consent)s” was given on %(day)s and is in force. Withdraw it "
                        "before a new one is recorded.",
                        consent=same.display_name,
                        day=same.given_at.date(),
                    )
                )

    def write(self, vals):
        # A withdrawal is written by its own step, and never taken back.
        allowed = _SCAN | _WITHDRAWAL if self.env.su else _SCAN
        if set(vals) - allowed or (
            _WITHDRAWAL & set(vals) and any(consent.withdrawn_at for consent in self)
        ):
            raise UserError(
                _("What was signed stays as signed. Withdraw it and record another one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(_("A consent is not deleted: withdraw it, so that it stays known."))

    def action_withdraw(self):
        """Ask why, then withdraw."""
        return {
            "type": "ir.actions.act_window",
            "name": _("Withdraw Consent"),
            "res_model": "optics.consent.withdraw",
            "view_mode": "form",
            "target": "new",
            "context": {"default_consent_ids": self.ids},
        }

    def _withdraw(self, reason):
        self.check_access_rights("write")
        self.check_access_rule("write")
        self.filtered("is_valid").sudo().write(
            {
                "withdrawn_at": fields.Datetime.now(),
                "withdrawn_by_id": self.env.uid,
                "withdrawal_reason": reason,
            }
        )
