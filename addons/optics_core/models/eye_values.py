from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import limits, shorthand
from ..rules.exact import exact
from ..rules.power import EYES, Power, stored_axis
from ..rules.quantity import QUANTITIES
from ..rules.step import whole_eighth
from .optional_decimal import OptionalDecimal, is_absent
from .optional_integer import OptionalInteger

BASES_H = [("in", "In"), ("out", "Out")]
BASES_V = [("up", "Up"), ("down", "Down")]
# As the screen names them: a constraint is worded before its fields are there to be asked.
LABELS = {
    "sph": "Sph",
    "cyl": "Cyl",
    "axis": "Axis",
    "add": "Add",
    "prism_h": "Horizontal Prism",
    "base_h": "Horizontal Base",
    "prism_v": "Vertical Prism",
    "base_v": "Vertical Base",
    "height": "Fitting Height",
    "acuity": "Acuity",
    "acuity_corrected": "Acuity, corrected",
    "cl_bc": "Base Curve",
    "cl_dia": "Diameter",
    "cl_power": "Lens Power",
    "cl_cyl": "Lens Cyl",
    "cl_axis": "Lens Axis",
    "cl_add": "Lens Add",
    "pd": "PD",
    "pd_near": "PD near",
    "roc": "Distance of Centres",
    "vertex": "Vertex Distance",
    "tilt": "Pantoscopic Tilt",
    "wrap": "Wrap",
}


def physical_range(column, quantity):
    """SQL constraint: the column holds nothing that cannot be."""
    low, high = QUANTITIES[quantity].physical
    return (
        f"{column}_physical",
        f"CHECK({column} BETWEEN {low} AND {high})",
        out_of_range(column, quantity),
    )


def out_of_range(column, quantity):
    """What the database answers then: which field, what is possible, what to do."""
    low, high = QUANTITIES[quantity].physical
    unit = QUANTITIES[quantity].unit
    limit = f"{high}{unit}" if unit in ("", "°") else f"{high} {unit}"
    return f"{_label(column)}: possible is {low} to {limit}. Correct it, or leave it empty."


def filled_exactly_with(column, other):
    """SQL constraint: the column is filled exactly when the other one is, and is not zero."""
    return (
        f"{column}_pair",
        f"CHECK((COALESCE({other}, 0) <> 0) = ({column} IS NOT NULL))",
        f"{_label(column)} belongs to {_label(other)}: fill in both, or leave both empty.",
    )


def _label(column):
    eye, _separator, name = column.partition("_")
    return f"{eye.upper()} {LABELS[name]}" if eye in EYES else LABELS[column]


