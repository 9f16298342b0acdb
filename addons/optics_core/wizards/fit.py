from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..models.lens import LENS_TYPES
from ..models.lens_range import SOURCES
from ..models.optional_decimal import OptionalDecimal
from ..models.prescription import KINDS
from ..rules.power import EYES

PURPOSES = [(kind, label) for kind, label in KINDS if kind != "contact"]
INDEXES = [(index, index) for index in ("1.5", "1.53", "1.56", "1.6", "1.67", "1.74")]
FRAME_FIELDS = ("frame_a", "frame_b", "frame_dbl", "frame_ed", "frame_temple")
# For a purpose that needs an addition in the lens, the lens that has one.
TYPE_BY_PURPOSE = {
    "distance": "single",
    "near": "single",
    "constant": "single",
    "bifocal": "bifocal",
    "progressive": "progressive",
    "intermediate": "office",
}


class Fit(models.TransientModel):
    """What an assistant must know before taking money: do the lenses fit the frame, which are
    there, about how thick, how much, when.

    Values come from a prescription or are typed; the frame from the shop's or the customer's
    own, or is measured. The answers themselves are in `fit_answer`.
    """

    _name = "optics.fit"
    _description = "Choice of Lenses"
    _inherit = ["optics.eye.values", "optics.frame.size"]
    _pair_value_names = ("pd",)

    patient_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        domain="[('is_company', '=', False)]",
    )
    prescription_id = fields.Many2one(
        comodel_name="optics.prescription",
        domain="[('state', '=', 'signed'), ('kind', '!=', 'contact'),"
        " ('patient_id', '=?', patient_id)]",
    )
    purpose = fields.Selection(selection=PURPOSES, default="distance")
    eyes = fields.Selection(
        selection=[("both", "Both eyes"), ("od", "Right only"), ("os", "Left only")],
        default="both",
        required=True,
    )
    pd = OptionalDecimal(
        string="PD", digits=(5, 1), help="Between the pupils; halved where an eye has none."
    )
    shop_id = fields.Many2one(
        comodel_name="stock.warehouse",
        default=lambda self: self.env["stock.warehouse"]._optics_default_shop(),
        required=True,
    )
    lab_id = fields.Many2one(
        comodel_name="stock.warehouse",
        string="Workshop",
        compute="_compute_lab_id",
        store=True,
        readonly=False,
        domain="[('optics_role', 'in', ('lab', 'both'))]",
    )

    frame_product_id = fields.Many2one(
        comodel_name="product.product",
        string="Frame of the shop",
        domain="[('optics_kind', '=', 'frame')]",
    )
    customer_frame_id = fields.Many2one(
        comodel_name="optics.customer.frame",
        string="Customer's own frame",
        domain="[('patient_id', '=?', patient_id)]",
    )

    wish_type = fields.Selection(selection=LENS_TYPES, string="Lens type")
    wish_index = fields.Selection(selection=INDEXES, string="Index from")
    wish_coating_ids = fields.Many2many(comodel_name="optics.coating", string="Coatings")
    wish_supplier_id = fields.Many2one(comodel_name="res.partner", string="Supplier")
    wish_source = fields.Selection(selection=SOURCES, string="Only")
    wish_price = OptionalDecimal(string="Price of the pair up to", digits=(12, 2))

    answer = fields.Json(compute="_compute_answer")
    od_range_id = fields.Many2one(comodel_name="optics.lens.range", string="OD lens row")
    os_range_id = fields.Many2one(comodel_name="optics.lens.range", string="OS lens row")

    @api.depends("shop_id")
    def _compute_lab_id(self):
        for fit in self:
            shop = fit.shop_id
            itself = shop if shop.optics_role != "shop" else shop.browse()
            fit.lab_id = shop.optics_lab_id or itself

    @api.depends(lambda self: [name for name in self._fields if self._is_asked(name)])
    def _compute_answer(self):
        for fit in self:
            fit.answer = fit._answer(fit._question())

    @api.model
    def _is_asked(self, name):
        """Whether a field is a part of the question, so that a change asks anew."""
        return (
            name in {"eyes", "purpose", "pd", "shop_id", "lab_id"}
            or name in self._checked_fields()
            or name.startswith(("wish_", "frame_"))
            and name not in ("frame_size_label", "frame_product_id")
        )

    @api.onchange("patient_id")
    def _onchange_patient_id(self):
        """The customer's last valid prescription is what glasses are ordered by."""
        if self.prescription_id.patient_id == self.patient_id:
            return
        self.prescription_id = self.patient_id and self.env["optics.prescription"].search(
            [
                ("patient_id", "=", self.patient_id.id),
                ("state", "=", "signed"),
                ("kind", "!=", "contact"),
            ],
            limit=1,
        )

    @api.onchange("prescription_id")
    def _onchange_prescription_id(self):
        if self.prescription_id:
            self.patient_id = self.prescription_id.patient_id
            self.purpose = self.prescription_id.kind
            self.wish_type = TYPE_BY_PURPOSE.get(self.purpose)
            self._take_prescription()

    @api.onchange("purpose")
    def _onchange_purpose(self):
        self.wish_type = TYPE_BY_PURPOSE.get(self.purpose)
        if self.prescription_id:
            self._take_prescription()

    def _take_prescription(self):
        """The values that would be ordered: for reading, say, with Add in the sphere."""
        orders = self.env["optics.manufacturing.order"]
        values = orders._prepare_from_prescription(self.prescription_id, self.purpose)
        asked = self._checked_fields() | {"eyes"}
        self.update({name: value for name, value in values.items() if name in asked})

    @api.onchange("frame_product_id")
    def _onchange_frame_product_id(self):
        if self.frame_product_id:
            self.customer_frame_id = False
            self._take_frame(self.frame_product_id)

    @api.onchange("customer_frame_id")
    def _onchange_customer_frame_id(self):
        if self.customer_frame_id:
            self.frame_product_id = False
            self._take_frame(self.customer_frame_id)

    def _take_frame(self, frame):
        self.update({name: frame[name] for name in FRAME_FIELDS})

    def _asked_eyes(self):
        return EYES if self.eyes == "both" else (self.eyes,)

    def _question(self):
        """What `_answer` is asked, as plain data."""
        self.ensure_one()
        return {
            "eyes": {eye: self._eye_values(eye) for eye in self._asked_eyes()},
            "pd": self._pair_values()["pd"],
            "frame": self._frame_measures(),
            "type": self.wish_type or None,
            "index": self.wish_index or None,
            "coating_ids": self.wish_coating_ids.ids,
            "supplier_id": self.wish_supplier_id.id,
            "source": self.wish_source or None,
            "price": self.wish_price or None,
            "shop_id": self.shop_id.id,
            "lab_id": self.lab_id.id,
        }

    def action_create_order(self):
        """A draft of the job with what was chosen here; it is confirmed on its own screen."""
        self.ensure_one()
        self._refuse_order()
        order = self.env["optics.manufacturing.order"].create(self._prepare_order())
        return {
            "type": "ir.actions.act_window",
            "res_model": order._name,
            "res_id": order.id,
            "views": [(False, "form")],
        }

    def _refuse_order(self):
        answer = self._answer(self._question())
        missing = [*answer["refused"], *answer["needed"]]
        if not self.patient_id:
            missing.append(_("Customer: nobody was chosen; an order belongs to somebody."))
        chosen = {eye: self[f"{eye}_range_id"].id for eye in self._asked_eyes()}
        if not all(chosen.values()):
            missing.append(_("Lenses: nothing was chosen; choose one of the offers."))
        elif chosen not in answer["choices"]:
            missing.append(
                _("Lenses: what was chosen does not fit the values any more; choose again.")
            )
        if missing:
            raise UserError("\n".join(missing))

    def _prepare_order(self):
        orders = self.env["optics.manufacturing.order"]
        values = {}
        if self.prescription_id:
            values = orders._prepare_from_prescription(self.prescription_id, self.purpose)
        # What stands here wins: it is what the answers were given for.
        values.update({name: self[name] for name in self._checked_fields()})
        values.update(eyes=self.eyes, purpose=self.purpose)
        for name in (
            "patient_id",
            "prescription_id",
            "shop_id",
            "lab_id",
            "frame_product_id",
            "customer_frame_id",
        ):
            values[name] = self[name].id
        for eye in self._asked_eyes():
            row = self[f"{eye}_range_id"]
            values[f"{eye}_range_id"] = row.id
            values[f"{eye}_lens_id"] = row.lens_id.id
        return values
