import io
import json

from odoo import api, models

from .import_outcome import Action, Undo

COLUMNS = (
    "job_id",
    "sheet",
    "number",
    "position",
    "action",
    "state",
    "key",
    "name",
    "unit",
    "values",
    "changes",
    "problems",
    "shift_percent",
    "margin_percent",
    "attention",
    "below_floor",
    "res_model",
    "res_id",
)
# What is only read of a row before its chunk is compared again.
PENDING_COLUMNS = (
    "id",
    "position",
    "action",
    "values",
    "attention",
    "accepted",
    "shift_percent",
    "margin_percent",
)
# Actions that an import carries out.
WRITTEN = (str(Action.CREATE), str(Action.CHANGE))
# State of a row when it has just been compared.
FIRST_STATES = {
    Action.CREATE: "pending",
    Action.CHANGE: "pending",
    Action.UNCHANGED: "done",
    Action.REFUSED: "refused",
}
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""})


class ImportRow(models.Model):
    """Rows in bulk: an import has as many as its file, so none of them passes the ORM.

    The table is this addon's own; nothing else listens to it.
    """

    _inherit = "connector.import.row"

    def init(self):
        super().init()
        self.env.cr.execute(
            """
            CREATE INDEX IF NOT EXISTS connector_import_row_of_job
                ON connector_import_row (job_id, action, position);
            CREATE INDEX IF NOT EXISTS connector_import_row_waiting
                ON connector_import_row (job_id, chunk) WHERE state = 'pending';
            CREATE INDEX IF NOT EXISTS connector_import_row_attention
                ON connector_import_row (job_id) WHERE attention;
            CREATE INDEX IF NOT EXISTS connector_import_row_problems
                ON connector_import_row (job_id) WHERE problems IS NOT NULL;
            CREATE INDEX IF NOT EXISTS connector_import_row_record
                ON connector_import_row (res_model, res_id) WHERE state = 'done';
            """
        )

    @api.model
    def _written_by_sql(self):
        """What was read before is no longer so, of the log over the rows neither."""
        self.invalidate_model()
        self.env["connector.import.log"].invalidate_model()

    @api.model
    def _insert_outcomes(self, job, outcomes, places, watch):
        """One COPY; `places` are where the records stand. Rows left alone keep only their name."""
        lines = io.StringIO()
        for outcome, place in zip(outcomes, places, strict=True):
            lines.write("\t".join(self._copy_cells(job, outcome, place, watch)))
            lines.write("\n")
        lines.seek(0)
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        self.env.cr.copy_expert(f"COPY connector_import_row ({names}) FROM STDIN", lines)
        self._written_by_sql()

    @api.model
    def _copy_cells(self, job, outcome, place, watch):
        unchanged = outcome.action == Action.UNCHANGED
        attention = below_floor = False
        if outcome.action in WRITTEN:
            attention, below_floor = job._attention(outcome, watch)
        return (
            str(job.id),
            _text(place.label),
            str(outcome.number - place.base),
            str(outcome.number),
            str(outcome.action),
            FIRST_STATES[outcome.action],
            _text(outcome.key),
            _text(outcome.name),
            _text(outcome.unit),
            "\\N" if unchanged else _text(_dump(outcome.record.to_json())),
            _text(_json(outcome.changes)),
            _text(_json(outcome.problems)),
            _number(outcome.shift_percent),
            _number(outcome.margin_percent),
            "t" if attention else "f",
            "t" if below_floor else "f",
            _text(outcome.res_model),
            _number(outcome.res_id),
        )

    @api.model
    def _refuse_contradicted(self, job, problems):
        """`{position: Problem}` of rows that a later one contradicts: they are kept by then."""
        if not problems:
            return
        self.env.cr.execute_values(
            """
            UPDATE connector_import_row AS r
               SET action = 'refused', state = 'refused', changes = NULL,
                   attention = FALSE, below_floor = FALSE,
                   problems = COALESCE(r.problems, '[]'::jsonb) || v.problems::jsonb
              FROM (VALUES %s) AS v (job_id, position, problems)
             WHERE r.job_id = v.job_id AND r.position = v.position AND r.action <> 'missing'
            """,
            [(job.id, position, _json([problem])) for position, problem in problems.items()],
            page_size=1000,
        )
        self._written_by_sql()

    @api.model
    def _take_pending(self, job, chunk):
        """The rows of a chunk that wait, locked: whoever finds them locked comes again later."""
        names = ", ".join(f'"{name}"' for name in PENDING_COLUMNS)
        self.env.cr.execute(
            f"""
            SELECT {names} FROM connector_import_row
             WHERE job_id = %s AND chunk = %s AND state = 'pending'
             ORDER BY position, id
               FOR NO KEY UPDATE NOWAIT
            """,  # pylint: disable=E8103
            [job.id, chunk],
            log_exceptions=False,
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _take_written(self, job, chunk):
        """The same for the rows of a chunk that are to be taken back."""
        self.env.cr.execute(
            """
            SELECT id FROM connector_import_row
             WHERE job_id = %s AND chunk = %s AND state = 'done'
             ORDER BY position DESC, id DESC
               FOR NO KEY UPDATE NOWAIT
            """,
            [job.id, chunk],
            log_exceptions=False,
        )
        return self.browse([row_id for (row_id,) in self.env.cr.fetchall()])

    @api.model
    def _update_outcomes(self, updates):
        """`[(row id, state, outcome)]`, after rows are compared anew and written."""
        if not updates:
            return
        self.env.cr.execute_values(
            """
            UPDATE connector_import_row AS r
               SET action = v.action, state = v.state, name = v.name,
                   changes = v.changes::jsonb, problems = v.problems::jsonb,
                   shift_percent = v.shift::float8, margin_percent = v.margin::float8,
                   res_model = v.res_model, res_id = v.res_id::int4,
                   before = v.before::jsonb, after = v.after::jsonb
              FROM (VALUES %s) AS v (id, action, state, name, changes, problems, shift, margin,
                                     res_model, res_id, before, after)
             WHERE r.id = v.id
            """,
            [
                (
                    row_id,
                    str(outcome.action),
                    state,
                    outcome.name or None,
                    _json(outcome.changes),
                    _json(outcome.problems),
                    outcome.shift_percent,
                    outcome.margin_percent,
                    outcome.res_model,
                    outcome.res_id,
                    _dump(outcome.before),
                    _dump(outcome.after),
                )
                for row_id, state, outcome in updates
            ],
            page_size=1000,
        )
        self._written_by_sql()

    @api.model
    def _update_tried(self, job, updates):
        """`[(row id, outcome)]` of the preview: as above, and what a person has to accept."""
        self._update_outcomes(
            [(row_id, FIRST_STATES[outcome.action], outcome) for row_id, outcome in updates]
        )
        for row_id, outcome in updates:
            attention, below_floor = job._attention(outcome)
            row = self.browse(row_id)
            vals = {"tried": True, "attention": attention, "below_floor": below_floor}
            if row.accepted and not attention:
                vals.update(accepted=False, accepted_by_id=False)
            row.write(vals)

    @api.model
    def _leave_out_pending(self, job):
        """What waits is not going to be written any more."""
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE connector_import_row SET state = 'skipped'
             WHERE job_id = %s AND state = 'pending' AND action IN %s
            """,
            [job.id, WRITTEN],
        )
        self._written_by_sql()

    @api.model
    def _insert_missing(self, job, records):
        values = [
            (job.id, "missing", "pending", record.display_name, record._name, record.id)
            for record in records
        ]
        if values:
            self.env.cr.execute_values(
                """
                INSERT INTO connector_import_row
                    (job_id, action, state, name, res_model, res_id)
                VALUES %s
                """,
                values,
                page_size=1000,
            )
            self._written_by_sql()

    def _note_undone(self, outcomes):
        """`[(row id, Undo, reason)]` as the target answers."""
        if not outcomes:
            return
        self.env.cr.execute_values(
            """
            UPDATE connector_import_row AS r SET state = v.state, reason = v.reason
              FROM (VALUES %s) AS v (id, state, reason)
             WHERE r.id = v.id
            """,
            [
                (row_id, "undone" if what == Undo.UNDONE else "kept", reason or None)
                for row_id, what, reason in outcomes
            ],
            page_size=1000,
        )
        self._written_by_sql()


def _text(value):
    """As COPY takes it."""
    return "\\N" if value is None or value == "" else str(value).translate(_ESCAPES)


def _number(value):
    return "\\N" if value is None else str(value)


def _json(parts):
    """Changes or problems; nothing at all where there are none."""
    return _dump([part.to_json() for part in parts]) if parts else None


def _dump(value):
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
