from odoo import _, api, fields, models
from odoo.exceptions import UserError


class PurchaseOrderLine(models.Model):
    """A lens bought for one eye of one job."""

    _inherit = "purchase.order.line"

    optics_order_id = fields.Many2one(
        comodel_name="optics.manufacturing.order",
        string="Job",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    optics_eye = fields.Selection(selection=[("od", "OD"), ("os", "OS")], string="Eye", copy=False)
    is_optics_returned = fields.Boolean(
        string="Lens Not Used",
        copy=False,
        help="The lens went back to the supplier or was spoiled; another may be ordered.",
    )
    is_optics_received = fields.Boolean(
        string="Lens Received", compute="_compute_is_optics_received"
    )

    _sql_constraints = [
        (
            "optics_job_and_eye",
            "CHECK ((optics_order_id IS NULL) = (optics_eye IS NULL))",
            "Job, Eye: fill in both, or leave both empty.",
        )
    ]

    def init(self):
        super().init()
        # Whatever two people press at the same moment, a lens is not ordered twice.
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS purchase_order_line_optics_once
            ON purchase_order_line (optics_order_id, optics_eye)
            WHERE optics_order_id IS NOT NULL
              AND state <> 'cancel' AND is_optics_returned IS NOT TRUE
            """
        )

    @api.depends("qty_received", "product_qty")
    def _compute_is_optics_received(self):
        for line in self:
            line.is_optics_received = line.product_qty > 0 and line.qty_received >= line.product_qty

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_second_order(vals_list)
        return super().create(vals_list)

    def _refuse_second_order(self, vals_list):
        for vals in vals_list:
            job = self.env["optics.manufacturing.order"].browse(vals.get("optics_order_id") or [])
            for line in job._active_purchase_lines(vals.get("optics_eye")):
                raise UserError(
                    _(
                        "Job %(job)s: the lens for %(eye)s is ordered already, in %(purchase)s.",
                        job=line.optics_order_id.name,
                        eye=line.optics_eye.upper(),
                        purchase=line.order_id.name,
                    )
                )
