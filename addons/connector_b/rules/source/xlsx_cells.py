"""From the cells of an .xlsx as they are written to values, each in its column."""

from __future__ import annotations

from collections.abc import Callable

from . import cell_format
from .cell_reference import column_index, column_letters
from .cell_value import CellError, CellValue, Percent, number_of, text
from .errors import SourceError
from .iso_moment import from_iso
from .limits import Limits
from .serial_date import from_serial
from .text_table import TextTable
from .xlsx_escape import unescaped
from .xlsx_rows import RawCell


class XlsxCells:
    """For one sheet. Called for every row: what is inside the loop is what reading costs."""

    def __init__(
        self,
        texts: TextTable,
        meanings: dict[str, str],
        limits: Limits,
        refusal: Callable[..., SourceError],
        *,
        since_1904: bool,
    ) -> None:
        self._texts = texts
        self._meanings = meanings
        self._limits = limits
        self._refusal = refusal
        self._since_1904 = since_1904
        self._columns: dict[str, int] = {}

    def __call__(self, row: int, cells: list[RawCell]) -> list[CellValue]:
        """Without empty cells at the end; no cell at all in an empty row."""
        values: list[CellValue] = []
        columns = self._columns
        meanings = self._meanings
        column = -1
        for letters, style, kind, content, inline in cells:
            if letters:
                known = columns.get(letters)
                if known is None:
                    known = columns[letters] = column_index(letters)
                column = known
            else:
                column += 1
            value: CellValue
            if not kind and len(content) < 16 and content.isdecimal() and style not in meanings:
                value = int(content)
            elif content or inline:
                value = self._value(row, style, kind, content or inline)
                if value is None:
                    continue
            else:
                continue
            length = len(values)
            if column == length:
                values.append(value)
            elif column < length:
                values[column] = value
            else:
                self._check_column(row, column)
                values.extend([None] * (column - length))
                values.append(value)
        self._check_column(row, len(values) - 1)
        return values

    def _value(self, row: int, style: str, kind: str, content: str) -> CellValue:
        if kind == "s":
            try:
                content = self._texts[int(content)]
            except (ValueError, IndexError):
                detail = f"no text {content[:20]}"
                raise self._refusal("corrupt", detail=detail) from None
        if len(content) > self._limits.max_cell:
            raise self._refusal("cell_too_long", row=row, limit=self._limits.max_cell)
        if kind == "s":
            return text(content)
        if not kind or kind == "n":
            return self._number(style, content)
        if kind == "b":
            return content.strip() in ("1", "true")
        if kind == "e":
            return CellError(content)
        if kind == "d":
            return from_iso(content) or text(content)
        return text(unescaped(content))

    def _number(self, style: str, content: str) -> CellValue:
        try:
            value = number_of(content)
        except ValueError:
            # Some programs write what they like into <v>.
            return text(content)
        meaning = self._meanings.get(style)
        if meaning is None:
            return value
        if meaning == cell_format.PERCENT:
            return Percent(value)
        moment = from_serial(value, self._since_1904)
        return value if moment is None else moment

    def _check_column(self, row: int, column: int) -> None:
        limit = self._limits.max_columns
        if column >= limit:
            letters = column_letters(column)
            raise self._refusal("too_many_columns", row=row, column=letters, limit=limit)
