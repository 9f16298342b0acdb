from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..rules import short_name

CONDITIONS = [
    ("new", "As new"),
    ("worn", "Worn"),
    ("repaired", "Repaired before"),
    ("damaged", "Damaged"),
]
# Who the customer is; the workshop knows the short name only.
SHOP = "optics_core.group_sales_assistant"
# What the customer's signature stands under.
SIGNED_FIELDS = {"patient_id", "name", "condition", "condition_note", "photo", "remark"}


class CustomerFrame(models.Model):
    """The customer's own frame, taken in for new lenses.

    An old frame may break on the bench. So its condition is written down, photographed and
    signed for before it leaves the customer's hands.
    """

    _name = "optics.customer.frame"
    _description = "Customer's Own Frame"
    _inherit = ["optics.frame.size", "mail.thread"]
    _order = "id desc"

    name = fields.Char(
        string="Frame", required=True, help="Brand, model and colour, as far as one can see."
    )
    patient_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        groups=SHOP,
    )
    customer_short_name = fields.Char(
        string="Customer's Short Name",
        compute="_compute_customer_short_name",
        compute_sudo=True,
        help="By which the workshop knows the customer, as on the job ticket.",
    )
    condition = fields.Selection(selection=CONDITIONS, required=True, tracking=True)
    condition_note = fields.Char(
        string="What is wrong", help="Scratches, cracks, a loose hinge: what was there before."
    )
    photo = fields.Image(max_width=1920, max_height=1920)
    remark = fields.Text(
        required=True,
        default=lambda self: self._default_remark(),
        help="What the customer signs.",
    )
    signature = fields.Image(copy=False, max_width=1024, max_height=1024, groups=SHOP)
    signed_by = fields.Char(copy=False, groups=SHOP)
    signed_on = fields.Datetime(readonly=True, copy=False)
    active = fields.Boolean(default=True)

    @api.model
    def _default_remark(self):
        return _(
            "The frame is my own. It may break when lenses are fitted; no warranty is given for it."
        )

    @api.depends("patient_id.name")
    def _compute_customer_short_name(self):
        for frame in self:
            frame.customer_short_name = short_name.short_name(frame.patient_id.name)

    @api.depends("name", "frame_a", "frame_dbl", "frame_temple")
    def _compute_display_name(self):
        for frame in self:
            frame.display_name = " ".join(filter(None, [frame.name, frame.frame_size_label]))

    @api.onchange("signature")
    def _onchange_signature(self):
        if self.signature and not self.signed_by:
            self.signed_by = self.patient_id.name

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("signature"):
                vals["signed_on"] = fields.Datetime.now()
        return super().create(vals_list)

    def write(self, vals):
        if "signature" in vals:
            # Signed now; or taken away with the change, and the new text is to be signed again.
            signed_on = fields.Datetime.now() if vals["signature"] else False
            vals = {"signed_by": False, **vals} if not vals["signature"] else dict(vals)
            vals["signed_on"] = signed_on
        else:
            self._refuse_change_of_signed(SIGNED_FIELDS & vals.keys())
        return super().write(vals)

    def _refuse_change_of_signed(self, changed):
        for frame in self:
            if changed and frame.signature:
                raise UserError(
                    _(
                        "%(frame)s: the customer has signed for %(fields)s as it stands. "
                        "Clear the signature first and have the change signed again.",
                        frame=frame.display_name,
                        fields=", ".join(
                            self._fields[name]._description_string(self.env)
                            for name in sorted(changed)
                        ),
                    )
                )
