from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    optics_require_finished_check = fields.Boolean(
        related="company_id.optics_require_finished_check", readonly=False
    )
    optics_require_incoming_check = fields.Boolean(
        related="company_id.optics_require_incoming_check", readonly=False
    )
    optics_notify_channel = fields.Selection(
        related="company_id.optics_notify_channel", readonly=False, required=True
    )
    optics_notify_delay = fields.Integer(related="company_id.optics_notify_delay", readonly=False)
    optics_remind_days = fields.Integer(related="company_id.optics_remind_days", readonly=False)
    optics_not_collected_days = fields.Integer(
        related="company_id.optics_not_collected_days", readonly=False
    )
    optics_tracking_days = fields.Integer(related="company_id.optics_tracking_days", readonly=False)
