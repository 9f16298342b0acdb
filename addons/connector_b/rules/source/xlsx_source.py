"""Workbooks of Excel 2007 and later (.xlsx, .xlsm), row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from .cell_reference import cell_range
from .errors import SourceError
from .limits import Limits
from .packed import PackedFile, Unpacked
from .source import Facts, MergedRange, SheetInfo, SourceRow
from .xlsx_cells import XlsxCells
from .xlsx_parts import Workbook, read_styles, read_workbook
from .xlsx_rows import raw_rows
from .xlsx_texts import SharedTexts
from .xml_part import XmlPart, check_prolog

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z0-9:$]+)["']""")
_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^<>]*?ref\s*=\s*["']([A-Z0-9:$]+)["']""")
# A price list joins some headers; every cell of a sheet joined is a trick to fill memory.
_MAX_MERGED = 100_000


class XlsxSource:
    kind = "xlsx"
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
        for name in self._packed.names:
            if name.lower().endswith((".xml", ".rels", ".vml")):
                check_prolog(self._packed.chunks(name), self._part(name))
        self._workbook: Workbook = read_workbook(self._packed, self._part)
        self._meanings = read_styles(self._packed, self._part, self._workbook.styles)
        self._texts = SharedTexts(
            self._packed, self._part, self._workbook.shared_texts, self._limits
        )
        self._parts: dict[str, str] = {}
        self._merged: dict[str, tuple[MergedRange, ...]] = {}
        sheets = []
        for sheet in self._workbook.sheets:
            self._parts[sheet.name] = sheet.part
            rows, columns = self._claimed_size(sheet.part)
            sheets.append(
                SheetInfo(sheet.name, sheet.name, self._file, sheet.hidden, rows, columns)
            )
        self.sheets = tuple(sheets)

    def rows(self, sheet_key: str) -> Iterator[SourceRow]:
        part = self._part_of(sheet_key)
        convert = XlsxCells(
            self._texts.table(),
            self._meanings,
            self._limits,
            partial(self._refusal, sheet_key),
            since_1904=self._workbook.since_1904,
        )
        raw = raw_rows(
            lambda: self._packed.chunks(part), lambda: self._part(part), self._limits.max_cell
        )
        for row_number, cells in raw:
            if not cells:
                continue
            values = convert(row_number, cells)
            if values:
                if row_number > self._limits.max_rows:
                    limit = self._limits.max_rows
                    raise self._refusal(sheet_key, "too_many_rows", row=row_number, limit=limit)
                yield SourceRow(row_number, tuple(values))

    def merged(self, sheet_key: str) -> tuple[MergedRange, ...]:
        known = self._merged.get(sheet_key)
        if known is None:
            part = self._part_of(sheet_key)
            known = tuple(sorted(_merged_ranges(self._packed.chunks(part))))
            self._merged[sheet_key] = known
        return known

    def close(self) -> None:
        self._packed.close()

    def _refusal(self, sheet: str, code: str, **params: object) -> SourceError:
        if code == "corrupt":
            return SourceError(code, file=self._file, kind=self.kind, part=sheet, **params)
        return SourceError(code, file=self._file, sheet=sheet, **params)

    def _part(self, name: str) -> XmlPart:
        return XmlPart(self._file, self.kind, name)

    def _part_of(self, sheet_key: str) -> str:
        if sheet_key not in self._parts:
            raise SourceError(
                "no_such_sheet", file=self._file, sheet=sheet_key, sheets=list(self._parts)
            )
        return self._parts[sheet_key]

    def _claimed_size(self, part: str) -> tuple[int | None, int | None]:
        for piece in self._packed.chunks(part):
            found = _DIMENSION.search(piece)
            claimed = cell_range(found[1].decode()) if found else None
            return (claimed[2], claimed[3] + 1) if claimed else (None, None)
        return None, None


def _merged_ranges(pieces: Iterable[bytes]) -> Iterator[MergedRange]:
    """They stand behind the rows; looked for without parsing all that is before them."""
    rest = b""
    count = 0
    for piece in pieces:
        rest += piece
        if b"mergeCell" not in rest:
            rest = rest[-64:]
            continue
        end = 0
        for found in _MERGED.finditer(rest):
            end = found.end()
            claimed = cell_range(found[1].decode())
            if claimed is not None:
                count += 1
                if count > _MAX_MERGED:
                    return
                yield MergedRange(*claimed)
        rest = rest[max(end, len(rest) - 512) :]
