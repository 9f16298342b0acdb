from odoo import _, api, models
from odoo.tools import SQL

from ..rules import notation
from ..rules.shortfall import shortfalls
from .lens_range import RULE_FIELDS
from .lens_range_match import prism_amount, wanted_power

NEAREST = 3


class OpticsLensRange(models.Model):
    """Where nothing matches: the lenses that come nearest, and which limit stopped each."""

    _inherit = "optics.lens.range"

    @api.model
    def _nearest(self, eye, values, blank=None, wishes=None):
        """`[{"lens_id", "range_id", "limits", "text"}]` of the lenses that fail least."""
        self.check_access_rights("read")
        self.flush_model()
        power, prism = wanted_power(values), prism_amount(eye, values)
        if power.sph is None:
            return []
        self.env.cr.execute(self._nearest_query(eye, values, blank, wishes or {}))
        rows = self.env.cr.dictfetchall()
        lenses = self.env["optics.lens"].browse([row["lens_id"] for row in rows])
        found = []
        for row, lens in zip(rows, lenses, strict=True):
            limits = shortfalls(self._rule(row), power, prism, blank)
            found.append(
                {
                    "lens_id": lens.id,
                    "range_id": row["id"],
                    "limits": [shortfall.limit for shortfall in limits],
                    "text": _(
                        "%(lens)s: %(limits)s.",
                        lens=lens.name,
                        limits="; ".join(map(self._shortfall_words, limits)),
                    ),
                }
            )
        return found

    @api.model
    def _nearest_query(self, eye, values, blank, wishes):
        """One row a lens: fewest limits failed, then by the least.

        It looks at every row, which only the search that found nothing has to pay.
        """
        forms = self._probes({eye: values}, {eye: blank})
        minus, plus = forms[0], forms[-1]
        return SQL(
            """
            WITH wanted AS (
                SELECT %(sph)s::numeric AS sph, %(cyl)s::numeric AS cyl,
                       %(plus_sph)s::numeric AS plus_sph, %(plus_cyl)s::numeric AS plus_cyl,
                       %(add)s::numeric AS add, %(blank)s::numeric AS blank,
                       %(prism)s::numeric AS prism
            ), measured AS (
                SELECT optics_lens_range.*,
                       GREATEST(
                           sph_min - CASE WHEN cyl_max > 0 THEN plus_sph ELSE sph END,
                           CASE WHEN cyl_max > 0 THEN plus_sph ELSE sph END - sph_max, 0
                       ) AS sph_excess,
                       GREATEST(
                           cyl_min - CASE WHEN cyl_max > 0 THEN plus_cyl ELSE cyl END,
                           CASE WHEN cyl_max > 0 THEN plus_cyl ELSE cyl END - cyl_max, 0
                       ) AS cyl_excess,
                       GREATEST(
                           COALESCE(add_min, 0) - add, add - COALESCE(add_max, 0), 0
                       ) AS add_excess,
                       GREATEST(blank - diameter, 0) AS blank_excess,
                       GREATEST(prism - prism_max, 0) AS prism_excess,
                       (mod(sph, step) <> 0 OR mod(cyl, step) <> 0)::int AS off_step
                  FROM optics_lens_range, wanted
                 WHERE active AND %(wishes)s
            ), ranked AS (
                SELECT *,
                       (sph_excess > 0)::int + (cyl_excess > 0)::int + (add_excess > 0)::int
                           + (blank_excess > 0)::int + (prism_excess > 0)::int + off_step
                           AS failed,
                       sph_excess + cyl_excess + add_excess + prism_excess
                           + blank_excess / 10 AS excess
                  FROM measured
            ), best AS (
                SELECT DISTINCT ON (lens_id) *
                  FROM ranked
                 ORDER BY lens_id, failed, excess, id
            )
            SELECT id, lens_id, %(fields)s
              FROM best
             ORDER BY failed, excess, price_retail, id
             LIMIT %(limit)s
            """,
            sph=minus[1],
            cyl=minus[2],
            plus_sph=plus[1],
            plus_cyl=plus[2],
            add=minus[3],
            blank=minus[4],
            prism=minus[5],
            fields=SQL(", ").join(map(SQL.identifier, RULE_FIELDS)),
            wishes=self._wishes_condition(wishes),
            limit=NEAREST,
        )

    @api.model
    def _shortfall_words(self, shortfall):
        """ "cylinder -4.50, this lens goes to -4.00"."""
        dioptres = {
            "wanted": notation.dioptre(shortfall.wanted),
            "allowed": notation.dioptre(shortfall.allowed),
        }
        millimetres = {
            "wanted": notation.millimetres(shortfall.wanted),
            "allowed": notation.millimetres(shortfall.allowed),
        }
        match shortfall.limit:
            case "sph":
                return _("sphere %(wanted)s, this lens goes to %(allowed)s", **dioptres)
            case "cyl" if shortfall.allowed:
                return _("cylinder %(wanted)s, this lens goes to %(allowed)s", **dioptres)
            case "cyl":
                return _("cylinder %(wanted)s, this lens has no cylinder", **dioptres)
            case "add" if shortfall.allowed is None:
                return _("addition %(wanted)s, this lens has none", **dioptres)
            case "add" if shortfall.wanted is None:
                return _("this lens needs an addition, from %(allowed)s on", **dioptres)
            case "add":
                return _("addition %(wanted)s, this lens goes to %(allowed)s", **dioptres)
            case "step":
                return _(
                    "%(wanted)s is between the steps, this lens is made in steps of %(step)s",
                    wanted=format(shortfall.wanted, "+f"),
                    step=format(shortfall.allowed.normalize(), "f"),
                )
            case "diameter":
                return _(
                    "a blank of %(wanted)s mm is needed, this lens has %(allowed)s mm",
                    **millimetres,
                )
            case "prism" if shortfall.allowed:
                return _(
                    "prism %(wanted)s, this lens is made with up to %(allowed)s", **millimetres
                )
        return _("prism %(wanted)s, this lens is made without prism", **millimetres)
