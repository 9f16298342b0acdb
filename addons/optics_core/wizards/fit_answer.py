from decimal import Decimal

from odoo import _, api, fields, models

from ..rules import blank, limits, notation, thickness
from ..rules.blank_need import blank_need
from ..rules.exact import InexactError, exact
from ..rules.limits import EYE_FIELDS
from ..rules.offer import Candidate, offers
from ..rules.power import Power

# Offers beyond these are found by asking for less, not by reading on.
MOST_OFFERS = 40
# Indexes compared side by side: (as they are called, exact).
COMPARED_INDEXES = (("1.5", "1.498"), ("1.6", "1.6"), ("1.67", "1.67"), ("1.74", "1.74"))


class Fit(models.TransientModel):
    """The answers, as plain data: the assistant's screen and the till ask the same way."""

    _inherit = "optics.fit"

    @api.model
    def _answer(self, values):
        """What is known before payment. `values`, absent keys being "not said":

        eyes: `{"od": {sph, cyl, axis, add, prism_h, base_h, prism_v, base_v, pd, height}}`,
            only the eyes that are ordered;
        pd: between the pupils, for eyes without one of their own;
        frame: `{a, b, dbl, ed}` in millimetres;
        type, index (at least), coating_ids (all of them), supplier_id, source, price (of the
            pair, at most), shop_id, lab_id.

        Back come, fit for JSON: `refused` (values that cannot be), `needed` (what an order
        would still want), `eyes` (power and blank of each), `offers` with `choices` (the rows
        of each offer), `failed` (why there is none), `thickness` by index.
        """
        eyes, refused = self._read_eyes(values)
        answer = {
            "refused": refused,
            "needed": [],
            "eyes": {},
            "offers": [],
            "choices": [],
            "failed": [],
            "thickness": [],
            "currency_id": self.env.company.currency_id.id,
        }
        measured = {eye: each for eye, each in eyes.items() if each["sph"] is not None}
        if refused or not measured:
            return answer
        needs = self._blank_needs(eyes, values)
        asked = self._asked(eyes, values)
        answer["needed"] = self._needed(eyes, values)
        answer["thickness"] = self._thickness_by_index(asked, needs)
        candidates = self._candidates(asked, needs, values)
        answer["eyes"] = {
            eye: self._eye_answer(eye, asked[eye], needs[eye], candidates[eye]) for eye in asked
        }
        usable = {
            eye: [each for each in found if each.verdict in ("fits", "ask", "unknown")]
            for eye, found in candidates.items()
        }
        if len(measured) == len(eyes):
            self._add_offers(answer, asked, needs, usable, values)
        return answer

    @api.model
    def _read_eyes(self, values):
        """Exact values of each eye, and in words what of them cannot be."""
        eyes, problems = {}, []
        ranges = self.env["optics.value.range"]
        usual, fine_step = ranges._usual_ranges(), ranges._is_fine_step()
        for eye, written in (values.get("eyes") or {}).items():
            typed = {name: written.get(name) for name in self._eye_value_names if name in written}
            found, _unusual = limits.check_eye(eye, typed, usual, fine_step=fine_step)
            problems += found
            eyes[eye] = {
                name: _number(typed.get(name)) if name in EYE_FIELDS else typed.get(name)
                for name in self._eye_value_names
            }
            axis = eyes[eye]["axis"]
            eyes[eye]["axis"] = None if axis is None else int(axis)
        words = self.env["optics.refusal"]
        return eyes, [words._sentence(self, problem) for problem in problems]

    @api.model
    def _needed(self, eyes, values):
        """What is hard at order time but leaves the answers possible now."""
        frame_b = _number((values.get("frame") or {}).get("b"))
        problems = limits.check_order(eyes, values.get("type") or "single", frame_b)
        words = self.env["optics.refusal"]
        return [words._sentence(self, problem) for problem in problems]

    @api.model
    def _asked(self, eyes, values):
        """The eyes as the catalogue is asked: single vision has no addition."""
        if values.get("type") != "single":
            return eyes
        return {eye: {**each, "add": None} for eye, each in eyes.items()}

    @api.model
    def _blank_needs(self, eyes, values):
        frame = {name: _number(each) for name, each in (values.get("frame") or {}).items()}
        pd = _number(values.get("pd"))
        half = pd and pd / 2
        return {eye: blank_need(frame, each["pd"] or half) for eye, each in eyes.items()}

    @api.model
    def _candidates(self, eyes, needs, values):
        """Every row that has the power of an eye, with the verdict on its blank."""
        found = self.env["optics.lens.range"]._match(eyes, wishes=values)
        shelf = self._on_shelf(eyes, found, values)
        return {
            eye: [
                Candidate(
                    row["id"],
                    row["lens_id"],
                    row["source"],
                    exact(row["diameter"]),
                    _verdict(exact(row["diameter"]), needs[eye]),
                    Decimal(str(row["price_retail"] or 0)),
                    0 if (eye, row["id"]) in shelf else row["lead_days"],
                    (eye, row["id"]) in shelf,
                )
                for row in rows
            ]
            for eye, rows in found.items()
        }

    @api.model
    def _on_shelf(self, eyes, found, values):
        """`{(eye, range id)}` of rows whose lens lies in the shop or in its workshop."""
        stocked = {
            eye: [row for row in rows if row["source"] == "stock"]
            for eye, rows in found.items()
            if rows
        }
        lenses = self.env["optics.lens"].browse(
            {row["lens_id"] for rows in stocked.values() for row in rows}
        )
        places = self.env["stock.warehouse"].browse(
            {values.get("shop_id"), values.get("lab_id")} - {None, False}
        )
        if not lenses or not places:
            return set()
        variants = {eye: lenses._stock_variants(_power(eyes[eye])) for eye in stocked}
        free = self._free_quantities(variants, places)
        shelf = set()
        for eye, rows in stocked.items():
            for row in rows:
                product_id = variants[eye].get((row["lens_id"], float(row["diameter"])))
                if free.get(product_id, 0) >= 1:
                    shelf.add((eye, row["id"]))
                    # One lens on the shelf cannot stand before both eyes.
                    free[product_id] -= 1
        return shelf

    @api.model
    def _free_quantities(self, variants, places):
        product_ids = {each for by_key in variants.values() for each in by_key.values()}
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", list(product_ids)),
                    ("location_id", "child_of", places.sudo().lot_stock_id.ids),
                ],
                ["product_id"],
                ["quantity:sum", "reserved_quantity:sum"],
            )
        )
        return {product.id: quantity - reserved for product, quantity, reserved in groups}

    @api.model
    def _eye_answer(self, eye, values, need, candidates):
        stock = [each for each in candidates if each.source == "stock"]
        largest = max(stock, key=lambda each: each.diameter, default=None)
        # The smallest blank that does is the one the workshop takes: it makes a thinner lens.
        chosen = min(
            (each for each in stock if each.verdict == "fits"),
            key=lambda each: each.diameter,
            default=largest,
        )
        return {
            "power": notation.power(_power(values)),
            "minimum_blank": _float(need.minimum),
            "decentration": _float(need.decentration),
            "is_estimated": need.is_estimated,
            "missing": list(need.missing),
            "stock_verdict": chosen.verdict if chosen else "none",
            "stock_blank": _float(chosen.diameter) if chosen else None,
            "text": self._blank_words(need, chosen),
        }

    @api.model
    def _blank_words(self, need, chosen):
        """The answer to "do you have it, does it fit?" as a sentence."""
        if chosen is None:
            return _("No stock lens has this power: it is made to prescription.")
        facts = {
            "stock": notation.millimetres(chosen.diameter),
            "needed": notation.millimetres(need.minimum),
        }
        if chosen.verdict == "unknown":
            return _(
                "Stock lenses have this power, %(stock)s mm; measure %(missing)s to know "
                "whether they fit the frame.",
                missing=", ".join(self._missing_words(name) for name in need.missing),
                **facts,
            )
        if chosen.verdict == "fits":
            return _("A stock blank of %(stock)s mm fits, %(needed)s mm are needed.", **facts)
        if chosen.verdict == "too_small":
            return _(
                "A stock blank does not fit: %(needed)s mm are needed, the largest has "
                "%(stock)s mm.",
                **facts,
            )
        if need.is_estimated:
            return _(
                "Ask the workshop: about %(needed)s mm are needed (ED was not measured), "
                "the stock blank has %(stock)s mm.",
                **facts,
            )
        return _(
            "Ask the workshop: %(needed)s mm are needed, the stock blank has %(stock)s mm.",
            **facts,
        )

    @api.model
    def _missing_words(self, name):
        return {"a": "A", "dbl": "DBL", "ed": _("ED or B"), "pd": "PD"}[name]

    @api.model
    def _add_offers(self, answer, eyes, needs, candidates, values):
        found = offers(candidates)
        lenses = self._lenses(found)
        high_enough = [each for each in found if not _height_shortfall(lenses[each.lens_id], eyes)]
        limit = _number(values.get("price"))
        affordable = [each for each in high_enough if limit is None or each.price <= limit]
        answer["choices"] = [
            {eye: row.range_id for eye, row in each.rows.items()} for each in affordable
        ]
        answer["offers"] = self._offer_answers(affordable[:MOST_OFFERS], eyes, needs, values)
        if high_enough and not affordable:
            answer["failed"] = [self._too_dear(high_enough)]
        elif found and not affordable:
            low = {lens: _height_shortfall(lens, eyes) for lens in lenses.values()}
            answer["failed"] = [self._not_high_enough(low)]
        elif not affordable:
            answer["failed"] = self._failed(eyes, needs, candidates, values)

    @api.model
    def _lenses(self, found):
        """`{id: lens}` of offers; what is read of one is read of all."""
        lenses = self.env["optics.lens"].browse({each.lens_id for each in found})
        return {lens.id: lens for lens in lenses}

    @api.model
    def _places(self, values):
        warehouses = self.env["stock.warehouse"].sudo()
        shop = warehouses.browse(values.get("shop_id")) or warehouses._optics_default_shop()
        return shop, warehouses.browse(values.get("lab_id")) or shop.optics_lab_id or shop

    @api.model
    def _offer_answers(self, found, eyes, needs, values):
        shop, lab = self._places(values)
        lenses = self._lenses(found)
        promises = {
            days: fields.Date.to_string(shop._optics_promise(shop, lab, days))
            for days in {each.lead_days for each in found}
        }
        return [
            {
                **self._offer_answer(each, lenses[each.lens_id], eyes, needs),
                "ready_on": promises[each.lead_days],
            }
            for each in found
        ]

    @api.model
    def _offer_answer(self, offer, lens, eyes, needs):
        return {
            "lens_id": lens.id,
            "name": lens.name,
            "type": lens.type,
            "index": lens.index,
            "coatings": [
                {"code": coating.code, "name": coating.name} for coating in lens.coating_ids
            ],
            "supplier": lens.supplier_id.sudo().name or "",
            "source": offer.source,
            "verdict": offer.verdict,
            "price": float(offer.price),
            "lead_days": offer.lead_days,
            "eyes": {
                eye: {
                    "range_id": row.range_id,
                    "source": row.source,
                    "diameter": _float(row.diameter),
                    "verdict": row.verdict,
                    "price": float(row.price),
                    "on_shelf": row.on_shelf,
                    **_thickness(eyes[eye], needs[eye], lens._refractive_index()),
                }
                for eye, row in offer.rows.items()
            },
        }

    @api.model
    def _thickness_by_index(self, eyes, needs):
        """The same glasses in each index, side by side."""
        if not any(need.reach for need in needs.values()):
            return []
        return [
            {
                "index": called,
                "eyes": {eye: _thickness(eyes[eye], needs[eye], index) for eye in eyes},
            }
            for called, index in COMPARED_INDEXES
        ]


def _number(value):
    try:
        return exact(value)
    except InexactError:
        # Refused in words already; nothing is calculated with it.
        return None


def _float(value):
    return None if value is None else float(value)


def _power(values):
    return Power(*(values[name] for name in ("sph", "cyl", "axis", "add")))


def _verdict(diameter, need):
    if need.minimum is None:
        return "unknown"
    return blank.verdict(diameter, need.minimum, estimated=need.is_estimated)


def _height_shortfall(lens, eyes):
    """(measured, needed) where the lens's corridor is longer than the height allows."""
    heights = [each["height"] for each in eyes.values() if each["height"] is not None]
    needed = exact(lens.height_min)
    if not heights or needed is None or needed <= min(heights):
        return None
    return min(heights), needed


def _thickness(values, need, index):
    """About how thick, to a tenth of a millimetre; nothing without a frame."""
    about = need.reach and thickness.estimate(_power(values), need.reach, exact(index))
    if not about:
        return {"centre": None, "edge": None, "edge_thin": None}
    return {name: float(value) for name, value in vars(about).items()}
