import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import Form, tagged

from .catalogue import CatalogueCase, power

FRAME = {"a": 52.0, "b": 38.0, "dbl": 18.0, "ed": 55.0}


class FitCase(CatalogueCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Monday to Monday: dates are compared, not weekdays.
        (cls.shop | cls.lab).optics_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Every day", "attendance_ids": cls._every_day()}
        )
        cls.shop.optics_transit_days = 1
        cls.lab.optics_making_days = 1

    @staticmethod
    def _every_day():
        return [
            (
                0,
                0,
                {"name": str(day), "dayofweek": str(day), "hour_from": 9, "hour_to": 18},
            )
            for day in range(7)
        ]

    def answer(self, od=(-2.0, -1.0, 20), os=(-1.5, -0.5, 160), **values):
        eyes = {}
        for name, typed in (("od", od), ("os", os)):
            if typed is not None:
                eyes[name] = dict(zip(("sph", "cyl", "axis", "add"), typed, strict=False), pd=31.5)
        question = {
            "eyes": eyes,
            "frame": FRAME,
            "type": "single",
            "shop_id": self.shop.id,
            "lab_id": self.lab.id,
            **values,
        }
        return self.env["optics.fit"].with_user(self.assistant)._answer(question)

    def put_on_shelf(self, lens, place, *wanted, quantity=1):
        for each, diameter in wanted:
            self.env["stock.quant"]._update_available_quantity(
                lens._variant_for(each, diameter), place.lot_stock_id, quantity
            )


