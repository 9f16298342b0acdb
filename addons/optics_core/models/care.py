from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

# The longest that one reason may open a patient's prescriptions to another shop.
LONGEST_DAYS = 365


class Care(models.Model):
    """A patient taken into the care of a shop that did not examine them, for a while.

    It opens the patient's signed prescriptions to the people of that shop for reading. Their
    readings are journaled all the same: this is the door, the journal is the camera above it.
    """

    _name = "optics.care"
    _description = "Patient Taken into Care"
    _order = "taken_at desc, id desc"
    _rec_name = "patient_id"

    patient_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    shop_id = fields.Many2one(
        comodel_name="stock.warehouse",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    reason = fields.Char(required=True, readonly=True)
    found_by = fields.Selection(
        selection=[
            ("phone", "Telephone"),
            ("name", "Full name and date of birth"),
        ],
        readonly=True,
        required=True,
    )
    taken_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Taken by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    taken_at = fields.Datetime(
        string="Taken on", required=True, readonly=True, default=fields.Datetime.now
    )
    until = fields.Date(string="Open Until", required=True, readonly=True, index=True)
    ended_at = fields.Datetime(string="Ended on", readonly=True)
    ended_by_id = fields.Many2one(
        comodel_name="res.users", string="Ended by", readonly=True, ondelete="restrict"
    )
    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")

    @api.depends("until", "ended_at")
    def _compute_is_open(self):
        today = fields.Date.context_today(self)
        for care in self:
            care.is_open = not care.ended_at and bool(care.until) and care.until >= today

    @api.model
    def _search_is_open(self, operator, value):
        if operator not in ("=", "!="):
            raise NotImplementedError
        is_open = [
            ("ended_at", "=", False),
            ("until", ">=", fields.Date.context_today(self)),
        ]
        return is_open if (operator == "=") == bool(value) else ["!", "&", *is_open]

    @api.constrains("until", "taken_at")
    def _check_until(self):
        for care in self:
            first = care.taken_at.date()
            last = first + timedelta(days=LONGEST_DAYS)
            # A shop east of Greenwich may live in tomorrow already.
            if not first - timedelta(days=1) <= care.until <= last:
                raise ValidationError(
                    _(
                        "Open until: %(typed)s was typed; a day between %(first)s and "
                        "%(last)s is allowed.",
                        typed=fields.Date.to_string(care.until),
                        first=fields.Date.to_string(first),
                        last=fields.Date.to_string(last),
                    )
                )

    def action_end(self):
        """Close the door before its day; anybody of the shop may."""
        self.check_access_rights("read")
        self.check_access_rule("read")
        self.filtered("is_open").sudo().write(
            {"ended_at": fields.Datetime.now(), "ended_by_id": self.env.uid}
        )

    def write(self, vals):
        if set(vals) - {"ended_at", "ended_by_id"}:
            raise UserError(
                _("How a patient was taken into care stays as written; end it instead.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(_("How a patient was taken into care stays as written; end it instead."))

    @api.model
    def _shops_of_user(self):
        return self.env.user.sudo().optics_shop_ids

    @api.model
    def _open_patients(self, shops):
        """The people whose prescriptions are open to these shops today, as a subquery."""
        cares = self.sudo()._search([("shop_id", "in", shops.ids), ("is_open", "=", True)])
        return cares.subselect(f'"{self._table}"."patient_id"')

    @api.model
    def _cron_end(self):
        """Note the end of what has run out. Access ended by itself at midnight."""
        self.search(
            [
                ("ended_at", "=", False),
                ("until", "<", fields.Date.context_today(self)),
            ]
        ).write({"ended_at": fields.Datetime.now()})
