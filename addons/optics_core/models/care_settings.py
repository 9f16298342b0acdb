from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from .care import LONGEST_DAYS


class ResConfigSettings(models.TransientModel):
    """For how long a patient is taken into the care of another shop unless told otherwise."""

    _inherit = "res.config.settings"

    optics_care_days = fields.Integer(
        string="Days in Care",
        default=30,
        config_parameter="optics_core.care_days",
        help="A patient of another shop stays open to this shop for so many days.",
    )

    @api.constrains("optics_care_days")
    def _check_optics_care_days(self):
        for settings in self:
            if not 1 <= settings.optics_care_days <= LONGEST_DAYS:
                raise ValidationError(
                    _(
                        "Days in care: %(typed)s was typed; 1 to %(most)s is allowed.",
                        typed=settings.optics_care_days,
                        most=LONGEST_DAYS,
                    )
                )
