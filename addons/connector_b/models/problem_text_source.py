from odoo import _, api, models


class ImportProblemText(models.AbstractModel):
    """A file that cannot be read, or not any further."""

    _inherit = "connector.import.problem.text"

    @api.model
    def _source_texts(self):
        return {
            **super()._source_texts(),
            "empty_file": (
                _("%(file)s is empty."),
                _("Ask the supplier to send it again, or save it anew and upload that."),
            ),
            "no_rows": (
                _("%(file)s: none of its sheets has a filled cell."),
                _("Check that the right file was sent."),
            ),
            "no_sheets": (
                _("%(file)s has no sheet with rows in it.%(left_out)s"),
                _("Upload a workbook or an archive with price lists: .xlsx, .xls, .ods, .csv."),
            ),
            "protected": (
                _("%(file)s is protected by a password."),
                _("Open it with the password, save it without one and upload that."),
            ),
            "not_what_it_says": (
                _("%(file)s is called “%(extension)s”, but its content is %(found)s."),
                _("Save it as .xlsx, .xls, .ods or .csv in the program it was made with."),
            ),
            "unknown_kind": (
                _("%(file)s is not a price list that can be read: its content is %(found)s."),
                _("Save it as .xlsx, .xls, .ods or .csv and upload that."),
            ),
            "corrupt": (
                _("%(file)s is damaged%(part)s: it cannot be read to its end."),
                _("Download it again, or open it, save it anew and upload that."),
            ),
            "too_big": (
                _("%(file)s has %(size)s; read are files of up to %(limit)s."),
                _("Remove pictures and old sheets, or split the file."),
            ),
            "zip_bomb": (
                _("%(file)s unpacks to more than a price list has%(member)s: %(reason)s."),
                _("Unpack it yourself, look what it is, and upload the price list alone."),
            ),
            "xml_bomb": (
                _("%(file)s: %(part)s declares entities of its own, as attacks do."),
                _("Do not open it; ask the supplier for the file as Excel saves it."),
            ),
            "no_such_sheet": (
                _("%(file)s has no sheet “%(sheet)s”; it has: %(sheets)s."),
                _("Choose one of these, or correct the name of the sheet in the profile."),
            ),
            "too_many_columns": (
                _(
                    "%(file)s, sheet “%(sheet)s”, row %(row)s: column %(column)s is filled; read "
                    "are up to %(limit)s columns."
                ),
                _("Delete what stands to the right of the price list and upload the file again."),
            ),
            "too_many_rows": (
                _(
                    "%(file)s, sheet “%(sheet)s”: row %(row)s is filled; read are up to "
                    "%(limit)s rows."
                ),
                _("Delete what stands below the price list, or split the file."),
            ),
            "cell_too_long": (
                _(
                    "%(file)s, sheet “%(sheet)s”, row %(row)s: a cell is longer than %(limit)s "
                    "characters."
                ),
                _("Shorten it; no name and no price is that long."),
            ),
            "unknown_packing": (
                _("%(file)s: %(member)s is packed in a way that is not read here."),
                _("Pack it again as an ordinary .zip, or upload the price list alone."),
            ),
            "open_quote": (
                _("%(file)s, row %(row)s: a quotation mark is opened there and never closed."),
                _("Correct the row, or choose another delimiter in the profile."),
            ),
            "bad_encoding": (
                _("%(file)s, row %(row)s: %(found)s is no text in %(encoding)s."),
                _("Choose another encoding in the profile, or leave it empty to have it guessed."),
            ),
        }

    @api.model
    def _source_values(self, error):
        values = {
            name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
            for name, value in error.params.items()
        }
        if error.code == "too_big":
            values.update(size=self._size(values["size"]), limit=self._size(values["limit"]))
        if error.code in ("not_what_it_says", "unknown_kind"):
            values["found"] = self._found_name(values["found"])
        if error.code == "corrupt":
            values["part"] = _(", in %(part)s", part=values["part"]) if values["part"] else ""
        if error.code == "no_sheets" and values["left_out"]:
            values["left_out"] = _(" It has: %(names)s.", names=values["left_out"])
        if error.code == "zip_bomb":
            values.update(self._bomb_values(values["reason"], values["member"]))
        return values

    @api.model
    def _bomb_values(self, reason, member):
        reasons = {
            "ratio": _("it was packed too tightly"),
            "total": _("its parts together are too big"),
            "member": _("one part is too big"),
            "members": _("it has too many parts"),
            "texts": _("its texts are too long"),
            "nested": _("it is an archive in an archive"),
        }
        return {
            "reason": reasons.get(reason, reason),
            "member": _(", in %(member)s", member=member) if member else "",
        }

    @api.model
    def _found_name(self, found):
        """What the content turned out to be; the codes are those of rules.source.signature."""
        archive = _("an archive of another kind than .zip")
        text, slides = _("a text document"), _("a presentation")
        names = {
            "": _("of no kind known here"),
            "7z": archive,
            "gzip": archive,
            "rar": archive,
            "doc": text,
            "docx": text,
            "odt": text,
            "rtf": text,
            "ppt": slides,
            "pptx": slides,
            "pdf": _("a PDF document"),
            "image": _("an image"),
            "html": _("a web page"),
            "mhtml": _("a web page"),
            "msg": _("an e-mail"),
            "json": _("JSON data"),
            "xml": _("XML data"),
            "commerceml": _("an exchange file of 1C (CommerceML)"),
            "yml": _("a catalogue for a marketplace (YML)"),
            "xml_2003": _("an XML table of Excel 2003"),
            "old_xls": _("a sheet of a very old Excel"),
            "xlsb": _("a binary workbook (.xlsb)"),
            "numbers": _("a document of Apple Numbers"),
            "dbf": _("a dBase table"),
            "database": _("a database"),
            "program": _("a program"),
        }
        return names.get(found, found)
