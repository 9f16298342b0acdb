"""A table of equal values told in few rectangles."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import NamedTuple


class Rectangle(NamedTuple):
    """Rows and columns, both ends in."""

    top: int
    left: int
    bottom: int
    right: int


def rectangles(cells: Mapping[tuple[int, int], Hashable]) -> list[tuple[Rectangle, Hashable]]:
    """Every cell in exactly one rectangle of its value, the largest taken first."""
    masks: dict[Hashable, dict[int, int]] = {}
    for (row, column), value in cells.items():
        rows = masks.setdefault(value, {})
        rows[row] = rows.get(row, 0) | 1 << column
    found: list[tuple[Rectangle, Hashable]] = []
    for value, rows in masks.items():
        while rows:
            largest = _largest(rows)
            found.append((largest, value))
            _take_out(rows, largest)
    return sorted(found, key=lambda entry: entry[0])


def _largest(rows: dict[int, int]) -> Rectangle:
    """Of all rectangles within the marked cells; a row is a whole number, a bit for a cell."""
    best, area = Rectangle(0, 0, 0, 0), 0
    for top, mask in rows.items():
        common, bottom = mask, top
        while common:
            width, left = _longest_run(common)
            if width * (bottom - top + 1) > area:
                area = width * (bottom - top + 1)
                best = Rectangle(top, left, bottom, left + width - 1)
            bottom += 1
            common &= rows.get(bottom, 0)
    return best


def _longest_run(mask: int) -> tuple[int, int]:
    """(length, lowest bit) of the longest row of ones."""
    length, runs = 0, mask
    while runs:
        last = runs
        runs &= runs >> 1
        length += 1
    return length, (last & -last).bit_length() - 1


def _take_out(rows: dict[int, int], rectangle: Rectangle) -> None:
    width = rectangle.right - rectangle.left + 1
    hole = ((1 << width) - 1) << rectangle.left
    for row in range(rectangle.top, rectangle.bottom + 1):
        rows[row] &= ~hole
        if not rows[row]:
            del rows[row]
