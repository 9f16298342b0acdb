import random
from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.tests.common import new_test_user, tagged

from ..rules.lens_range import fits
from ..rules.transposition import transpose
from .catalogue import CatalogueCase, eye, power


@tagged("post_install", "-at_install", "optics")
class TestLensMatch(CatalogueCase):
    def _found(self, values, blank=None, **wishes):
        blanks = {} if blank is None else {"od": Decimal(blank)}
        found = self.env["optics.lens.range"]._match({"od": values}, blanks, wishes)
        return self.env["optics.lens.range"].browse([row["id"] for row in found["od"]])

    def test_the_row_with_the_power_is_found(self):
        near, far = self.lens(ranges=[{"sph": (-4, 0)}, {"sph": (-8, -4.25)}]).range_ids.sorted(
            "sph_min", reverse=True
        )
        self.assertEqual(self._found(eye(-4, -2, 20)), near)
        self.assertEqual(self._found(eye(-4.25)), far)
        self.assertFalse(self._found(eye(-4, -2.25, 20)))

    def test_either_notation_finds_the_same_rows(self):
        lens = self.lens(ranges=[{}, {"cyl": (0, 3), "diameter": 65}])
        written, transposed = power(2, -1.5, 20), transpose(power(2, -1.5, 20))
        self.assertEqual(len(self._found(vars(written))), 2)
        self.assertEqual(self._found(vars(written)), self._found(vars(transposed)))
        # In plus notation the sphere is +0.50, and this one only is below the row.
        lens.range_ids.filtered(lambda row: row.cyl_max > 0).sph_min = 1
        self.assertEqual(self._found(vars(transposed)).diameter, 70)

    def test_both_eyes_are_one_query(self):
        self.lens(ranges=[{}, {"sph": (-10, -6.25), "source": "rx"}])
        self.env.flush_all()
        eyes = {"od": eye(-2, -1, 20), "os": eye(-7, -1, 160)}
        with self.assertQueryCount(1):
            found = self.env["optics.lens.range"]._match(eyes, {"od": Decimal(66)})
        self.assertEqual([row["source"] for row in found["od"]], ["stock"])
        self.assertEqual([row["source"] for row in found["os"]], ["rx"])

    def test_a_blank_too_small_is_left_out(self):
        self.lens(ranges=[{"diameter": 65}, {"diameter": 70}])
        self.assertEqual(self._found(eye(-2), 65).mapped("diameter"), [65, 70])
        self.assertEqual(self._found(eye(-2), 66).mapped("diameter"), [70])
        self.assertFalse(self._found(eye(-2), 71))

    def test_additions_and_lenses_without_them_are_kept_apart(self):
        self.lens(ranges=[{}])
        self.lens("Pro", type="progressive", ranges=[{"add": (0.75, 2)}])
        self.assertEqual(self._found(eye(0)).lens_id.name, "Clear 1.5")
        self.assertEqual(self._found(eye(0, add=2)).lens_id.name, "Pro")
        self.assertFalse(self._found(eye(0, add=2.25)))

    def test_prism_is_both_components_together(self):
        self.lens(ranges=[{"prism_max": 4}, {"prism_max": 5, "diameter": 75}])
        found = self._found(
            eye(
                -2,
                prism_h=Decimal(3),
                base_h="in",
                prism_v=Decimal(4),
                base_v="up",
            )
        )
        self.assertEqual(found.mapped("prism_max"), [5])

    def test_eighths_need_a_row_of_eighths(self):
        self.lens(ranges=[{}, {"step": 0.125, "diameter": 65}])
        self.assertEqual(self._found(eye(-2.125)).mapped("step"), [0.125])

    def test_an_eye_that_was_not_measured_finds_nothing(self):
        self.lens(ranges=[{}])
        self.assertFalse(self._found(eye(None)))

    def test_wishes_narrow_the_lenses(self):
        coatings = self.env["optics.coating"].search([])
        ar, hc = coatings[:2]
        plain = self.lens("plain", ranges=[{}])
        coated = self.lens(
            "coated", index=1.67, coating_ids=[(6, 0, (ar | hc).ids)], ranges=[{"source": "rx"}]
        )
        self.assertEqual(self._found(eye(0)).lens_id, plain | coated)
        self.assertEqual(self._found(eye(0), index=1.6).lens_id, coated)
        self.assertEqual(self._found(eye(0), coating_ids=[ar.id]).lens_id, coated)
        self.assertEqual(self._found(eye(0), coating_ids=(ar | hc).ids).lens_id, coated)
        self.assertFalse(self._found(eye(0), coating_ids=coatings[:3].ids))
        self.assertEqual(self._found(eye(0), source="stock").lens_id, plain)
        self.assertEqual(self._found(eye(0), lens_ids=plain.ids).lens_id, plain)
        self.assertFalse(self._found(eye(0), type="progressive"))
        self.assertFalse(self._found(eye(0), supplier_id=self.patient.id))

    def test_cheaper_rows_come_first(self):
        self.lens(ranges=[{"price_retail": 500}, {"price_retail": 300, "diameter": 65}])
        self.assertEqual(self._found(eye(0)).mapped("price_retail"), [300, 500])

    def test_archived_lenses_and_other_companies_are_not_offered(self):
        lens = self.lens(ranges=[{}])
        ranges = self.env["optics.lens.range"].with_user(self.assistant)
        self.assertTrue(ranges._match({"od": eye(0)})["od"])
        lens.active = False
        self.assertFalse(ranges._match({"od": eye(0)})["od"])
        lens.active = True
        lens.company_id = self.env["res.company"].create({"name": "Another chain"})
        self.assertFalse(ranges._match({"od": eye(0)})["od"])

    def test_who_may_not_read_the_catalogue_gets_no_match(self):
        stranger = new_test_user(self.env, "t-stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["optics.lens.range"].with_user(stranger)._match({"od": eye(0)})
        self.env["optics.lens.range"].with_user(self.assistant)._match({"od": eye(0)})

    def test_sql_answers_as_the_rule_does(self):
        """Random rows and powers, more of them on edges than life has."""
        dice, lens = random.Random(20240301), self.lens()
        rows = self.env["optics.lens.range"].create(
            [{**self._random_row(dice), "lens_id": lens.id} for _each in range(600)]
        )
        rules = {row.id: row._rule(row) for row in rows}
        matched = 0
        for _dice in range(120):
            values, blank = self._random_eye(dice), dice.choice([None, 60, 65, 66, 70])
            blank = blank and Decimal(blank)
            wanted = power(*(values[part] for part in ("sph", "cyl", "axis", "add")))
            expected = {
                row_id
                for row_id, rule in rules.items()
                if not fits(rule, wanted, values["prism_v"], blank)
            }
            self.assertEqual(set(self._found(values, blank).ids), expected, (values, blank))
            matched += len(expected)
        # Neither everything nor nothing: the comparison was about something.
        self.assertGreater(matched, 300)

    def _random_row(self, dice):
        sph = sorted(dice.randint(-16, 16) / 2 for _end in range(2))
        cyl = sorted(-dice.randint(0, 8) / 2 for _end in range(2))
        add = sorted(dice.randint(1, 6) / 2 for _end in range(2))
        if dice.random() < 0.4:
            cyl = [-end for end in reversed(cyl)]
        return self.range_values(
            sph,
            cyl,
            diameter=dice.choice([60, 65, 70]),
            add=add if dice.random() < 0.3 else None,
            step=dice.choice([0.125, 0.25, 0.5]),
            prism_max=dice.choice([0, 2, 6]),
        )

    def _random_eye(self, dice):
        cyl = dice.choice([None, 0, *(dice.randint(-32, 32) / 8 for _each in range(4))])
        prism = dice.choice([0, 0, 1, 2, 2.25])
        return eye(
            dice.randint(-64, 64) / 8,
            cyl,
            dice.randint(1, 180) if cyl else None,
            dice.choice([None, None, 0.5, 1, 3, 3.25]),
            prism_v=Decimal(str(prism)),
            base_v="up" if prism else None,
        )


@tagged("post_install", "-at_install", "optics")
class TestLensNearest(CatalogueCase):
    def _nearest(self, values, blank=None, **wishes):
        return self.env["optics.lens.range"]._nearest("od", values, blank, wishes)

    def test_the_limit_that_failed_is_told_with_numbers(self):
        self.lens(ranges=[{"cyl": (-4, 0)}])
        (nearest,) = self._nearest(eye(-2, -4.5, 20))
        self.assertEqual(nearest["limits"], ["cyl"])
        self.assertIn("cylinder -4.50", nearest["text"])
        self.assertIn("goes to -4.00", nearest["text"])

    def test_each_limit_has_its_words(self):
        self.lens(ranges=[{"prism_max": 1}])
        self.lens("Pro", type="progressive", ranges=[{"add": (0.75, 2)}])
        prism = {"prism_v": Decimal(3), "base_v": "up"}
        cases = [
            (eye(-8), None, "Clear", ["sphere -8.00", "-6.00"]),
            (eye(0, 2.5, 90), None, "Clear", ["cylinder -2.50", "-2.00"]),
            (eye(0), Decimal(75), "Clear", ["75 mm", "70 mm"]),
            (eye(0.125), None, "Clear", ["+0.125", "0.25"]),
            (eye(0, **prism), None, "Clear", ["prism 3", "up to 1"]),
            (eye(0, **prism), None, "Pro", ["without prism"]),
            (eye(0, add=3), None, "Clear", ["addition +3.00", "none"]),
            (eye(0, add=3), None, "Pro", ["addition +3.00", "+2.00"]),
            (eye(0), None, "Pro", ["needs an addition", "+0.75"]),
        ]
        for values, blank, lens, words in cases:
            with self.subTest(words):
                texts = [each["text"] for each in self._nearest(values, blank)]
                (text,) = [each for each in texts if each.startswith(lens)]
                for word in words:
                    self.assertIn(word, text)

    def test_a_lens_is_told_once_by_its_best_row_and_the_nearest_first(self):
        self.lens("far", ranges=[{"sph": (-2, 0)}])
        near = self.lens("near", ranges=[{"sph": (-2, 0)}, {"sph": (-5, -2.25)}])
        nearest = self._nearest(eye(-6))
        self.assertEqual([each["lens_id"] for each in nearest][0], near.id)
        self.assertEqual(len(nearest), 2)
        self.assertIn("-5.00", nearest[0]["text"])

    def test_one_limit_failed_is_nearer_than_two(self):
        self.lens("two", ranges=[{"sph": (-5.75, 0), "cyl": (0, 0)}])
        one = self.lens("one", ranges=[{"sph": (-3, 0)}])
        self.assertEqual(self._nearest(eye(-6, -1, 90))[0]["lens_id"], one.id)

    def test_what_fails_for_the_rule_is_what_is_told(self):
        dice = random.Random(7)
        lens = self.lens(ranges=[{"cyl": (0, 2)}])
        rule = lens.range_ids._rule(lens.range_ids)
        for _each in range(60):
            values = eye(dice.randint(-40, 40) / 4, dice.randint(-16, 16) / 4 or None, 90)
            if not values["cyl"]:
                values["axis"] = None
            blank = Decimal(dice.randint(60, 80))
            wanted = power(*(values[part] for part in ("sph", "cyl", "axis", "add")))
            self.assertEqual(
                self._nearest(values, blank)[0]["limits"], fits(rule, wanted, None, blank)
            )
