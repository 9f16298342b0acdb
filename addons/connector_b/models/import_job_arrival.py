import base64
import hashlib

from odoo import _, api, fields, models
from odoo.exceptions import UserError


class ImportJob(models.Model):
    """A file that no person uploaded: it came by mail, from a watched folder or through the API."""

    _inherit = "connector.import.job"

    file_digest = fields.Char(
        readonly=True, copy=False, index="btree_not_null", help="SHA-256 of the file."
    )
    token_id = fields.Many2one(
        comodel_name="connector.import.token",
        string="API Key",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    import_after_check = fields.Boolean(
        readonly=True,
        copy=False,
        help="Imported when the check finds nothing that somebody has to accept.",
    )

    @api.model
    def _arrive(self, profile, file_name, content, origin, import_after_check=False):
        """`(job, is_new)`: a file that came again is the job it already is.

        Again means: nothing else came between. Last month's prices may be sent once more after
        this month's were a mistake.
        """
        digest = hashlib.sha256(content).hexdigest()
        # Two senders of one file at once: the second waits here and is then repeated from the
        # start by Odoo, for its view of the base is older than the first's job. A mere lock would
        # let it go on without seeing that.
        self.env.cr.execute(
            "UPDATE connector_import_profile SET active = active WHERE id = %s",
            [profile.id],
            log_exceptions=False,
        )
        last = self.sudo().search(
            [("profile_id", "=", profile.id), ("file_digest", "!=", False)], limit=1
        )
        if last.file_digest == digest:
            return last.with_env(self.env), False
        job = (
            self.with_user(profile.sudo()._arrival_user())
            .with_company(profile.company_id)
            .create(
                {
                    "profile_id": profile.id,
                    "file": base64.b64encode(content),
                    "file_name": file_name,
                    "origin": origin,
                }
            )
        )
        job.sudo().write({"file_digest": digest, "import_after_check": import_after_check})
        return job.with_env(self.env), True

    def _as_its_person(self):
        """With the rights, the company and the language of the one in whose name it came."""
        self.ensure_one()
        person = self.sudo().user_id
        return (
            self.with_user(person)
            .with_company(self.sudo().company_id)
            .with_context(lang=person.lang)
        )

    def _check_done(self):
        """The check of a job has ended well: import it, if that was asked and nobody is needed."""
        result = super()._check_done()
        for job in self:
            if job.import_after_check and job.state == "draft":
                job._import_unless_someone_is_needed()
        return result

    def _import_unless_someone_is_needed(self):
        """Prices that must be accepted are never accepted by a machine: a person goes on."""
        if self.attention_count:
            reason = _(
                "Not imported by itself: %(count)s rows have to be accepted first.",
                count=self.attention_count,
            )
        elif self._import_blockers():
            reason = _("Not imported by itself: %(reason)s", reason=self.blockers)
        else:
            try:
                with self.env.cr.savepoint():
                    self._as_its_person().action_import()
                return
            except UserError as error:
                # Another import of the profile runs, say: the check stands all the same.
                reason = _("Not imported by itself: %(reason)s", reason=error)
        self._message_log(body=reason)
