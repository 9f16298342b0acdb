from decimal import Decimal

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..rules import notation, range_row
from ..rules.exact import InexactError, exact
from ..rules.lens_range import LensRange
from ..rules.range_overlap import Area
from .optional_decimal import OptionalDecimal

SOURCES = [("stock", "Stock"), ("rx", "Made to prescription")]
# What `rules.lens_range` decides by.
RULE_FIELDS = [
    "sph_min",
    "sph_max",
    "cyl_min",
    "cyl_max",
    "add_min",
    "add_max",
    "diameter",
    "step",
    "prism_max",
]
AREA_FIELDS = ["source", *RULE_FIELDS[:7]]
CHECKED_FIELDS = [
    *RULE_FIELDS,
    "lead_days",
    "price_uncut",
    "price_glazed",
    "price_retail",
]


class OpticsLensRange(models.Model):
    """A part of a lens's availability: which powers, on which blank, from where, at what price.

    The cylinder is in the row's own sign: a supplier's table of plus cylinders is entered as it
    is printed.
    """

    _name = "optics.lens.range"
    _description = "Lens Availability Range"
    _order = "lens_id, source desc, diameter, sph_min, cyl_max desc, id"

    lens_id = fields.Many2one(
        comodel_name="optics.lens", required=True, ondelete="cascade", index=True
    )
    source = fields.Selection(selection=SOURCES, required=True, default="stock")
    diameter = OptionalDecimal(
        string="Blank",
        digits=(4, 1),
        required=True,
        help="Diameter of the uncut lens in millimetres.",
    )
    sph_min = OptionalDecimal(string="Sph from", digits=(5, 3), required=True)
    sph_max = OptionalDecimal(string="Sph to", digits=(5, 3), required=True)
    cyl_min = OptionalDecimal(string="Cyl from", digits=(5, 3), required=True, default=0)
    cyl_max = OptionalDecimal(string="Cyl to", digits=(5, 3), required=True, default=0)
    add_min = OptionalDecimal(string="Add from", digits=(4, 3))
    add_max = OptionalDecimal(string="Add to", digits=(4, 3))
    step = OptionalDecimal(digits=(4, 3), required=True, default=0.25)
    prism_max = OptionalDecimal(
        string="Prism up to",
        digits=(4, 2),
        required=True,
        default=0,
        help="Largest prism, both components together, that is made in this range. Zero: no prism.",
    )
    lead_days = fields.Integer(
        string="Days to Come",
        required=True,
        default=0,
        group_operator=None,
        help="Working days from the order to the supplier until the lens is in the workshop.",
    )
    currency_id = fields.Many2one(related="lens_id.currency_id")
    price_uncut = fields.Monetary(
        string="Uncut", group_operator=None, help="Per lens, from the supplier, as a blank."
    )
    price_glazed = fields.Monetary(
        string="Glazed",
        group_operator=None,
        help="Per lens, from the supplier, edged into the frame.",
    )
    price_retail = fields.Monetary(
        string="Retail", group_operator=None, help="Per lens, to the customer."
    )
    # Kept on the row: the match of a prescription reads no other table.
    active = fields.Boolean(related="lens_id.active", store=True)
    company_id = fields.Many2one(related="lens_id.company_id", store=True)

    _sql_constraints = [
        (
            "sph_possible",
            "CHECK(-45 <= sph_min AND sph_min <= sph_max AND sph_max <= 45)",
            "Sph from, Sph to: enter the lower sphere first; both must be between -45 and +45.",
        ),
        (
            "cyl_possible",
            "CHECK(-25 <= cyl_min AND cyl_min <= cyl_max AND cyl_max <= 25)",
            "Cyl from, Cyl to: enter the lower cylinder first; both must be between -25 and +25.",
        ),
        (
            "cyl_one_sign",
            "CHECK(cyl_max <= 0 OR cyl_min >= 0)",
            "Cyl from, Cyl to: a range cannot have minus and plus cylinders. Split it in two.",
        ),
        (
            "add_possible",
            "CHECK((add_min IS NULL) = (add_max IS NULL)"
            " AND 0.25 <= add_min AND add_min <= add_max AND add_max <= 6)",
            "Add from, Add to: enter the lower addition first, both between 0.25 and 6; or leave "
            "both empty.",
        ),
        (
            "diameter_possible",
            "CHECK(diameter BETWEEN 40 AND 90)",
            "Blank: the diameter must be between 40 and 90 mm. Correct it.",
        ),
        (
            "step_known",
            "CHECK(step IN (0.125, 0.25, 0.5, 1))",
            "Step: allowed are 0.125, 0.25, 0.5 and 1 dioptre. Enter one of these.",
        ),
        (
            "limits_on_grid",
            "CHECK(mod(sph_min, 0.125) = 0 AND mod(sph_max, 0.125) = 0"
            " AND mod(cyl_min, 0.125) = 0 AND mod(cyl_max, 0.125) = 0"
            " AND mod(add_min, 0.125) = 0 AND mod(add_max, 0.125) = 0)",
            "Sph, Cyl and Add, from and to: round each limit to an eighth of a dioptre.",
        ),
        (
            "prism_possible",
            "CHECK(prism_max BETWEEN 0 AND 30)",
            "Prism up to: allowed is 0 to 30 prism dioptres. Correct the value.",
        ),
        (
            "lead_days_possible",
            "CHECK(lead_days BETWEEN 0 AND 365)",
            "Days to Come: allowed is 0 to 365. Correct the number of days.",
        ),
        (
            "prices_possible",
            "CHECK(price_uncut >= 0 AND price_glazed >= 0 AND price_retail >= 0)",
            "Uncut, Glazed, Retail: a price cannot be below zero. Correct the price.",
        ),
    ]

    @api.depends("lens_id", *AREA_FIELDS)
    def _compute_display_name(self):
        for row in self:
            row.display_name = _(
                "%(lens)s, %(area)s", lens=row.lens_id.name or "", area=row._area_words()
            )

    def _area_words(self):
        """ "stock Ø70, sph -4.00…+2.00, cyl -2.00…0.00": a row as people speak of it."""
        self.ensure_one()
        sources = dict(self._fields["source"]._description_selection(self.env))
        words = {
            name: notation.dioptre(exact(self[name]))
            for name in RULE_FIELDS
            if name.startswith(("sph", "cyl", "add"))
        }
        words["kind"] = sources.get(self.source, "")
        words["diameter"] = notation.millimetres(exact(self.diameter))
        if self.add_min is None:
            return _(
                "%(kind)s Ø%(diameter)s, sph %(sph_min)s…%(sph_max)s, cyl %(cyl_min)s…%(cyl_max)s",
                **words,
            )
        return _(
            "%(kind)s Ø%(diameter)s, sph %(sph_min)s…%(sph_max)s, "
            "cyl %(cyl_min)s…%(cyl_max)s, add %(add_min)s…%(add_max)s",
            **words,
        )

    def _has_area(self):
        """Whether the row is typed far enough to be compared with others."""
        self.ensure_one()
        return None not in (
            self.diameter,
            self.sph_min,
            self.sph_max,
            self.cyl_min,
            self.cyl_max,
        )

    def _area(self):
        self.ensure_one()
        numbers = {name: exact(self[name]) for name in RULE_FIELDS}
        add = (numbers["add_min"], numbers["add_max"])
        return Area(
            numbers["diameter"],
            self.source,
            (numbers["sph_min"], numbers["sph_max"]),
            (numbers["cyl_min"], numbers["cyl_max"]),
            None if None in add else add,
        )

    @api.model_create_multi
    def create(self, vals_list):
        # Before the table's own checks, whose messages cannot name what was typed.
        for vals in vals_list:
            self._refuse_impossible({**self.default_get(CHECKED_FIELDS), **vals})
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys().isdisjoint(CHECKED_FIELDS):
            for row in self:
                stored = {name: row[name] for name in CHECKED_FIELDS}
                row._refuse_impossible({**stored, **vals})
        return super().write(vals)

    def _refuse_impossible(self, values):
        problems = range_row.problems({name: _number(values.get(name)) for name in CHECKED_FIELDS})
        if problems:
            raise ValidationError("\n".join(self._problem_words(problem) for problem in problems))

    def _problem_words(self, problem):
        """A problem of `rules.range_row` for whoever typed or imported the row."""
        facts = {
            "field": self._fields[problem.field]._description_string(self.env),
            "typed": _plain(problem.value),
            "low": _plain(problem.low),
            "high": _plain(problem.high),
            "step": _plain(problem.step),
        }
        if problem.code == "missing":
            return _("%(field)s: empty; from %(low)s to %(high)s is allowed.", **facts)
        if problem.code == "limits_reversed":
            return _("%(field)s: %(typed)s is above the other limit, %(high)s.", **facts)
        if problem.code == "mixed_cylinder_signs":
            return _(
                "%(field)s: from %(typed)s to %(high)s mixes minus and plus cylinders; "
                "a range has one sign.",
                **facts,
            )
        if problem.code == "off_step":
            return _("%(field)s: %(typed)s is not a multiple of %(step)s.", **facts)
        if problem.code == "unknown_step":
            return _("%(field)s: %(typed)s; 0.125, 0.25, 0.5 and 1 are allowed.", **facts)
        if problem.high is None:
            return _("%(field)s: %(typed)s is below %(low)s.", **facts)
        return _("%(field)s: %(typed)s; from %(low)s to %(high)s is allowed.", **facts)

    @api.model
    def _rule(self, row):
        """A row, as a record or as a mapping, the way the rule that matches powers reads it."""
        return LensRange(**{name: exact(row[name]) for name in RULE_FIELDS})


def _number(value):
    try:
        return exact(value)
    except InexactError:
        # Finer than any limit may be: the rule finds it off the step.
        return Decimal(str(value))


def _plain(value):
    return "" if value is None else f"{value.normalize():f}"
