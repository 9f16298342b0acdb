from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..rules import frame_size
from ..rules.exact import exact
from .optional_decimal import OptionalDecimal

MEASURES = ("a", "b", "dbl", "ed", "temple")


class FrameSize(models.AbstractModel):
    """Measurements of a frame in the boxing system of GOST R 71007 (ISO 8624), millimetres."""

    _name = "optics.frame.size"
    _description = "Frame Measurements"

    frame_a = OptionalDecimal(
        string="A (lens width)", digits=(4, 1), help="Width of the box around the lens."
    )
    frame_b = OptionalDecimal(
        string="B (lens height)", digits=(4, 1), help="Height of the box around the lens."
    )
    frame_dbl = OptionalDecimal(
        string="DBL (bridge)", digits=(4, 1), help="Shortest distance between the lenses."
    )
    frame_ed = OptionalDecimal(
        string="ED (effective diameter)",
        digits=(4, 1),
        help="Twice the longest way from the middle of the box to the edge of the lens.",
    )
    frame_temple = OptionalDecimal(string="Temple length", digits=(4, 1))
    frame_size_label = fields.Char(string="Size", compute="_compute_frame_size_label")

    @api.depends("frame_a", "frame_dbl", "frame_temple")
    def _compute_frame_size_label(self):
        for record in self:
            size = record._frame_measures()
            record.frame_size_label = frame_size.label(
                frame_size.FrameSize(size["a"], size["dbl"], size["temple"])
            )

    @api.constrains(*(f"frame_{name}" for name in MEASURES))
    def _check_frame_measures(self):
        for record in self:
            for name, value in record._frame_measures().items():
                low, high = frame_size.LIMITS[name]
                if value is not None and not low <= value <= high:
                    raise ValidationError(
                        _(
                            "%(field)s: %(typed)s mm was typed; possible is %(low)s to "
                            "%(high)s mm.",
                            field=record._fields["frame_" + name]._description_string(self.env),
                            typed=format(value.normalize(), "f"),
                            low=low,
                            high=high,
                        )
                    )

    def _frame_measures(self):
        """The measurements by their short names; absent is None."""
        self.ensure_one()
        return {name: exact(self[f"frame_{name}"]) for name in MEASURES}
