from odoo import _, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..rules.group_rows import BOTH
from ..rules.targets import KEYS, TARGETS, Kind
from .number_signs import DECIMAL_SIGNS, THOUSANDS_SIGNS

# What an operator may not loosen: the shop's money hangs on it.
GUARDS = {
    "company_id",
    "active",
    "max_shift_percent",
    "margin_floor_percent",
    "missing_policy",
    "update_cost",
    "chunk_size",
}
CHUNK_SIZES = (1, 5000)


class ImportProfile(models.Model):
    """How a supplier writes price lists, and what the shop does with them."""

    _name = "connector.import.profile"
    _description = "Price List Profile"
    _inherit = ["mail.thread"]
    _order = "last_used desc, name"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Supplier",
        index=True,
        check_company=True,
        ondelete="restrict",
        help="Supplier prices are kept for this supplier, and codes are looked up as theirs.",
    )
    target = fields.Selection(
        selection=[("product", "Products"), ("frame", "Frames"), ("lens", "Lenses")],
        string="What the File Lists",
        required=True,
        default="product",
    )
    # Where the rows stand.
    sheet_pattern = fields.Char(
        string="Sheet",
        help="Name of the sheet, * for any text. Empty: the first sheet that is not hidden.",
    )
    header_row = fields.Integer(
        help="Number of the row with the names of the columns. 0: found by itself."
    )
    encoding = fields.Char(help="For .csv files. Empty: guessed.")
    delimiter = fields.Char(help="For .csv files. Empty: guessed.")
    # What the cells mean.
    column_ids = fields.One2many(
        comodel_name="connector.import.column",
        inverse_name="profile_id",
        string="Columns",
        copy=True,
    )
    decimal_separator = fields.Selection(
        selection=DECIMAL_SIGNS, string="Decimal Sign", required=True, default="guess"
    )
    thousands_separator = fields.Selection(
        selection=THOUSANDS_SIGNS, string="Thousands Sign", required=True, default="guess"
    )
    is_fraction = fields.Boolean(string="Percents as Fractions", help="0.2 in a cell means 20 %.")
    group_target = fields.Selection(
        selection="_selection_group_target",
        string="A Name Alone in a Row Is",
        help="What such a row says of the rows below it. Empty: the row is skipped.",
    )
    grid = fields.Selection(
        selection="_selection_grid",
        string="Cells of Tables of Powers",
        help="For sheets with spheres down and cylinders across: what stands in their cells. "
        "Empty: the sheet is an ordinary list.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        default=lambda self: self.env.company.currency_id,
        help="Currency of the prices in the file.",
    )
    rate_source = fields.Selection(
        selection=[("odoo", "Rate of the day"), ("fixed", "Fixed rate")],
        required=True,
        default="odoo",
    )
    fixed_rate = fields.Float(
        digits=(16, 6), help="Units of the company's currency for one of the file's currency."
    )
    keys = fields.Char(
        required=True,
        default=",".join(KEYS),
        help="In this order a row looks for its product: barcode, supplier_code, default_code. "
        "The first that finds something decides.",
    )
    filters = fields.Json(default=list, help="Rows that are left out, as rules.row_filter has it.")
    # What is done with them.
    create_missing = fields.Boolean(
        string="Create New Products",
        default=True,
        help="Without it, rows of unknown products are refused.",
    )
    create_dictionary = fields.Boolean(
        string="Create Categories and Brands",
        default=True,
        help="Without it, rows with an unknown category or brand are refused.",
    )
    update_cost = fields.Boolean(
        string="Write Costs of Known Products",
        tracking=True,
        help="Costs of products in stock change the value of the stock.",
    )
    missing_policy = fields.Selection(
        selection=[("ignore", "Say nothing"), ("report", "List them")],
        string="Products the File No Longer Has",
        required=True,
        default="report",
    )
    pricelist_id = fields.Many2one(
        comodel_name="product.pricelist",
        check_company=True,
        help="Retail prices go here. Empty: to the products themselves.",
    )
    location_id = fields.Many2one(
        comodel_name="stock.location",
        check_company=True,
        domain="[('usage', '=', 'internal')]",
        help="Quantities are counted here.",
    )
    image_policy = fields.Selection(
        selection=[
            ("missing", "Where there is none"),
            ("replace", "Replace"),
            ("never", "Leave images alone"),
        ],
        string="Images",
        required=True,
        default="missing",
    )
    max_shift_percent = fields.Float(
        string="Price Change to Accept, %",
        default=20.0,
        tracking=True,
        help="A price that moves further than this is written only after somebody accepted it.",
    )
    margin_floor_percent = fields.Float(
        string="Lowest Margin, %",
        tracking=True,
        help="A price that leaves a smaller margin is written only after a manager accepted it. "
        "0: no floor.",
    )
    chunk_size = fields.Integer(
        default=500, required=True, help="Rows that are written in one transaction."
    )
    last_used = fields.Datetime(readonly=True, copy=False)
    job_ids = fields.One2many(
        comodel_name="connector.import.job", inverse_name="profile_id", string="Imports"
    )
    job_count = fields.Integer(compute="_compute_job_count")

    _sql_constraints = [
        (
            "name_unique",
            "UNIQUE (company_id, name)",
            "A profile of this name exists already: choose another name.",
        ),
        (
            "shift_not_negative",
            "CHECK (max_shift_percent >= 0)",
            "The price change to accept is 0 % or more.",
        ),
        (
            "header_row_not_negative",
            "CHECK (header_row >= 0)",
            "The header's row is 1 or more, or 0 to have it found.",
        ),
    ]

    @api.model
    def _selection_group_target(self):
        names = self.env["connector.import.problem.text"]._target_names()
        return [
            *((name, names[name]) for name in ("brand", "category")),
            (BOTH, _("Category, and below it a brand")),
        ]

    @api.model
    def _selection_grid(self):
        names = self.env["connector.import.problem.text"]._target_names()
        money = [target.name for target in TARGETS.values() if target.kind is Kind.MONEY]
        return [
            *((name, names[name]) for name in money),
            ("quantity", names["quantity"]),
            ("marks", _("A mark: made")),
        ]

    def _compute_job_count(self):
        counts = dict(
            self.env["connector.import.job"]._read_group(
                [("profile_id", "in", self.ids)], ["profile_id"], ["__count"]
            )
        )
        for profile in self:
            profile.job_count = counts.get(profile, 0)

    @api.constrains("keys")
    def _check_keys(self):
        for profile in self:
            unknown = [key for key in profile._key_names() if key not in KEYS]
            if unknown or not profile._key_names():
                raise ValidationError(
                    _(
                        "Keys of %(profile)s: “%(found)s” was typed; allowed are %(allowed)s, "
                        "separated by commas.",
                        profile=profile.name,
                        found=profile.keys,
                        allowed=", ".join(KEYS),
                    )
                )

    @api.constrains("rate_source", "fixed_rate")
    def _check_fixed_rate(self):
        for profile in self:
            if profile.rate_source == "fixed" and profile.fixed_rate <= 0:
                raise ValidationError(
                    _("%(profile)s: the fixed rate is a number above 0.", profile=profile.name)
                )

    @api.constrains("chunk_size")
    def _check_chunk_size(self):
        low, high = CHUNK_SIZES
        for profile in self:
            if not low <= profile.chunk_size <= high:
                raise ValidationError(
                    _(
                        "%(profile)s: rows in one transaction are %(low)s to %(high)s.",
                        profile=profile.name,
                        low=low,
                        high=high,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guards(
                {name for name in vals.keys() & GUARDS if not self._is_default(name, vals[name])}
            )
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_guards(
            {
                name
                for name in vals.keys() & GUARDS
                if any(
                    profile._fields[name].convert_to_write(profile[name], profile) != vals[name]
                    for profile in self
                )
            }
        )
        return super().write(vals)

    def copy_data(self, default=None):
        default = dict(default or {}, name=_("%(name)s (copy)", name=self.name))
        return super().copy_data(default)

    @api.model
    def _is_default(self, name, value):
        return value == self.default_get([name]).get(name, False)

    @api.model
    def _refuse_guards(self, names):
        """Operators teach a profile to read a file; limits are the manager's."""
        if not names or self.env.su or self.env.user.has_group("connector_b.group_import_manager"):
            return
        labels = [self._fields[name]._description_string(self.env) for name in sorted(names)]
        raise AccessError(_("Only an import manager sets: %(fields)s.", fields=", ".join(labels)))

    def _key_names(self):
        return tuple(key.strip() for key in (self.keys or "").split(",") if key.strip())

    def action_jobs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("connector_b.action_import_job")
        return {**action, "domain": [("profile_id", "=", self.id)]}
