from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .optional_decimal import OptionalDecimal

METHODS = [
    ("autorefractor", "Autorefractor"),
    ("retinoscopy", "Retinoscopy"),
    ("cycloplegia", "In cycloplegia"),
    ("current", "Current glasses"),
    ("subjective", "Subjective"),
    ("trial", "Trial frame"),
    ("other", "Other"),
]


class PrescriptionReading(models.Model):
    """One measurement of a visit. Several lead to a prescription; one of them is final."""

    _name = "optics.prescription.reading"
    _description = "Reading of a Visit"
    _inherit = "optics.acuity.values"
    _order = "prescription_id, sequence, id"
    _rec_name = "method"
    _pair_value_names = ("pd", "vertex")

    prescription_id = fields.Many2one(
        comodel_name="optics.prescription", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    method = fields.Selection(METHODS, required=True, default="autorefractor")
    measured_at = fields.Datetime(default=fields.Datetime.now)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Measured by", default=lambda self: self.env.user
    )
    is_final = fields.Boolean(
        string="Final", readonly=True, copy=False, help="The prescription was taken from it."
    )
    pd = OptionalDecimal(string="PD", digits=(5, 1))
    vertex = OptionalDecimal(string="Vertex distance", digits=(5, 1))
    note = fields.Char()

    @api.depends("method", "measured_at")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        methods = dict(self._fields["method"]._description_selection(self.env))
        for reading in self:
            measured_at = reading.measured_at
            day = measured_at and fields.Datetime.context_timestamp(reading, measured_at).date()
            parts = [methods.get(reading.method), day and format_date(self.env, day)]
            reading.display_name = ", ".join(filter(None, parts))

    def init(self):
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS optics_prescription_reading_one_final
            ON optics_prescription_reading (prescription_id) WHERE is_final
            """
        )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**vals, "is_final": False} for vals in vals_list]
        readings = super().create(vals_list)
        readings._refuse_unless_draft()
        return readings

    def write(self, vals):
        if "is_final" in vals:
            raise UserError(_("A reading becomes final by the button that takes it over."))
        self._refuse_unless_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self._refuse_unless_draft()

    def action_take_over(self):
        """Copy the values to the prescription, and mark where they came from."""
        self.ensure_one()
        prescription = self.prescription_id
        names = self._checked_fields() - {"acuity_unit"}
        measured = {name: self[name] for name in names if self[name] not in (None, False)}
        power = {
            f"{eye}_{name}": self[f"{eye}_{name}"]
            for eye in ("od", "os")
            for name in ("sph", "cyl", "axis")
        }
        # What this reading did not measure (PD, Add) stays; the power is taken as a whole.
        prescription.write({**measured, **power, "acuity_unit": self.acuity_unit})
        prescription.reading_ids.filtered("is_final")._write_final(False)
        # One is final in the index, too: the old one gives way before the new one comes.
        self.flush_model(["is_final"])
        return self._write_final(True)

    def _write_final(self, is_final):
        return super().write({"is_final": is_final})

    def _refuse_unless_draft(self):
        for prescription in self.prescription_id:
            prescription._refuse_unless_draft(_("changed"))
