from contextlib import closing, contextmanager

from odoo import models, tools

from ..rules.record import Record
from .import_row_bulk import WRITTEN

PAGE = 40


class ImportJob(models.Model):
    """The preview of a page is the import of its rows, taken back: what Odoo's own rules refuse
    is known before anything is written."""

    _inherit = "connector.import.job"

    def _preview_page(self, offset=0, limit=PAGE, domain=None):
        """Try the rows of a page that were not tried yet; what is wrong lands on them.

        Returns the page's rows. Nothing that the rows would write is left.
        """
        self.ensure_one()
        self.check_access_rights("write")
        self.check_access_rule("write")
        Row = self.env["connector.import.row"]
        page = Row.search([("job_id", "=", self.id), *(domain or [])], offset=offset, limit=limit)
        if self.state == "draft" and self.check_state == "done":
            self._try_rows(page.filtered(lambda row: row.state == "pending" and not row.tried))
        return page

    def _try_rows(self, rows):
        if not rows:
            return
        by_number = {row.position: row for row in rows}
        ctx, target = self._import_context(), self._target()
        with self._taken_back():
            outcomes = target._compare(ctx, [Record.from_json(row.values) for row in rows])
            target._apply(ctx, [each for each in outcomes if each.action in WRITTEN])
            ctx.env.flush_all()
        for outcome in outcomes:
            # Of what was created nothing is left: its id means nothing.
            outcome.res_id = by_number[outcome.number].res_id or None
            outcome.before = outcome.after = None
        rows.sudo()._update_tried(
            self, [(by_number[outcome.number].id, outcome) for outcome in outcomes]
        )
        self.sudo().write(self._count_rows())

    @contextmanager
    def _taken_back(self):
        """Whatever happens inside leaves nothing behind: no row, no message, no mail."""
        cr = self.env.cr
        kept = cr.postcommit
        cr.postcommit = tools.Callbacks()
        try:
            with closing(cr.savepoint()):
                yield
        finally:
            cr.postcommit = kept
            self.env.invalidate_all(flush=False)