@tagged("post_install", "-at_install", "optics")
class TestFitAnswer(FitCase):
    def test_the_answer_is_plain_data(self):
        self.lens(ranges=[{"price_retail": 1500.5}])
        json.dumps(self.answer())

    def test_a_stock_blank_that_fits_is_offered_with_price_and_day(self):
        self.lens(ranges=[{"price_retail": 1500, "lead_days": 3}])
        answer = self.answer()
        (offer,) = answer["offers"]
        self.assertEqual(answer["eyes"]["od"]["minimum_blank"], 64)
        self.assertEqual(answer["eyes"]["od"]["stock_verdict"], "fits")
        self.assertEqual((offer["price"], offer["verdict"]), (3000, "fits"))
        # Three days for the lens, one to make, one on the road.
        ready_on = fields.Date.today() + timedelta(days=5)
        self.assertEqual(offer["ready_on"], fields.Date.to_string(ready_on))
        self.assertFalse(answer["failed"])

    def test_lenses_on_the_shelf_are_not_waited_for(self):
        lens = self.lens(ranges=[{"lead_days": 3}])
        self.put_on_shelf(lens, self.lab, (power(-2, -1, 20), 70))
        self.assertEqual(self.answer()["offers"][0]["lead_days"], 3)
        self.put_on_shelf(lens, self.shop, (power(-1.5, -0.5, 160), 70))
        (offer,) = self.answer()["offers"]
        self.assertEqual(offer["lead_days"], 0)
        self.assertTrue(offer["eyes"]["os"]["on_shelf"])

    def test_one_lens_on_the_shelf_is_not_enough_for_two_equal_eyes(self):
        lens = self.lens(ranges=[{"lead_days": 3}])
        same = {"od": (-2.0,), "os": (-2.0,)}
        self.put_on_shelf(lens, self.lab, (power(-2), 70))
        self.assertEqual(self.answer(**same)["offers"][0]["lead_days"], 3)
        self.put_on_shelf(lens, self.lab, (power(-2), 70))
        self.assertEqual(self.answer(**same)["offers"][0]["lead_days"], 0)

    def test_a_lens_in_another_shop_is_not_on_this_shelf(self):
        lens = self.lens(ranges=[{"lead_days": 3}])
        for place in (self.other_shop,):
            self.put_on_shelf(lens, place, (power(-2), 70), quantity=5)
        answer = self.answer(od=(-2.0,), os=(-2.0,))
        self.assertEqual(answer["offers"][0]["lead_days"], 3)

    def test_each_eye_is_asked_for_its_own_blank(self):
        self.lens(ranges=[{"diameter": 65}])
        question = self.answer()["eyes"]
        self.assertEqual(question["os"]["stock_verdict"], "fits")
        eyes = {
            "od": {"sph": -2.0, "pd": 31.5},
            "os": {"sph": -2.0, "pd": 29.5},
        }
        answer = self.answer(eyes=eyes)
        self.assertEqual(answer["eyes"]["os"]["minimum_blank"], 68)
        self.assertEqual(answer["eyes"]["od"]["stock_verdict"], "fits")
        self.assertEqual(answer["eyes"]["os"]["stock_verdict"], "too_small")
        self.assertFalse(answer["offers"])

    def test_the_grey_zone_says_ask_and_still_offers(self):
        self.lens(ranges=[{"diameter": 63}])
        answer = self.answer()
        self.assertEqual(answer["eyes"]["od"]["stock_verdict"], "ask")
        self.assertEqual(answer["offers"][0]["verdict"], "ask")
        self.assertIn("64", answer["eyes"]["od"]["text"])
        self.assertIn("63", answer["eyes"]["od"]["text"])

    def test_a_row_below_the_grey_zone_is_not_offered(self):
        self.lens(ranges=[{"diameter": 61}])
        answer = self.answer()
        self.assertFalse(answer["offers"])
        self.assertIn("64 mm", answer["failed"][0]["nearest"][0])

    def test_an_estimated_ed_never_surely_fits(self):
        self.lens(ranges=[{"diameter": 75}])
        answer = self.answer(frame={**FRAME, "ed": None})
        self.assertTrue(answer["eyes"]["od"]["is_estimated"])
        self.assertEqual(answer["eyes"]["od"]["stock_verdict"], "ask")

    def test_without_a_frame_lenses_are_offered_and_the_missing_is_named(self):
        self.lens(ranges=[{"diameter": 55}])
        answer = self.answer(frame={})
        self.assertEqual(answer["offers"][0]["verdict"], "unknown")
        self.assertIn("DBL", answer["eyes"]["od"]["text"])
        self.assertEqual(answer["thickness"], [])

    def test_half_the_pd_stands_for_an_eye_without_one(self):
        self.lens(ranges=[{}])
        answer = self.answer(eyes={"od": {"sph": -2.0}}, pd=63.0)
        self.assertEqual(answer["eyes"]["od"]["minimum_blank"], 64)

    def test_eyes_may_take_different_rows_of_one_lens(self):
        lens = self.lens(
            ranges=[
                {"price_retail": 1000},
                {"sph": (-10, -6.25), "source": "rx", "price_retail": 4000, "lead_days": 14},
            ]
        )
        answer = self.answer(od=(-2.0,), os=(-8.0,))
        (offer,) = answer["offers"]
        self.assertEqual((offer["source"], offer["price"]), ("mixed", 5000))
        self.assertEqual(offer["lens_id"], lens.id)
        self.assertEqual(offer["lead_days"], 14)

    def test_the_limit_that_failed_is_told_for_the_eye(self):
        self.lens(ranges=[{"cyl": (-4, 0)}])
        answer = self.answer(os=(-1.5, -4.5, 160))
        (failed,) = answer["failed"]
        self.assertEqual(failed["eye"], "os")
        self.assertIn("cylinder -4.50", failed["nearest"][0])
        self.assertIn("-4.00", failed["nearest"][0])

    def test_lenses_that_fit_one_eye_each_are_told_with_what_stops_the_other(self):
        self.lens("minus", ranges=[{"sph": (-6, 0)}])
        self.lens("plus", ranges=[{"sph": (0.25, 6)}])
        answer = self.answer(od=(-2.0,), os=(2.0,))
        self.assertEqual([each["eye"] for each in answer["failed"]], ["od", "os"])
        self.assertIn("plus", answer["failed"][0]["nearest"][0])
        self.assertIn("sphere +2.00", answer["failed"][1]["nearest"][0])

    def test_wishes_that_no_lens_has_are_told(self):
        self.lens(ranges=[{}])
        answer = self.answer(index="1.74")
        self.assertIn("no such lens", answer["failed"][0]["text"])

    def test_a_price_limit_is_for_the_pair(self):
        self.lens(ranges=[{"price_retail": 1500}])
        self.assertTrue(self.answer(price=3000.0)["offers"])
        answer = self.answer(price=2999.0)
        self.assertFalse(answer["offers"])
        self.assertRegex(answer["failed"][0]["text"], r"3\D?000")

    def test_single_vision_leaves_the_addition_out(self):
        self.lens(ranges=[{}])
        self.assertTrue(self.answer(od=(-2.0, None, None, 2.0), os=(-2.0,))["offers"])

    def test_a_progressive_wants_addition_and_height(self):
        self.lens("Pro", type="progressive", ranges=[{"add": (0.75, 3)}])
        answer = self.answer(type="progressive")
        self.assertEqual(len(answer["needed"]), 4)
        self.assertIn("OD Add", answer["needed"][0])
        self.assertFalse(answer["offers"])
        self.assertIn("needs an addition", answer["failed"][0]["nearest"][0])
        eyes = {eye: {"sph": 0.0, "add": 2.0, "pd": 31.5, "height": 18.0} for eye in ("od", "os")}
        answer = self.answer(type="progressive", eyes=eyes)
        self.assertEqual(answer["needed"], [])
        self.assertTrue(answer["offers"])

    def test_a_height_not_below_the_frame_is_needed_otherwise(self):
        self.lens("Pro", type="progressive", ranges=[{"add": (0.75, 3)}])
        eyes = {"od": {"sph": 0.0, "add": 2.0, "pd": 31.5, "height": 38.0}}
        answer = self.answer(type="progressive", eyes=eyes)
        self.assertIn("38", answer["needed"][0])

    def test_a_corridor_longer_than_the_height_is_told(self):
        self.lens("Pro", type="progressive", height_min=18, ranges=[{"add": (0.75, 3)}])
        eyes = {"od": {"sph": 0.0, "add": 2.0, "pd": 31.5, "height": 16.0}}
        answer = self.answer(type="progressive", eyes=eyes)
        self.assertFalse(answer["offers"])
        self.assertIn("16 mm", answer["failed"][0]["nearest"][0])
        self.assertIn("18 mm", answer["failed"][0]["nearest"][0])
        eyes["od"]["height"] = 18.0
        self.assertTrue(self.answer(type="progressive", eyes=eyes)["offers"])

    def test_prism_that_no_row_takes_is_told(self):
        self.lens(ranges=[{}])
        eyes = {"od": {"sph": -2.0, "prism_h": 3.0, "base_h": "in"}}
        answer = self.answer(eyes=eyes)
        self.assertIn("without prism", answer["failed"][0]["nearest"][0])

    def test_values_that_cannot_be_are_refused_in_words(self):
        self.lens(ranges=[{}])
        answer = self.answer(od=(-2.1, -1.0, None))
        self.assertFalse(answer["offers"])
        self.assertIn("OD Sph", answer["refused"][0])
        self.assertIn("OD Axis", answer["refused"][1])

    def test_an_eye_not_typed_yet_is_no_pair(self):
        self.lens(ranges=[{}])
        answer = self.answer(os=(None,))
        self.assertFalse(answer["offers"])
        self.assertEqual(answer["eyes"]["od"]["stock_verdict"], "fits")
        self.assertIn("OS Sph", answer["needed"][0])
        self.assertEqual(self.answer(od=(None,), os=(None,))["eyes"], {})

    def test_higher_indexes_are_thinner_side_by_side(self):
        answer = self.answer(od=(-6.0,), os=(-6.0,))
        edges = [each["eyes"]["od"]["edge"] for each in answer["thickness"]]
        self.assertEqual([each["index"] for each in answer["thickness"]][0], "1.5")
        self.assertEqual(edges, sorted(edges, reverse=True))
        self.assertGreater(edges[0], edges[-1])

    def test_the_thickness_of_an_offer_uses_its_exact_index(self):
        self.lens("thick", index=1.5, index_exact=1.498, ranges=[{"sph": (-10, 0)}])
        answer = self.answer(od=(-6.0,), os=(-6.0,))
        self.assertEqual(
            answer["offers"][0]["eyes"]["od"]["edge"],
            answer["thickness"][0]["eyes"]["od"]["edge"],
        )

    def test_the_workshop_asks_no_prices(self):
        with self.assertRaises(AccessError):
            self.env["optics.fit"].with_user(self.master).create({})


