from odoo import _, api, fields, models

from ..rules import work_order


class ManufacturingOrder(models.Model):
    """When the glasses were promised, and whether that day is past."""

    _inherit = "optics.manufacturing.order"

    promised_date = fields.Date(
        compute="_compute_promised_date",
        store=True,
        readonly=False,
        index=True,
        copy=False,
        tracking=True,
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    days_late = fields.Integer(compute="_compute_is_overdue", help="Days since the promised one.")
    # The moments are written by transitions.
    confirmed_at = fields.Datetime(string="Confirmed On", readonly=True, copy=False)
    ready_at = fields.Datetime(string="Ready On", readonly=True, copy=False)
    delivered_at = fields.Datetime(string="Delivered On", readonly=True, copy=False)

    @api.depends(
        "shop_id",
        "lab_id",
        "eyes",
        "od_range_id",
        "os_range_id",
        "od_product_id",
        "os_product_id",
    )
    def _compute_promised_date(self):
        """A suggestion while the order is a draft; the day told to the customer stays."""
        for order in self:
            if order.state == "draft" and order.shop_id and order.lab_id:
                order.promised_date = order.shop_id._optics_promise(
                    order.shop_id, order.lab_id, order._lens_lead_days()
                )

    def _lens_lead_days(self):
        """Working days until the later of the lenses is in the workshop."""
        days = [0]
        for eye in self._ordered_eyes():
            product, row = self[f"{eye}_product_id"], self[f"{eye}_range_id"]
            if not (product and self._free_in(product, self.lab_id)):
                days.append(row.lead_days)
        return max(days)

    @api.depends("state", "promised_date")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for order in self:
            order.is_overdue = work_order.is_overdue(
                order.state, order.promised_date or None, today
            )
            order.days_late = (today - order.promised_date).days if order.is_overdue else 0

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator not in ("=", "!="):
            raise NotImplementedError
        overdue = [
            ("state", "in", list(work_order.UNDER_WAY_STATES)),
            ("promised_date", "<", fields.Date.context_today(self)),
        ]
        if (operator == "=") == bool(value):
            return overdue
        return ["!", "&", *overdue]

    @api.model
    def _cron_overdue(self):
        """One activity for whoever promised, on the first day that the promise is broken."""
        noted = self.env["mail.activity"]._search(
            [
                ("res_model", "=", self._name),
                (
                    "activity_type_id",
                    "=",
                    self.env.ref("optics_core.activity_type_overdue").id,
                ),
            ]
        )
        late = self.search([("is_overdue", "=", True)])
        already = set(self.env["mail.activity"].browse(noted).mapped("res_id"))
        for order in late.filtered(lambda order: order.id not in already):
            order.activity_schedule(
                "optics_core.activity_type_overdue",
                summary=_("Promised for %(day)s", day=order.promised_date),
                user_id=(order.consultant_id or order.create_uid).id,
            )

    def _after_transition(self, transition, reason):
        super()._after_transition(transition, reason)
        if self.state not in work_order.UNDER_WAY_STATES:
            self.sudo().activity_unlink(["optics_core.activity_type_overdue"])
