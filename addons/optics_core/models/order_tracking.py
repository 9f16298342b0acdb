import hmac
import secrets
from datetime import timedelta

from odoo import api, fields, models

from ..rules import work_order

# The first part of a token finds the job by an index, the rest is compared in constant time.
SELECTOR_LENGTH = 8


class ManufacturingOrder(models.Model):
    """The page on which the customer sees how far the glasses are."""

    _inherit = "optics.manufacturing.order"

    tracking_token = fields.Char(
        compute="_compute_tracking_token",
        store=True,
        precompute=True,
        groups="base.group_system",
    )
    tracking_selector = fields.Char(
        compute="_compute_tracking_token",
        store=True,
        precompute=True,
        index="btree_not_null",
        groups="base.group_system",
    )
    tracking_url = fields.Char(
        string="Link for the Customer",
        compute="_compute_tracking_url",
        compute_sudo=True,
        groups="optics_core.group_sales_assistant",
    )

    def _compute_tracking_token(self):
        """Depends on nothing: drawn once, when the job is made."""
        for order in self:
            order.tracking_token = secrets.token_urlsafe(32)
            order.tracking_selector = order.tracking_token[:SELECTOR_LENGTH]

    @api.depends("tracking_token")
    def _compute_tracking_url(self):
        for order in self:
            order.tracking_url = (
                f"{order.get_base_url()}/optics/track/{order.tracking_token}"
                if order.tracking_token
                else False
            )

    @api.model
    def _find_by_token(self, token):
        """The job of a link, or nothing; a wrong guess takes as long whatever it shares."""
        found = self.sudo().search([("tracking_selector", "=", token[:SELECTOR_LENGTH])])
        # An unknown selector is compared as well, with a token that nobody has.
        known = {order.tracking_token: order for order in found} or {
            secrets.token_urlsafe(32): self.browse()
        }
        order = self.browse()
        for stored, owner in known.items():
            if hmac.compare_digest(stored.encode(), token.encode()):
                order = owner
        return order.sudo() if order._is_trackable() else self.browse()

    def _is_trackable(self):
        """The link dies some time after the glasses were handed over."""
        if not self:
            return False
        order = self.sudo()._latest_remake()
        if order.state == "cancelled":
            return False
        if order.state != "delivered" or not order.delivered_at:
            return True
        days = order.company_id.optics_tracking_days
        return fields.Datetime.now() < order.delivered_at + timedelta(days=days)

    def _customer_state(self):
        """The friendly state of the glasses, whichever job of the chain makes them."""
        return work_order.CUSTOMER_STATES[self._latest_remake().state]
