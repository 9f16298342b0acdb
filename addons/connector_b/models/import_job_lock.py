from psycopg2 import OperationalError
from psycopg2.errorcodes import LOCK_NOT_AVAILABLE

from odoo import _, models
from odoo.exceptions import UserError


class ImportJob(models.Model):
    """One import of a profile at a time, whatever two people or two workers believe."""

    _inherit = "connector.import.job"

    def init(self):
        super().init()
        # The last fence, behind the questions below.
        self.env.cr.execute(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS connector_import_job_one_running
                ON connector_import_job (profile_id)
             WHERE state = 'running' OR undo_state = 'running'
            """
        )

    def _take_profile(self):
        """Until the end of the transaction, or a sentence that names who has it.

        After that the state of the import says so.
        """
        if not self._lock_now("connector_import_profile", self.profile_id.id):
            raise UserError(
                _(
                    "An import of the profile %(profile)s is being started at this moment, "
                    "perhaps this very one in another tab. Wait a little and look again.",
                    profile=self.profile_id.name,
                )
            )
        other = self.sudo().search(
            [
                ("profile_id", "=", self.profile_id.id),
                ("id", "!=", self.id),
                "|",
                ("state", "=", "running"),
                ("undo_state", "=", "running"),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                _(
                    "%(other)s (%(file)s, by %(user)s) of the profile %(profile)s is still "
                    "running. Wait until it has ended, or cancel it.",
                    other=other.name,
                    file=other.file_name,
                    user=other.user_id.name,
                    profile=self.profile_id.name,
                )
            )

    def _take_job(self):
        """Alone with this import until the end of the transaction, or not now."""
        return self._lock_now("connector_import_job", self.id)

    def _lock_now(self, table, record_id):
        """Whether the row is ours; nobody waits for it. Keys to it may still be referred to."""
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    f"SELECT FROM {table} WHERE id = %s FOR NO KEY UPDATE NOWAIT",  # pylint: disable=E8103
                    [record_id],
                    log_exceptions=False,
                )
        except OperationalError as error:
            if error.pgcode != LOCK_NOT_AVAILABLE:
                raise
            return False
        return True
