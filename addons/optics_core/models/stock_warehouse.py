from odoo import api, fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    optics_role = fields.Selection(
        selection=[
            ("shop", "Shop"),
            ("lab", "Workshop"),
            ("both", "Shop with a workshop"),
        ],
        string="Role in the chain",
        default="shop",
        required=True,
    )
    optics_lab_id = fields.Many2one(
        comodel_name="stock.warehouse",
        string="Usual workshop",
        domain="[('optics_role', 'in', ('lab', 'both'))]",
        help="Where this shop's orders are made unless another workshop is chosen.",
    )

    @api.model
    def _optics_default_shop(self):
        """The shop a new document of the current user belongs to."""
        user = self.env.user
        return (
            user.optics_shop_id
            or user.optics_shop_ids[:1]
            or self.search(
                [("company_id", "=", self.env.company.id), ("optics_role", "!=", "lab")], limit=1
            )
        )
