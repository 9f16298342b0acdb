from odoo import _, api, fields, models

# Rows of the import itself, not of the products the file lacks. What waits is going to be created
# or changed, unless the import was cancelled.
COUNTS = {
    "count_total": "action != 'missing'",
    "count_created": "action = 'create' AND state IN %(counted)s",
    "count_changed": "action = 'change' AND state IN %(counted)s",
    "count_unchanged": "action = 'unchanged'",
    "count_refused": "action = 'refused'",
    "count_skipped": "action IN ('create', 'change') AND state NOT IN %(counted)s",
    "count_missing": "action = 'missing'",
    "count_undone": "state = 'undone'",
    "count_kept": "state = 'kept'",
}

# States of rows that the import has written.
CARRIED_OUT = ("done", "undone", "kept")


class ImportJob(models.Model):
    """How much of the work is done, how fast, and what came of it.

    Chunks that run side by side must not write one and the same row, the job's: so what moves
    while they run is counted, and totals are written by the check and by the end.
    """

    _inherit = "connector.import.job"

    count_total = fields.Integer(string="Rows", readonly=True, copy=False)
    count_created = fields.Integer(string="Created", readonly=True, copy=False)
    count_changed = fields.Integer(string="Changed", readonly=True, copy=False)
    count_unchanged = fields.Integer(string="Left Alone", readonly=True, copy=False)
    count_refused = fields.Integer(string="Refused", readonly=True, copy=False)
    count_skipped = fields.Integer(string="Left Out", readonly=True, copy=False)
    count_missing = fields.Integer(string="No Longer in the File", readonly=True, copy=False)
    count_undone = fields.Integer(string="Taken Back", readonly=True, copy=False)
    count_kept = fields.Integer(string="Kept", readonly=True, copy=False)
    attention_count = fields.Integer(string="To Accept", compute="_compute_attention_count")
    floor_count = fields.Integer(
        string="Below the Margin's Floor", compute="_compute_attention_count"
    )

    work_total = fields.Integer(
        readonly=True, copy=False, help="Rows to go through in the work that runs."
    )
    work_started_at = fields.Datetime(readonly=True, copy=False)
    is_working = fields.Boolean(compute="_compute_progress")
    rows_done = fields.Integer(compute="_compute_progress")
    progress = fields.Float(string="Progress, %", compute="_compute_progress")
    speed = fields.Float(string="Rows a Second", compute="_compute_progress")
    seconds_left = fields.Integer(compute="_compute_progress")

    def _compute_attention_count(self):
        groups = self.env["connector.import.row"]._read_group(
            [
                ("job_id", "in", self.ids),
                ("attention", "=", True),
                ("accepted", "=", False),
                ("state", "=", "pending"),
            ],
            ["job_id", "below_floor"],
            ["__count"],
        )
        for job in self:
            mine = [(floor, count) for owner, floor, count in groups if owner == job]
            job.attention_count = sum(count for _floor, count in mine)
            job.floor_count = sum(count for floor, count in mine if floor)

    @api.depends("state", "check_state", "undo_state", "work_total", "work_started_at")
    def _compute_progress(self):
        checks = self.env["connector.import.progress"]._of(self.ids)
        for job in self:
            job.is_working = (
                (job.check_state == "queued" and not job._dead({job._check_key()}))
                or job.state == "running"
                or job.undo_state == "running"
            )
            if job.check_state == "queued":
                done, total = checks.get(job.id, (0, 0))
            else:
                total = job.work_total
                done = total - (job._count_waiting() if job.is_working else 0)
            job.rows_done = done
            job.progress = min(100.0, 100.0 * done / total) if total else 0.0
            job.speed = job._speed(done)
            left = max(total - done, 0)
            job.seconds_left = round(left / job.speed) if job.is_working and job.speed else 0

    def _count_waiting(self):
        """Rows that the running work has still before it."""
        waiting = "done" if self.undo_state == "running" else "pending"
        self.env["connector.import.row"].flush_model(["state"])
        self.env.cr.execute(
            """
            SELECT count(*) FROM connector_import_row
             WHERE job_id = %s AND state = %s AND chunk IS NOT NULL
            """,
            [self.id, waiting],
        )
        return self.env.cr.fetchone()[0]

    def _speed(self, done):
        if not self.work_started_at:
            return 0.0
        end = fields.Datetime.now() if self.is_working else self.finished_at
        seconds = ((end or fields.Datetime.now()) - self.work_started_at).total_seconds()
        return done / max(seconds, 1.0)

    def _count_rows(self):
        """The counts as the rows have them now."""
        filters = ", ".join(f"count(*) FILTER (WHERE {which})" for which in COUNTS.values())
        self.env.cr.execute(
            f"SELECT {filters} FROM connector_import_row WHERE job_id = %(job)s",  # pylint: disable=E8103
            {"job": self.id, "counted": self._counted_states()},
        )
        return dict(zip(COUNTS, self.env.cr.fetchone(), strict=True))

    def _counted_states(self):
        """States of rows that are created or changed: what a cancelled import has not written
        yet, it is not going to write."""
        return CARRIED_OUT if self.state == "cancelled" else ("pending", *CARRIED_OUT)

    def _notify_progress(self):
        """The screens of those who look at the import ask for it again."""
        self.env["bus.bus"]._sendone(
            self.user_id.partner_id, "connector_import_progress", {"job_id": self.id}
        )

    def _summary(self):
        """What was done, in a sentence."""
        return _(
            "%(total)s rows: %(created)s created, %(changed)s changed, %(unchanged)s left alone, "
            "%(refused)s refused, %(skipped)s left out; %(missing)s products of the supplier are "
            "no longer in the file.",
            total=self.count_total,
            created=self.count_created,
            changed=self.count_changed,
            unchanged=self.count_unchanged,
            refused=self.count_refused,
            skipped=self.count_skipped,
            missing=self.count_missing,
        )
