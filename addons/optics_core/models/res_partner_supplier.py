from odoo import api, fields, models


class ResPartner(models.Model):
    """A supplier of lenses."""

    _inherit = "res.partner"

    optics_cylinder_sign = fields.Selection(
        selection=[
            ("as_written", "As in the prescription"),
            ("minus", "Minus"),
            ("plus", "Plus"),
        ],
        string="Cylinder on Orders",
        default="as_written",
        required=True,
        help="The sign in which this supplier reads cylinders; their orders are printed so.",
    )
    optics_lens_ids = fields.One2many(
        comodel_name="optics.lens",
        inverse_name="supplier_id",
        string="Lenses",
        groups="optics_core.group_sales_assistant,optics_core.group_workshop",
    )
    optics_lens_count = fields.Integer(
        string="Number of Lenses",
        compute="_compute_optics_lens_count",
        groups="optics_core.group_sales_assistant,optics_core.group_workshop",
    )

    @api.depends("optics_lens_ids")
    def _compute_optics_lens_count(self):
        counts = dict(
            self.env["optics.lens"]._read_group(
                [("supplier_id", "in", self.ids)], ["supplier_id"], ["__count"]
            )
        )
        for partner in self:
            partner.optics_lens_count = counts.get(partner._origin, 0)
