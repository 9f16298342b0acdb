from odoo import http
from odoo.http import content_disposition, request
from odoo.tools.mimetypes import guess_mimetype


class ImportDownloadController(http.Controller):
    """Hands out the refused rows of an import; the workbook is made for this answer."""

    @http.route(
        "/connector_b/import/<int:import_id>/refused.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def refused(self, import_id):
        job = request.env["connector.import.job"].browse(import_id).exists()
        if not job:
            raise request.not_found()
        job.check_access_rights("read")
        job.check_access_rule("read")
        name, content = job._refused_file()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", guess_mimetype(content)),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
