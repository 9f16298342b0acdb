from odoo import _, api, models
from odoo.tools import format_amount

from ..rules import notation

MOST_LENSES = 3


class Fit(models.TransientModel):
    """Why nothing can be offered: which eye, which limit, and how near the catalogue comes."""

    _inherit = "optics.fit"

    @api.model
    def _failed(self, eyes, needs, candidates, values):
        """`[{"eye", "text", "nearest"}]`; the eye is None where both are concerned."""
        without = [eye for eye, rows in candidates.items() if not rows]
        if without:
            return [self._eye_without(eye, eyes[eye], needs[eye], values) for eye in without]
        return self._no_common_lens(eyes, needs, candidates, values)

    @api.model
    def _not_high_enough(self, shortfalls):
        """`shortfalls` is `{lens: (measured, needed)}`."""
        return {
            "eye": None,
            "text": _("The frame is too low for these lenses."),
            "nearest": [
                _(
                    "%(lens)s: fitting height %(measured)s mm, this lens needs %(needed)s mm.",
                    lens=lens.name,
                    measured=notation.millimetres(measured),
                    needed=notation.millimetres(needed),
                )
                for lens, (measured, needed) in list(shortfalls.items())[:MOST_LENSES]
            ],
        }

    @api.model
    def _too_dear(self, found):
        cheapest = min(found, key=lambda offer: offer.price)
        return {
            "eye": None,
            "text": _(
                "The cheapest pair that fits costs %(price)s.",
                price=format_amount(self.env, float(cheapest.price), self.env.company.currency_id),
            ),
            "nearest": [],
        }

    @api.model
    def _eye_without(self, eye, values, need, wishes):
        nearest = self.env["optics.lens.range"]._nearest(eye, values, need.minimum, wishes)
        if nearest:
            text = _("no lens fits. The nearest:")
        else:
            text = _("the catalogue has no such lens at all; ask for less.")
        return {
            "eye": eye,
            "text": f"{self._eye_name(eye)}: {text}",
            "nearest": [each["text"] for each in nearest],
        }

    @api.model
    def _no_common_lens(self, eyes, needs, candidates, values):
        """Each eye has lenses, but no lens is made for both."""
        failed = []
        lenses = {eye: {row.lens_id for row in rows} for eye, rows in candidates.items()}
        for eye in eyes:
            others = set().union(*(ids for other, ids in lenses.items() if other != eye))
            wishes = {**values, "lens_ids": sorted(others - lenses[eye])}
            nearest = self.env["optics.lens.range"]._nearest(
                eye, eyes[eye], needs[eye].minimum, wishes
            )
            failed.append(
                {
                    "eye": eye,
                    "text": _(
                        "%(eye)s: no lens that fits the other eye fits this one. The nearest:",
                        eye=self._eye_name(eye),
                    ),
                    "nearest": [each["text"] for each in nearest],
                }
            )
        return failed

    @api.model
    def _eye_name(self, eye):
        return {"od": _("Right eye"), "os": _("Left eye")}[eye]
