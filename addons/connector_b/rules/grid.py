"""Sheets of spheres by cylinders: found, and told as ranges of powers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from .grid_axis import Axis, Segment, Side, Span, looks_like, power_of, tell_sides
from .grid_title import facts_of
from .header import letters
from .label import plain
from .record import Value
from .rectangles import Rectangle, rectangles
from .source.cell_value import CellValue
from .source.source import SourceRow

# Fewer cells are a coincidence.
_LEAST_CELLS = 4
_SIDES = (
    (Side.SPH, re.compile(r"\b(?:sph|sphere|сф|сфера|sf)\b")),
    (Side.CYL, re.compile(r"\b(?:cyl|cylinder|цил|цилиндр)\b")),
    (Side.ADD, re.compile(r"\b(?:add|addition|адд|аддидация|аддиция)\b")),
)
_MINUS = re.compile(r"минус|minus|\(\s*[-−–]\s*\)|(?:^|\s)[-−–]\s*$", re.IGNORECASE)
_PLUS = re.compile(r"плюс|plus|\(\s*\+\s*\)|(?:^|\s)\+\s*$", re.IGNORECASE)


class Area(NamedTuple):
    """A rectangle of equal cells: its powers, its value as it stands, and where it stands."""

    sph: Span
    cyl: Span | None
    add: Span | None
    step: Decimal
    value: CellValue
    place: str


@dataclass(frozen=True)
class Grid:
    """`facts` are values of targets that the texts above say. `rows` are the numbers of the rows,
    `columns` the positions of the columns that the two axes stand beside."""

    down: Axis
    across: Axis
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: dict[tuple[int, int], CellValue]
    facts: dict[str, Value] = field(default_factory=dict)

    @property
    def is_clear(self) -> bool:
        """Whether it is known which side is the sphere."""
        return self.down.side is not None and self.across.side is not None

    @property
    def place(self) -> str:
        return self._place(Rectangle(0, 0, len(self.rows) - 1, len(self.columns) - 1))

    def areas(self) -> Iterator[Area]:
        """The largest rectangles of equal value; an empty cell is a power that is not made."""
        for rows in self.down.segments():
            for columns in self.across.segments():
                yield from self._areas(rows, columns)

    def single_cells(self) -> Iterator[Area]:
        """Each power by itself: for a grid of quantities."""
        for (row, column), value in sorted(self.cells.items()):
            yield self._area(Rectangle(row, column, row, column), value, Decimal("0.25"))

    def _areas(self, rows: Segment, columns: Segment) -> Iterator[Area]:
        """A range has one step for both powers. Where the axes have two, the coarser one is taken
        line by line: its powers then are one each, and the finer step holds for them too."""
        step = min(rows.step, columns.step)
        apart_rows = apart_columns = False
        rows_fixed = self.down.is_fixed(rows, columns.step)
        columns_fixed = self.across.is_fixed(columns, rows.step)
        if rows_fixed and columns_fixed:
            apart_rows, apart_columns = rows.step > step, columns.step > step
        elif rows_fixed or columns_fixed:
            step = rows.step if rows_fixed else columns.step
        cells = {
            (row, column): value
            for (row, column), value in self.cells.items()
            if rows.first <= row <= rows.last and columns.first <= column <= columns.last
        }
        keyed = {
            (row, column): (_comparable(value), apart_rows and row, apart_columns and column)
            for (row, column), value in cells.items()
        }
        for rectangle, _key in rectangles(keyed):
            yield self._area(rectangle, cells[rectangle.top, rectangle.left], step)

    def _area(self, rectangle: Rectangle, value: CellValue, step: Decimal) -> Area:
        spans: dict[Side | None, Span] = {
            self.down.side: _hull(self.down.spans[rectangle.top : rectangle.bottom + 1]),
            self.across.side: _hull(self.across.spans[rectangle.left : rectangle.right + 1]),
        }
        return Area(
            spans[Side.SPH],
            spans.get(Side.CYL),
            spans.get(Side.ADD),
            step,
            value,
            self._place(rectangle),
        )

    def _place(self, rectangle: Rectangle) -> str:
        """ "B9:F24", as a spreadsheet calls it."""
        first = f"{letters(self.columns[rectangle.left])}{self.rows[rectangle.top]}"
        last = f"{letters(self.columns[rectangle.right])}{self.rows[rectangle.bottom]}"
        return first if first == last else f"{first}:{last}"


def find_grids(rows: Sequence[SourceRow], *, sheet: str = "") -> list[Grid]:
    """All grids of a sheet, from the top, left to right. `sheet` is its title."""
    found: list[Grid] = []
    common: list[Sequence[CellValue]] = []
    place = top = 0
    while place < len(rows):
        here = []
        for first, last in _runs(rows[place].cells):
            if (each := _grid(rows, place, first, last)) is not None:
                here.append(each)
        if not here:
            place += 1
            continue
        above: list[Sequence[CellValue]] = [row.cells for row in rows[top:place]]
        # What is written once above the first grid holds for those below it, too.
        common = common or [cells for cells in above if len(here) == 1 or _filled(cells) <= 2]
        for grid, _end in here:
            own = [_beside(cells, grid.columns, len(here) > 1) for cells in above]
            grid.facts.update({**facts_of(common, sheet=sheet), **facts_of(own)})
            found.append(grid)
        place = top = max(end for _each, end in here)
    return found


def _runs(cells: Sequence[CellValue]) -> Iterator[tuple[int, int]]:
    """(first, last) positions of powers side by side, with a cell before them that is none."""
    first = None
    for position in range(1, len(cells) + 1):
        is_power = position < len(cells) and power_of(cells[position]) is not None
        if is_power and first is None:
            first = position
        elif not is_power and first is not None:
            if position - first >= 2 and power_of(cells[first - 1]) is None:
                yield first, position - 1
            first = None


def _grid(rows: Sequence[SourceRow], start: int, first: int, last: int) -> tuple[Grid, int] | None:
    """The grid whose columns are named in row `start`, and the place behind its last row."""
    across = [power_of(cell) for cell in rows[start].cells[first : last + 1]]
    columns = [span for span in across if span is not None]
    if not looks_like(columns):
        return None
    numbers, spans, bodies, end = _rows_below(rows, start, first, last)
    if len(spans) < 2 or len(spans) * len(columns) < _LEAST_CELLS:
        return None
    # A cross is "not made" among prices and "made" among nothing else.
    prices = any(isinstance(value, int | float) and value for body in bodies for value in body)
    blanks = _BLANKS | _CROSSES if prices else _BLANKS
    cells = {
        (row, column): value
        for row, body in enumerate(bodies)
        for column, value in enumerate(body)
        if not _is_blank(value, blanks)
    }
    labels = _labels(rows, start, first, last)
    down_side, across_side = tell_sides(spans, columns, (labels[0].side, labels[1].side))
    down = _signed(Axis(down_side, tuple(spans)), labels[0].text)
    return (
        Grid(
            down,
            _signed(Axis(across_side, tuple(columns)), labels[1].text),
            tuple(numbers),
            tuple(range(first, last + 1)),
            cells,
        ),
        end,
    )


def _rows_below(
    rows: Sequence[SourceRow], start: int, first: int, last: int
) -> tuple[list[int], list[Span], list[tuple[CellValue, ...]], int]:
    """As long as each row begins with a power of its own; "минус" alone in a row parts halves."""
    numbers: list[int] = []
    spans: list[Span] = []
    bodies: list[tuple[CellValue, ...]] = []
    sign, place = 1, start + 1
    while place < len(rows):
        cells = rows[place].cells
        span = power_of(cells[first - 1]) if first - 1 < len(cells) else None
        if span is None:
            word = _lone_text(cells)
            if word is None or not spans or not (_MINUS.search(word) or _PLUS.search(word)):
                break
            sign = -1 if _MINUS.search(word) else 1
        else:
            if sign < 0 and span.low > 0:
                span = Span(-span.high, -span.low)
            if span in spans:
                break
            padded = (*cells[first : last + 1], *[None] * (last + 1 - max(len(cells), first)))
            numbers.append(rows[place].number)
            spans.append(span)
            bodies.append(padded[: last - first + 1])
        place += 1
    return numbers, spans, bodies, place


class _Label(NamedTuple):
    side: Side | None
    text: str


def _labels(rows: Sequence[SourceRow], start: int, first: int, last: int) -> tuple[_Label, _Label]:
    """What is written at the corner, above the columns and left of the rows."""
    corner = _text(rows[start].cells, first - 1)
    left = " ".join(
        _text(row.cells, position)
        for row in rows[start : start + 3]
        for position in range(max(first - 2, 0), first - 1)
    )
    above = ""
    if start:
        above = " ".join(
            _text(rows[start - 1].cells, position) for position in range(first - 1, last + 1)
        )
    in_corner = _sides(corner)
    if len(in_corner) > 1:
        # "Sph \ Cyl": the rows are named first.
        return _Label(in_corner[0], ""), _Label(in_corner[1], "")
    across = next((side for side in _sides(above) if side not in in_corner), None)
    down = next(iter(in_corner or _sides(left)), None)
    return _Label(down, corner if in_corner else left), _Label(across, above if across else "")


def _sides(text: str) -> list[Side]:
    words = plain(text)
    found = [(match.start(), side) for side, shape in _SIDES if (match := shape.search(words))]
    return [side for _place, side in sorted(found)]


def _signed(axis: Axis, label: str) -> Axis:
    """ "Cyl (-)" above 0.25, 0.50: the sign is in the label."""
    positive = all(span.low >= 0 for span in axis.spans)
    return axis.negated() if positive and _MINUS.search(label) else axis


def _beside(
    cells: Sequence[CellValue], columns: Sequence[int], several: bool
) -> Sequence[CellValue]:
    """Of texts above grids that stand side by side, those above this one."""
    if not several:
        return cells
    first, last = columns[0] - 1, columns[-1]
    return cells[max(first, 0) : last + 1]


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(low for low, _high in spans), max(high for _low, high in spans))


def _text(cells: Sequence[CellValue], position: int) -> str:
    cell = cells[position] if 0 <= position < len(cells) else None
    return cell if isinstance(cell, str) else ""


def _lone_text(cells: Sequence[CellValue]) -> str | None:
    filled = [cell for cell in cells if cell is not None]
    return filled[0] if len(filled) == 1 and isinstance(filled[0], str) else None


def _filled(cells: Sequence[CellValue]) -> int:
    return len(cells) - cells.count(None)


_BLANKS = frozenset({"", "-", "–", "—", "−", "нет", "n/a", "0"})
_CROSSES = frozenset({"x", "х", "×"})


def _is_blank(cell: CellValue, blanks: frozenset[str]) -> bool:
    """Not made: nothing, a dash, a nought."""
    if cell is None or (isinstance(cell, int | float) and cell == 0):
        return True
    return isinstance(cell, str) and cell.strip().casefold() in blanks


def _comparable(value: CellValue) -> object:
    """1250 and 1250.0 are one price, "1250" may be read otherwise; True is no 1."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    return (type(value).__name__, str(value).strip())
