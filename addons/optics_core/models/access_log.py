from odoo import SUPERUSER_ID, _, api, fields, models
from odoo.exceptions import UserError
from odoo.http import request

WAYS = [
    ("form", "Form"),
    ("list", "List"),
    ("group", "Grouped or counted"),
    ("search", "Search by values"),
    ("export", "Export"),
    ("report", "Print"),
    ("attachment", "Scan or attachment"),
    ("action", "Button"),
    ("rpc", "Another program"),
    ("server", "Server"),
]
# What the web client calls to show something; every other call is a button.
_WAY_OF_METHOD = {
    "web_search_read": "list",
    "search_read": "list",
    "web_read": "form",
    "read": "form",
    "onchange": "form",
    "web_save": "form",
    "web_read_group": "group",
    "read_group": "group",
    "export_data": "export",
}
_WAY_OF_PATH = (
    ("/report/", "report"),
    ("/web/export/", "export"),
    ("/web/content", "attachment"),
    ("/web/image", "attachment"),
    ("/jsonrpc", "rpc"),
    ("/xmlrpc", "rpc"),
)
_PENDING = "optics_core.access_log"


class AccessLog(models.Model):
    """The journal of readings by people outside the care of the patient.

    A line is written in the transaction that read the values: if that is rolled back, the answer
    was an error and nothing was shown. Nobody changes or deletes a line; PostgreSQL refuses too.
    """

    _name = "optics.access.log"
    _description = "Journal of Readings"
    _order = "id desc"
    _rec_name = "document"
    # No create_uid, write_date and the like: a line is written once.
    _log_access = False

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Who",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    read_at = fields.Datetime(string="When", required=True, readonly=True, index=True)
    way = fields.Selection(selection=WAYS, string="How", required=True, readonly=True)
    basis = fields.Selection(
        selection=[
            ("care", "Taken into care"),
            ("request", "Request of the person"),
            ("administrator", "Chain administrator"),
            ("other", "Other"),
        ],
        string="By What Right",
        required=True,
        readonly=True,
    )
    patient_id = fields.Many2one(
        comodel_name="res.partner", readonly=True, index=True, ondelete="restrict"
    )
    document = fields.Char(readonly=True, help="Number of the document, or the fields.")
    res_model = fields.Char(string="Model", required=True, readonly=True)
    # Not a link: the journal outlives a draft.
    res_id = fields.Integer(string="Record", readonly=True)

    def init(self):
        # The patient may change hands only when two cards of one person are merged.
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION optics_access_log_is_final() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'optics.access.log: lines are neither changed nor deleted';
            END
            $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS optics_access_log_is_final ON optics_access_log;
            CREATE TRIGGER optics_access_log_is_final
                BEFORE DELETE OR UPDATE OF
                    id, user_id, read_at, way, basis, document, res_model, res_id
                ON optics_access_log
                FOR EACH ROW EXECUTE FUNCTION optics_access_log_is_final();
            DROP TRIGGER IF EXISTS optics_access_log_is_kept ON optics_access_log;
            CREATE TRIGGER optics_access_log_is_kept
                BEFORE TRUNCATE ON optics_access_log
                FOR EACH STATEMENT EXECUTE FUNCTION optics_access_log_is_final();
            """
        )

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(_("Lines of the journal of readings are never changed."))

    def unlink(self):  # pylint: disable=method-required-super
        raise UserError(_("Lines of the journal of readings are never deleted."))

    @api.model
    def _note(self, readings):
        """Write down readings of the current user, each once, with this transaction.

        :param readings: dictionaries with `res_model`, `res_id`, `patient_id`, `document`; `way`
            and `basis` where they are not what the request and the user tell.
        """
        # The system itself: crons, updates, stored values. `sudo()` on behalf of a person keeps
        # their uid, and what is fetched for a person counts as read by them.
        if self.env.uid == SUPERUSER_ID:
            return
        precommit = self.env.cr.precommit
        pending = precommit.data.setdefault(_PENDING, {})
        if not pending:
            precommit.add(self.sudo()._write_pending)
        for reading in readings:
            what = (reading["res_model"], reading["res_id"], reading["document"])
            pending.setdefault((self.env.uid, *what), reading)

    def _write_pending(self):
        """One insert for all that this transaction has read."""
        pending = self.env.cr.precommit.data.pop(_PENDING, {})
        way = self._way_of_request()
        now = fields.Datetime.now()
        lines = []
        for (uid, *_what), reading in pending.items():
            reader = self.with_user(uid).sudo()
            lines.append(
                {
                    "way": way,
                    "basis": reader._basis(reading["patient_id"]),
                    **reading,
                    "user_id": uid,
                    "read_at": now,
                }
            )
        self.create(lines)

    @api.model
    def _basis(self, patient_id):
        Care = self.env["optics.care"]
        if patient_id and Care.search_count(
            [
                ("patient_id", "=", patient_id),
                ("shop_id", "in", Care._shops_of_user().ids),
                ("is_open", "=", True),
            ],
            limit=1,
        ):
            return "care"
        if self.env.user.has_group("optics_core.group_administrator"):
            return "administrator"
        return "other"

    @api.model
    def _way_of_request(self):
        """How the values left the server, told by the request that is being answered."""
        if not request:
            return "server"
        path = request.httprequest.path
        for beginning, way in _WAY_OF_PATH:
            if path.startswith(beginning):
                return way
        if path.startswith("/web/dataset/"):
            return _WAY_OF_METHOD.get(request.params.get("method"), "action")
        return "server"
