"""How much a row looks like a header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .source.cell_value import CellValue
from .text_cell import one_line
from .vocabulary import matches

# A header says what something is; longer texts are sentences, addresses, conditions of delivery.
LONGEST_NAME = 80
_NUMBER_LIKE = re.compile(r"[+-]?[\d\s.,'%₽$€()/-]+(?:руб\.?|р\.?|шт\.?)?", re.IGNORECASE)
_SURE = 0.85


def is_name(cell: CellValue) -> bool:
    """Whether a cell could be the name of a column."""
    if not isinstance(cell, str) or len(cell) > 3 * LONGEST_NAME:
        return False
    text = one_line(cell)
    return bool(text) and len(text) <= LONGEST_NAME and not _NUMBER_LIKE.fullmatch(text)


def score(cells: Sequence[CellValue], below: Sequence[Sequence[CellValue]]) -> float:
    """Above 0 for what may be a header; known names count most, then that the columns below are
    filled, and with something else than text."""
    filled = [(position, cell) for position, cell in enumerate(cells) if cell is not None]
    names = [(position, cell) for position, cell in filled if is_name(cell)]
    if len(names) < 2:
        return 0.0
    known: dict[str, float] = {}
    for _position, cell in names:
        for match in matches(one_line(str(cell)))[:1]:
            weight = 1.0 if match.strength >= _SURE else 0.4
            known[match.target] = max(known.get(match.target, 0.0), weight)
    others = len(filled) - len(names)
    different = len({one_line(str(cell)).casefold() for _position, cell in names})
    found = 3.0 * sum(known.values()) + 0.3 * different - 1.5 * others
    found -= 1.0 * (len(names) - different)
    changes = [_changes_below(position, below) for position, _cell in names]
    if not known and 1.0 not in changes:
        # Texts above texts: goods like any other.
        return 0.0
    if below:
        found += 0.5 * sum(changes)
        used = {position for row in below for position, cell in enumerate(row) if cell is not None}
        # A title above three columns of eight is not their header.
        found *= 0.5 + 0.5 * len(used & {position for position, _cell in names}) / max(len(used), 1)
    return found


def _changes_below(position: int, below: Sequence[Sequence[CellValue]]) -> float:
    """1 where a column of numbers begins below, 0.2 where it is at least filled."""
    cells = [row[position] for row in below if position < len(row) and row[position] is not None]
    if not cells:
        return 0.0
    return 1.0 if sum(not is_name(cell) for cell in cells) * 2 > len(cells) else 0.2
