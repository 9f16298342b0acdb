"""The tables of a content.xml by patterns, where it is written as LibreOffice writes it.

See `xml_plain`; a row that the patterns do not know (paragraphs, notes, formatted text) is given
to the exact reader alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from .cell_value import text
from .ods_cells import OdsRow, OdsTable, RowCells, count, number_value
from .ods_rows import MAX_TABLES, OdsReader
from .source import MergedRange
from .xml_part import XmlPart
from .xml_plain import NotPlain, plain_blocks, unescape

_WIDEST = 16_384
_OUTER, _INNER = "office:spreadsheet", "table:table-row"
_END = "</table:table-row>"
_ATTRIBUTES = r'((?:\s+[\w:.-]+="[^"]*")*)\s*'
_TABLE_EDGE = re.compile(r"<(/?)table:table(?=[\s/>])")
_TABLE_START = re.compile(rf"<table:table{_ATTRIBUTES}>")
_ROW_START = re.compile(rf"<table:table-row{_ATTRIBUTES}(/?)>")
_ROW_BEGINS = re.compile(r"<table:table-row(?=[\s/>])")
_CELL = re.compile(
    rf"<table:(covered-)?table-cell{_ATTRIBUTES}"
    r"(?:/>|>(?:<text:p(?:\s[^>]*)?>([^<]*)</text:p>)?</table:(?:covered-)?table-cell>)"
)
_CELL_BEGINS = re.compile(r"<table:(?:covered-)?table-cell(?=[\s/>])")
_ATTRIBUTE = re.compile(r'(?:[\w.-]+:)?([\w.-]+)="([^"]*)"')
_NUMBER = re.compile(
    r'(?: table:style-name="[^"]*")? office:value-type="(float|currency|percentage)"'
    r'(?: office:currency="[^"]*")? office:value="([^"]*)"'
    r'(?: calcext:value-type="(?:float|currency|percentage)")?'
)
_TEXT = re.compile(
    r'(?: table:style-name="[^"]*")? office:value-type="string"(?: calcext:value-type="string")?'
)


def plain_tables(pieces: Iterable[bytes], part: XmlPart) -> list[OdsTable]:
    """Which tables there are, without looking into them."""
    tables: list[OdsTable] = []
    depth = 0
    for block in plain_blocks(pieces, part, _OUTER, _INNER):
        for edge in _TABLE_EDGE.finditer(block):
            if edge[1]:
                depth -= 1
                continue
            depth += 1
            start = _TABLE_START.match(block, edge.start())
            if start is None or depth != 1 or len(tables) >= MAX_TABLES:
                raise NotPlain
            attributes = _attributes(start[1])
            tables.append(OdsTable(attributes.get("name", ""), attributes.get("style-name", "")))
    if not tables:
        # Under another prefix, perhaps.
        raise NotPlain
    return tables


class PlainTable:
    """The rows of one table, told by its place among the tables."""

    def __init__(self, wanted: int, new_part: Callable[[], XmlPart], max_cell: int) -> None:
        self.merged: list[MergedRange] = []
        self._wanted = wanted
        self._new_part = new_part
        self._max_cell = max_cell
        self._row = 1
        # Attributes that make an empty or textual cell of one column, as they return in each row.
        self._of_texts: set[str] = set()

    def rows(self, pieces: Iterable[bytes]) -> Iterator[OdsRow]:
        table = -1
        for block in plain_blocks(pieces, self._new_part(), _OUTER, _INNER):
            *rows, tail = block.split(_END)
            # Behind the last end of a row there are at most rows without cells.
            if "table-cell" in tail:
                raise NotPlain
            for written in rows:
                begin = written.rfind("<table:table-row")
                starts = [edge for edge in _TABLE_EDGE.finditer(written, 0, begin) if not edge[1]]
                table += len(starts)
                if table > self._wanted:
                    return
                if table == self._wanted:
                    yield from self._row_of(written, starts[-1].end() if starts else 0, begin)

    def _row_of(self, written: str, first: int, last: int) -> Iterator[OdsRow]:
        """The row that begins at `last`; between `first` and it only rows without cells."""
        start = None
        for found in _ROW_BEGINS.finditer(written, first):
            start = _ROW_START.match(written, found.start())
            if start is None or bool(start[2]) != (found.start() != last):
                raise NotPlain
            if start[2]:
                self._row += count(_attributes(start[1]), "number-rows-repeated")
        if start is None:
            raise NotPlain
        times = count(_attributes(start[1]), "number-rows-repeated")
        row = self._plain_row(written, start.end(), times)
        if row is None:
            yield from self._exact_row(written[last:])
        elif finished := row.finished():
            yield finished
        self._row += times

    def _plain_row(self, written: str, begin: int, times: int) -> RowCells | None:
        row = RowCells(self._row, times, self.merged)
        found = _CELL.findall(written, begin)
        # As many as begin: none has a note in it, or a second paragraph.
        if not len(found) == len(_CELL_BEGINS.findall(written, begin)) <= _WIDEST:
            return None
        for covered, attributes, shown in found:
            if not covered and attributes in self._of_texts:
                row.add_value(text(unescape(shown)), 1)
                continue
            number = _NUMBER.fullmatch(attributes)
            if number is not None and not covered:
                row.add_value(number_value(number[2], number[1]), 1)
                continue
            if not covered and _TEXT.fullmatch(attributes) and len(self._of_texts) < 1000:
                self._of_texts.add(attributes)
            row.add(_attributes(attributes), unescape(shown), covered=bool(covered))
        return row

    def _exact_row(self, written: str) -> Iterator[OdsRow]:
        """The row alone, in a document of its own."""
        reader = OdsReader(self._new_part(), 0, self._max_cell, first_row=self._row)
        reader.feed(
            (
                "<document-content><body><spreadsheet><table>"
                f"{written}{_END}</table></spreadsheet></body></document-content>"
            ).encode()
        )
        reader.finish()
        self.merged.extend(reader.tables[0].merged)
        yield from reader.ready


def _attributes(written: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)}
