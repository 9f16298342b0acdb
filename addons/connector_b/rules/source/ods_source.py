"""OpenDocument spreadsheets (.ods), row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from .cell_reference import column_letters
from .cell_value import CellValue
from .errors import SourceError
from .limits import Limits
from .ods_cells import OdsRow, OdsTable
from .ods_plain import PlainTable, plain_tables
from .ods_rows import OdsReader
from .packed import PackedFile, Unpacked
from .source import Facts, MergedRange, SheetInfo, SourceRow
from .xml_part import XmlPart, check_prolog
from .xml_plain import NotPlain

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"


class OdsSource:
    kind = "ods"
    left_out: tuple[str, ...] = ()
    images: Mapping[str, Callable[[], bytes]] = MappingProxyType({})

    def __init__(
        self,
        path: Path,
        file: str,
        limits: Limits,
        facts: Facts,
        unpacked: Unpacked | None = None,
    ) -> None:
        self.facts = facts
        self._file = file
        self._limits = limits
        self._packed = PackedFile(path, file, self.kind, limits, unpacked)
        try:
            self._open()
        except BaseException:
            self._packed.close()
            raise

    def _open(self) -> None:
        self._refuse_password()
        for name in self._packed.names:
            if name.lower().endswith((".xml", ".rdf")):
                check_prolog(self._packed.chunks(name), self._part(name))
        tables = self._tables()
        hidden = self._hidden_styles()
        self.sheets = tuple(
            SheetInfo(table.name, table.name, self._file, table.style in hidden) for table in tables
        )
        self._merged: dict[str, tuple[MergedRange, ...]] = {}

    def rows(self, sheet_key: str) -> Iterator[SourceRow]:
        wanted = self._wanted(sheet_key)
        told = 0
        try:
            for row in self._plain(wanted).rows(self._packed.chunks(_CONTENT)):
                yield from self._told(sheet_key, row)
                told = row.number
        except NotPlain:
            for row in self._exact_rows(self._reader(wanted)):
                if row.number > told:
                    yield from self._told(sheet_key, row)

    def merged(self, sheet_key: str) -> tuple[MergedRange, ...]:
        known = self._merged.get(sheet_key)
        if known is None:
            wanted = self._wanted(sheet_key)
            try:
                plain = self._plain(wanted)
                for _row in plain.rows(self._packed.chunks(_CONTENT)):
                    """Only passed: merged cells are noted on the way."""
                known = tuple(sorted(plain.merged))
            except NotPlain:
                reader = self._reader(wanted)
                for _row in self._exact_rows(reader):
                    """Likewise."""
                known = tuple(sorted(reader.tables[wanted].merged))
            self._merged[sheet_key] = known
        return known

    def close(self) -> None:
        self._packed.close()

    def _told(self, sheet: str, row: OdsRow) -> Iterator[SourceRow]:
        width = sum(times for _value, times in row.cells)
        last = row.number + row.times - 1
        if width > self._limits.max_columns:
            column = column_letters(width - 1)
            limit = self._limits.max_columns
            raise self._refusal("too_many_columns", sheet, row.number, column=column, limit=limit)
        if last > self._limits.max_rows:
            raise self._refusal("too_many_rows", sheet, last, limit=self._limits.max_rows)
        values: list[CellValue] = []
        for value, times in row.cells:
            if isinstance(value, str) and len(value) > self._limits.max_cell:
                limit = self._limits.max_cell
                raise self._refusal("cell_too_long", sheet, row.number, limit=limit)
            values.extend([value] * times)
        cells = tuple(values)
        for index in range(row.number, last + 1):
            yield SourceRow(index, cells)

    def _tables(self) -> list[OdsTable]:
        """Which tables there are: they stand one behind the other in one part."""
        try:
            return plain_tables(self._packed.chunks(_CONTENT), self._part(_CONTENT))
        except NotPlain:
            reader = self._reader(None)
            for _row in self._exact_rows(reader):
                raise AssertionError("no table was asked for") from None
            return reader.tables

    def _hidden_styles(self) -> set[str]:
        """Styles stand before the first table."""
        reader = self._reader(None)
        for piece in self._packed.chunks(_CONTENT):
            reader.feed(piece)
            if reader.tables:
                break
        return reader.hidden_styles

    def _wanted(self, sheet_key: str) -> int:
        keys = [sheet.key for sheet in self.sheets]
        if sheet_key not in keys:
            raise SourceError("no_such_sheet", file=self._file, sheet=sheet_key, sheets=keys)
        return keys.index(sheet_key)

    def _plain(self, wanted: int) -> PlainTable:
        return PlainTable(wanted, lambda: self._part(_CONTENT), self._limits.max_cell)

    def _reader(self, wanted: int | None) -> OdsReader:
        return OdsReader(self._part(_CONTENT), wanted, self._limits.max_cell)

    def _exact_rows(self, reader: OdsReader) -> Iterator[OdsRow]:
        for piece in self._packed.chunks(_CONTENT):
            reader.feed(piece)
            yield from reader.ready
            reader.ready.clear()
            if reader.over:
                return
        reader.finish()

    def _part(self, name: str) -> XmlPart:
        return XmlPart(self._file, self.kind, name)

    def _refusal(self, code: str, sheet: str, row: int, **params: object) -> SourceError:
        return SourceError(code, file=self._file, sheet=sheet, row=row, **params)

    def _refuse_password(self) -> None:
        if _MANIFEST in self._packed:
            manifest = self._packed.read(_MANIFEST, self._limits.max_image)
            if b"encryption-data" in manifest:
                raise SourceError("protected", file=self._file, kind=self.kind)
