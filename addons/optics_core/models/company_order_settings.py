from odoo import fields, models


class ResCompany(models.Model):
    """How the company runs its lab orders; shown under Settings."""

    _inherit = "res.company"

    optics_require_finished_check = fields.Boolean(
        string="Glasses Are Checked before They Are Ready", default=True
    )
    optics_require_incoming_check = fields.Boolean(
        string="Lenses Are Checked before Work Begins",
        help="A job goes on by itself when the lens is received; with this, when it has "
        "passed its check.",
    )
    optics_notify_channel = fields.Selection(
        selection=[
            ("sms_email", "SMS, else e-mail"),
            ("email_sms", "E-mail, else SMS"),
            ("sms", "SMS only"),
            ("email", "E-mail only"),
            ("none", "Nothing is sent"),
        ],
        string="Tell the Customer by",
        required=True,
        default="sms_email",
    )
    optics_notify_delay = fields.Integer(
        string="Minutes before Sending",
        default=15,
        help="For so long a message can be taken back.",
    )
    optics_remind_days = fields.Integer(
        string="Remind after Days",
        default=7,
        help="Days that glasses lie ready before the customer is reminded; 0: never.",
    )
    optics_not_collected_days = fields.Integer(
        string="Not Collected after Days",
        default=30,
        help="Days that glasses lie ready before the job is “Not Collected”; 0: never.",
    )
    optics_tracking_days = fields.Integer(
        string="Tracking Page Lives for Days",
        default=30,
        help="Days after the glasses were handed over.",
    )

    _sql_constraints = [
        (
            "optics_order_settings_not_negative",
            "CHECK (optics_notify_delay >= 0 AND optics_remind_days >= 0"
            " AND optics_not_collected_days >= 0 AND optics_tracking_days >= 0)",
            "Settings of lab orders: days and minutes cannot be below zero. Correct the number.",
        )
    ]
