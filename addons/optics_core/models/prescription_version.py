from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# Set by signing, amending and cancelling only; never by a write from outside.
STEPS_ONLY = {
    "name",
    "state",
    "version",
    "amends_id",
    "signer_id",
    "signed_at",
    "cancel_reason",
}
# Mixins that write about a document, not in it.
SURROUNDINGS = ("mail.thread", "mail.activity.mixin")


class Prescription(models.Model):
    """Signing, and what comes after: a signed prescription is never written over, it is amended
    by a new version with a reason, or cancelled with one."""

    _inherit = "optics.prescription"

    version = fields.Integer(readonly=True, default=1, copy=False)
    amends_id = fields.Many2one(
        comodel_name="optics.prescription",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    amendment_ids = fields.One2many(
        comodel_name="optics.prescription", inverse_name="amends_id", string="Amended by"
    )
    version_ids = fields.Many2many(
        comodel_name="optics.prescription",
        string="Versions",
        compute="_compute_version_ids",
        help="All versions of this prescription, the newest first.",
    )
    amend_reason = fields.Char(string="Reason of the amendment", copy=False)
    signer_id = fields.Many2one(
        comodel_name="res.users", string="Signed by", readonly=True, copy=False
    )
    signed_at = fields.Datetime(string="Signed on", readonly=True, copy=False)
    cancel_reason = fields.Char(string="Reason of the cancellation", readonly=True, copy=False)
    may_sign = fields.Boolean(compute="_compute_may_sign")

    _sql_constraints = [
        # Two people who amend at once: the second is told instead of making a fork.
        (
            "number_version_unique",
            "UNIQUE(name, version)",
            "Version: this prescription is being amended already. Open its newest version.",
        ),
        (
            "signed_by_somebody",
            "CHECK(state NOT IN ('signed', 'amended') "
            "OR (name IS NOT NULL AND signer_id IS NOT NULL AND signed_at IS NOT NULL))",
            "State: a signed prescription has a number, a signer and a time. Sign it by the "
            "button.",
        ),
    ]

    @api.depends("name")
    def _compute_version_ids(self):
        for prescription in self:
            name = prescription.name
            prescription.version_ids = name and self.search(
                [("name", "=", name)], order="version DESC"
            )

    @api.depends("prescriber_name", "state")
    @api.depends_context("uid")
    def _compute_may_sign(self):
        for prescription in self:
            is_draft = prescription.state == "draft"
            prescription.may_sign = is_draft and prescription._is_signed_by(self.env.user)

    def _is_signed_by(self, user):
        """An optometrist signs; what was written elsewhere, whoever copied it off the paper."""
        is_optometrist = user.has_group("optics_core.group_optometrist")
        may_copy = user.has_group("optics_core.group_sales_assistant")
        return is_optometrist or bool(self.prescriber_name and may_copy)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """A form that is not a draft is closed: every field of it, other addons' too."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            around = self._names_of_surroundings()
            for node in arch.xpath("//field[not(ancestor::field)][not(@readonly)]"):
                field = self._fields[node.get("name")]
                if field.name not in around and not field.readonly:
                    node.set("readonly", "state != 'draft'")
        return arch, view

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_steps(vals)
        # Said aloud, so that no default of a context or of a user says otherwise.
        fresh = {"name": False, "state": "draft", "version": 1}
        fresh |= dict.fromkeys(STEPS_ONLY - fresh.keys(), False)
        return super().create([{**vals, **fresh} for vals in vals_list])

    def write(self, vals):
        self._refuse_steps(vals)
        if not self._is_about_surroundings(vals):
            for prescription in self:
                prescription._refuse_unless_draft(_("changed"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for prescription in self:
            prescription._refuse_unless_draft(_("deleted"))

    def action_sign(self):
        """Sign: from now on the prescription counts, and is what it is."""
        for prescription in self:
            prescription._refuse_unless_draft(_("signed again"))
            prescription._check_may_be_signed()
            prescription._write_step(
                {
                    "name": prescription.name or prescription._next_number(),
                    "state": "signed",
                    "signer_id": self.env.user.id,
                    "signed_at": fields.Datetime.now(),
                }
            )
            prescription.amends_id._write_step({"state": "amended"})
        return True

    def action_amend(self):
        """Open a new version to be corrected, with its reason, and signed."""
        self.ensure_one()
        amendment = self.amendment_ids.filtered(lambda version: version.state == "draft")
        if not amendment:
            if self.state != "signed":
                raise UserError(
                    _(
                        "%(prescription)s is %(state)s; only a signed one is amended.",
                        prescription=self.display_name,
                        state=self._state_label(),
                    )
                )
            # Who may only read it (of a patient taken into care) writes one of their own.
            self.check_access_rights("write")
            self.check_access_rule("write")
            kept = ("date", "valid_until", "prescriber_name")
            amendment = self.copy(
                {name: self[name] for name in kept}
                | {"prescriber_id": self.prescriber_id.id, "shop_id": self.shop_id.id}
            )
            amendment._write_step(
                {"name": self.name, "version": self.version + 1, "amends_id": self.id}
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": amendment.id,
            "views": [(False, "form")],
        }

    def action_cancel(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Cancel the prescription"),
            "res_model": "optics.prescription.cancel",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_prescription_id": self.id},
        }

    def _cancel(self, reason):
        for prescription in self:
            if prescription.state not in ("draft", "signed"):
                raise UserError(
                    _(
                        "%(prescription)s is %(state)s; it cannot be cancelled.",
                        prescription=prescription.display_name,
                        state=prescription._state_label(),
                    )
                )
            if prescription.state == "signed" and not prescription._is_signed_by(self.env.user):
                raise AccessError(
                    _(
                        "%(prescription)s is signed; an optometrist cancels it.",
                        prescription=prescription.display_name,
                    )
                )
            if not (reason or "").strip():
                raise ValidationError(_("A prescription is cancelled with a reason."))
            prescription._write_step({"state": "cancelled", "cancel_reason": reason})

    def _check_may_be_signed(self):
        if not self._is_signed_by(self.env.user):
            raise AccessError(
                _(
                    "%(prescription)s: an optometrist signs it. You may sign what an outside "
                    "prescriber wrote, if you name them.",
                    prescription=self.display_name,
                )
            )
        if not self.prescriber:
            raise ValidationError(
                _(
                    "%(prescription)s: nobody wrote it. Choose the optometrist or name the "
                    "outside prescriber.",
                    prescription=self.display_name,
                )
            )
        if all(self._prescribed_power(eye).sph is None for eye in ("od", "os")):
            raise ValidationError(
                _(
                    "%(prescription)s: both eyes are empty. Type the sphere of at least one "
                    "eye, 0.00 for no power.",
                    prescription=self.display_name,
                )
            )
        self._settle_unusual(None)
        if self.amends_id and not (self.amend_reason or "").strip():
            raise ValidationError(
                _(
                    "%(prescription)s: type the reason of the amendment.",
                    prescription=self.display_name,
                )
            )

    def _next_number(self):
        sequence = self.env["ir.sequence"].with_company(self.company_id)
        return sequence.next_by_code("optics.prescription", sequence_date=self.date)

    def _write_step(self, vals):
        """Write what only the steps write; not reachable from outside."""
        return super().write(vals)

    def _refuse_unless_draft(self, done):
        if self.state != "draft":
            raise UserError(
                _(
                    "%(prescription)s is %(state)s and cannot be %(done)s. Amend it: the new "
                    "version keeps this one.",
                    prescription=self.display_name,
                    state=self._state_label(),
                    done=done,
                )
            )

    def _refuse_steps(self, vals):
        steps = STEPS_ONLY.intersection(vals)
        if steps:
            labels = (self._fields[name]._description_string(self.env) for name in steps)
            raise UserError(
                _(
                    "%(fields)s: set by signing, amending or cancelling, not by hand.",
                    fields=", ".join(sorted(labels)),
                )
            )

    def _is_about_surroundings(self, vals):
        return self._names_of_surroundings().issuperset(vals)

    @api.model
    def _names_of_surroundings(self):
        return {name for model in SURROUNDINGS for name in self.env[model]._fields}

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]
