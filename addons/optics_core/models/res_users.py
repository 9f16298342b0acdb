from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    optics_shop_ids = fields.Many2many(
        comodel_name="stock.warehouse",
        relation="optics_user_shop_rel",
        column1="user_id",
        column2="warehouse_id",
        string="Shops",
        help="Documents of these shops and workshops are this user's business.",
    )
    optics_shop_id = fields.Many2one(
        comodel_name="stock.warehouse",
        string="Works at",
        help="New prescriptions and orders of this user belong here.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["optics_shop_ids", "optics_shop_id"]

    @api.model
    def _get_invalidation_fields(self):
        # The domains of record rules are cached with the shops in them.
        return super()._get_invalidation_fields() | {"optics_shop_ids"}
