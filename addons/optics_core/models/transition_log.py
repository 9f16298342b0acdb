from odoo import _, api, fields, models
from odoo.exceptions import UserError

from .manufacturing_order import STATES


class TransitionLog(models.Model):
    """Every change of a job's state: what, when, by whom, why. Written once, never changed."""

    _name = "optics.transition.log"
    _description = "Lab Order Transition"
    _order = "id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        comodel_name="optics.manufacturing.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    action = fields.Char(readonly=True, required=True)
    from_state = fields.Selection(STATES, string="From", readonly=True, required=True)
    to_state = fields.Selection(STATES, string="To", readonly=True, required=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    reason = fields.Char(readonly=True)

    def write(self, vals):  # pylint: disable=method-required-super
        # Access lines forbid it to people; this forbids it to code that runs as superuser.
        raise UserError(_("The journal of transitions is not edited."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(_("The journal of transitions is not erased."))
