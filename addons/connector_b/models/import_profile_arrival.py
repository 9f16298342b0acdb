from odoo import _, fields, models
from odoo.exceptions import UserError

MANAGER = "connector_b.group_import_manager"
# What may come without a person: mail brings signatures and logos, too.
EXTENSIONS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".zip")


class ImportProfile(models.Model):
    """What happens to files that come without a person: in whose name, and how far they get."""

    _inherit = "connector.import.profile"

    responsible_id = fields.Many2one(
        comodel_name="res.users",
        groups=MANAGER,
        copy=False,
        help="Files that come by mail, from a folder or through the API are checked in this "
        "person's name and rights; notes about them go to this person.",
    )
    import_on_arrival = fields.Boolean(
        string="Import Without Asking",
        groups=MANAGER,
        copy=False,
        help="A file from the watched folder is imported when nothing in it has to be accepted. "
        "A sender's address can be forged: mail is only ever checked.",
    )

    def _arrival_user(self):
        self.ensure_one()
        user = self.responsible_id
        if not user.active or not user.has_group("connector_b.group_import_operator"):
            raise UserError(
                _(
                    "Profile %(profile)s: files that come by themselves need a responsible "
                    "person who may import; choose one in the profile.",
                    profile=self.name,
                )
            )
        return user

    def _in_their_language(self):
        return self.with_context(lang=self.sudo().responsible_id.lang)

    def _tell_responsible(self, body):
        """A note in the profile's chatter that reaches the person who looks after it."""
        self.message_post(
            body=body,
            partner_ids=self.sudo().responsible_id.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
