import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import format_date

from ..models import order_tracking
from ..rules import work_order
from .orders import WAYS, OrderCase

WORDS = {
    "accepted": "Your order is accepted",
    "in_work": "Your glasses are being made",
    "ready": "Your glasses are ready",
    "delivered": "Your glasses are handed over",
}


@tagged("post_install", "-at_install", "optics")
class TestTrackingPage(OrderCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.patient.lang = "en_US"
        cls.shop.partner_id.write(
            {"phone": "+7 912 000-11-22", "street": "Lenina 5", "city": "Town"}
        )

    def page(self, order):
        self.env.flush_all()
        return self.url_open(f"/optics/track/{order.sudo().tracking_token}")

    def test_every_state_has_its_friendly_word(self):
        for state in WAYS:
            with self.subTest(state):
                answer = self.page(self.job(state))
                friendly = work_order.CUSTOMER_STATES[state]
                if friendly == "cancelled":
                    self.assertEqual(answer.status_code, 404)
                    continue
                self.assertEqual(answer.status_code, 200)
                self.assertIn(WORDS[friendly], answer.text)

    def test_trouble_is_hidden(self):
        for state in ("on_hold", "returned_supplier", "waiting_lens"):
            text = self.page(self.job(state)).text
            self.assertIn(WORDS["in_work"], text)
            for word in ("hold", "return", "Returned", "wait", "scratch", "overdue"):
                self.assertNotRegex(text, rf"\b{word}\b")

    def test_a_remake_is_followed_to_the_glasses_that_come(self):
        order = self.job("delivered")
        again = order.with_user(self.assistant)._make_again(
            "Too strong",
            "both",
            True,
            remake_cause_id=self.cause.id,
            remake_payer="shop",
        )
        self.assertIn(WORDS["accepted"], self.page(order).text)
        self.perform(again, "start", "master")
        text = self.page(order).text
        self.assertIn(WORDS["in_work"], text)
        self.assertNotIn("emake", text)

    def test_the_page_says_when_and_where(self):
        order = self.job("confirmed")
        order.promised_date = fields.Date.context_today(order) + timedelta(days=40)
        text = self.page(order).text
        day = format_date(self.env, order.promised_date, "en_US", "d MMMM")
        self.assertIn(day, text)
        for fact in ("Shop A", "Lenina 5", "+7 912 000-11-22", order.name):
            self.assertIn(fact, text)

    def test_a_day_that_is_past_is_not_promised_again(self):
        order = self.job("confirmed")
        order.promised_date = fields.Date.context_today(order) - timedelta(days=1)
        text = self.page(order).text
        self.assertNotIn("We expect them", text)
        self.assertIn("please call us", text)

    def test_nothing_medical_and_no_surname_in_full(self):
        order = self.job("in_production", workshop_note="Secret note", od_pd=31.5)
        text = self.page(order).text
        for secret in (
            "Иванова",
            "2.00",
            "2.0",
            "31.5",
            "Clear 1.5",
            "Secret",
            "912 345-67-89",
            "Frame",
        ):
            self.assertNotIn(secret, text)
        self.assertIn("Мария Петровна И.", text)

    def test_wrong_links_are_all_the_same_404(self):
        token = self.job("confirmed").sudo().tracking_token
        cancelled = self.job("cancelled").sudo().tracking_token
        self.env.flush_all()
        answers = []
        for wrong in (
            "x",
            token[:-1],
            token[:-1] + ("A" if token[-1] != "A" else "B"),
            token[: order_tracking.SELECTOR_LENGTH] + "A" * 35,
            token.swapcase(),
            "ы" * 43,
            cancelled,
        ):
            answer = self.url_open(f"/optics/track/{wrong}")
            self.assertEqual(answer.status_code, 404, wrong)
            answers.append(answer.text)
        self.assertEqual(len(set(answers)), 1)

    def test_tokens_are_compared_in_constant_time(self):
        token = self.job("confirmed").sudo().tracking_token
        Order = self.env["optics.manufacturing.order"]
        for typed in (token, token[:-1] + "!", "unknown-selector"):
            with patch.object(
                order_tracking.hmac, "compare_digest", wraps=order_tracking.hmac.compare_digest
            ) as compare:
                Order._find_by_token(typed)
                self.assertEqual(compare.call_count, 1, typed)

    def test_tokens_cannot_be_guessed(self):
        tokens = {self.order().sudo().tracking_token for _number in range(5)}
        self.assertEqual(len(tokens), 5)
        for token in tokens:
            # 256 bits, in the letters of URLs.
            self.assertRegex(token, r"^[\w-]{43}$")
        self.assertNotEqual(
            self.order().copy().sudo().tracking_token, self.order().sudo().tracking_token
        )

    def test_a_copy_has_a_link_of_its_own(self):
        order = self.job("in_production")
        again = order.sudo().copy()
        self.assertNotEqual(order.sudo().tracking_token, again.sudo().tracking_token)

    def test_the_link_dies_after_the_glasses_were_handed_over(self):
        order = self.job("delivered")
        days = order.company_id.optics_tracking_days
        order.sudo().delivered_at = fields.Datetime.now() - timedelta(days=days - 1)
        self.assertEqual(self.page(order).status_code, 200)
        order.sudo().delivered_at = fields.Datetime.now() - timedelta(days=days + 1)
        self.assertEqual(self.page(order).status_code, 404)

    def test_neither_search_engines_nor_caches_keep_it(self):
        for answer in (self.page(self.job("confirmed")), self.url_open("/optics/track/x")):
            self.assertIn("noindex", answer.headers["X-Robots-Tag"])
            self.assertIn("no-store", answer.headers["Cache-Control"])
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
            self.assertNotIn("session_id", answer.headers.get("Set-Cookie", ""))

    def test_the_page_loads_nothing_from_anywhere(self):
        text = self.page(self.job("confirmed")).text
        self.assertFalse(re.findall(r"<script|<link|<img|url\(|@import", text))

    def test_the_customer_reads_their_own_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.patient.lang = "ru_RU"
        self.assertIn('lang="ru"', self.page(self.job("confirmed")).text)
