from odoo import _, api, models
from odoo.exceptions import AccessError, UserError

SWITCHES = ("base.group_system", "connector_b.group_import_manager")


class ImportWizard(models.TransientModel):
    """A price list in a currency that Odoo knows and has switched off."""

    _inherit = "connector.import.wizard"

    @api.model
    def _may_switch_on_currency(self):
        return any(self.env.user.has_group(group) for group in SWITCHES)

    @api.model
    def switch_on_currency(self, code):
        """For a manager on the spot: the way through the settings ends a clerk's work."""
        if not self._may_switch_on_currency():
            raise AccessError(_("Only an import manager switches a currency on."))
        Currency = self.env["res.currency"].sudo().with_context(active_test=False)
        currency = Currency.search([("name", "=", code)], limit=1)
        if not currency:
            raise UserError(_("Odoo has no currency %(code)s: choose another one.", code=code))
        currency.active = True
        return self._currencies()

    @api.model
    def _currencies(self):
        # Those that are switched off have no rate and cannot be chosen.
        currencies = self.env["res.currency"].search([("active", "=", True)])
        return [{"code": each.name, "symbol": each.symbol} for each in currencies]
