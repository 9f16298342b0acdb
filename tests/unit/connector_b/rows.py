"""Rows of a sheet, written the way one sees them."""

from __future__ import annotations

from connector_b.rules.header import Header
from connector_b.rules.source.cell_value import CellValue
from connector_b.rules.source.source import SourceRow


def sheet(*rows: tuple[CellValue, ...] | list[CellValue], first: int = 1) -> list[SourceRow]:
    """Numbered from `first`; an empty row counts and is left out, as a source does."""
    found = []
    for number, cells in enumerate(rows, first):
        kept = list(cells)
        while kept and kept[-1] is None:
            kept.pop()
        if kept:
            found.append(SourceRow(number, tuple(kept)))
    return found


def header(*names: str, row: int = 1) -> Header:
    return Header(row, row, names)
