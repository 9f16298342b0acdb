from odoo import _, api, fields, models

from ..rules.range_overlap import overlapping
from .optional_decimal import OptionalDecimal

LENS_TYPES = [
    ("single", "Single vision"),
    ("bifocal", "Bifocal"),
    ("progressive", "Progressive"),
    ("office", "Office"),
]
MATERIALS = [
    ("cr39", "CR-39 plastic"),
    ("mid", "Mid-index plastic"),
    ("high", "High-index plastic"),
    ("trivex", "Trivex"),
    ("polycarbonate", "Polycarbonate"),
    ("glass", "Mineral glass"),
]

# A price list pasted twice overlaps in every row: a few say it.
MOST_WARNINGS = 5


class OpticsLens(models.Model):
    """A lens of a supplier's catalogue; its powers are variants of its product.

    What may be ordered of it and at what price stands in its ranges (`optics.lens.range`).
    """

    _name = "optics.lens"
    _description = "Lens"
    _inherits = {"product.template": "product_tmpl_id"}
    _order = "name, id"

    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product Template",
        required=True,
        ondelete="cascade",
        index=True,
    )
    # Hides the product's own `type` (always storable here) on purpose: to an optician the type
    # of a lens is this one.
    type = fields.Selection(selection=LENS_TYPES, required=True, default="single")
    index = fields.Float(
        string="Nominal Index",
        digits=(3, 2),
        required=True,
        default=1.5,
        group_operator=None,
        help="As the lens is called: 1.5, 1.6, 1.67.",
    )
    index_exact = OptionalDecimal(
        string="Exact Index",
        digits=(4, 3),
        help="As measured by the maker: CR-39 is called 1.5 and is 1.498. "
        "Thickness is estimated with it.",
    )
    material = fields.Selection(selection=MATERIALS)
    coating_ids = fields.Many2many(comodel_name="optics.coating", string="Coatings")
    supplier_id = fields.Many2one(
        comodel_name="res.partner",
        index="btree_not_null",
        ondelete="restrict",
    )
    height_min = OptionalDecimal(
        string="Shortest Fitting Height",
        digits=(4, 1),
        help="Millimetres that a progressive or bifocal of this design needs below the pupil.",
    )
    range_ids = fields.One2many(
        comodel_name="optics.lens.range",
        inverse_name="lens_id",
        string="Ranges",
        copy=True,
        # A lens that is being entered, or is archived, shows its rows all the same.
        context={"active_test": False},
    )
    range_warning = fields.Text(compute="_compute_range_warning")
    stock_variant_count = fields.Integer(
        string="Powers in Stock", compute="_compute_stock_variant_count"
    )

    _sql_constraints = [
        (
            "product_tmpl_unique",
            "UNIQUE(product_tmpl_id)",
            "Product: it is a lens of the catalogue already. Open that lens, or choose another "
            "product.",
        ),
        (
            "index_possible",
            "CHECK(index BETWEEN 1.5 AND 1.9)",
            "Nominal Index: allowed is 1.5 to 1.9. Correct the index.",
        ),
        (
            "index_exact_possible",
            "CHECK(index_exact BETWEEN 1.45 AND 1.95)",
            "Exact Index: allowed is 1.45 to 1.95. Correct the index, or leave it empty.",
        ),
        (
            "height_min_possible",
            "CHECK(height_min BETWEEN 5 AND 45)",
            "Shortest Fitting Height: allowed is 5 to 45 mm. Correct the height, or leave it "
            "empty.",
        ),
    ]

    @api.depends(
        "range_ids.source",
        "range_ids.diameter",
        "range_ids.sph_min",
        "range_ids.sph_max",
        "range_ids.cyl_min",
        "range_ids.cyl_max",
        "range_ids.add_min",
        "range_ids.add_max",
    )
    def _compute_range_warning(self):
        for lens in self:
            rows = lens.range_ids.filtered(lambda row: row._has_area())
            lens.range_warning = "\n".join(
                _(
                    "These ranges offer the same powers: %(one)s and %(other)s. "
                    "The cheaper price will be taken.",
                    one=rows[one]._area_words(),
                    other=rows[other]._area_words(),
                )
                for one, other in overlapping([row._area() for row in rows])[:MOST_WARNINGS]
            )

    def _compute_stock_variant_count(self):
        counts = dict(
            self.env["product.product"]._read_group(
                [
                    ("product_tmpl_id", "in", self.product_tmpl_id.ids),
                    ("optics_sph", "!=", False),
                ],
                ["product_tmpl_id"],
                ["__count"],
            )
        )
        for lens in self:
            lens.stock_variant_count = counts.get(lens.product_tmpl_id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("product_tmpl_id"):
                vals.setdefault("detailed_type", "product")
                vals.setdefault("attribute_line_ids", self._power_lines(vals.get("type")))
            vals["optics_kind"] = "lens"
        lenses = super().create(vals_list)
        lenses._ensure_power_lines()
        lenses._ensure_rx_variant()
        lenses._ensure_seller()
        return lenses

    def write(self, vals):
        result = super().write(vals)
        if "type" in vals:
            self._ensure_power_lines()
        if "supplier_id" in vals:
            self._ensure_seller()
        return result

    def unlink(self):
        """The product goes with its lens; one that was ever moved or sold is archived instead."""
        products = self.product_tmpl_id
        result = super().unlink()
        products.unlink()
        return result

    def copy(self, default=None):
        self.ensure_one()
        default = {"name": _("%(name)s (copy)", name=self.name), **(default or {})}
        return super().copy(default)

    def _ensure_seller(self):
        """The lens's supplier is also the product's vendor, so that Odoo buys from them."""
        for lens in self.filtered("supplier_id"):
            if lens.supplier_id not in lens.seller_ids.partner_id:
                lens.sudo().seller_ids = [
                    fields.Command.create({"partner_id": lens.supplier_id.id})
                ]

    def _refractive_index(self):
        """The index to calculate with: the exact one where it is known."""
        self.ensure_one()
        return self.index if self.index_exact is None else self.index_exact
