"""Columns by letters, as people see them, and by number from 0."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_A = ord("A") - 1


def column_index(letters: str) -> int:
    """A is 0, XFD is 16383."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - _A
    return index - 1


def column_letters(index: int) -> str:
    """The other way: 0 is A."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(_A + 1 + rest) + letters
    return letters


def cell_range(reference: str) -> tuple[int, int, int, int] | None:
    """`B2:D7` as first row and column, last row and column; rows from 1, columns from 0."""
    first, _, last = reference.partition(":")
    begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if begin is None or end is None:
        return None
    return int(begin[2]), column_index(begin[1]), int(end[2]), column_index(end[1])
