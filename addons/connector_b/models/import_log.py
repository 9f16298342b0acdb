from odoo import api, fields, models, tools

from ..rules.problem import Code, Severity


class ImportLog(models.Model):
    """What is wrong with which row, and what to do.

    A view over the rows, so that it never contradicts them: a row that the preview found bad, a
    row that a repeated check found good again. The words are said when they are read, in the
    reader's language.
    """

    _name = "connector.import.log"
    _description = "Price List Log"
    _auto = False
    _order = "job_id desc, position, id"
    _rec_name = "message"
    _depends = {
        "connector.import.row": [
            "job_id",
            "sheet",
            "number",
            "position",
            "key",
            "name",
            "problems",
            "attention",
            "state",
            "shift_percent",
            "margin_percent",
        ]
    }

    job_id = fields.Many2one(comodel_name="connector.import.job", readonly=True)
    row_id = fields.Many2one(
        comodel_name="connector.import.row", string="Row and Its Values", readonly=True
    )
    company_id = fields.Many2one(related="job_id.company_id")
    sheet = fields.Char(readonly=True)
    number = fields.Integer(string="Row", readonly=True)
    position = fields.Integer(readonly=True)
    key = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    severity = fields.Selection(
        selection=[("refused", "Refused"), ("warning", "Warning")], readonly=True
    )
    code = fields.Char(readonly=True)
    target = fields.Char(readonly=True)
    field = fields.Char(compute="_compute_words")
    column = fields.Char(readonly=True)
    value = fields.Char(readonly=True)
    params = fields.Json(readonly=True)
    message = fields.Char(string="What Is Wrong", compute="_compute_words")
    remedy = fields.Char(string="What to Do", compute="_compute_words")

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        warnings = tuple(str(code) for code in Code if code.severity is Severity.WARNING)
        # The problems of a row, then the one of a row that nobody accepted. Their ids count the
        # problems of a row: a row has fewer than a hundred columns that can be wrong.
        self.env.cr.execute(
            f"""
            CREATE VIEW {self._table} AS
            SELECT r.id::bigint * 100 + p.position AS id, r.job_id, r.id AS row_id, r.sheet,
                   r.number, r.position, r.key, r.name,
                   CASE WHEN p.problem ->> 'code' IN %s THEN 'warning'
                        ELSE 'refused' END AS severity,
                   p.problem ->> 'code' AS code, p.problem ->> 'target' AS target,
                   p.problem ->> 'column' AS column, p.problem ->> 'value' AS value,
                   p.problem -> 'params' AS params
              FROM connector_import_row r,
                   jsonb_array_elements(r.problems) WITH ORDINALITY AS p (problem, position)
             WHERE r.problems IS NOT NULL AND p.position < 99
             UNION ALL
            SELECT r.id::bigint * 100 + 99, r.job_id, r.id, r.sheet, r.number, r.position,
                   r.key, r.name, 'refused', 'not_accepted', 'list_price', NULL, NULL,
                   jsonb_build_object(
                       'shift', round(r.shift_percent::numeric, 1),
                       'margin', round(r.margin_percent::numeric, 1)
                   )
              FROM connector_import_row r
             WHERE r.attention AND r.state = 'skipped'
            """,  # pylint: disable=E8103
            [warnings],
        )

    @api.depends("code", "target", "column", "value", "params")
    @api.depends_context("lang")
    def _compute_words(self):
        words = self.env["connector.import.problem.text"]
        names = words._target_names()
        for line in self:
            line.field = names.get(line.target, line.target or "")
            line.message, line.remedy = words._words(
                line.code, line.target, line.column, line.value, line.params
            )
