from odoo import _, api, fields, models
from odoo.tools import formatLang

from ..rules.problem import Code
from ..rules.sample_view import text
from ..rules.targets import is_money

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
# Fields of changes that hold money.
MONEY = ("list_price", "lst_price", "fixed_price", "price", "standard_price")
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
        domain = self._tile_domain(which)
        rows = self._preview_page(offset, limit, domain=domain)
        # Trying a page may have moved rows from one tile to another.
        total = self.env["connector.import.row"].search_count([("job_id", "=", self.id), *domain])
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

    def _tile_domain(self, which):
        """Of what was to be created or changed, only what was, or still may be."""
        if which in ("created", "changed"):
            return [*VIEWS[which], ("state", "in", self._counted_states())]
        return VIEWS[which]

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
            "problems": self._preview_problems(row),
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
                    **self._preview_money(row, each),
                }
                for each in row.changes
                if each["new"] not in said
            ]
        if row.action not in ("create", "refused"):
            return []
        values = (row.values or {}).get("values") or {}
        return [
            {
                "label": names.get(target, target),
                "old": None,
                "new": self._file_value(row, target, values),
            }
            for target in FIRST_VALUES
            if values.get(target) not in (None, "")
        ][:MOST_VALUES]

    @api.model
    def _preview_money(self, row, change):
        """Both sides of a price as people write money; nothing for what is no money."""
        if change["field"] not in MONEY:
            return {}
        return {
            f"{side}_text": self._money(row, change["field"], change[side], change["old"] is None)
            for side in ("old", "new")
        }

    @api.model
    def _money(self, row, field, amount, is_new):
        if not isinstance(amount, (int, float)) or isinstance(amount, bool):
            return ""
        job = row.job_id
        currency = job.company_id.currency_id
        if field == "fixed_price":
            currency = job.profile_id.pricelist_id.currency_id or currency
        if field == "price":
            said = self._said_currency((row.values or {}).get("values") or {})
            offered = said or job.profile_id.currency_id or currency
            # A price that a supplier had already stays in the currency it was kept in, unless
            # the row says another.
            known = said or is_new or offered == currency
            currency = offered if known else self.env["res.currency"]
        return formatLang(self.env, amount, digits=2, currency_obj=currency or None)

    @api.model
    def _said_currency(self, values):
        """The one that stands in the row itself."""
        code = values.get("currency")
        Currency = self.env["res.currency"]
        return Currency.search([("name", "=", code)], limit=1) if code else Currency

    @api.model
    def _file_value(self, row, target, values):
        shown = text(values[target])
        if not is_money(target):
            return shown
        job = row.job_id
        currency = self._said_currency(values)
        currency = currency or job.profile_id.currency_id or job.company_id.currency_id
        try:
            return formatLang(self.env, float(shown), digits=2, currency_obj=currency)
        except ValueError:
            return shown

    @api.model
    def _preview_problems(self, row):
        """Each once: rows of one lens may all say the same."""
        told = {}
        for problem in map(self._preview_problem, row.problems or []):
            told.setdefault(problem["message"], problem)
        return list(told.values())

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
