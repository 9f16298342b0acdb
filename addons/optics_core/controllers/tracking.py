from odoo import fields, http
from odoo.http import request
from odoo.tools import format_date

from ..rules import short_name

STEPS = ("accepted", "in_work", "ready", "delivered")
HEADERS = [
    # For one pair of eyes: not for search engines, not for caches, not for the next site.
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
    ("Cache-Control", "no-store, private"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
]


class Tracking(http.Controller):
    """How far the glasses are, for whoever has the link. No login, nothing medical."""

    @http.route(
        "/optics/track/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
    )
    def track(self, token):
        order = request.env["optics.manufacturing.order"]._find_by_token(token)
        if not order:
            # One answer for a wrong, an old and a cancelled link: nothing can be told apart.
            return self._page("optics_core.tracking_unknown", {}, status=404)
        language = order.patient_id.lang or order.company_id.partner_id.lang
        order = order.with_context(lang=language)
        request.update_context(lang=language)
        return self._page("optics_core.tracking_page", self._values(order))

    def _values(self, order):
        glasses = order._latest_remake()
        state = order._customer_state()
        shop = order.shop_id
        today = fields.Date.context_today(glasses)
        promised = glasses.promised_date
        is_coming = state in ("accepted", "in_work")
        return {
            "number": order.name,
            "customer": short_name.addressed(order.patient_id.name),
            "state": state,
            "step": STEPS.index(state),
            "promised": (
                format_date(order.env, promised, date_format="d MMMM")
                if promised and is_coming and promised >= today
                else False
            ),
            "is_late": bool(promised and is_coming and promised < today),
            "shop": shop.name,
            "address": self._address(shop.partner_id),
            "phone": shop.partner_id.phone or shop.company_id.phone,
            "company": order.company_id.name,
        }

    def _address(self, partner):
        return ", ".join(filter(None, [partner.city, partner.street, partner.street2]))

    def _page(self, template, values, status=200):
        response = request.render(template, values, status=status)
        for name, value in HEADERS:
            response.headers[name] = value
        return response
