import tempfile
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter

from odoo import _, models
from odoo.exceptions import UserError

from ..rules.record import raw
from ..rules.source import CellError, Percent
from ..rules.spreadsheet_text import safe

# Excel takes no more in the name of a sheet, and none of these signs.
LONGEST_TITLE = 31
NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# Excel takes no longer text.
LONGEST_TEXT = 32_000


class ImportJob(models.Model):
    """The refused rows as a workbook in the supplier's own columns, with the reasons beside them:
    corrected there, it goes in again by the same profile."""

    _inherit = "connector.import.job"

    def action_download_log(self):
        self.ensure_one()
        self.check_access_rights("read")
        self.check_access_rule("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/connector_b/import/{self.id}/refused.xlsx",
            "target": "download",
        }

    def _refused_file(self):
        """`(name, bytes)`: a workbook; an archive of them where several files were read.

        Read anew from the supplier's file, so that every cell is what it was.
        """
        self.ensure_one()
        reasons = self._reasons()
        stem = f"{self.name}-{Path(self.file_name).stem}".replace("/", "-")
        with tempfile.TemporaryDirectory(prefix="price-list-") as folder, self._open() as source:
            mapping = self.profile_id._mapping()
            by_file = {}
            for sheet in self._pick_sheets(source, mapping):
                if self._label(source, sheet) in reasons:
                    by_file.setdefault(sheet.file, []).append(sheet)
            paths = []
            for number, sheets in enumerate(by_file.values()):
                paths.append(Path(folder) / f"{number}.xlsx")
                self._write_book(paths[-1], source, sheets, mapping, reasons)
            if len(paths) == 1:
                return f"{stem}.xlsx", paths[0].read_bytes()
            archive = Path(folder) / "refused.zip"
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
                for path, file in zip(paths, by_file, strict=True):
                    packed.write(path, f"{Path(file).stem}.xlsx")
            return f"{stem}.zip", archive.read_bytes()

    def _reasons(self):
        """Sheet → number of a refused row → (number, what is wrong, what to do)"""
        words = self.env["connector.import.problem.text"]
        lines = self.env["connector.import.log"].search_fetch(
            [("job_id", "=", self.id), ("severity", "=", "refused")],
            ["sheet", "number", "code", "target", "column", "value", "params"],
            order="position, id",
        )
        if not lines:
            raise UserError(_("Import %(job)s: no row was refused.", job=self.name))
        said = {}
        for line in lines:
            pair = words._words(line.code, line.target, line.column, line.value, line.params)
            said.setdefault(line.sheet, {}).setdefault(line.number, []).append(pair)
        return {
            sheet: {
                number: (number, *(" ".join(parts) for parts in zip(*pairs, strict=True)))
                for number, pairs in rows.items()
            }
            for sheet, rows in said.items()
        }

    def _write_book(self, path, source, sheets, mapping, reasons):
        book = xlsxwriter.Workbook(
            str(path),
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        titles = (_("Row in the file"), _("What is wrong"), _("What to do"))
        for sheet in sheets:
            said = reasons[self._label(source, sheet)]
            title = sheet.title.translate(NOT_IN_TITLES)[:LONGEST_TITLE]
            page = _Page(book, title, titles)
            if mapping.grid:
                page.write_grid(source.rows(sheet.key), said)
            else:
                header, rows = self._find_header(source, sheet, mapping)
                page.write_table(header, rows, said)
        book.close()


class _Page:
    """A sheet of the workbook. Cells as they were: numbers as numbers, dates as dates, and no
    text that is a formula."""

    def __init__(self, book, title, titles):
        self._page = book.add_worksheet(title or None)
        self._titles = titles
        self._date = book.add_format({"num_format": "dd.mm.yyyy"})
        self._moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        self._time = book.add_format({"num_format": "hh:mm"})
        self._percent = book.add_format({"num_format": "0.00%"})
        self._header = book.add_format({"bold": True})
        self._reason = book.add_format({"font_color": "#B00020", "text_wrap": True})

    def write_table(self, header, rows, reasons):
        """What stands above the goods at its own place, then the refused rows, each with its
        reasons in the three columns behind the last one."""
        last, width = header.last, len(header.names)
        self._set_widths(width)
        self._page.freeze_panes(last, 0)
        line, group = max(last, 1), None
        if not last:
            self._write(0, (), width, self._titles, self._header)
        for row in rows:
            # What a line of the sheet can hold is known from its header.
            cells = row.cells[:width]
            if row.number <= last:
                is_header = row.number == last
                self._write(
                    row.number - 1, cells, width, self._titles if is_header else (), self._header
                )
            elif row.number in reasons:
                if group:
                    self._write(line, group, width)
                    group, line = None, line + 1
                self._write(line, cells, width, reasons[row.number])
                line += 1
            elif sum(cell is not None for cell in cells) == 1:
                # A brand above its frames is said of the refused ones, too.
                group = cells

    def write_grid(self, rows, reasons):
        """A table of powers as it is, every cell of it: reasons below, by the cells they name."""
        line = 0
        for row in rows:
            line = row.number
            self._write(row.number - 1, row.cells, 0)
        self._write(line + 1, (), 0, self._titles, self._header)
        for offset, reason in enumerate(reasons.values(), line + 2):
            self._write(offset, (), 0, reason)

    def _set_widths(self, width):
        self._page.set_column(0, max(width - 1, 0), 14)
        self._page.set_column(width, width, 8)
        self._page.set_column(width + 1, width + 2, 60)

    def _write(self, line, cells, width, reasons=(), style=None):
        for position, cell in enumerate(cells):
            self._write_cell(line, position, cell, style)
        for position, reason in enumerate(reasons, width):
            self._write_cell(line, position, reason, style or self._reason)

    def _write_cell(self, line, position, cell, style):
        page = self._page
        if cell is None:
            return
        if isinstance(cell, bool):
            page.write_boolean(line, position, cell, style)
        elif isinstance(cell, Percent):
            page.write_number(line, position, float(cell), self._percent)
        elif isinstance(cell, int | float):
            page.write_number(line, position, cell, style)
        elif isinstance(cell, datetime | date | time):
            page.write_datetime(line, position, cell, self._style_of(cell))
        elif isinstance(cell, CellError):
            page.write_string(line, position, raw(cell), style)
        else:
            page.write_string(line, position, safe(str(cell))[:LONGEST_TEXT], style)

    def _style_of(self, moment):
        if isinstance(moment, datetime):
            return self._moment
        return self._time if isinstance(moment, time) else self._date
