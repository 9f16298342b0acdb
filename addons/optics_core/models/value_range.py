from decimal import Decimal

from odoo import _, api, fields, models, tools
from odoo.exceptions import ValidationError

from ..rules.exact import exact
from ..rules.quantity import QUANTITIES
from .optional_decimal import OptionalDecimal


class ValueRange(models.Model):
    """Between which values a quantity needs no second look.

    Without a record the usual range of the rules holds; beyond the physical one nothing does.
    """

    _name = "optics.value.range"
    _description = "Usual Range of a Measured Value"
    _order = "id"
    _rec_name = "quantity"

    quantity = fields.Selection(
        selection=[
            ("sph", "Sph"),
            ("cyl", "Cyl in minus notation"),
            ("add", "Add"),
            ("prism_h", "Horizontal prism"),
            ("prism_v", "Vertical prism"),
            ("pd", "PD far"),
            ("pd_mono", "PD of one eye"),
            ("pd_near", "PD near"),
            ("roc", "Distance between lens centres"),
            ("vertex", "Vertex distance"),
            ("height", "Fitting height"),
            ("acuity", "Visual acuity"),
            ("cl_power", "Contact lens: power"),
            ("cl_bc", "Contact lens: base curve"),
            ("cl_dia", "Contact lens: diameter"),
        ],
        required=True,
        readonly=True,
    )
    low = OptionalDecimal(string="Usual from", required=True)
    high = OptionalDecimal(string="Usual to", required=True)
    is_fine_step = fields.Boolean(
        string="Eighths",
        help="Spheres and cylinders may be written in steps of 0.125 as well as 0.25.",
    )
    physical_low = OptionalDecimal(
        string="Possible from",
        compute="_compute_physical",
        help="Beyond this nothing is ever accepted.",
    )
    physical_high = OptionalDecimal(string="Possible to", compute="_compute_physical")

    _sql_constraints = [
        (
            "quantity_unique",
            "UNIQUE(quantity)",
            "Quantity: it has its usual range already. Change the line that is there.",
        ),
        ("low_high", "CHECK(low < high)", "Usual from, Usual to: enter the lower value first."),
    ]

    @api.depends("quantity")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["quantity"]._description_selection(self.env))
        for record in self:
            record.display_name = labels.get(record.quantity, "")

    @api.depends("quantity")
    def _compute_physical(self):
        for record in self:
            limits = QUANTITIES[record.quantity].physical if record.quantity else (None, None)
            record.physical_low, record.physical_high = limits

    @api.constrains("quantity", "low", "high")
    def _check_within_physical(self):
        labels = dict(self._fields["quantity"]._description_selection(self.env))
        for record in self:
            low, high = QUANTITIES[record.quantity].physical
            for typed in (exact(record.low), exact(record.high)):
                if not low <= typed <= high:
                    raise ValidationError(
                        _(
                            "%(quantity)s: %(typed)s was typed; possible is %(low)s to %(high)s.",
                            quantity=labels[record.quantity],
                            typed=format(typed.normalize(), "f"),
                            low=low,
                            high=high,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        ranges = super().create(vals_list)
        self.env.registry.clear_cache()
        return ranges

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _create_missing(self):
        """A record for each quantity, with the range of the rules: run when the addon loads."""
        known = set(self.search([]).mapped("quantity"))
        self.create(
            [
                {
                    "quantity": name,
                    "low": float(QUANTITIES[name].usual[0]),
                    "high": float(QUANTITIES[name].usual[1]),
                }
                for name, _label in self._fields["quantity"].selection
                if name not in known
            ]
        )

    @api.model
    def _usual_ranges(self):
        """Usual ranges by quantity, exact: what `rules.limits` asks for."""
        return {name: (Decimal(low), Decimal(high)) for name, low, high in self._settings()[0]}

    @api.model
    def _is_fine_step(self):
        return self._settings()[1]

    @api.model
    @tools.ormcache()
    def _settings(self):
        ranges = self.sudo().search([])
        return (
            tuple((r.quantity, str(exact(r.low)), str(exact(r.high))) for r in ranges),
            any(ranges.mapped("is_fine_step")),
        )
