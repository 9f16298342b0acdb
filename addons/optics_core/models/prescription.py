from odoo import _, api, fields, models, tools
from odoo.exceptions import ValidationError

from ..rules import limits, notation
from .eye_values import physical_range
from .optional_decimal import OptionalDecimal

KINDS = [
    ("distance", "Distance"),
    ("near", "Near"),
    ("constant", "Constant wear"),
    ("bifocal", "Bifocal"),
    ("progressive", "Progressive"),
    ("intermediate", "Intermediate distance"),
    ("contact", "Contact lenses"),
]
STATES = [
    ("draft", "Draft"),
    ("signed", "Signed"),
    ("amended", "Amended"),
    ("cancelled", "Cancelled"),
]


class Prescription(models.Model):
    """What somebody's eyes need, written by a prescriber here or elsewhere.

    This file: whose, by whom, for what, and the values of the pair. In files of their own:
    signing and versions, the minus-cylinder copy, expiry, confirmation of unusual values,
    contact lenses, clinical detail, readings, help while typing.
    """

    _name = "optics.prescription"
    _description = "Prescription"
    _inherit = ["optics.acuity.values", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["name", "patient_id"]
    _pair_value_names = ("pd", "pd_near", "roc", "vertex")
    _further_eye_value_names = (
        "acuity",
        "acuity_corrected",
        "cl_power",
        "cl_cyl",
        "cl_axis",
        "cl_add",
        "cl_bc",
        "cl_dia",
    )
    _dioptre_names = ("sph", "cyl", "cl_power", "cl_cyl")
    _axis_names = ("axis", "cl_axis")

    name = fields.Char(
        string="Number",
        readonly=True,
        copy=False,
        index=True,
        help="Given when the prescription is signed; all versions share it.",
    )
    patient_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_company', '=', False)]",
    )
    patient_age = fields.Integer(
        string="Age",
        compute="_compute_patient_age",
        help="Full years on the day of the prescription.",
    )
    prescriber_id = fields.Many2one(
        comodel_name="res.users",
        string="Optometrist",
        index="btree_not_null",
        ondelete="restrict",
        domain=lambda self: self._prescriber_domain(),
        default=lambda self: self._default_prescriber_id(),
        copy=False,
        help="Who examined the eyes here.",
    )
    prescriber_name = fields.Char(
        string="Outside prescriber",
        copy=False,
        help="Who wrote it elsewhere: surname, initials, clinic.",
    )
    # Kept as text: a prescription does not change when somebody marries.
    prescriber = fields.Char(compute="_compute_prescriber", store=True, index="trigram")
    shop_id = fields.Many2one(
        comodel_name="stock.warehouse",
        required=True,
        index=True,
        default=lambda self: self.env["stock.warehouse"]._optics_default_shop(),
    )
    is_of_my_shop = fields.Boolean(compute="_compute_is_of_my_shop", search="_search_is_of_my_shop")
    company_id = fields.Many2one(related="shop_id.company_id", store=True, index=True)
    date = fields.Date(required=True, copy=False, default=fields.Date.context_today)
    kind = fields.Selection(KINDS, required=True, default="distance", index=True)
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", copy=False, tracking=True
    )

    pd = OptionalDecimal(string="PD far", digits=(5, 1), help="Between the pupils, far.")
    pd_near = OptionalDecimal(string="PD near", digits=(5, 1))
    roc = OptionalDecimal(
        string="Lens centres",
        digits=(5, 1),
        help="Distance between the optical centres of the lenses. It differs from the PD only "
        "on purpose, where decentration makes a prism.",
    )
    vertex = OptionalDecimal(
        string="Vertex distance",
        digits=(5, 1),
        help="From the back of the trial lens to the cornea.",
    )
    od_text = fields.Char(string="OD", compute="_compute_eye_texts")
    os_text = fields.Char(string="OS", compute="_compute_eye_texts")

    _sql_constraints = [
        physical_range("pd", "pd"),
        physical_range("pd_near", "pd_near"),
        physical_range("roc", "roc"),
        physical_range("vertex", "vertex"),
        (
            "pd_near_up_to_far",
            "CHECK(pd_near <= pd)",
            "PD near: it cannot be above PD far. Correct one of the two.",
        ),
    ]

    def init(self):
        # The order of the list: a shop's page of eighty is read off the index.
        tools.create_index(
            self.env.cr, "optics_prescription_date_id_index", self._table, ["date DESC", "id DESC"]
        )

    @api.model
    def _prescriber_domain(self):
        return [("groups_id", "in", self.env.ref("optics_core.group_optometrist").ids)]

    @api.model
    def _default_prescriber_id(self):
        user = self.env.user
        return user if user.has_group("optics_core.group_optometrist") else user.browse()

    @api.depends("name", "version", "patient_id", "date")
    def _compute_display_name(self):
        for prescription in self:
            name = prescription.name or _("Draft")
            if prescription.version > 1:
                name = _("%(number)s v%(version)s", number=name, version=prescription.version)
            patient = prescription.patient_id.name
            prescription.display_name = f"{name} · {patient}" if patient else name

    @api.depends("patient_id.birthdate_date", "date")
    def _compute_patient_age(self):
        for prescription in self:
            patient, day = prescription.patient_id.sudo(), prescription.date
            age = patient._optics_age_on(day) if patient and day else None
            prescription.patient_age = age or 0

    @api.depends("shop_id")
    @api.depends_context("uid")
    def _compute_is_of_my_shop(self):
        mine = self.env.user.optics_shop_ids
        for prescription in self:
            prescription.is_of_my_shop = prescription.shop_id in mine

    @api.model
    def _search_is_of_my_shop(self, operator, value):
        is_mine = (operator == "=") == bool(value)
        return [("shop_id", "in" if is_mine else "not in", self.env.user.optics_shop_ids.ids)]

    @api.depends("prescriber_id", "prescriber_name")
    def _compute_prescriber(self):
        for prescription in self:
            prescription.prescriber = (
                prescription.prescriber_name or prescription.prescriber_id.sudo().name
            )

    @api.depends(
        "kind",
        *(
            f"{eye}_{name}"
            for eye in ("od", "os")
            for name in ("sph", "cyl", "axis", "add", "cl_power", "cl_cyl", "cl_axis", "cl_add")
        ),
    )
    def _compute_eye_texts(self):
        for prescription in self:
            for eye in ("od", "os"):
                power = prescription._prescribed_power(eye)
                prescription[f"{eye}_text"] = notation.power(power)

    @api.onchange("prescriber_name")
    def _onchange_prescriber_name(self):
        if self.prescriber_name:
            self.prescriber_id = False

    @api.onchange("prescriber_id")
    def _onchange_prescriber_id(self):
        if self.prescriber_id:
            self.prescriber_name = False

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        words = self.env["optics.refusal"]
        for prescription in self:
            for problem in limits.check_date("date", prescription.date, today):
                raise ValidationError(words._sentence(prescription, problem))

    def copy_data(self, default=None):
        # Of a patient taken into care from another shop: the copy is work of one's own shop.
        shops = self.env.user.optics_shop_ids
        if shops and self.shop_id not in shops and not self.env.su:
            shop = self.env["stock.warehouse"]._optics_default_shop()
            default = {"shop_id": shop.id, **(default or {})}
        return super().copy_data(default)

    def _prescribed_power(self, eye):
        """The power the prescription is about: of glasses, or of the contact lens."""
        return self._contact_power(eye) if self.kind == "contact" else self._eye_power(eye)
