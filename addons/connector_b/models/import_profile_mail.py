from odoo import _, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, email_normalize_all

from .import_profile_arrival import EXTENSIONS, MANAGER


class ImportProfile(models.Model):
    """An address of its own: a mail with a price list becomes a job.

    Mails stay in the chatter of the profile, each with what became of it.
    """

    _name = "connector.import.profile"
    _inherit = ["connector.import.profile", "mail.alias.mixin.optional"]

    alias_id = fields.Many2one(groups=MANAGER)
    alias_name = fields.Char(groups=MANAGER)
    alias_domain_id = fields.Many2one(groups=MANAGER)
    # Everybody who imports may tell a supplier where to write.
    alias_email = fields.Char(compute_sudo=True)
    mail_senders = fields.Text(
        string="Accepted Senders",
        groups=MANAGER,
        help="Addresses, one a line; @supplier.ru accepts a whole domain. Addresses of the "
        "supplier and of its contacts are accepted without being listed.",
    )

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id(self._name)
        # A bounce would tell strangers which addresses exist: they are let in and left alone.
        values["alias_contact"] = "everyone"
        if self.id:
            values["alias_force_thread_id"] = self.id
        return values

    def message_update(self, msg_dict, update_vals=None):
        result = super().message_update(msg_dict, update_vals)
        # Also answers to the chatter arrive here: only what was sent to the address counts.
        if self.alias_email in email_normalize_all(msg_dict.get("recipients") or ""):
            self._in_their_language()._take_mail(msg_dict)
        return result

    def _take_mail(self, msg_dict):
        self.ensure_one()
        sender = email_normalize(msg_dict.get("email_from") or "") or ""
        files = [each for each in msg_dict.get("attachments") or [] if self._may_list(each)]
        if not self._knows_sender(sender):
            note = _(
                "Left alone: %(sender)s is no sender of this supplier. Add the address to the "
                "supplier's contacts or to the accepted senders, and forward the mail again.",
                sender=sender or _("a mail without a sender"),
            )
        elif not files:
            note = _(
                "The mail of %(sender)s has no price list attached: files named %(names)s are.",
                sender=sender,
                names=", ".join(EXTENSIONS),
            )
        else:
            note = "\n".join(self._take_attachment(each) for each in files)
        self._tell_responsible(note)

    def _may_list(self, attachment):
        info = attachment.info or {}
        return not info.get("cid") and attachment.fname.lower().endswith(EXTENSIONS)

    def _knows_sender(self, sender):
        if not sender:
            return False
        partner = self.sudo().partner_id.commercial_partner_id
        family = partner | partner.search([("id", "child_of", partner.id)]) if partner else partner
        known = {email for each in family for email in email_normalize_all(each.email or "")}
        known.update(line.strip().lower() for line in (self.mail_senders or "").splitlines())
        return sender in known or f"@{sender.rpartition('@')[2]}" in known

    def _take_attachment(self, attachment):
        """One job, and what the chatter says of it."""
        content = attachment.content
        if isinstance(content, str):
            content = content.encode()
        try:
            with self.env.cr.savepoint():
                job, is_new = self.env["connector.import.job"]._arrive(
                    self, attachment.fname, content, "mail"
                )
                if is_new:
                    job._as_its_person().action_check()
        except UserError as error:
            return f"{attachment.fname}: {error}"
        if is_new:
            return _("%(file)s: import %(job)s.", file=attachment.fname, job=job.name)
        return _(
            "%(file)s: the same file as in import %(job)s, nothing to do.",
            file=attachment.fname,
            job=job.name,
        )
