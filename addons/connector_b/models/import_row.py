from odoo import fields, models

ACTIONS = [
    ("create", "Create"),
    ("change", "Change"),
    ("unchanged", "Left alone"),
    ("refused", "Refused"),
    ("missing", "No longer in the file"),
]
STATES = [
    ("pending", "Waiting"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("skipped", "Left out"),
    ("undone", "Taken back"),
    ("kept", "Kept: changed since"),
]


class ImportRow(models.Model):
    """What became of one row of the file. Written in bulk by the import, read by people."""

    _name = "connector.import.row"
    _description = "Row of a Price List"
    _order = "job_id desc, position, id"
    _rec_name = "name"
    # Rows come by the hundred thousand; who and when is the import's.
    _log_access = False

    job_id = fields.Many2one(
        comodel_name="connector.import.job", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="job_id.company_id")
    sheet = fields.Char(readonly=True)
    number = fields.Integer(string="Row", readonly=True, help="Its number in the sheet.")
    position = fields.Integer(
        readonly=True, help="Its number in the file: sheets are counted one after another."
    )
    unit = fields.Char(readonly=True, help="Rows of one unit are written in one chunk.")
    chunk = fields.Integer(readonly=True, help="Rows of one number are written together.")
    action = fields.Selection(selection=ACTIONS, required=True, readonly=True)
    state = fields.Selection(selection=STATES, required=True, readonly=True)
    key = fields.Char(readonly=True, help="By which its product is known.")
    name = fields.Char(readonly=True)
    values = fields.Json(readonly=True, help="What was read from the file.")
    changes = fields.Json(readonly=True, help="Field, label, old and new value.")
    problems = fields.Json(readonly=True)
    shift_percent = fields.Float(string="Price Change, %", readonly=True)
    margin_percent = fields.Float(string="Margin, %", readonly=True)
    attention = fields.Boolean(
        string="To Accept",
        readonly=True,
        help="The price moves further than the profile allows, or the margin falls below its "
        "floor: written only after somebody accepted it.",
    )
    below_floor = fields.Boolean(readonly=True, help="Only an import manager accepts it.")
    accepted = fields.Boolean(readonly=True)
    accepted_by_id = fields.Many2one(comodel_name="res.users", readonly=True)
    tried = fields.Boolean(
        readonly=True, help="The preview wrote it and took it back: it will go in."
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    before = fields.Json(readonly=True)
    after = fields.Json(readonly=True)
    reason = fields.Char(readonly=True, help="Why the row was kept when the import was undone.")
