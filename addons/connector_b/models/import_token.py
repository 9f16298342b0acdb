import hashlib
import secrets
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

PREFIX = "pl_"
LIFE = timedelta(days=365)
MINUTE = 60


class ImportToken(models.Model):
    """A supplier's key to the import API. The key itself is shown once and kept nowhere."""

    _name = "connector.import.token"
    _description = "Key of the Price List API"
    _inherit = ["optics.readonly.guard"]
    _order = "revoked_at desc, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="Whose program uses it.")
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    profile_ids = fields.Many2many(
        comodel_name="connector.import.profile",
        relation="connector_import_token_profile",
        string="Profiles",
        required=True,
        check_company=True,
        help="Price lists are taken for these only, and only their imports are told of.",
    )
    token_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    token_hint = fields.Char(
        string="Begins With", readonly=True, copy=False, help="To tell two keys apart."
    )
    expires_on = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self) + LIFE,
        help="The last day on which it works.",
    )
    revoked_at = fields.Datetime(readonly=True, copy=False)
    last_used_at = fields.Datetime(readonly=True, copy=False)
    calls_per_minute = fields.Integer(required=True, default=60)
    files_per_day = fields.Integer(required=True, default=24)
    window_started_at = fields.Datetime(readonly=True, copy=False, groups=fields.NO_ACCESS)
    window_calls = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)
    state = fields.Selection(
        selection=[
            ("new", "Not shown yet"),
            ("active", "Works"),
            ("expired", "Expired"),
            ("revoked", "Revoked"),
        ],
        compute="_compute_state",
    )

    _sql_constraints = [
        ("hash_unique", "UNIQUE (token_hash)", "Two keys cannot be the same."),
        (
            "limits_positive",
            "CHECK (calls_per_minute > 0 AND files_per_day > 0)",
            "Limits of a key are 1 or more; to stop it, revoke it.",
        ),
    ]

    @api.depends("token_hint", "expires_on", "revoked_at")
    @api.depends_context("tz")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for token in self:
            if token.revoked_at:
                token.state = "revoked"
            elif token.expires_on and token.expires_on < today:
                token.state = "expired"
            else:
                token.state = "active" if token.token_hint else "new"

    @api.constrains("profile_ids")
    def _check_profiles(self):
        for token in self:
            if not token.profile_ids:
                raise ValidationError(
                    _("%(token)s: choose the profiles it is a key to.", token=token.name)
                )

    def action_issue(self):
        """Make the key and show it; whoever issues again makes the former one useless."""
        self.ensure_one()
        self.check_access_rights("write")
        self.check_access_rule("write")
        if self.revoked_at:
            raise UserError(_("%(token)s was revoked; make a new key.", token=self.name))
        secret = PREFIX + secrets.token_urlsafe(32)
        self.sudo().write(
            {"token_hash": self._hash(secret), "token_hint": secret[: len(PREFIX) + 4]}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "connector.import.token.shown",
            "name": _("Key of %(token)s", token=self.name),
            "views": [(False, "form")],
            "target": "new",
            # In the context and nowhere else: what is stored can be read later.
            "context": {"default_token": secret},
        }

    def action_revoke(self):
        self.check_access_rights("write")
        self.check_access_rule("write")
        self.filtered(lambda token: not token.revoked_at).sudo().revoked_at = fields.Datetime.now()

    @api.model
    def _hash(self, secret):
        # 256 random bits: nothing to guess, so nothing that a slow hash would protect.
        return hashlib.sha256(secret.encode()).hexdigest()

    @api.model
    def _find(self, secret):
        """The token of a key, whatever its state; empty for a key that nobody issued."""
        return self.sudo().search([("token_hash", "=", self._hash(secret))])

    def _take_call(self):
        """Count a call; seconds to wait when the minute's calls are used up, else 0.

        In a transaction of its own: a call that is refused or fails counts as well.
        """
        for _turn in range(3):
            try:
                with self.env.registry.cursor() as cr:
                    cr.execute(TAKE_CALL, {"id": self.id, "window": MINUTE})
                    calls, age = cr.fetchone()
            except SerializationFailure:
                # Another call of the same moment was counted first.
                continue
            return max(1, round(MINUTE - age)) if calls > self.calls_per_minute else 0
        return 1

    def _files_today(self):
        since = fields.Datetime.now() - timedelta(days=1)
        return (
            self.env["connector.import.job"]
            .sudo()
            .search_count([("token_id", "=", self.id), ("create_date", ">", since)])
        )


TAKE_CALL = """
    UPDATE connector_import_token
       SET last_used_at = now() AT TIME ZONE 'UTC',
           window_calls = CASE WHEN fresh THEN window_calls + 1 ELSE 1 END,
           window_started_at = CASE
               WHEN fresh THEN window_started_at ELSE now() AT TIME ZONE 'UTC'
           END
      FROM (
            SELECT COALESCE(
                       window_started_at > now() AT TIME ZONE 'UTC'
                           - %(window)s * INTERVAL '1 second',
                       FALSE
                   ) AS fresh
              FROM connector_import_token
             WHERE id = %(id)s
           ) AS counted
     WHERE id = %(id)s
 RETURNING window_calls,
           EXTRACT(EPOCH FROM now() AT TIME ZONE 'UTC' - window_started_at)::float
"""


class ImportTokenShown(models.AbstractModel):
    """Shows a key once. Abstract, as Odoo's own API keys are: a table would keep it."""

    _name = "connector.import.token.shown"
    _description = "Key of the Price List API, Shown Once"

    # Abstract models have no id of their own, forms want one.
    id = fields.Id()
    token = fields.Char(string="Key", readonly=True)
