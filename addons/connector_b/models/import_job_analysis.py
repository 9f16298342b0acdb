from dataclasses import replace
from itertools import islice

from odoo import _, fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..rules.problem import Code
from ..rules.record import Record
from ..rules.source import SourceError
from .import_job_reading import FileReading, UnusableProfile
from .import_outcome import Action

# A file up to this size is checked while the person waits.
AT_ONCE_BYTES = 200_000
# Records that are compared, and rows that are kept, at a time.
BATCH = 5000
# What is still to be done with a row that only repeats another one: nothing.
IDENTICAL = Code.DUPLICATE_IDENTICAL


class ImportJob(models.Model):
    """The check of a file: read as a stream, compared with the database in bulk, kept as rows.

    Nothing but the import's own rows is written.
    """

    _inherit = "connector.import.job"

    def action_check(self):
        """At once where the file is small, else in the background."""
        for job in self:
            job._check_may_work()
            job._expect("draft", "failed")
            job._forget_check()
            if job.file_size <= AT_ONCE_BYTES:
                job._analyse()
            else:
                job._enqueue_check()
        return True

    def _enqueue_check(self):
        self.with_delay(
            identity_key=self._check_key(),
            description=_("%(job)s: check", job=self.name),
        )._analyse()

    def _check_key(self):
        return f"connector_b/{self.id}/check"

    def _forget_check(self):
        """Back to the file alone; what was written of a failed import is not forgotten."""
        self.ensure_one()
        if self.started_at:
            self._expect("draft")
        values = {"check_state": "queued", "failure": False, "file_note": False}
        if self.state == "failed":
            self._move("draft", finished_at=False)
        self.sudo().write(values)
        self.env["connector.import.progress"].sudo().search([("job", "=", self.id)]).unlink()

    def _analyse(self):
        """Read and compare the whole file; of a file that cannot be read nothing is kept."""
        self.ensure_one()
        if not self._take_job():
            raise RetryableJobError("somebody works on the import", ignore_retry=True)
        if self.check_state != "queued":
            return
        self._delete_rows()
        self.sudo().write({"work_started_at": fields.Datetime.now(), "work_total": 0})
        words = self.env["connector.import.problem.text"]
        try:
            with self.env.cr.savepoint():
                facts = self._read_file()
        except SourceError as error:
            self._fail_check(" ".join(words._source_words(error)))
        except UnusableProfile as error:
            self._fail_check("\n".join(error.sentences))
        else:
            self.sudo().write({**facts, "check_state": "done", **self._count_rows()})
            self._check_done()
        self._notify_progress()

    def _check_done(self):
        """The check has ended well: what may follow by itself follows here."""

    def _fail_check(self, sentence):
        self._move("failed", check_state="failed", failure=sentence, **self._count_rows())
        self._message_log(body=sentence)

    def _delete_rows(self):
        self.env["connector.import.row"].flush_model()
        self.env.cr.execute("DELETE FROM connector_import_row WHERE job_id = %s", [self.id])
        self.env["connector.import.row"]._written_by_sql()

    def _read_file(self):
        ctx, target = self._import_context(), self._target()
        Row = self.env["connector.import.row"].sudo()
        watch, seen_ids, sheets, read = self._watch(), set(), {}, 0
        met = FileReading()
        with self._open() as source:
            mapping = ctx.profile._mapping()
            total = sum(each.rows or 0 for each in self._pick_sheets(source, mapping))
            self._report(0, total)
            records = target._gathered(self._records(source, mapping, met))
            for batch in _batches(records):
                outcomes = self._compare_batch(target, ctx, [record for _place, record in batch])
                places = [place for place, _record in batch]
                self._settle_claims(met, outcomes, places)
                Row._insert_outcomes(self, outcomes, places, watch)
                seen_ids |= self._seen(target, ctx, outcomes)
                sheets.update((place.sheet.key, place.sheet) for place in places)
                read += len(batch)
                self._report(read, total)
            facts = self._note_facts(source, sheets.values(), met)
        if not read:
            raise self._nothing_read(met)
        Row._refuse_contradicted(self, met.contradicted)
        self._note_missing(ctx, seen_ids)
        return {**facts, "work_total": read, "finished_at": fields.Datetime.now()}

    def _seen(self, target, ctx, outcomes):
        """Products that the rows mean; a row with a bad price still has its product in the file."""
        seen = {outcome.res_id for outcome in outcomes}
        keys = ctx.profile._key_names()
        bare = [
            Record(
                outcome.number,
                {key: value for key in keys if (value := outcome.record.values.get(key))},
            )
            for outcome in outcomes
            if outcome.action == Action.REFUSED and not outcome.res_id
        ]
        if bare:
            seen |= {each.res_id for each in target._compare(replace(ctx, cache={}), bare)}
        return seen - {None}

    def _compare_batch(self, target, ctx, records):
        outcomes = target._compare(ctx, records)
        for outcome in outcomes:
            if outcome.action != Action.REFUSED and any(
                problem.code is IDENTICAL for problem in outcome.problems
            ):
                outcome.action, outcome.changes = Action.UNCHANGED, []
        return outcomes

    def _report(self, read, total):
        """In the background others ask how far it is; at once, nobody can."""
        if self.env.context.get("job_uuid"):
            self.env["connector.import.progress"]._report(self.id, read, total or 0)


def _batches(records):
    records = iter(records)
    while batch := list(islice(records, BATCH)):
        yield batch
