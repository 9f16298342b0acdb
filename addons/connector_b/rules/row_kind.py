"""Rows that are no goods: the header again, a brand alone in its row, totals."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from .header import Header
from .label import plain
from .source.cell_value import CellValue
from .targets import TARGETS
from .text_cell import one_line
from .vocabulary import JOINED, matches

_TOTAL_BEGINNINGS = ("ит", "Ит", "ИТ", "вс", "Вс", "ВС", "to", "To", "TO", "gr", "Gr", "GR")
_TOTALS = frozenset({"итого", "всего", "итог", "total", "totals", "grand total"})
_LONGEST_GROUP = 80
_TOTAL_WORDS = ("итого ", "всего ", "total ", "grand total ")


class RowKinds:
    """Tells them for one sheet. Cheap for a row of goods: there are a million of those."""

    def __init__(self, header: Header, positions: AbstractSet[int]) -> None:
        self._parts = tuple(frozenset(map(plain, name.split(JOINED))) for name in header.names)
        # One column is looked at first: the last one mapped has text the least often.
        named = [position for position in positions if position < len(self._parts)]
        named = [position for position in named if self._parts[position] != {""}]
        self._probe = max(named, default=-1)
        self._several = len(positions) > 1

    def is_apart(self, cells: tuple[CellValue, ...]) -> bool:
        if self._several and cells.count(None) == len(cells) - 1:
            return True
        first = cells[0]
        if first is None:
            first = next((cell for cell in cells if cell is not None), None)
        if type(first) is str and first.startswith(_TOTAL_BEGINNINGS) and _is_total(first):
            return True
        probe = self._probe
        if probe < 0 or probe >= len(cells) or type(cells[probe]) is not str:
            return False
        return self._is_header(cells)

    def group_name(self, cells: tuple[CellValue, ...]) -> str | None:
        """What a row alone says of those below it; None for a total, the header, a lone number."""
        filled = [cell for cell in cells if cell is not None]
        if len(filled) != 1 or not isinstance(filled[0], str):
            return None
        name = one_line(filled[0])
        if not any(mark.isalpha() for mark in name) or _is_total(name) or _is_sentence(name):
            return None
        if _is_of_header(name):
            return None
        return name

    def _is_header(self, cells: tuple[CellValue, ...]) -> bool:
        parts = self._parts
        probe = cells[self._probe]
        assert isinstance(probe, str)
        if plain(probe) not in parts[self._probe]:
            return False
        same = filled = 0
        for position, cell in enumerate(cells):
            if cell is not None:
                filled += 1
                same += (
                    position < len(parts)
                    and isinstance(cell, str)
                    and plain(cell) in parts[position]
                )
        return same * 2 > filled


def _is_total(text: str) -> bool:
    words = plain(text)
    return words in _TOTALS or words.startswith(_TOTAL_WORDS)


def _is_of_header(text: str) -> bool:
    """ "Цена" alone is the second line of a header, which is often printed on each page again."""
    return any(
        match.why == "name" and TARGETS[match.target].kind.is_number for match in matches(text)
    )


def _is_sentence(text: str) -> bool:
    """Conditions of delivery below the goods are no brand of theirs."""
    return len(text) > _LONGEST_GROUP or (text.endswith((".", "!", "?")) and text.count(" ") > 2)
