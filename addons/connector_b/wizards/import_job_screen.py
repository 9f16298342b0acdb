from odoo import _, api, fields, models

from ..rules.problem import Code
from ..rules.sample_view import text

PAGE = 40
# What each tile of the preview shows.
VIEWS = {
    "created": [("action", "=", "create")],
    "changed": [("action", "=", "change")],
    "unchanged": [("action", "=", "unchanged")],
    "refused": [("action", "=", "refused")],
    "attention": [("attention", "=", True)],
    "missing": [("action", "=", "missing")],
}
COUNTS = {
    "created": "count_created",
    "changed": "count_changed",
    "unchanged": "count_unchanged",
    "refused": "count_refused",
    "attention": "attention_count",
    "missing": "count_missing",
}
# What a new product is shown by; the rest is behind the row.
FIRST_VALUES = (
    *("list_price", "supplier_price", "cost", "barcode", "supplier_code", "default_code"),
    *("category", "brand", "quantity"),
)
MOST_VALUES = 5
# Fields that a shop knows by another name than Odoo has for them.
NAMED_AS = {
    "product_code": "supplier_code",
    "product_name": "supplier_name",
    "price": "supplier_price",
    "standard_price": "cost",
    "optics_brand_id": "brand",
    "categ_id": "category",
    "name": "name",
    "list_price": "list_price",
    "barcode": "barcode",
    "default_code": "default_code",
}


class ImportJob(models.Model):
    """The preview, and afterwards the result, as its screen asks for it: tiles and pages."""

    _inherit = "connector.import.job"

    work_started = fields.Boolean(
        compute="_compute_work_started", help="Whether the import has begun to write."
    )

    @api.depends("started_at")
    def _compute_work_started(self):
        for job in self:
            job.work_started = bool(job.started_at)

    def read_preview(self, which=None, offset=0, limit=PAGE):
        """A page of rows of one tile, really tried; without `which` the tile to begin with."""
        self.ensure_one()
        self.check_access_rights("read")
        self.check_access_rule("read")
        which = which or self._first_tile()
        rows = self._preview_page(offset, limit, domain=VIEWS[which])
        # Trying a page may have moved rows from one tile to another.
        total = self.env["connector.import.row"].search_count(
            [("job_id", "=", self.id), *VIEWS[which]]
        )
        return {
            "which": which,
            "total": total,
            "tiles": {name: self[field] for name, field in COUNTS.items()},
            "count_total": self.count_total,
            "floor_count": self.floor_count,
            "is_draft": self.state == "draft",
            "may_pass_floor": self._may_pass_floor(),
            "rows": [self._preview_row(row) for row in rows],
        }

    def _first_tile(self):
        """What a person should look at first."""
        order = ("attention", "changed", "created", "refused", "missing", "unchanged")
        return next((name for name in order if self[COUNTS[name]]), "unchanged")

    def _preview_row(self, row):
        return {
            "id": row.id,
            "number": row.number,
            "key": row.key or "",
            "name": row.name or "",
            "action": row.action,
            "state": row.state,
            "changes": self._preview_changes(row),
            "problems": [self._preview_problem(problem) for problem in row.problems or []],
            "shift": row.shift_percent,
            "margin": row.margin_percent,
            "attention": row.attention,
            "below_floor": row.below_floor,
            "accepted": row.accepted,
            "reason": row.reason or "",
            "res_model": row.res_model or "",
            "res_id": row.res_id or 0,
        }

    @api.model
    def _preview_changes(self, row):
        names = self.env["connector.import.problem.text"]._target_names()
        if row.changes:
            # Of a new product the name and the key stand beside it already.
            said = (row.name, row.key) if row.action == "create" else ()
            return [
                {
                    "label": names.get(NAMED_AS.get(each["field"]), each["label"]),
                    "old": each["old"],
                    "new": each["new"],
                }
                for each in row.changes
                if each["new"] not in said
            ]
        if row.action not in ("create", "refused"):
            return []
        values = (row.values or {}).get("values") or {}
        return [
            {"label": names.get(target, target), "old": None, "new": text(values[target])}
            for target in FIRST_VALUES
            if values.get(target) not in (None, "")
        ][:MOST_VALUES]

    @api.model
    def _preview_problem(self, problem):
        message, remedy = self.env["connector.import.problem.text"]._words(
            **{name: problem.get(name) for name in ("code", "target", "column", "value", "params")}
        )
        return {
            "message": message,
            "remedy": remedy,
            "refuses": Code(problem["code"]).severity == "refused",
        }

    def accept_rows(self, row_ids, accepted=True):
        """A person's yes, or no after all, to prices that move far."""
        self.ensure_one()
        rows = self.env["connector.import.row"].search(
            [("job_id", "=", self.id), ("id", "in", row_ids)]
        )
        return rows.action_accept() if accepted else rows.action_reject()

    def read_progress(self):
        """What the running work has done so far: small, because it is asked for often."""
        self.ensure_one()
        self.check_access_rights("read")
        self.check_access_rule("read")
        return {
            "is_working": self.is_working,
            "progress": self.progress,
            "rows_done": self.rows_done,
            "rows_total": self.work_total,
            "speed": self.speed,
            "seconds_left": self.seconds_left,
            "what": self._work_words(),
        }

    def _work_words(self):
        if self.undo_state == "running":
            return _("Taking back")
        if self.state == "running":
            return _("Importing")
        return _("Reading and comparing the file")
