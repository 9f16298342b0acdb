"""Workbooks of Excel 5 to 2003 (.xls), row by row."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from . import biff_rows
from .biff_records import Damaged, Record, substream
from .biff_workbook import BiffSheet, Protected, TooManyTexts, read_workbook
from .cell_reference import column_letters
from .cell_value import CellValue
from .compound_file import CompoundFile, NotCompound
from .errors import SourceError
from .limits import Limits
from .source import Facts, MergedRange, SheetInfo, SourceRow

_DAMAGED = (Damaged, NotCompound, struct.error, IndexError, ValueError, OverflowError)


class XlsSource:
    kind = "xls"
    left_out: tuple[str, ...] = ()
    images: Mapping[str, Callable[[], bytes]] = MappingProxyType({})

    def __init__(self, path: Path, file: str, limits: Limits, facts: Facts) -> None:
        self.facts = facts
        self._file = file
        self._limits = limits
        with self._damage_named(""):
            self._compound = CompoundFile(path)
        try:
            self._open()
        except BaseException:
            self._compound.close()
            raise

    def _open(self) -> None:
        # Files for Excel 95 and 97 at once hold both; the newer one is "workbook".
        self._stream = "workbook" if "workbook" in self._compound.names else "book"
        with self._damage_named(""):
            try:
                self._workbook = read_workbook(
                    self._compound.chunks(self._stream), self._limits.max_texts
                )
            except Protected:
                raise SourceError("protected", file=self._file, kind=self.kind) from None
            except TooManyTexts:
                limit = self._limits.max_texts
                raise SourceError(
                    "zip_bomb", file=self._file, member="", reason="texts", found=limit, limit=limit
                ) from None
        self._surveys: dict[str, biff_rows.Survey] = {}
        self.sheets = tuple(
            SheetInfo(sheet.name, sheet.name, self._file, sheet.hidden)
            for sheet in self._workbook.sheets
        )

    def rows(self, sheet_key: str) -> Iterator[SourceRow]:
        sheet = self._sheet(sheet_key)
        in_order = self._survey(sheet).in_order
        with self._damage_named(sheet_key):
            for row, cells in biff_rows.rows(
                self._records(sheet), self._workbook, in_order=in_order
            ):
                yield SourceRow(row + 1, self._spread(sheet_key, row + 1, cells))

    def merged(self, sheet_key: str) -> tuple[MergedRange, ...]:
        return tuple(sorted(self._survey(self._sheet(sheet_key)).merged))

    def close(self) -> None:
        self._compound.close()

    def _spread(
        self, sheet: str, row: int, cells: list[tuple[int, CellValue]]
    ) -> tuple[CellValue, ...]:
        last = max(column for column, _value in cells)
        limits = self._limits
        if last >= limits.max_columns:
            raise self._refusal(
                "too_many_columns",
                sheet,
                row,
                column=column_letters(last),
                limit=limits.max_columns,
            )
        values: list[CellValue] = [None] * (last + 1)
        for column, value in cells:
            values[column] = value
            if isinstance(value, str) and len(value) > limits.max_cell:
                raise self._refusal("cell_too_long", sheet, row, limit=limits.max_cell)
        return tuple(values)

    def _survey(self, sheet: BiffSheet) -> biff_rows.Survey:
        known = self._surveys.get(sheet.name)
        if known is None:
            with self._damage_named(sheet.name):
                known = biff_rows.survey(self._records(sheet))
            self._surveys[sheet.name] = known
        return known

    def _records(self, sheet: BiffSheet) -> Iterator[Record]:
        return substream(self._compound.chunks(self._stream), sheet.begin)

    def _sheet(self, key: str) -> BiffSheet:
        for sheet in self._workbook.sheets:
            if sheet.name == key:
                return sheet
        names = [sheet.name for sheet in self._workbook.sheets]
        raise SourceError("no_such_sheet", file=self._file, sheet=key, sheets=names)

    def _refusal(self, code: str, sheet: str, row: int, **params: object) -> SourceError:
        return SourceError(code, file=self._file, sheet=sheet, row=row, **params)

    @contextmanager
    def _damage_named(self, part: str) -> Iterator[None]:
        try:
            yield
        except _DAMAGED as error:
            raise SourceError(
                "corrupt", file=self._file, kind=self.kind, part=part, detail=str(error)
            ) from None
