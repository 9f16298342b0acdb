import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from odoo import models

from ..rules.best_sheet import best_of
from ..rules.sample_view import READ
from ..rules.source import SourceError, open_source

# Rows above the header, and the header itself.
HEAD = 60


@dataclass(frozen=True)
class Sample:
    """The top of one sheet, and what is known of its file."""

    kind: str
    facts: Any
    sheets: tuple
    sheet: Any
    rows: tuple
    merged: tuple
    left_out: tuple


class ImportWizard(models.TransientModel):
    """The file's first rows. Read again at each change: the reader stops where it has enough."""

    _inherit = "connector.import.wizard"

    def _read_sample(self, asked):
        profile = self._asked_profile(asked)
        with (
            self._path() as path,
            open_source(
                path,
                self.file_name,
                encoding=asked.get("encoding") or profile.encoding or None,
                delimiter=asked.get("delimiter") or profile.delimiter or None,
            ) as source,
        ):
            sheet = self._pick_sheet(source, asked)
            most = max(HEAD, asked.get("header_row") or 0) + READ
            return Sample(
                kind=source.kind,
                facts=source.facts,
                sheets=source.sheets,
                sheet=sheet,
                rows=tuple(islice(source.rows(sheet.key), most)),
                merged=source.merged(sheet.key),
                left_out=source.left_out,
            )

    def _asked_profile(self, asked):
        """The one a person chose, 0 being none; the one the upload began with before that."""
        if asked.get("profile_id") is not None:
            return self.profile_id.browse(asked["profile_id"] or [])
        return self.profile_id

    @contextmanager
    def _path(self):
        """The file on disk; written there for the time being where Odoo keeps it in its base."""
        attachment = self._stored_file()
        if attachment.store_fname:
            yield Path(attachment._full_path(attachment.store_fname))
            return
        with tempfile.NamedTemporaryFile(prefix="price-list-") as copy:
            copy.write(attachment.db_datas or b"")
            copy.flush()
            yield Path(copy.name)

    def _pick_sheet(self, source, asked):
        """The one asked for, the one the profile names, or the one that most looks like goods."""
        sheets = {sheet.key: sheet for sheet in source.sheets}
        if asked.get("sheet") in sheets:
            return sheets[asked["sheet"]]
        shown = [sheet for sheet in source.sheets if not sheet.hidden] or list(source.sheets)
        profile = self._asked_profile(asked)
        mapping = profile._mapping() if profile else None
        if mapping and mapping.sheet:
            shown = [sheet for sheet in shown if mapping.takes_sheet(sheet.title)] or shown
            for sheet in shown:
                if next(iter(source.rows(sheet.key)), None):
                    return sheet
        elif sheet := best_of(source, shown, mapping):
            return sheet
        titles = ", ".join(sheet.title for sheet in source.sheets)
        raise SourceError("no_rows", file=self.file_name, sheets=titles)
