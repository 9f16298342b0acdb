"""The rows of one .xlsx sheet as the file has them: texts, types and style numbers.

Two ways through the same XML: by patterns where the file is plain (see `xml_plain`), four times
faster than expat can call us; else, from the first row that patterns do not know, by expat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .xml_part import XmlPart, local
from .xml_plain import NotPlain, plain_blocks, unescape

# Column in letters, number of the style, type, <v>, inline <t>; "" for what the file does not say.
RawCell = tuple[str, str, str, str, str]

# As wide as Excel itself goes; a row of more cells is no row.
_WIDEST = 16_384


class RawRow(NamedTuple):
    number: int
    cells: list[RawCell]


Pieces = Callable[[], Iterable[bytes]]

_ROW_START = re.compile(r'<row((?:\s+[\w:]+="[^"]*")*)\s*>')
_ROW_NUMBER = re.compile(r'\sr="(\d{1,7})"')
# Column, style, type, <v>, inline <t>; cells with nothing in them match with all of it empty.
_CELL = re.compile(
    r'<c(?:\s(?:r="([A-Z]{1,3})\d{1,7}"|s="(\d+)"|t="(\w+)"|(?:cm|vm|ph)="[^"]*"))*\s*'
    r"(?:/>|>"
    r"(?:<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))?"
    r'(?:<v(?:\s[^>]*)?>([^<]*)</v>|<v/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?'
    r"</c>)"
)


def raw_rows(pieces: Pieces, new_part: Callable[[], XmlPart], max_cell: int) -> Iterator[RawRow]:
    """Rows in the order of the file, those without cells among them or not."""
    told = 0
    try:
        for row in plain_rows(pieces(), new_part()):
            yield row
            told += 1
    except NotPlain:
        for index, row in enumerate(exact_rows(pieces(), new_part(), max_cell)):
            if index >= told:
                yield row


def plain_rows(pieces: Iterable[bytes], part: XmlPart) -> Iterator[RawRow]:
    """By patterns; raises NotPlain at a row that they do not fit, after all rows before it."""
    number = 0
    empty_before = False
    for block in plain_blocks(pieces, part, "sheetData", "row"):
        *rows, tail = block.split("</row>")
        if "<c" in tail:
            raise NotPlain
        for text in rows:
            # Before it there can only be rows without cells: <row r="7"/>.
            begin = text.rfind("<row")
            start = _ROW_START.match(text, begin) if begin >= 0 else None
            if start is None or text.find("<c", 0, begin) >= 0:
                raise NotPlain
            empty_before = empty_before or "<row" in text[:begin]
            known = _ROW_NUMBER.search(start[1])
            if known is None and empty_before:
                raise NotPlain
            empty_before = False
            number = int(known[1]) if known else number + 1
            cells: list[RawCell] = _CELL.findall(text, start.end())
            if not len(cells) == text.count("<c", start.end()) <= _WIDEST:
                raise NotPlain
            if "&" in text:
                cells = [(c, s, t, unescape(v), unescape(i)) for c, s, t, v, i in cells]
            yield RawRow(number, cells)
        empty_before = "<row" in tail


def exact_rows(pieces: Iterable[bytes], part: XmlPart, max_cell: int) -> Iterator[RawRow]:
    """By expat, whatever the XML looks like."""
    reader = _ExactReader(part, max_cell)
    for piece in pieces:
        part.feed(piece)
        yield from reader.ready
        reader.ready.clear()
    part.finish()
    yield from reader.ready


class _ExactReader:
    def __init__(self, part: XmlPart, max_cell: int) -> None:
        self.ready: list[RawRow] = []
        self._part = part
        self._max_cell = max_cell
        self._path: list[str] = []
        self._number = 0
        self._cells: list[RawCell] = []
        self._cell = ("", "", "")
        self._text: list[str] = []
        self._length = 0
        self._parser = part.parser
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, prefixed: str, attributes: dict[str, str]) -> None:
        path = self._path
        path.append(local(prefixed))
        self._part.check_depth(len(path))
        if len(path) < 3 or path[1] != "sheetData":
            return
        if len(path) == 3:
            self._number = self._row_number(attributes.get("r"))
            self._cells = []
        elif len(path) == 4:
            letters = attributes.get("r", "").rstrip("0123456789")
            self._cell = (letters, attributes.get("s", ""), attributes.get("t", ""))
            self._text = []
            self._length = 0
        elif _carries_text(path):
            self._parser.CharacterDataHandler = self._take

    def _row_number(self, given: str | None) -> int:
        if given is None:
            return self._number + 1
        if not given.isdecimal() or len(given) > 7:
            raise self._part.corrupt(f"row {given[:20]}")
        return int(given)

    def _take(self, text: str) -> None:
        self._length += len(text)
        # A cell that long is refused by name later; what is beyond is not worth memory.
        if self._length <= self._max_cell + len(text):
            self._text.append(text)

    def _end(self, _prefixed: str) -> None:
        path = self._path
        if len(path) > 2 and path[1] == "sheetData":
            if len(path) == 3:
                self.ready.append(RawRow(self._number, self._cells))
            elif len(path) == 4:
                self._cells.append((*self._cell, "".join(self._text), ""))
                if len(self._cells) > _WIDEST:
                    raise self._part.corrupt(f"row {self._number} has no end")
            else:
                self._parser.CharacterDataHandler = None
        path.pop()


def _carries_text(path: list[str]) -> bool:
    """c/v; c/is/t and c/is/r/t, not the reading aid of c/is/rPh/t."""
    return path[4:] in (["v"], ["is", "t"], ["is", "r", "t"])
