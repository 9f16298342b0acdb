from odoo import _, api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

# What a scanned job may be for; all but the first two are steps of the table.
STEPS = ("start", "receive_lens", "finish", "deliver")
MODES = ("open", "pack", "accept", *STEPS)


class ManufacturingOrder(models.Model):
    """A barcode read by a scanner: opens the job or moves it on, in the mode of the screen."""

    _inherit = "optics.manufacturing.order"

    @api.model
    def scan_modes(self):
        """The modes that make sense to the current user, in the order of the day."""
        names = {
            **self._action_names(),
            "open": _("Open Job"),
            "pack": _("Pack for Transit"),
            "accept": _("Accept from Transit"),
        }
        allowed = {transition["action"] for transition in self.get_transitions()}
        return [
            {"mode": mode, "name": names[mode]}
            for mode in MODES
            if mode not in STEPS or mode in allowed
        ]

    @api.model
    def scan(self, barcode, mode):
        """What the screen shows and sounds: done, or refused and why."""
        number = (barcode or "").strip()
        order = self.search([("name", "=", number)], limit=1)
        if not order:
            return {
                "verdict": "unknown",
                "number": number,
                "text": _("There is no job %(number)s among yours.", number=number),
            }
        if mode not in MODES:
            raise UserError(_("Unknown scanning mode: %(mode)s.", mode=mode))
        try:
            with self.env.cr.savepoint():
                text = getattr(order, f"_scanned_{mode}", order._scanned_step)(mode)
            verdict = "done"
        except (UserError, AccessError, ValidationError) as refusal:
            verdict, text = "refused", refusal.args[0]
        return {
            "verdict": verdict,
            "number": number,
            "text": text,
            "order": order._scan_card(),
        }

    def _scan_card(self):
        """What the person at the scanner needs to see; nothing of contacts or prescription."""
        return {
            "id": self.id,
            "name": self.name,
            "customer": self.customer_short_name or "",
            "state": self.state,
            "state_name": self._state_name(self.state),
            "tray": self.tray_number or "",
            "promised": format_date(self.env, self.promised_date),
            "overdue": self.is_overdue,
            "urgent": self.priority == "1",
        }

    def _scanned_open(self, _mode):
        return _("Opened.")

    def _scanned_step(self, mode):
        if mode == "deliver" and not self.collected_by:
            self.collected_by = self.customer_short_name
        self._perform(mode)
        return _(
            "%(action)s: now “%(state)s”.",
            action=self._action_names()[mode],
            state=self._state_name(self.state),
        )

    def _scanned_pack(self, _mode):
        transit = self.env["optics.transit"]._open_for(self)
        transit.write({"line_ids": [(0, 0, {"order_id": self.id})]})
        return _(
            "Packed into %(transit)s for %(place)s.",
            transit=transit.name,
            place=transit.to_id.name,
        )

    def _scanned_accept(self, _mode):
        line = self.transit_line_ids.filtered(lambda each: each.state == "packed")
        if not line:
            raise UserError(_("Job %(job)s is in no transit.", job=self.name))
        line.action_accept()
        return _(
            "Accepted at %(place)s. Left to check in %(transit)s: %(left)s.",
            place=line.transit_id.to_id.name,
            transit=line.transit_id.name,
            left=line.transit_id.open_count,
        )
