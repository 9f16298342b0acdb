"""Which sheet of a workbook holds the goods: rarely the one called "Инструкция"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from .grid_guess import guess_grid
from .guess import APPLIED, EMPTY, guess
from .header import DEEPEST, Header, find_header, header_at
from .mapping import Mapping
from .source.source import MergedRange, SheetInfo, Source, SourceRow
from .targets import KEYS, is_money

# How much of each sheet is looked at, and of how many.
LOOKED_AT = DEEPEST + 40
MOST_SHEETS = 30
_ABOUT = re.compile(
    r"инструкц|справк|описани|правила|услови|контакт|оглавлен|содержан|помощь|readme|instruction"
    r"|help\b|about|terms|contents|validation|справочник|список значений",
    re.IGNORECASE,
)
# Of sheets nearly alike the first: a workbook lists frames and then lenses.
_NEARLY = 0.6
# A profile knows its columns better.
_NEARLY_FITS = 0.8
_NAMES = frozenset({*KEYS, "name", "frame_model", "lens_name"})
_GRID = 5.0
_WORTH = 2.0


@dataclass(frozen=True)
class Beginning:
    """The first rows of one sheet."""

    title: str
    rows: Sequence[SourceRow]
    merged: Sequence[MergedRange] = ()


def best_of(
    source: Source, sheets: Sequence[SheetInfo], mapping: Mapping | None = None
) -> SheetInfo | None:
    """`best_sheet` of an opened file; None where none of these has rows."""
    beginnings = (_beginning(source, sheet) for sheet in sheets[:MOST_SHEETS])
    place = best_sheet(beginnings, mapping)
    if place is not None:
        return sheets[place]
    later = (sheet for sheet in sheets[MOST_SHEETS:] if next(source.rows(sheet.key), None))
    return next(later, None)


def _beginning(source: Source, sheet: SheetInfo) -> Beginning:
    rows = tuple(islice(source.rows(sheet.key), LOOKED_AT))
    return Beginning(sheet.title, rows, source.merged(sheet.key))


def best_sheet(sheets: Iterable[Beginning], mapping: Mapping | None = None) -> int | None:
    """The place of the first sheet that is about as good as the best; None where none has rows.

    With a mapping that is the sheet on which it finds the most of its columns.
    """
    worth = [_worth(each, mapping) for each in sheets]
    most = max(worth, default=0.0)
    if most <= 0.0:
        return None
    enough = most * (_NEARLY_FITS if mapping and mapping.columns else _NEARLY)
    return next(place for place, each in enumerate(worth) if each >= enough)


def _worth(sheet: Beginning, mapping: Mapping | None) -> float:
    if not sheet.rows:
        return 0.0
    # Any row is better than none: where nothing is understood a person chooses.
    found = 0.01
    if mapping and mapping.grid:
        found += _GRID * bool(guess_grid(sheet.rows, sheet=sheet.title))
    elif mapping and any(rule.has_column for rule in mapping.columns):
        found += _filled(sheet, mapping)
    elif guess_grid(sheet.rows, sheet=sheet.title):
        found += _GRID
    else:
        found += _guessed(sheet)
    return found * 0.1 if _ABOUT.search(sheet.title) else found


def _filled(sheet: Beginning, mapping: Mapping) -> int:
    """How many columns of the mapping are there with something below their names."""
    header = _header(sheet, mapping)
    rows = [row.cells for row in sheet.rows if row.number > header.last]
    return sum(
        any(position < len(cells) and cells[position] is not None for cells in rows)
        for position in mapping.bind(header).positions.values()
    )


def _header(sheet: Beginning, mapping: Mapping) -> Header:
    if mapping.header_row:
        return header_at(sheet.rows, mapping.header_row, sheet.merged)
    return find_header(sheet.rows, sheet.merged)


def _guessed(sheet: Beginning) -> float:
    """How much is understood; what names goods and what they cost count most."""
    header = find_header(sheet.rows, sheet.merged)
    sure = {
        each.target: each.confidence
        for each in guess(header, sheet.rows)
        if each.target and each.confidence >= APPLIED and EMPTY not in each.why
    }
    worth = sum(sure.values())
    worth += _WORTH * bool(sure.keys() & _NAMES) + _WORTH * any(map(is_money, sure))
    return worth if header.last else worth / 2
