from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..rules import short_name, work_order
from ..rules.power import EYES
from .eye_values import physical_range
from .optional_decimal import OptionalDecimal
from .optional_integer import OptionalInteger

STATES = [
    ("draft", "Draft"),
    ("confirmed", "Confirmed"),
    ("waiting_lens", "Waiting for Lens"),
    ("in_production", "In Production"),
    ("ready", "Ready"),
    ("delivered", "Delivered"),
    ("not_collected", "Not Collected"),
    ("on_hold", "On Hold"),
    ("returned_supplier", "Returned to Supplier"),
    ("remake", "Remake"),
    ("cancelled", "Cancelled"),
]
# Out of the workshop's and the shop's hands: such a job takes no tray and no board column.
CLOSED_STATES = ("delivered", *work_order.FINAL_STATES)
OPEN_STATES = tuple(state for state in work_order.STATES if state not in CLOSED_STATES)


class ManufacturingOrder(models.Model):
    """A job of the lab: one pair of glasses, or one lens of it, from order to hand-over.

    The eye values are a snapshot of what was ordered: the workshop opens no prescription, and
    a later amendment of the prescription does not change glasses already being made.
    """

    _name = "optics.manufacturing.order"
    _description = "Lab Order"
    _inherit = [
        "optics.readonly.guard",
        "optics.eye.values",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "customer_short_name", "tray_number"]
    _pair_value_names = ("pd", "roc", "vertex", "tilt", "wrap")

    # Digits and a hyphen only: a keyboard-wedge scanner types the same under any layout.
    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    state = fields.Selection(
        selection=STATES,
        default="draft",
        required=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )
    priority = fields.Selection(
        selection=[("0", "Normal"), ("1", "Urgent")], default="0", tracking=True
    )
    date = fields.Date(
        string="Ordered On", default=fields.Date.context_today, index=True, copy=False
    )
    company_id = fields.Many2one(
        comodel_name="res.company", related="shop_id.company_id", store=True
    )
    currency_id = fields.Many2one(comodel_name="res.currency", related="company_id.currency_id")

    # Whose. The workshop sees the short name only.
    patient_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        groups="optics_core.group_sales_assistant",
    )
    patient_phone = fields.Char(
        string="Phone",
        compute="_compute_patient_phone",
        groups="optics_core.group_sales_assistant",
    )
    customer_short_name = fields.Char(
        string="Customer's Short Name",
        compute="_compute_customer_short_name",
        store=True,
        compute_sudo=True,
        index="trigram",
    )
    prescription_id = fields.Many2one(
        comodel_name="optics.prescription",
        index="btree_not_null",
        ondelete="restrict",
        groups="optics_core.group_sales_assistant",
    )

    # Where.
    shop_id = fields.Many2one(
        comodel_name="stock.warehouse",
        required=True,
        index=True,
        default=lambda self: self.env["stock.warehouse"]._optics_default_shop(),
    )
    lab_id = fields.Many2one(
        comodel_name="stock.warehouse",
        string="Workshop",
        compute="_compute_lab_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        domain="[('optics_role', 'in', ('lab', 'both'))]",
    )
    place_id = fields.Many2one(
        comodel_name="stock.warehouse",
        string="Now At",
        readonly=True,
        copy=False,
        help="Where the job lies; transits move it.",
    )
    open_transit_id = fields.Many2one(
        comodel_name="optics.transit",
        string="In Transit",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    is_in_transit = fields.Boolean(compute="_compute_is_in_transit")
    transit_line_ids = fields.One2many(
        comodel_name="optics.transit.line", inverse_name="order_id", string="Transits"
    )
    tray_number = fields.Char(string="Tray", copy=False, index="btree_not_null")

    # Who.
    consultant_id = fields.Many2one(
        comodel_name="res.users",
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
    )
    optometrist_id = fields.Many2one(comodel_name="res.users", index="btree_not_null")
    master_id = fields.Many2one(
        comodel_name="res.users", index="btree_not_null", tracking=True, copy=False
    )
    # Cards of the board show names without asking for users and their partners.
    master_name = fields.Char(related="master_id.name", store=True, string="Master's Name")

    # What.
    eyes = fields.Selection(
        selection=[("both", "Both Eyes"), ("od", "Right Only"), ("os", "Left Only")],
        default="both",
        required=True,
    )
    purpose = fields.Selection(
        selection=[
            ("distance", "Distance"),
            ("near", "Near"),
            ("constant", "Constant Wear"),
            ("bifocal", "Bifocal"),
            ("progressive", "Progressive"),
            ("intermediate", "Intermediate"),
        ],
    )
    od_lens_id = fields.Many2one(comodel_name="optics.lens", string="OD Lens")
    os_lens_id = fields.Many2one(comodel_name="optics.lens", string="OS Lens")
    od_product_id = fields.Many2one(comodel_name="product.product", string="OD Stock Lens")
    os_product_id = fields.Many2one(comodel_name="product.product", string="OS Stock Lens")
    od_range_id = fields.Many2one(
        comodel_name="optics.lens.range", string="OD Lens Row", ondelete="restrict"
    )
    os_range_id = fields.Many2one(
        comodel_name="optics.lens.range", string="OS Lens Row", ondelete="restrict"
    )
    pd = OptionalDecimal(string="PD", digits=(5, 1))
    roc = OptionalDecimal(
        string="Distance of Centres",
        digits=(5, 1),
        help="Distance between the optical centres of the lenses in the glasses.",
    )
    vertex = OptionalDecimal(string="Vertex Distance", digits=(5, 1))
    tilt = OptionalInteger(string="Pantoscopic Tilt")
    wrap = OptionalInteger(string="Wrap")
    frame_product_id = fields.Many2one(
        comodel_name="product.product",
        string="Frame",
        domain="[('optics_kind', '=', 'frame')]",
    )
    customer_frame_id = fields.Many2one(
        comodel_name="optics.customer.frame",
        string="Customer's Own Frame",
        groups="optics_core.group_sales_assistant",
    )
    frame_text = fields.Char(
        string="Frame in Words",
        compute="_compute_frame_text",
        compute_sudo=True,
        help="For the bench: size, and whether it is the customer's own and how worn.",
    )
    rim = fields.Selection(
        selection=[("full", "Full Rim"), ("groove", "Nylon Thread"), ("drill", "Screws")],
        string="Mounting",
    )
    workshop_note = fields.Text(string="For the Workshop")
    note = fields.Text(string="For the Shop", groups="optics_core.group_sales_assistant")

    transition_ids = fields.One2many(
        comodel_name="optics.transition.log",
        inverse_name="order_id",
        string="Journal",
        readonly=True,
    )

    _sql_constraints = [
        *(physical_range(name, name) for name in _pair_value_names),
        (
            "name_uniq",
            "unique(name)",
            "Number: another job has it already. Save once more to get the next number.",
        ),
        (
            "one_frame",
            "CHECK (frame_product_id IS NULL OR customer_frame_id IS NULL)",
            "Frame, Customer's Own Frame: fill in only one of the two.",
        ),
    ]

    def init(self):
        # Trays are taken by open jobs only; two people may type the same number at once.
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS optics_manufacturing_order_open_tray
            ON optics_manufacturing_order (lab_id, tray_number)
            WHERE tray_number IS NOT NULL
              AND state NOT IN ('delivered', 'remake', 'cancelled')
            """
        )
        # The report of remakes counts every job of a period; from this it reads no rows at all.
        self.env.cr.execute(
            """
            CREATE INDEX IF NOT EXISTS optics_manufacturing_order_report
            ON optics_manufacturing_order (date)
            INCLUDE (
                state, company_id, shop_id, lab_id, remake_cause_id, remade_percent, remake_cost
            )
            """
        )

    @api.depends("open_transit_id")
    def _compute_is_in_transit(self):
        for order in self:
            order.is_in_transit = bool(order.open_transit_id)

    @api.depends("patient_id.name")
    def _compute_customer_short_name(self):
        for order in self:
            order.customer_short_name = short_name.short_name(order.patient_id.name)

    @api.depends("name", "customer_short_name")
    def _compute_display_name(self):
        for order in self:
            order.display_name = " · ".join(
                filter(
                    None,
                    [order.name if order.name != "/" else _("New"), order.customer_short_name],
                )
            )

    @api.depends("patient_id.phone", "patient_id.mobile", "patient_id.guardian_id")
    def _compute_patient_phone(self):
        for order in self:
            numbers = (person.mobile or person.phone for person in order._people_to_tell())
            order.patient_phone = next(filter(None, numbers), False)

    def _people_to_tell(self):
        """The customer; for a child without a telephone, whoever answers for the child."""
        return self.patient_id, self.patient_id.guardian_id

    @api.depends("shop_id")
    def _compute_lab_id(self):
        for order in self:
            shop = order.shop_id
            if shop and not order.lab_id:
                makes_itself = shop if shop.optics_role != "shop" else shop.browse()
                order.lab_id = shop.optics_lab_id or makes_itself

    @api.depends("frame_product_id", "customer_frame_id")
    def _compute_frame_text(self):
        for order in self:
            product, own = order.frame_product_id, order.customer_frame_id
            if own:
                conditions = dict(own._fields["condition"]._description_selection(self.env))
                parts = [
                    own.display_name,
                    _("customer's own, %(how)s", how=conditions[own.condition].lower()),
                    own.condition_note,
                ]
            else:
                parts = [product.display_name] if product else []
            order.frame_text = ", ".join(filter(None, parts))

    @api.model
    def _group_expand_state(self, states, domain, order):
        """Columns of the board that stand even when nothing is in them.

        Of the open states those that the filters of the board let through.
        """
        wanted = set(OPEN_STATES)
        for leaf in domain:
            if isinstance(leaf, list | tuple) and leaf[0] == "state" and leaf[1] == "in":
                wanted &= set(leaf[2])
        return [state for state, _label in STATES if state in wanted or state in states]

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if not self.env.su or vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code("optics.manufacturing.order")
        trays = [vals.pop("tray_number", False) for vals in vals_list]
        orders = super().create(vals_list)
        for order, tray in zip(orders, trays, strict=True):
            if tray:
                order.tray_number = tray
        for order in orders.filtered(lambda order: not order.place_id):
            order.sudo().place_id = order.shop_id
        return orders

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        for order in self:
            if order.state != "draft":
                raise UserError(
                    _(
                        "Job %(name)s is not a draft: cancel it, so that its journal stays.",
                        name=order.name,
                    )
                )

    def write(self, vals):
        if "tray_number" in vals or "lab_id" in vals:
            for order in self:
                order._refuse_taken_tray(
                    vals.get("tray_number", order.tray_number),
                    vals.get("lab_id", order.lab_id.id),
                )
        result = super().write(vals)
        if "shop_id" in vals:
            # Of a draft only: nothing has been on the road yet.
            self.sudo().place_id = vals["shop_id"]
        return result

    def _refuse_taken_tray(self, tray, lab_id):
        """Asked before the database is, whose unique index cannot name the other job."""
        if not tray or self.state not in OPEN_STATES:
            return
        # A workshop's trays hold jobs of shops that this user may not see.
        holder = self.sudo().search(
            [
                ("id", "!=", self.id),
                ("lab_id", "=", lab_id),
                ("tray_number", "=", tray),
                ("state", "in", OPEN_STATES),
            ],
            limit=1,
        )
        if holder:
            raise ValidationError(
                _(
                    "Tray: %(tray)s was typed; at %(lab)s it holds job %(job)s.",
                    tray=tray,
                    lab=holder.lab_id.name,
                    job=holder.name,
                )
            )

    def _ordered_eyes(self):
        return EYES if self.eyes == "both" else (self.eyes,)
