from odoo import api, fields, models

from ..rules import work_order


class StockWarehouse(models.Model):
    """How long a place of the chain takes, for promises to customers."""

    _inherit = "stock.warehouse"

    optics_making_days = fields.Integer(
        string="Days to Make Glasses",
        default=1,
        help="Working days of the workshop from the lens in hand to finished glasses.",
    )
    optics_transit_days = fields.Integer(
        string="Days on the Road",
        default=1,
        help="Working days between this shop and its workshop, there and back together.",
    )
    optics_calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Working Days",
        help="Weekdays and holidays for promises; the company's calendar if empty.",
    )

    _sql_constraints = [
        (
            "optics_days_not_negative",
            "CHECK (optics_making_days >= 0 AND optics_transit_days >= 0)",
            "Days to Make Glasses, Days on the Road: they cannot be below zero. Correct the "
            "number.",
        )
    ]

    @api.model
    def _optics_promise(self, shop, lab, lead_days):
        """The day the glasses can be in the shop, counted from today."""
        days = lead_days + lab.optics_making_days
        if lab != shop:
            days += shop.optics_transit_days
        today = fields.Date.context_today(self)
        return work_order.promise(today, days, lab._optics_workdays(), lab._optics_holidays(today))

    def _optics_calendar(self):
        return (self.optics_calendar_id or self.company_id.resource_calendar_id).sudo()

    def _optics_workdays(self):
        """Weekdays with working hours, Monday 0; every day if no calendar says otherwise."""
        days = self._optics_calendar().attendance_ids.mapped("dayofweek")
        return frozenset(map(int, days)) or work_order.EVERY_DAY

    def _optics_holidays(self, today):
        """Days on which the whole place is closed."""
        leaves = self._optics_calendar().global_leave_ids.filtered(
            lambda leave: leave.date_to.date() >= today
        )
        holidays = set()
        for leave in leaves:
            day = fields.Datetime.context_timestamp(self, leave.date_from).date()
            last = fields.Datetime.context_timestamp(self, leave.date_to).date()
            while day <= last:
                holidays.add(day)
                day = fields.Date.add(day, days=1)
        return frozenset(holidays)
