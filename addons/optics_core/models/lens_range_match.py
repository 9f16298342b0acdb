from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..rules.power import EYES, Power
from ..rules.prism import Prism, components, resultant
from ..rules.transposition import canonical, transpose

# What a caller needs of a row to choose and to promise; see `_match`.
ROW_FIELDS = (
    "id",
    "lens_id",
    "source",
    "diameter",
    "prism_max",
    "lead_days",
    "price_uncut",
    "price_glazed",
    "price_retail",
)
# The area of a row as two boxes: sphere × cylinder, and addition × blank. A power is a point in
# both, so one GiST index of core PostgreSQL finds its rows; the exact numbers are compared again.
# The second box reaches from no blank at all to the row's own: any smaller minimum is inside.
POWER_BOX = """box(
    point(sph_min::float8, cyl_min::float8), point(sph_max::float8, cyl_max::float8)
)"""
BLANK_BOX = """box(
    point(COALESCE(add_min, 0)::float8, 0),
    point(COALESCE(add_max, 0)::float8, diameter::float8)
)"""


class OpticsLensRange(models.Model):
    """The match of a prescription with the catalogue: one SQL query for both eyes."""

    _inherit = "optics.lens.range"

    def init(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE INDEX IF NOT EXISTS optics_lens_range_match
                    ON optics_lens_range USING gist ((%s), (%s))
                 WHERE active
                """,
                SQL(POWER_BOX),
                SQL(BLANK_BOX),
            )
        )

    @api.model
    def _match(self, eyes, blanks=None, wishes=None):
        """Rows in which the lenses of both eyes exist: `{eye: [row]}`, cheapest first.

        `eyes` has for each eye asked the values of `optics.eye.values._eye_values`, `blanks` the
        least diameter in millimetres (nothing: no frame yet). `wishes` may have `type`, `index`
        (at least), `coating_ids` (all of them), `supplier_id`, `lens_ids` and `source`.
        It is `rules.lens_range.fits` in SQL; a test holds the two together.
        """
        self.check_access_rights("read")
        self.flush_model()
        probes = self._probes(eyes, blanks or {})
        found = {eye: [] for eye in EYES if eye in eyes}
        if probes:
            self.env.cr.execute(self._match_query(probes, wishes or {}))
            for eye, *row in self.env.cr.fetchall():
                found[eye].append(dict(zip(ROW_FIELDS, row, strict=True)))
        return found

    @api.model
    def _probes(self, eyes, blanks):
        """`(eye, sph, cyl, add, blank, prism)`, one for each notation the power has.

        A cylinder below zero is found in rows of minus cylinders only, one above zero in rows of
        plus cylinders; a sphere is written the same way in both.
        """
        probes = []
        for eye, values in eyes.items():
            power = wanted_power(values)
            if power.sph is None:
                continue
            forms = [power, transpose(power)] if power.cyl else [power]
            probes += [
                (
                    eye,
                    form.sph,
                    form.cyl or Decimal(0),
                    form.add or Decimal(0),
                    blanks.get(eye) or Decimal(0),
                    prism_amount(eye, values),
                )
                for form in forms
            ]
        return probes

    @api.model
    def _match_query(self, probes, wishes):
        rows = SQL(", ").join(
            SQL("(%s, %s::numeric, %s::numeric, %s::numeric, %s::numeric, %s::numeric)", *probe)
            for probe in probes
        )
        return SQL(
            """
            SELECT probe.eye, %(fields)s
              FROM (VALUES %(rows)s) AS probe (eye, sph, cyl, add, blank, prism)
              JOIN optics_lens_range ON
                   %(power_box)s @> box(
                       point(probe.sph::float8, probe.cyl::float8),
                       point(probe.sph::float8, probe.cyl::float8)
                   )
               AND %(blank_box)s @> box(
                       point(probe.add::float8, probe.blank::float8),
                       point(probe.add::float8, probe.blank::float8)
                   )
               AND probe.sph BETWEEN sph_min AND sph_max
               AND probe.cyl BETWEEN cyl_min AND cyl_max
               AND probe.add BETWEEN COALESCE(add_min, 0) AND COALESCE(add_max, 0)
               AND probe.blank <= diameter
               AND probe.prism <= prism_max
               AND mod(probe.sph, step) = 0
               AND mod(probe.cyl, step) = 0
             WHERE active AND %(wishes)s
             ORDER BY price_retail, lead_days, id
            """,
            fields=SQL(", ").join(SQL.identifier("optics_lens_range", name) for name in ROW_FIELDS),
            rows=rows,
            power_box=SQL(POWER_BOX),
            blank_box=SQL(BLANK_BOX),
            wishes=self._wishes_condition(wishes),
        )

    @api.model
    def _wishes_condition(self, wishes):
        """What the customer and the assistant ask for, beside the power itself."""
        conditions = [SQL("(company_id IS NULL OR company_id = ANY(%s))", self.env.companies.ids)]
        if wishes.get("source"):
            conditions.append(SQL("source = %s", wishes["source"]))
        lenses = self._lens_conditions(wishes)
        if lenses:
            conditions.append(
                SQL(
                    "lens_id IN (SELECT lens.id FROM optics_lens lens WHERE %s)",
                    SQL(" AND ").join(lenses),
                )
            )
        return SQL(" AND ").join(conditions)

    @api.model
    def _lens_conditions(self, wishes):
        conditions = []
        if wishes.get("lens_ids"):
            conditions.append(SQL("lens.id = ANY(%s)", list(wishes["lens_ids"])))
        if wishes.get("type"):
            conditions.append(SQL("lens.type = %s", wishes["type"]))
        if wishes.get("index"):
            conditions.append(SQL("lens.index >= %s::numeric", str(wishes["index"])))
        if wishes.get("supplier_id"):
            conditions.append(SQL("lens.supplier_id = %s", wishes["supplier_id"]))
        conditions += [
            SQL(
                """EXISTS (
                    SELECT FROM optics_coating_optics_lens_rel link
                     WHERE link.optics_lens_id = lens.id AND link.optics_coating_id = %s
                )""",
                coating_id,
            )
            for coating_id in wishes.get("coating_ids") or []
        ]
        return conditions


def wanted_power(values):
    """The power of an eye as the catalogue is asked for it: minus cylinder."""
    return canonical(Power(*(values.get(part) for part in ("sph", "cyl", "axis", "add"))))


def prism_amount(eye, values):
    """Both components of an eye's prism as one amount; none where none was written."""
    prism = Prism(*(values.get(part) for part in ("prism_h", "base_h", "prism_v", "base_v")))
    if not prism.h and not prism.v:
        return Decimal(0)
    return resultant(*components(eye, prism))[0]
