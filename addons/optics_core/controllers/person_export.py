from odoo import http
from odoo.http import content_disposition, request


class PersonExportController(http.Controller):
    """Hands out the archive of a person; it is made for this answer and kept nowhere."""

    @http.route("/optics/person_export/<int:request_id>", type="http", auth="user", methods=["GET"])
    def person_export(self, request_id):
        asked = request.env["optics.person.request"].browse(request_id).exists()
        if not asked:
            raise request.not_found()
        asked.check_access_rights("write")
        asked.check_access_rule("write")
        asked.action_hand_out()
        export = request.env["optics.person.export"]
        archive = export._archive(asked)
        asked._note_handed_out()
        return request.make_response(
            archive,
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition(export._file_name(asked))),
                ("Cache-Control", "no-store"),
            ],
        )
