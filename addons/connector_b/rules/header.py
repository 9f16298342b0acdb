"""The row that says what the columns are, wherever it stands in a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .header_score import is_name, score
from .source.cell_value import CellValue
from .source.source import MergedRange, SourceRow
from .text_cell import one_line
from .vocabulary import JOINED, matches

# How far down a header is looked for, and how many rows below it are asked about it.
DEEPEST = 60
_BELOW = 8
# Goods without a header score less than this.
_LEAST = 1.5


@dataclass(frozen=True)
class Header:
    """`first` and `last` are row numbers as a person counts them; 0 where a file has no header.

    `names` are as found, "" where a column has none; the two rows of a merged header are joined:
    "Цена / опт". Position in `names` = position in `SourceRow.cells`.
    """

    first: int
    last: int
    names: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Names that tell each column from the others: "Цена", "Цена (2)", "D"."""
        seen: dict[str, int] = {}
        labels = []
        for position, name in enumerate(self.names):
            label = name or letters(position)
            seen[label] = seen.get(label, 0) + 1
            while seen[label] > 1 and f"{label} ({seen[label]})" in self.names:
                seen[label] += 1
            labels.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
        return tuple(labels)


def find_header(rows: Sequence[SourceRow], merged: Sequence[MergedRange] = ()) -> Header:
    """The header among the first rows of a sheet, below titles, addresses and logos.

    A list that begins with goods at once has none: `first` and `last` are 0, all names empty.
    """
    best, most = -1, 0.0
    for place, row in enumerate(rows[:DEEPEST]):
        below = [other.cells for other in rows[place + 1 : place + 1 + _BELOW]]
        found = score(row.cells, below)
        if found > most:
            best, most = place, found
    if most < _LEAST:
        return Header(0, 0, ("",) * _width(rows))
    return _header(rows, best, merged)


def header_at(rows: Sequence[SourceRow], number: int, merged: Sequence[MergedRange] = ()) -> Header:
    """The header that a person says stands in row `number`; empty names where that row is empty.

    A second row of a merged header is found by itself.
    """
    for place, row in enumerate(rows):
        if row.number == number:
            return _header(rows, place, merged)
    return Header(number, number, ("",) * _width(rows))


def _header(rows: Sequence[SourceRow], place: int, merged: Sequence[MergedRange]) -> Header:
    width = _width(rows)
    first = last = place
    if place and _is_upper(rows, place, merged):
        first = place - 1
    elif place + 1 < len(rows) and _is_lower(rows, place, merged):
        last = place + 1
    if first == last:
        names = _names(rows[place].cells, width)
    else:
        upper, lower = rows[first], rows[last]
        names = _joined(upper, lower, width, merged)
    numbered = last + 1
    if numbered < len(rows) and _only_counts(rows[numbered].cells):
        last = numbered
    return Header(rows[first].number, rows[last].number, tuple(names))


def _width(rows: Sequence[SourceRow]) -> int:
    return max((len(row.cells) for row in rows), default=0)


def _names(cells: Sequence[CellValue], width: int) -> list[str]:
    names = [one_line(str(cell)) if cell is not None else "" for cell in cells]
    return names + [""] * (width - len(names))


def _is_lower(rows: Sequence[SourceRow], place: int, merged: Sequence[MergedRange]) -> bool:
    """Whether the next row parts columns that this one spans: "опт", "розница" below "Цена"."""
    upper, lower = rows[place], rows[place + 1]
    if lower.number != upper.number + 1:
        return False
    below = [position for position, cell in enumerate(lower.cells) if cell is not None]
    if not all(is_name(lower.cells[position]) for position in below):
        return False
    spans = _spans(upper, merged, len(lower.cells))
    tall = any(each.first_row == upper.number < each.last_row for each in merged)
    if not (spans or tall):
        return False
    # Below a name that spans nothing there is a value, not a part of the header.
    spanned = {position for first, last in spans for position in range(first, last + 1)}
    names = _names(upper.cells, len(lower.cells))
    empty = {position for position, name in enumerate(names) if not name}
    if not set(below) <= spanned | empty:
        return False
    return bool(merged) or _parts_names(names, lower, below)


def _parts_names(names: Sequence[str], lower: SourceRow, below: Sequence[int]) -> bool:
    """A text file shows a merged cell as a blank one, and goods have blanks, too: parts of names
    are known words, and stand below some of the names only."""
    alone = sum(bool(name) for place, name in enumerate(names) if place not in below)
    known = any(_is_known(str(lower.cells[position])) for position in below)
    return alone >= (1 if known else 2)


def _is_upper(rows: Sequence[SourceRow], place: int, merged: Sequence[MergedRange]) -> bool:
    """Whether the row above groups the columns of this one, and is no title over all of them."""
    upper, lower = rows[place - 1], rows[place]
    if lower.number != upper.number + 1:
        return False
    above = [position for position, cell in enumerate(upper.cells) if cell is not None]
    if not above or not all(is_name(upper.cells[position]) for position in above):
        return False
    # A text file does not say what is merged: two sentences in a row are no groups of columns.
    if not merged and not any(_is_known(str(upper.cells[position])) for position in above):
        return False
    spans = _spans(upper, merged, len(lower.cells))
    named = {position for position, cell in enumerate(lower.cells) if cell is not None}
    for first, last in spans:
        covered = named & set(range(first, last + 1))
        if len(covered) > 1 and not named <= set(range(first, last + 1)):
            return len(above) > 1 or bool(merged)
    return False


def _is_known(name: str) -> bool:
    return any(match.why == "name" for match in matches(one_line(name)))


def _spans(row: SourceRow, merged: Sequence[MergedRange], width: int) -> list[tuple[int, int]]:
    """(first, last) columns of names that lie above several; a file that does not know its merged
    cells shows them as blanks behind the name."""
    if merged:
        return [
            (each.first_column, each.last_column)
            for each in merged
            if each.first_row <= row.number <= each.last_row
            and each.last_column > each.first_column
        ]
    filled = [position for position, cell in enumerate(row.cells) if cell is not None]
    behind = [*filled[1:], max(width, len(row.cells))]
    return [
        (position, following - 1)
        for position, following in zip(filled, behind, strict=True)
        if following - position > 1
    ]


def _joined(
    upper: SourceRow, lower: SourceRow, width: int, merged: Sequence[MergedRange]
) -> list[str]:
    tops, bottoms = _names(upper.cells, width), _names(lower.cells, width)
    for first, last in _spans(upper, merged, width):
        for position in range(first + 1, min(last + 1, width)):
            if bottoms[position]:
                tops[position] = tops[position] or tops[first]
    return [
        f"{top}{JOINED}{bottom}" if top and bottom and top != bottom else top or bottom
        for top, bottom in zip(tops, bottoms, strict=True)
    ]


def _only_counts(cells: Sequence[CellValue]) -> bool:
    """A row "1 2 3 4": Russian forms number their columns."""
    counts = [str(cell).strip() for cell in cells if cell is not None]
    return len(counts) >= 3 and counts == [str(number + 1) for number in range(len(counts))]


def letters(position: int) -> str:
    """0 is column A, 26 is AA."""
    text = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        text = chr(ord("A") + letter) + text
    return text


def position_of(column: str) -> int | None:
    """ "A" or "1" is the first column; None for what is no column of a spreadsheet."""
    text = column.strip().upper()
    if text.isascii() and text.isdecimal() and 1 <= len(text) <= 5 and int(text):
        return int(text) - 1
    if not (text.isascii() and text.isalpha() and len(text) <= 3):
        return None
    position = 0
    for letter in text:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
