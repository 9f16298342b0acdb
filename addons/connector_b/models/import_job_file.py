import tempfile
from contextlib import contextmanager
from pathlib import Path

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..rules.best_sheet import best_of
from ..rules.source import SourceError, open_source

# What a check has read; the name of the file only names it.
CHECKED = {"file", "profile_id", "sheet_key"}


class ImportJob(models.Model):
    """The file of an import, read from where Odoo keeps it: never as a whole in memory."""

    _inherit = "connector.import.job"

    check_encoding = fields.Char(
        string="Encoding", readonly=True, copy=False, help="Of a .csv file, as it was read."
    )
    check_delimiter = fields.Char(
        string="Delimiter", readonly=True, copy=False, help="Of a .csv file, as it was read."
    )
    check_sheet = fields.Char(string="Sheets Read", readonly=True, copy=False)
    file_note = fields.Text(
        readonly=True, copy=False, help="What is worth knowing about the file, no obstacle."
    )

    @api.model_create_multi
    def create(self, vals_list):
        jobs = super().create(vals_list)
        for job in jobs:
            job.sudo().file_size = job._attachment().file_size
        return jobs

    def write(self, vals):
        """Another file, profile or sheet wants another check; what was imported stays as it is."""
        if vals.keys() & CHECKED:
            for job in self:
                if job.state not in ("draft", "failed") or job.started_at:
                    raise UserError(_("Import %(job)s was started: make a new one.", job=job.name))
        result = super().write(vals)
        if vals.keys() & CHECKED:
            for job in self:
                job._delete_rows()
                job.sudo().write(
                    {
                        "check_state": "none",
                        "file_size": job._attachment().file_size,
                        **job._count_rows(),
                    }
                )
        return result

    def _attachment(self):
        """Of the file; whoever may read the import may read it."""
        self.ensure_one()
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "file"),
                ],
                limit=1,
            )
        )

    @contextmanager
    def _path(self):
        """The file on disk; written there for the time being where Odoo keeps it in its base."""
        attachment = self._attachment()
        if attachment.store_fname:
            yield Path(attachment._full_path(attachment.store_fname))
            return
        with tempfile.NamedTemporaryFile(prefix="price-list-") as copy:
            copy.write(attachment.db_datas or b"")
            copy.flush()
            yield Path(copy.name)

    @contextmanager
    def _open(self):
        profile = self.profile_id
        with (
            self._path() as path,
            open_source(
                path,
                self.file_name,
                encoding=profile.encoding or None,
                delimiter=profile.delimiter or None,
            ) as source,
        ):
            yield source

    def _pick_sheets(self, source, mapping):
        """The sheet that was asked for; all that the profile names; else of each file the one on
        which the profile's columns are, hidden ones left out."""
        if self.sheet_key:
            asked = [sheet for sheet in source.sheets if sheet.key == self.sheet_key]
        elif mapping.sheet:
            asked = [sheet for sheet in self._shown(source) if mapping.takes_sheet(sheet.title)]
            # One sheet leaves nothing to choose, whatever the supplier calls it this time.
            asked = asked or [each for each in source.sheets if len(source.sheets) == 1]
        else:
            sheets_of = {}
            for sheet in self._shown(source):
                sheets_of.setdefault(sheet.file, []).append(sheet)
            asked = [
                sheets[0] if len(sheets) == 1 else best_of(source, sheets, mapping) or sheets[0]
                for sheets in sheets_of.values()
            ]
        if not asked:
            raise SourceError(
                "no_such_sheet",
                file=self.file_name,
                sheet=self.sheet_key or mapping.sheet,
                sheets=[sheet.title for sheet in source.sheets],
            )
        return asked

    def _label(self, source, sheet):
        """What a person calls the sheet; in an archive with the file it is in."""
        return sheet.key if source.kind == "zip" else sheet.title

    def _shown(self, source):
        return [sheet for sheet in source.sheets if not sheet.hidden] or list(source.sheets)

    def _note_facts(self, source, sheets, met):
        facts = source.facts
        words = self.env["connector.import.problem.text"]
        notes = []
        if facts.misnamed:
            notes.append(
                _("The name of the file promises another kind; it was read by its content.")
            )
        if source.left_out:
            notes.append(
                _("Left out of the archive: %(names)s.", names=", ".join(source.left_out[:20]))
            )
        for reading in met.sheets:
            notes += [
                " ".join([f"{reading.label}:", *words._words(**problem.to_json())])
                for problem in reading.problems
            ]
        return {
            "check_encoding": facts.encoding,
            "check_delimiter": facts.delimiter,
            "check_sheet": ", ".join(sheet.title for sheet in sheets)[:500],
            "file_note": "\n".join(notes),
        }
