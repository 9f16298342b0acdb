"""The rows of one .xls sheet."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import isfinite

from . import biff_records as biff
from . import cell_format
from .biff_records import Record
from .biff_strings import byte_text, unicode_text
from .biff_workbook import BiffWorkbook
from .cell_value import CellError, CellValue, Percent, number, text
from .serial_date import from_serial
from .source import MergedRange

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}

_CELL = struct.Struct("<HHH")
_DOUBLE = struct.Struct("<d")
_NUMBER = struct.Struct("<HHHd")
_RK = struct.Struct("<HHHi")
_SHARED = struct.Struct("<HHHI")
_MERGED = struct.Struct("<HHHH")
_SINGLE = biff.FORMULAS | {
    biff.NUMBER,
    biff.RK,
    biff.SHARED_TEXT,
    biff.LABEL,
    biff.RICH_LABEL,
    biff.BOOL_OR_ERROR,
}

# Row and column from 0, as the records have them.
Cell = tuple[int, int, CellValue]


@dataclass
class Survey:
    """What must be known of a sheet before its first row."""

    in_order: bool = True
    merged: list[MergedRange] = field(default_factory=list)


def survey(records: Iterable[Record]) -> Survey:
    """Excel writes row by row; a program may have written column by column."""
    found = Survey()
    last = -1
    for kind, data in records:
        if kind in _SINGLE or kind == biff.MULTIPLE_RK:
            row = data[0] | data[1] << 8
            if row < last:
                found.in_order = False
            last = row
        elif kind == biff.MERGED:
            for begin in range(2, len(data) - 7, 8):
                top, bottom, left, right = _MERGED.unpack_from(data, begin)
                found.merged.append(MergedRange(top + 1, left, bottom + 1, right))
    return found


def rows(
    records: Iterable[Record], workbook: BiffWorkbook, *, in_order: bool
) -> Iterator[tuple[int, list[tuple[int, CellValue]]]]:
    """Row from 0 and its filled cells."""
    cells: Iterable[Cell] = _cells(records, workbook)
    cells = (cell for cell in cells if cell[2] is not None)
    if not in_order:
        # 65,536 rows are the most there can be: few enough to hold, once in a hundred files.
        cells = sorted(cells, key=lambda cell: cell[:2])
    row = -1
    line: list[tuple[int, CellValue]] = []
    for cell_row, column, value in cells:
        if cell_row != row:
            if line:
                yield row, line
            row, line = cell_row, []
        line.append((column, value))
    if line:
        yield row, line


def _cells(records: Iterable[Record], workbook: BiffWorkbook) -> Iterator[Cell]:
    texts = workbook.texts
    formats = _Formats(workbook)
    waiting: tuple[int, int] | None = None
    for kind, data in records:
        if kind == biff.SHARED_TEXT:
            row, column, _style, index = _SHARED.unpack_from(data)
            yield row, column, text(texts[index])
        elif kind == biff.NUMBER:
            row, column, style, value = _NUMBER.unpack_from(data)
            yield row, column, formats.shown(style, value)
        elif kind == biff.RK:
            row, column, style, packed = _RK.unpack_from(data)
            yield row, column, formats.shown(style, unpacked(packed))
        elif kind == biff.MULTIPLE_RK:
            row, column = struct.unpack_from("<HH", data)
            for offset, begin in enumerate(range(4, len(data) - 7, 6)):
                style, packed = struct.unpack_from("<Hi", data, begin)
                yield row, column + offset, formats.shown(style, unpacked(packed))
        elif kind in biff.FORMULAS:
            row, column, style = _CELL.unpack_from(data)
            waiting = (row, column)
            yield row, column, formats.result(style, data[6:14])
        elif kind == biff.TEXT_OF_FORMULA and waiting is not None:
            yield *waiting, text(formats.written(data, 0))
            waiting = None
        elif kind in (biff.LABEL, biff.RICH_LABEL):
            row, column, _style = _CELL.unpack_from(data)
            yield row, column, text(formats.written(data, 6))
        elif kind == biff.BOOL_OR_ERROR:
            row, column, _style = _CELL.unpack_from(data)
            yield row, column, _bool_or_error(data[6], bool(data[7]))


class _Formats:
    def __init__(self, workbook: BiffWorkbook) -> None:
        self._meanings = workbook.meanings
        self._since_1904 = workbook.since_1904
        self._is_unicode = workbook.is_unicode
        self._encoding = workbook.encoding

    def shown(self, style: int, value: float) -> CellValue:
        if not isfinite(value):
            return CellError("#NUM!")
        meaning = self._meanings.get(style)
        if meaning is None:
            return number(value)
        if meaning == cell_format.PERCENT:
            return Percent(value)
        moment = from_serial(value, self._since_1904)
        return number(value) if moment is None else moment

    def result(self, style: int, data: bytes) -> CellValue:
        """Of a formula; None for a text, which follows in a record of its own."""
        if data[6:8] != b"\xff\xff":
            return self.shown(style, _DOUBLE.unpack(data)[0])
        if data[0] in (1, 2):
            return _bool_or_error(data[2], data[0] == 2)
        return None

    def written(self, data: bytes, begin: int) -> str:
        if self._is_unicode:
            return unicode_text(data, begin, 2)
        return byte_text(data, begin, 2, self._encoding)


def _bool_or_error(value: int, is_error: bool) -> CellValue:
    return CellError(ERRORS.get(value, f"#{value}")) if is_error else bool(value)


def unpacked(packed: int) -> float:
    """A number in 30 bits: an integer or the upper part of a double, perhaps in hundredths."""
    value: float
    if packed & 2:
        value = packed >> 2
    else:
        value = _DOUBLE.unpack(b"\0\0\0\0" + (packed & ~3 & 0xFFFFFFFF).to_bytes(4, "little"))[0]
    return value / 100 if packed & 1 else float(value)
