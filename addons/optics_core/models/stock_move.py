from odoo import fields, models


class StockMove(models.Model):
    """A lens taken from stock for one eye of a job."""

    _inherit = "stock.move"

    optics_order_id = fields.Many2one(
        comodel_name="optics.manufacturing.order",
        string="Job",
        copy=False,
        index="btree_not_null",
    )
    optics_eye = fields.Selection(selection=[("od", "OD"), ("os", "OS")], string="Eye", copy=False)
    # Consumption in the workshop; the move from another shop, if any, comes before it.
    is_optics_use = fields.Boolean(string="Used for the Job", copy=False)
    optics_source_id = fields.Many2one(
        comodel_name="stock.warehouse", string="Taken From", copy=False
    )
    is_optics_spoiled = fields.Boolean(string="Lens Spoiled", copy=False)

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        moves.purchase_line_id.optics_order_id._on_lens_arrival()
        return moves
