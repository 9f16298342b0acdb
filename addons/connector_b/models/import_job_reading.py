from dataclasses import replace
from itertools import chain, islice

from odoo import _, models

from ..rules.grid import find_grids
from ..rules.grid_records import grid_records
from ..rules.header import DEEPEST, find_header, header_at
from ..rules.problem import Code
from ..rules.source import SourceError
from ..rules.spreadsheet_text import GUARD, restored
from .import_outcome import Action

# Sheets of powers are a few hundred rows; what is longer is no grid.
LONGEST_GRID = 20_000
CONTRADICTIONS = (Code.DUPLICATE_IN_FILE, Code.DUPLICATE_BARCODE)


class UnusableProfile(Exception):
    """The profile does not fit the file: with it every row would be refused.

    `sentences` say so, one or more.
    """

    def __init__(self, sentences):
        super().__init__(sentences)
        self.sentences = sentences


class SheetReading:
    """One sheet on its way into records.

    `base` makes the numbers of records unique in a file of several sheets: record 1007 of the
    second sheet may stand in row 7.
    """

    def __init__(self, sheet, base, label):
        self.sheet = sheet
        self.base = base
        self.label = label
        # The last row of the header, and how many filled rows stand below it.
        self.header_row = 0
        self.rows_below = 0
        # What is worth saying of the sheet as a whole, no obstacle.
        self.problems = ()


class FileReading:
    """What is met on the way besides the records."""

    def __init__(self):
        self.sheets = []
        self.duplicates = None
        # Number of a record → the problem of a later one that contradicts it, said of it.
        self.contradicted = {}


class ImportJob(models.Model):
    """From sheets to records, as a stream."""

    _inherit = "connector.import.job"

    def _records(self, source, mapping, met):
        """`(SheetReading, Record)` of all rows that are goods; `met` is filled on the way."""
        duplicates = met.duplicates = self._target()._duplicates(mapping.keys)
        base = 0
        for sheet in self._pick_sheets(source, mapping):
            reading, number = SheetReading(sheet, base, self._label(source, sheet)), base
            met.sheets.append(reading)
            read = self._grid_records if mapping.grid else self._table_records
            for record in read(source, reading, mapping):
                number = record.number
                problems = duplicates.problems_of(record)
                self._note_contradicted(met, reading, number, problems)
                record.problems += tuple(self._placed(problem, reading) for problem in problems)
                yield reading, record
            base = number

    def _table_records(self, source, reading, mapping):
        header, rows = self._find_header(source, reading.sheet, mapping)
        bound = mapping.bind(header)
        self._refuse_unusable(bound, reading.sheet)
        reading.header_row = header.last
        reading.problems = bound.problems
        for row in rows:
            reading.rows_below += row.number > header.last
            record = bound.record(_restored(row))
            if record is not None:
                record.number += reading.base
                yield record

    def _grid_records(self, source, reading, mapping):
        """Records of a grid are ranges of powers, numbered one after another."""
        rows = list(islice(source.rows(reading.sheet.key), LONGEST_GRID))
        grids = find_grids(rows, sheet=reading.sheet.title)
        if not grids:
            raise UnusableProfile(
                [
                    _(
                        "%(file)s, sheet “%(sheet)s”: there is no table of spheres and cylinders, "
                        "which the profile expects.",
                        file=self.file_name,
                        sheet=reading.sheet.title,
                    )
                ]
            )
        yield from grid_records(mapping, grids, first=reading.base + 1)

    def _find_header(self, source, sheet, mapping):
        """(header, all rows of the sheet: those that were looked at are not read again)"""
        rows = source.rows(sheet.key)
        head = list(islice(rows, max(DEEPEST, mapping.header_row) + 10))
        merged = source.merged(sheet.key)
        if mapping.header_row:
            header = header_at(head, mapping.header_row, merged)
        else:
            header = find_header(head, merged)
        return header, chain(head, rows)

    def _refuse_unusable(self, bound, sheet):
        if bound.usable:
            return
        words = self.env["connector.import.problem.text"]
        raise UnusableProfile(
            [
                _("%(file)s, sheet “%(sheet)s”:", file=self.file_name, sheet=sheet.title),
                *(
                    " ".join(words._words(**problem.to_json()))
                    for problem in bound.problems
                    if problem.refuses
                ),
            ]
        )

    def _note_contradicted(self, met, reading, number, problems):
        """Of two rows that say different things of one product nobody knows which is right."""
        for problem in problems:
            if problem.code not in CONTRADICTIONS:
                continue
            first = problem.params["first_row"]
            place = number - reading.base
            if first <= reading.base:
                place = _("%(row)s of the sheet “%(sheet)s”", row=place, sheet=reading.label)
            params = {**problem.params, "first_row": place}
            met.contradicted.setdefault(first, replace(problem, params=params))

    def _settle_claims(self, met, outcomes, places):
        """The same for rows of which only the database tells that they mean one product."""
        for outcome, place in zip(outcomes, places, strict=True):
            for position in range(len(outcome.record.problems), len(outcome.problems)):
                problem = outcome.problems[position]
                if problem.code not in CONTRADICTIONS:
                    continue
                if met.duplicates.says_the_same(problem.params["first_row"], outcome.record):
                    outcome.action = Action.UNCHANGED
                    problem = replace(problem, code=Code.DUPLICATE_IDENTICAL)
                else:
                    self._note_contradicted(met, place, outcome.number, [problem])
                outcome.problems[position] = self._placed(problem, place)

    def _nothing_read(self, met):
        """Why a file whose columns are known has no goods."""
        headed = [reading for reading in met.sheets if reading.header_row]
        if not headed:
            return SourceError("no_rows", file=self.file_name, sheets=[])
        return UnusableProfile([self._no_goods(reading) for reading in headed])

    def _no_goods(self, reading):
        values = {
            "file": self.file_name,
            "sheet": reading.sheet.title,
            "row": reading.header_row,
            "count": reading.rows_below,
        }
        if reading.rows_below:
            return _(
                "%(file)s, sheet “%(sheet)s”: none of the %(count)s rows below the header "
                "(row %(row)s) is taken, the profile leaves them all out. Look through what it "
                "leaves out.",
                **values,
            )
        return _(
            "%(file)s, sheet “%(sheet)s”: there is a header (row %(row)s) but no rows below it. "
            "Check that the right file was sent.",
            **values,
        )

    def _placed(self, problem, reading):
        """With the other row's number as a person finds it."""
        first = problem.params.get("first_row")
        if not reading.base or first is None:
            return problem
        if first > reading.base:
            place = first - reading.base
        else:
            place = _("%(position)s (of the file, in an earlier sheet)", position=first)
        return replace(problem, params={**problem.params, "first_row": place})


def _restored(row):
    """Without the apostrophes that the workbook of refused rows puts before would-be formulas."""
    if not any(type(cell) is str and cell.startswith(GUARD) for cell in row.cells):
        return row
    return row._replace(
        cells=tuple(restored(cell) if type(cell) is str else cell for cell in row.cells)
    )
