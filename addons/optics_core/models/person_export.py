import io
import json
import zipfile

from odoo import _, api, fields, models
from odoo.tools import format_date, format_datetime, html2plaintext

from .personal_data import HOLDINGS

# Nothing about the person: keys to doors, bookkeeping of Odoo, copies made for searching.
_LEFT_OUT = {
    "active",
    "commercial_partner_id",
    "invoice_warn",
    "optics_cylinder_sign",
    "partner_share",
    "picking_warn",
    "purchase_warn",
    "type",
    "access_token",
    "complete_name",
    "email_normalized",
    "phone_sanitized",
    "name_searched",
    "phone_digits",
    "signup_token",
    "signup_type",
    "signup_expiration",
    "tracking_token",
    "tracking_selector",
    "message_main_attachment_id",
    "write_uid",
    "write_date",
}


class PersonExport(models.AbstractModel):
    """Everything held about a person, for that person: JSON, a page to read, and the files."""

    _name = "optics.person.export"
    _description = "Export of a Person's Data"

    @api.model
    def _archive(self, request):
        """The ZIP as bytes, made on the spot: no copy of it stays here."""
        partner = request.patient_id.sudo()
        self._journal(partner)
        sections = self._sections(partner)
        files = self._files(partner)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            told = {section["model"]: section["rows"] for section in sections}
            archive.writestr(
                "data.json", json.dumps(told, ensure_ascii=False, indent=2, default=str)
            )
            page = self.env["ir.qweb"]._render(
                "optics_core.person_export",
                {"asked": request, "sections": sections, "files": [f[0] for f in files]},
            )
            archive.writestr("data.html", str(page))
            for name, content in files:
                archive.writestr(f"files/{name}", content)
        return packed.getvalue()

    @api.model
    def _journal(self, partner):
        """The officer hands out medical values: the journal says by what right."""
        prescriptions = partner.with_context(active_test=False).optics_prescription_ids
        self.env["optics.access.log"]._note(
            {
                "res_model": prescription._name,
                "res_id": prescription.id,
                "document": prescription._journal_number(),
                "patient_id": partner.id,
                "way": "export",
                "basis": "request",
            }
            for prescription in prescriptions
        )

    @api.model
    def _sections(self, partner):
        data = self.env["optics.personal.data"]
        log = self.env["optics.access.log"].sudo()
        sections = [self._section(partner)]
        for model in dict.fromkeys(holding.model for holding in HOLDINGS):
            rows = self.env[model].sudo()
            for holding in HOLDINGS:
                if holding.model == model:
                    rows |= data._held(holding, partner)
            sections.append(self._section(rows))
        sections.append(self._section(log.search([("patient_id", "=", partner.id)])))
        sections.append(self._section(self._messages(partner)))
        for model, documents in data._documents_elsewhere(partner).items():
            sections.append(self._references(model, documents))
        return [section for section in sections if section["rows"]]

    def _section(self, records):
        """Every value that is filled in, by technical name, with the label for the page."""
        names = [
            name
            for name, field in records._fields.items()
            if field.store
            and name not in _LEFT_OUT
            and field.type not in ("binary", "one2many", "many2one_reference")
            and not name.startswith(("message_", "activity_"))
        ]
        rows = [
            {
                name: value
                for name in names
                if (value := self._value(record, name)) not in (None, False, "")
            }
            for record in records
        ]
        return {
            "model": records._name,
            "title": records.env["ir.model"]._get(records._name).sudo().name,
            "rows": rows,
            "page": [self._page_row(records, row) for row in rows],
        }

    @api.model
    def _page_row(self, records, row):
        """Label and value as a person reads them; numbers of rows stand in the JSON only."""
        labels = records.fields_get(row, attributes=["string"])
        if records._name == "res.partner":
            labels["name"]["string"] = _("Surname, First Name, Patronymic")
        return [
            (labels[name]["string"], self._page_value(records._fields[name], value))
            for name, value in row.items()
            if name != "id"
        ]

    @api.model
    def _page_value(self, field, value):
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return format_datetime(self.env, value, dt_format="short")
        return "✓" if value is True else value

    @api.model
    def _value(self, record, name):
        field = record._fields[name]
        value = record[name]
        if field.type == "html":
            return value and html2plaintext(value)
        if field.type in ("date", "datetime"):
            return value and field.to_string(value)
        if field.type == "many2many":
            return ", ".join(value.mapped("display_name"))
        if field.type == "boolean":
            return value
        return field.convert_to_export(value, record)

    @api.model
    def _references(self, model, documents):
        """Papers of accounting and stock by name only: the shop keeps them by law."""
        names = documents.mapped("display_name")
        return {
            "model": model,
            "title": self.env["ir.model"]._get(model).sudo().name,
            "rows": [{"name": name} for name in names],
            "page": [[(_("Document"), name)] for name in names],
        }

    @api.model
    def _messages(self, partner):
        """What was written to the person, and on the papers about them."""
        Message = self.env["mail.message"].sudo()
        about = [(partner._name, partner.ids)]
        for holding in HOLDINGS:
            rows = self.env["optics.personal.data"]._held(holding, partner)
            about.append((rows._name, rows.ids))
        messages = Message.browse()
        for model, ids in about:
            messages |= Message.search([("model", "=", model), ("res_id", "in", ids)])
        return messages

    @api.model
    def _files(self, partner):
        attachments = self._attachments(partner)
        return [
            (f"{one.id}-{(one.name or 'file').replace('/', '_')}", one.raw)
            for one in attachments
            if one.raw
        ]

    @api.model
    def _attachments(self, partner):
        """Scans, photos and letters that hang on the person or on their papers."""
        Attachment = self.env["ir.attachment"].sudo()
        held = {partner._name: set(partner.ids)}
        for holding in HOLDINGS:
            rows = self.env["optics.personal.data"]._held(holding, partner)
            held.setdefault(rows._name, set()).update(rows.ids)
        found = Attachment.browse()
        for model, ids in held.items():
            # `id` in the domain: Odoo hides the files of binary fields otherwise.
            found |= Attachment.search(
                [
                    ("id", "!=", 0),
                    ("res_model", "=", model),
                    ("res_id", "in", list(ids)),
                    # Smaller copies of one picture.
                    ("res_field", "not in", [f"image_{size}" for size in (128, 256, 512, 1024)]),
                ]
            )
        return found

    @api.model
    def _file_name(self, request):
        day = fields.Date.to_string(fields.Date.context_today(self))
        return f"{request.name.replace('/', '-')}_{day}.zip"
