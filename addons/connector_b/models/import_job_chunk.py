from odoo import SUPERUSER_ID, _, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..rules.record import Record
from .import_outcome import Action
from .import_row_acceptance import covers
from .import_row_bulk import WRITTEN

# The rows that give up a barcode: before all others.
FIRST_CHUNK = 0
# The smaller runs first: the end asks when the chunks had their turn.
CHUNK_PRIORITY, END_PRIORITY = 10, 20
# The end asks again after so many seconds, at least and at most.
SOONEST, LATEST = 1, 30
# A chunk's job in the queue that is going to run, or does.
ALIVE = ("wait_dependencies", "pending", "enqueued", "started")


class ImportJob(models.Model):
    """The import in the background: chunks, each a transaction of its own, then the end.

    A chunk compares its rows anew with the database as it is by then, so it can always run
    again: after a collision with another worker, after a crash, after a Resume.
    """

    _inherit = "connector.import.job"

    def _waiting_chunks(self):
        self.env["connector.import.row"].flush_model()
        self.env.cr.execute(
            """
            SELECT DISTINCT chunk FROM connector_import_row
             WHERE job_id = %s AND state = 'pending' AND chunk IS NOT NULL
             ORDER BY chunk
            """,
            [self.id],
        )
        return [chunk for (chunk,) in self.env.cr.fetchall()]

    def _enqueue(self, chunks):
        """What is in the queue already is not put there twice."""
        for chunk in self._stage(chunks):
            self.with_delay(
                priority=CHUNK_PRIORITY,
                identity_key=self._chunk_key(chunk),
                description=_("%(job)s: part %(chunk)s", job=self.name, chunk=chunk),
            )._run_chunk(chunk)
        self._enqueue_end()

    def _enqueue_end(self):
        self.with_delay(
            priority=END_PRIORITY,
            identity_key=f"connector_b/{self.id}/end",
            description=_("%(job)s: the end", job=self.name),
        )._finish()

    def _chunk_key(self, chunk):
        return f"connector_b/{self.id}/chunk/{chunk}"

    def _run_chunk(self, chunk):
        """Write the rows of one chunk; a bad row is refused, the others go in."""
        self.ensure_one()
        if self.state != "running":
            return _("Nothing written: the import is no longer running.")
        Row = self.env["connector.import.row"].sudo()
        # Raises where another worker has them: the queue asks again, and finds them done.
        rows = Row._take_pending(self, chunk)
        if rows:
            Row._update_outcomes(self._write_rows(rows))
            self._notify_progress()
        if chunk == FIRST_CHUNK:
            self._enqueue(self._waiting_chunks())
        return _("%(count)s rows", count=len(rows))

    def _write_rows(self, rows):
        """`[(row id, state, outcome)]` of the locked `rows`."""
        by_number = {row["position"]: row for row in rows}
        ctx, target = self._import_context(rows), self._target()
        outcomes = target._compare(ctx, [Record.from_json(row["values"]) for row in rows])
        writing, states = [], {}
        for outcome in outcomes:
            if outcome.action not in WRITTEN:
                continue
            if any(self._attention(outcome)) and not covers(by_number[outcome.number], outcome):
                states[outcome.number] = "skipped"
            else:
                writing.append(outcome)
        target._apply(ctx, writing)
        self.env.flush_all()
        self.env.invalidate_all()
        return [
            (
                by_number[outcome.number]["id"],
                states.get(outcome.number)
                or ("refused" if outcome.action == Action.REFUSED else "done"),
                outcome,
            )
            for outcome in outcomes
        ]

    def _finish(self):
        """The end, once: when no chunk is left, or none of the rest is going to run."""
        self.ensure_one()
        if not self._take_job():
            raise RetryableJobError("somebody works on the import", SOONEST, ignore_retry=True)
        if self.state not in ("running", "cancelled") or not self.work_started_at:
            return
        chunks = self._waiting_chunks()
        if self.state == "cancelled":
            self._end_cancelled(chunks)
        elif not chunks:
            self._end_done()
        elif self._dead({self._chunk_key(chunk) for chunk in self._stage(chunks)}):
            self._end_failed(chunks)
        else:
            wait = min(max(self.seconds_left // 2, SOONEST), LATEST)
            raise RetryableJobError("chunks are left", wait, ignore_retry=True)

    def _stage(self, chunks):
        """Those of the waiting chunks whose turn it is."""
        return [FIRST_CHUNK] if FIRST_CHUNK in chunks else chunks

    def _dead(self, keys):
        """Those that nobody is going to work on: their jobs in the queue failed or are gone."""
        alive = (
            self.env["queue.job"]
            .sudo()
            .search([("identity_key", "in", list(keys)), ("state", "in", ALIVE)])
        )
        return keys - set(alive.mapped("identity_key"))

    def _end_done(self):
        counts = self._count_rows()
        state = "done_errors" if counts["count_refused"] else "done"
        self._move(state, **counts)
        self._tell(self._summary())

    def _end_failed(self, chunks):
        failure = _(
            "%(count)s parts of the file were not written, their work stopped: see the job queue "
            "for the reason. “Go On” takes up what is left.",
            count=len(chunks),
        )
        self._move("failed", failure=failure, **self._count_rows())
        self._tell(f"{failure} {self._summary()}")

    def _end_cancelled(self, chunks):
        """What was not written is left out; a chunk under way is waited for."""
        Row = self.env["connector.import.row"].sudo()
        for chunk in chunks:
            Row._take_pending(self, chunk)
        Row._leave_out_pending(self)
        self.sudo().write({"work_started_at": False, **self._count_rows()})
        self._tell(_("Cancelled. %(summary)s", summary=self._summary()))

    def _tell(self, text):
        """In the import's messages, and to the one who started it."""
        # Not by that very person: nobody is notified of what he says himself.
        self.with_user(SUPERUSER_ID).message_post(
            body=text,
            subtype_xmlid="mail.mt_note",
            partner_ids=self.user_id.partner_id.ids,
        )
        self._notify_progress()
