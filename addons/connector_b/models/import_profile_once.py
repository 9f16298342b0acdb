from odoo import fields, models


class ImportProfile(models.Model):
    """A profile for one file only is a copy of the supplier's: it speaks of the same list."""

    _inherit = "connector.import.profile"

    once_of_id = fields.Many2one(
        comodel_name="connector.import.profile",
        string="Once Instead Of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The profile that this one was used in place of, for one file.",
    )

    def _family(self):
        """The profile of the list, and all that were used in its place."""
        self.ensure_one()
        origin = self.once_of_id or self
        return origin | self.with_context(active_test=False).search(
            [("once_of_id", "=", origin.id)]
        )