@tagged("post_install", "-at_install", "optics")
class TestFitScreen(FitCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock_lens = cls.lens(ranges=[{"price_retail": 1500, "lead_days": 3}])
        cls.progressive = cls.lens(
            "Pro", type="progressive", ranges=[{"add": (0.75, 3), "price_retail": 9000}]
        )
        cls.frame = (
            cls.env["product.template"]
            .create({"name": "Frame", "optics_kind": "frame", "detailed_type": "product"})
            .product_variant_id
        )
        cls.frame.write(
            {"frame_a": 52, "frame_b": 38, "frame_dbl": 18, "frame_ed": 55, "frame_temple": 140}
        )

    def form(self):
        return Form(self.env["optics.fit"].with_user(self.assistant))

    def fill(self, form):
        form.patient_id = self.patient
        form.od_sph, form.od_cyl, form.od_axis = -2, -1, 20
        form.os_sph = -1.5
        form.pd = 63
        form.frame_product_id = self.frame

    def test_the_frame_fills_its_measurements_and_answers_follow(self):
        form = self.form()
        self.fill(form)
        self.assertEqual((form.frame_a, form.frame_ed), (52, 55))
        self.assertEqual(form.answer["eyes"]["od"]["minimum_blank"], 64)
        self.assertEqual(form.answer["offers"][0]["lens_id"], self.stock_lens.id)

    def test_the_customers_own_frame_fills_its_measurements(self):
        own = self.env["optics.customer.frame"].create(
            {"name": "Old", "patient_id": self.patient.id, "condition": "worn", "frame_a": 50}
        )
        form = self.form()
        self.fill(form)
        form.frame_product_id = self.env["product.product"]
        form.customer_frame_id = own
        self.assertEqual(form.frame_a, 50)
        self.assertFalse(form.frame_ed)

    def test_the_purpose_chooses_the_type(self):
        form = self.form()
        form.purpose = "progressive"
        self.assertEqual(form.wish_type, "progressive")

    def test_a_choice_becomes_an_order(self):
        form = self.form()
        self.fill(form)
        choice = form.answer["choices"][0]
        fit = form.save()
        fit.write({f"{eye}_range_id": range_id for eye, range_id in choice.items()})
        action = fit.action_create_order()
        order = self.env["optics.manufacturing.order"].browse(action["res_id"])
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.patient_id, self.patient)
        self.assertEqual(order.od_lens_id, self.stock_lens)
        self.assertEqual(order.od_range_id, self.stock_lens.range_ids)
        self.assertEqual((order.od_sph, order.od_cyl, order.od_axis), (-2, -1, 20))
        self.assertEqual((order.os_sph, order.os_cyl), (-1.5, None))
        self.assertEqual(order.frame_product_id, self.frame)
        self.assertEqual(order.shop_id, self.shop)
        self.assertEqual(order.lab_id, self.lab)
        self.assertEqual(order.consultant_id, self.assistant)
        promised = fit.answer["offers"][0]["ready_on"]
        self.assertEqual(fields.Date.to_string(order.promised_date), promised)

    def test_an_order_needs_a_customer_and_a_choice(self):
        form = self.form()
        form.od_sph = form.os_sph = -2
        with self.assertRaises(UserError) as refused:
            form.save().action_create_order()
        self.assertIn("Customer", str(refused.exception))
        self.assertIn("Lenses", str(refused.exception))

    def test_a_choice_that_does_not_fit_any_more_is_refused(self):
        form = self.form()
        self.fill(form)
        choice = form.answer["choices"][0]
        fit = form.save()
        fit.write({f"{eye}_range_id": range_id for eye, range_id in choice.items()})
        fit.od_sph = -9
        with self.assertRaises(UserError) as refused:
            fit.action_create_order()
        self.assertIn("does not fit", str(refused.exception))

    def test_what_an_order_needs_is_told_before_it(self):
        form = self.form()
        self.fill(form)
        form.purpose = "progressive"
        form.od_add = form.os_add = 2
        choice = form.answer["choices"][0]
        fit = form.save()
        fit.write({f"{eye}_range_id": range_id for eye, range_id in choice.items()})
        with self.assertRaises(UserError) as refused:
            fit.action_create_order()
        self.assertIn("Fitting Height", str(refused.exception))
