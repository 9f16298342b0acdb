from odoo import fields, models


class OpticsLensRange(models.Model):
    """A range that a price list brought is replaced by the next one; one typed by hand stays."""

    _inherit = "optics.lens.range"

    import_profile_id = fields.Many2one(
        comodel_name="connector.import.profile",
        string="From the Price List",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The next price list of this profile replaces the range.",
    )
