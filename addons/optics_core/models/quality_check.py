from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules import notation, shorthand, tolerance
from ..rules.power import EYES

PROFILES = [("ansi_z80_1_2015", "ANSI Z80.1-2015")]


class QualityCheck(models.Model):
    """A lens that came, or finished glasses, measured against what was ordered.

    The numbers of both eyes are what the lensmeter showed.
    """

    _name = "optics.quality.check"
    _description = "Quality Check"
    _inherit = ["optics.readonly.guard", "optics.eye.values"]
    _order = "id desc"
    _rec_name = "order_id"
    _is_on_step = False

    order_id = fields.Many2one(
        comodel_name="optics.manufacturing.order",
        string="Job",
        required=True,
        index=True,
        ondelete="cascade",
    )
    order_state = fields.Selection(related="order_id.state", string="Job State")
    lab_id = fields.Many2one(related="order_id.lab_id", store=True, index=True)
    kind = fields.Selection(
        selection=[("incoming", "Incoming Lens"), ("finished", "Finished Glasses")],
        required=True,
        default="finished",
    )
    eyes = fields.Selection(
        selection=[("both", "Both Eyes"), ("od", "Right Only"), ("os", "Left Only")],
        string="Checked",
        compute="_compute_eyes",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    profile = fields.Selection(
        selection=PROFILES, string="Table", required=True, default=PROFILES[0][0]
    )
    od_reading = fields.Char(
        string="OD from Lensmeter",
        store=False,
        help="The line that the lensmeter prints: -2.00 -1.00 x 20",
    )
    os_reading = fields.Char(string="OS from Lensmeter", store=False)
    od_nominal = fields.Char(string="OD Ordered", compute="_compute_nominal")
    os_nominal = fields.Char(string="OS Ordered", compute="_compute_nominal")
    has_add = fields.Boolean(compute="_compute_nominal")
    has_prism = fields.Boolean(compute="_compute_nominal")
    has_height = fields.Boolean(compute="_compute_nominal")
    verdict = fields.Json(
        compute="_compute_verdict",
        store=True,
        help="Each item: ordered, measured, how much it may differ, whether it does.",
    )
    result = fields.Selection(
        selection=[
            ("passed", "Passed"),
            ("failed", "Failed"),
            ("overridden", "Accepted by Manager"),
        ],
        compute="_compute_verdict",
        store=True,
        index=True,
    )
    # A check counts until the glasses go back to the bench or the lens back to the supplier.
    is_current = fields.Boolean(default=True, readonly=True)
    checked_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Checked by",
        default=lambda self: self.env.user,
        readonly=True,
    )
    date = fields.Datetime(default=fields.Datetime.now, readonly=True)
    override_reason = fields.Char(readonly=True)
    overridden_by_id = fields.Many2one(
        comodel_name="res.users", string="Accepted by", readonly=True
    )
    overridden_at = fields.Datetime(string="Accepted On", readonly=True)
    note = fields.Char()

    @api.depends("order_id")
    def _compute_eyes(self):
        for check in self:
            check.eyes = check.order_id.eyes or "both"

    @api.depends("order_id", "eyes", "kind")
    def _compute_nominal(self):
        for check in self:
            order, eyes = check.order_id, check._checked_eyes()
            values = [order._eye_values(eye) for eye in eyes]
            for eye in EYES:
                check[f"{eye}_nominal"] = (
                    notation.power(order._eye_power(eye)) if eye in eyes else False
                )
            check.has_add = any(each["add"] for each in values)
            finished = check.kind == "finished"
            check.has_prism = finished
            check.has_height = finished and any(each["height"] for each in values)

    def _checked_eyes(self):
        ordered = self.order_id._ordered_eyes() if self.order_id else ()
        return [eye for eye in ordered if self.eyes in ("both", eye)]

    @api.depends(
        "order_id",
        "kind",
        "eyes",
        "profile",
        "overridden_by_id",
        *(
            f"{eye}_{name}"
            for eye in EYES
            for name in (
                "sph",
                "cyl",
                "axis",
                "add",
                "prism_h",
                "base_h",
                "prism_v",
                "base_v",
                "pd",
                "height",
            )
        ),
    )
    def _compute_verdict(self):
        for check in self:
            checks = check._judge()
            check.verdict = [_as_row(each) for each in checks]
            if check.overridden_by_id:
                check.result = "overridden"
            else:
                check.result = "passed" if tolerance.accepted(checks) else "failed"

    def _judge(self):
        order, eyes = self.order_id, self._checked_eyes()
        if not order:
            return []
        if self.kind == "finished":
            return tolerance.verdict_pair(
                {eye: order._eye_values(eye) for eye in eyes},
                {eye: self._eye_values(eye) for eye in eyes},
                order._tolerance_kind(),
                self.profile,
            )
        return [
            item
            for eye in eyes
            for item in tolerance.verdict(
                order._eye_power(eye),
                self._eye_power(eye),
                order[f"{eye}_lens_id"].type or "single",
                self.profile,
                eye,
            )
        ]

    @api.onchange("od_reading")
    def _onchange_od_reading(self):
        return self._read_lensmeter("od")

    @api.onchange("os_reading")
    def _onchange_os_reading(self):
        return self._read_lensmeter("os")

    def _read_lensmeter(self, eye):
        text = self[f"{eye}_reading"]
        if not text:
            return {}
        try:
            power = shorthand.parse(text, measured=True)
        except shorthand.ShorthandError as error:
            return {
                "warning": {
                    "title": _("The reading was not understood"),
                    "message": _(
                        "%(field)s: “%(token)s” in “%(typed)s”. "
                        "Understood is a line such as -2.00 -1.00 x 20.",
                        field=self._fields[eye + "_reading"]._description_string(self.env),
                        token=error.token,
                        typed=text,
                    ),
                }
            }
        for name in ("sph", "cyl", "axis", "add"):
            value = getattr(power, name)
            self[f"{eye}_{name}"] = value if value is None or name == "axis" else float(value)
        return {}

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        for check in checks:
            check._retire_earlier()
            check._tell_the_job()
        return checks

    def write(self, vals):
        if self.filtered(lambda check: not check.is_current) and set(vals) - {"note"}:
            raise UserError(_("A check that no longer counts is not edited."))
        return super().write(vals)

    def _retire_earlier(self):
        """The last check of the same eyes is the one that counts."""
        earlier = self.order_id.quality_check_ids.filtered(
            lambda other: (
                other.id < self.id
                and other.kind == self.kind
                and other.is_current
                and (self.eyes == "both" or other.eyes == self.eyes)
            )
        )
        earlier._retire()

    def _retire(self):  # pylint: disable=missing-return
        super(QualityCheck, self.sudo()).write({"is_current": False})

    def _tell_the_job(self):
        """A passed check of the lens lets the job go on by itself. No numbers in the chatter."""
        order = self.order_id
        order._message_log(
            body=_(
                "Quality check of %(kind)s: %(result)s.",
                kind=dict(self._fields["kind"]._description_selection(self.env))[self.kind].lower(),
                result=dict(self._fields["result"]._description_selection(self.env))[
                    self.result
                ].lower(),
            )
        )
        if self.kind == "incoming":
            order._on_lens_arrival()

    def action_override(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Accept beyond the tolerance"),
            "res_model": "optics.quality.override",
            "view_mode": "form",
            "target": "new",
            "context": {"default_check_id": self.id},
        }

    def _override(self, reason):
        """A manager takes the responsibility and says why."""
        self.ensure_one()
        if not self.env.user.has_group("optics_core.group_manager"):
            raise AccessError(_("Only a manager accepts glasses beyond the tolerance."))
        reason = (reason or "").strip()
        if not reason:
            raise UserError(_("Say why it is accepted beyond the tolerance."))
        if self.result != "failed":
            raise UserError(_("This check has not failed."))
        self.sudo().write(
            {
                "override_reason": reason,
                "overridden_by_id": self.env.uid,
                "overridden_at": fields.Datetime.now(),
            }
        )
        self.order_id._message_log(
            body=_("Accepted beyond the tolerance: %(reason)s", reason=reason)
        )
        if self.kind == "incoming":
            self.order_id._on_lens_arrival()

    def action_finish_job(self):
        """From the check straight to Ready."""
        self.ensure_one()
        self.order_id._perform("finish")
        return {
            "type": "ir.actions.act_window",
            "res_model": "optics.manufacturing.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }


def _as_row(check):
    """For the table on the screen: numbers as opticians write them."""
    return {
        "eye": check.eye,
        "item": check.item,
        "nominal": _number(check.item, check.nominal),
        "measured": _number(check.item, check.measured),
        "tolerance": _allowed(check.item, check.tolerance),
        "ok": check.ok,
    }


def _number(item, value):
    if value is None:
        return ""
    if item == "axis":
        return notation.axis(value)
    if item in ("sph", "cyl", "add"):
        return notation.dioptre(value)
    return f"{value:.2f}" if item in ("prism_h", "prism_v") else f"{value:.1f}"


def _allowed(item, value):
    if item == "axis":
        return f"± {value}°"
    return f"± {value:.2f}" if item != "height" else f"± {value:.1f}"
