"""A price list before it becomes a file: sheets of lines, made one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum


@dataclass(frozen=True, slots=True)
class FormulaError:
    """A formula that spreadsheets show as #REF! and the like."""

    text: str


Value = None | str | int | Decimal | date | FormulaError


class Look(Enum):
    TITLE = "title"
    HEADER = "header"
    GROUP = "group"
    GOODS = "goods"
    # No values, yet formatted: what is left of rows that somebody cleared.
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Line:
    look: Look
    cells: tuple[Value, ...]
    # How many rows down from this one each column's cell is joined, by column.
    joined_down: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Area:
    """Joined cells; counted from zero, the last row and column included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    lines: Iterator[Line]
    joined: tuple[Area, ...] = ()
    widths: tuple[int, ...] = ()
    # Row of a picture, where suppliers have their logo.
    logo_row: int | None = None
    # Somebody once formatted the last cell that a spreadsheet has.
    far_cell: bool = False
