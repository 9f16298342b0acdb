"""The tables of an OpenDocument's content.xml as a stream of rows.

Everything is told by where it stands: a comment, a shape or a nested table inside a cell has
texts too, and none of them is the cell's.
"""

from __future__ import annotations

from .ods_cells import OdsRow, OdsTable, RowCells, count
from .xml_part import XmlPart, local

_TABLE = ("document-content", "body", "spreadsheet", "table")
# Rows and columns may stand in groups, headers and so on.
_GROUPS = frozenset({"table-row-group", "table-header-rows", "table-rows"})
MAX_TABLES = 1_000
_INLINE = frozenset({"span", "a", "ruby", "ruby-base", "meta", "meta-field"})


class OdsReader:
    """Collects tables, hidden styles and the finished rows of one table."""

    def __init__(
        self, part: XmlPart, wanted: int | None, max_cell: int, first_row: int = 1
    ) -> None:
        self.tables: list[OdsTable] = []
        self.hidden_styles: set[str] = set()
        self.ready: list[OdsRow] = []
        self.over = False
        self._wanted = wanted
        self._max_cell = max_cell
        self._part = part
        self._path: list[str] = []
        # How deep the current row, cell and paragraph are; 0 outside of them.
        self._row_depth = self._cell_depth = self._text_depth = 0
        self._style = ""
        self._first_row = self._row = first_row
        self._times = 1
        self._row_cells = RowCells(1, 1, [])
        self._attributes: dict[str, str] = {}
        self._covered = False
        self._lines: list[str] = []
        self._length = 0
        parser = part.parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        self._part.feed(piece)

    def finish(self) -> None:
        self._part.finish()

    @property
    def _reading(self) -> bool:
        return self._wanted is not None and len(self.tables) == self._wanted + 1

    def _start(self, prefixed: str, attributes: dict[str, str]) -> None:
        path = self._path
        name = local(prefixed)
        path.append(name)
        depth = len(path)
        self._part.check_depth(depth)
        if self._cell_depth:
            self._start_inside_cell(name, depth, attributes)
        elif self._row_depth:
            if depth == self._row_depth + 1 and name in ("table-cell", "covered-table-cell"):
                self._cell_depth = depth
                self._covered = name == "covered-table-cell"
                self._attributes = _local(attributes)
                self._lines = []
                self._length = 0
        elif name == "table-row":
            if self._reading and self._is_in_table(path):
                self._row_depth = depth
                self._times = count(_local(attributes), "number-rows-repeated")
                self._row_cells = RowCells(self._row, self._times, self.tables[-1].merged)
        elif name == "table":
            if tuple(path) == _TABLE:
                if len(self.tables) >= MAX_TABLES:
                    raise self._part.corrupt("too many sheets")
                named = _local(attributes)
                self.tables.append(OdsTable(named.get("name", ""), named.get("style-name", "")))
                self._row = self._first_row
        elif name == "style":
            self._style = _local(attributes).get("name", "")
        elif (
            name == "table-properties"
            and len(self.hidden_styles) < MAX_TABLES
            and _local(attributes).get("display") == "false"
        ):
            self.hidden_styles.add(self._style)

    @staticmethod
    def _is_in_table(path: list[str]) -> bool:
        return tuple(path[:4]) == _TABLE and _GROUPS.issuperset(path[4:-1])

    def _start_inside_cell(self, name: str, depth: int, attributes: dict[str, str]) -> None:
        if name == "p" and depth == self._cell_depth + 1:
            self._text_depth = depth
            if self._lines:
                self._lines.append("\n")
            self._part.parser.CharacterDataHandler = self._take
        elif self._text_depth and depth == self._text_depth + 1:
            if name in _INLINE:
                self._text_depth = depth
            elif name == "s":
                self._take(" " * min(count(_local(attributes), "c"), 1000))
            elif name in ("tab", "line-break"):
                self._take("\t" if name == "tab" else "\n")
            else:
                # A note or a shape in the midst of the text.
                self._part.parser.CharacterDataHandler = None

    def _take(self, piece: str) -> None:
        self._length += len(piece)
        # A cell that long is refused by name later; what is beyond is not worth memory.
        if self._length <= self._max_cell + len(piece):
            self._lines.append(piece)

    def _end(self, prefixed: str) -> None:
        depth = len(self._path)
        name = self._path.pop()
        if self._text_depth:
            if depth == self._text_depth:
                inside = depth > self._cell_depth + 1
                self._text_depth = depth - 1 if inside else 0
                if not inside:
                    self._part.parser.CharacterDataHandler = None
            elif depth == self._text_depth + 1:
                self._part.parser.CharacterDataHandler = self._take
        elif depth == self._cell_depth:
            self._cell_depth = 0
            self._end_cell()
        elif depth == self._row_depth:
            self._row_depth = 0
            finished = self._row_cells.finished()
            if finished is not None:
                self.ready.append(finished)
            self._row += self._times
        elif name == "table" and self._reading and len(self._path) == 3:
            self.over = True

    def _end_cell(self) -> None:
        self._row_cells.add(self._attributes, "".join(self._lines), covered=self._covered)


def _local(attributes: dict[str, str]) -> dict[str, str]:
    return {local(key): value for key, value in attributes.items()}
