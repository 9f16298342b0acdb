from odoo import api, fields, models


class ImportProgress(models.Model):
    """How far the work inside an open transaction is; written past it, so that others see it.

    The import itself cannot tell: what its transaction writes is seen when it is over. `job` is
    no foreign key, for that would wait for the very transaction it reports on.
    """

    _name = "connector.import.progress"
    _description = "Progress of a Price List"
    _log_access = False

    job = fields.Integer(required=True)
    rows = fields.Integer(required=True)
    total = fields.Integer(required=True)

    _sql_constraints = [("job_unique", "UNIQUE (job)", "One progress an import.")]

    @api.model
    def _report(self, job_id, rows, total):
        """Seen by everybody at once."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                """
                INSERT INTO connector_import_progress (job, rows, total) VALUES (%s, %s, %s)
                ON CONFLICT (job) DO UPDATE SET rows = EXCLUDED.rows, total = EXCLUDED.total
                """,
                [job_id, rows, total],
            )

    @api.model
    def _of(self, job_ids):
        """Import → (rows done, rows in all; 0 where nobody knows)"""
        found = self.sudo().search([("job", "in", job_ids)])
        return {each.job: (each.rows, each.total) for each in found}