class EyeValues(models.AbstractModel):
    """The numbers of two eyes as somebody wrote, ordered or measured them.

    `od_` is the right eye, `os_` the left. An absent number is `None`: not measured.
    What cannot be is refused before it reaches the database, in words; the SQL constraints are
    for those who come another way.
    """

    _name = "optics.eye.values"
    _description = "Values of Both Eyes"

    # Measured values (a lensmeter's) lie on no step and are not read as cut eighths.
    _is_on_step = True
    # Values of both eyes together, and further ones of one eye, that `rules.limits` knows.
    _pair_value_names = ()
    _further_eye_value_names = ()
    # Which of them are dioptres of a lens, and which are axes.
    _dioptre_names = ("sph", "cyl")
    _axis_names = ("axis",)
    # Values of one eye by field name without the prefix.
    _eye_value_names = (
        "sph",
        "cyl",
        "axis",
        "add",
        "prism_h",
        "base_h",
        "prism_v",
        "base_v",
        "pd",
        "height",
    )

    od_sph = OptionalDecimal(string="OD Sph")
    od_cyl = OptionalDecimal(string="OD Cyl")
    od_axis = OptionalInteger(string="OD Axis")
    od_add = OptionalDecimal(string="OD Add")
    od_prism_h = OptionalDecimal(string="OD Horizontal Prism")
    od_base_h = fields.Selection(BASES_H, string="OD Horizontal Base")
    od_prism_v = OptionalDecimal(string="OD Vertical Prism")
    od_base_v = fields.Selection(BASES_V, string="OD Vertical Base")
    od_pd = OptionalDecimal(string="OD PD", digits=(5, 1))
    od_height = OptionalDecimal(string="OD Fitting Height", digits=(5, 1))
    os_sph = OptionalDecimal(string="OS Sph")
    os_cyl = OptionalDecimal(string="OS Cyl")
    os_axis = OptionalInteger(string="OS Axis")
    os_add = OptionalDecimal(string="OS Add")
    os_prism_h = OptionalDecimal(string="OS Horizontal Prism")
    os_base_h = fields.Selection(BASES_H, string="OS Horizontal Base")
    os_prism_v = OptionalDecimal(string="OS Vertical Prism")
    os_base_v = fields.Selection(BASES_V, string="OS Vertical Base")
    os_pd = OptionalDecimal(string="OS PD", digits=(5, 1))
    os_height = OptionalDecimal(string="OS Fitting Height", digits=(5, 1))

    _sql_constraints = [
        constraint
        for eye in EYES
        for constraint in (
            physical_range(f"{eye}_sph", "sph"),
            physical_range(f"{eye}_cyl", "cyl"),
            physical_range(f"{eye}_axis", "axis"),
            physical_range(f"{eye}_add", "add"),
            physical_range(f"{eye}_prism_h", "prism_h"),
            physical_range(f"{eye}_prism_v", "prism_v"),
            physical_range(f"{eye}_pd", "pd_mono"),
            physical_range(f"{eye}_height", "height"),
            filled_exactly_with(f"{eye}_axis", f"{eye}_cyl"),
            filled_exactly_with(f"{eye}_base_h", f"{eye}_prism_h"),
            filled_exactly_with(f"{eye}_base_v", f"{eye}_prism_v"),
        )
    ]

    @api.model_create_multi
    def create(self, vals_list):
        # Defaults of the context or of a user are typed values, too.
        defaults = self.default_get(list(self._checked_fields()))
        vals_list = [self._as_stored({**defaults, **vals}) for vals in vals_list]
        for vals in vals_list:
            self._refuse_impossible(vals)
        return super().create(vals_list)

    def write(self, vals):
        vals = self._as_stored(vals)
        names = self._checked_fields()
        if not names.isdisjoint(vals):
            for record in self:
                record._refuse_impossible({**record._values_of_record(), **vals})
        return super().write(vals)

    @api.model
    def load(self, fields, data):
        # The importer takes any falsy cell for an empty one; a number 0 is plano, as text "0" is.
        data = [["0" if _is_zero(cell) else cell for cell in row] for row in data]
        return super().load(fields, data)

    @api.onchange("od_sph", "od_cyl", "od_axis", "os_sph", "os_cyl", "os_axis")
    def _onchange_as_stored(self):
        typed = {name: self[name] for name in self._checked_fields()}
        stored = self._as_stored(typed)
        self.update({name: stored[name] for name in typed if stored[name] != typed[name]})

    @api.model
    def read_shorthand(self, text):
        """What a line such as `-2.00 -1.00 x 20` says of an eye; nothing if it says nothing.

        The power is taken as a whole: a line without a cylinder is an eye without one. Add stays
        what it was unless the line names it.
        """
        try:
            power = shorthand.parse(text)
        except shorthand.ShorthandError:
            return False
        values = {"sph": power.sph, "cyl": power.cyl, "axis": power.axis}
        if power.add is not None:
            values["add"] = power.add
        return {
            name: False if value is None else value if name == "axis" else float(value)
            for name, value in values.items()
        }

    def _eye_values(self, eye):
        """The values of one eye by name: exact decimals, the axis whole, absent is None."""
        self.ensure_one()
        return {
            name: self._exact_value(f"{eye}_{name}", self[f"{eye}_{name}"])
            for name in self._eye_value_names
        }

    def _eye_power(self, eye):
        """The power of one eye as written; of an eye that was not measured, all is None."""
        values = self._eye_values(eye)
        return Power(*(values[name] for name in ("sph", "cyl", "axis", "add")))

    def _pair_values(self):
        """The values of both eyes together by name, exact, absent is None."""
        self.ensure_one()
        return {name: self._exact_value(name, self[name]) for name in self._pair_value_names}

    @api.model
    def _exact_value(self, name, value):
        if is_absent(value):
            return None
        field = self._fields[name]
        value = field.convert_to_cache(value, self)
        return exact(value) if field.type == "float" else value

    @api.model
    def _checked_fields(self):
        """Names of the fields that the rules look at."""
        names = self._eye_value_names + self._further_eye_value_names
        return {f"{eye}_{name}" for eye in EYES for name in names} | set(self._pair_value_names)

    def _values_of_record(self):
        """What the record holds in those fields; clinical ones count for everybody."""
        self.ensure_one()
        record = self.sudo()
        return {name: record[name] for name in self._checked_fields()}

    @api.model
    def _as_stored(self, vals):
        """Axis 0 is kept as 180, and 2.12 typed as the 2.125 it stands for."""
        vals = dict(vals)
        for eye in EYES:
            for name in self._dioptre_names if self._is_on_step else ():
                value = vals.get(f"{eye}_{name}")
                if not is_absent(value):
                    typed = self._exact_value(f"{eye}_{name}", value)
                    vals[f"{eye}_{name}"] = float(whole_eighth(typed))
            for name in self._axis_names:
                value = vals.get(f"{eye}_{name}")
                if not is_absent(value):
                    typed = self._exact_value(f"{eye}_{name}", value)
                    vals[f"{eye}_{name}"] = stored_axis(typed)
        return vals

    @api.model
    def _refuse_impossible(self, vals):
        """Raise in words if the values, complete as the record will have them, cannot be."""
        refused, _unusual = self._problems(vals)
        if refused:
            words = self.env["optics.refusal"]
            raise ValidationError("\n".join(words._sentence(self, p) for p in refused))

    @api.model
    def _problems(self, vals):
        """(refused, unusual) problems of the values, as `rules.limits` finds them."""
        ranges = self.env["optics.value.range"]
        usual, fine_step = ranges._usual_ranges(), ranges._is_fine_step()
        eyes = {eye: self._values_to_check(eye, vals) for eye in EYES}
        pair = {name: self._exact_value(name, vals.get(name)) for name in self._pair_value_names}
        findings = [
            limits.check_eye(eye, values, usual, fine_step=fine_step)
            for eye, values in eyes.items()
        ]
        findings.append(limits.check_pair(eyes["od"], eyes["os"], pair, usual))
        refused = [problem for found, _unusual in findings for problem in found]
        unusual = [problem for _refused, found in findings for problem in found]
        if not self._is_on_step:
            refused = [problem for problem in refused if problem.code != "off_step"]
        return refused, unusual

    @api.model
    def _values_to_check(self, eye, vals):
        return {
            name: self._exact_value(f"{eye}_{name}", vals.get(f"{eye}_{name}"))
            for name in self._eye_value_names + self._further_eye_value_names
        }


def _is_zero(cell):
    return cell == 0 and isinstance(cell, int | float) and not isinstance(cell, bool)
