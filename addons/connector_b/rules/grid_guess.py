"""Whether a sheet is a grid of lenses, and of what: prices, stock, or marks of what is made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from .grid import Grid, find_grids
from .grid_records import MARKS, QUANTITY
from .source.source import SourceRow

# A sheet of which so many filled cells stand in grids is no table.
_SHARE = 0.4
_MOST_ROWS = 2000
# Whole words: Rodenstock makes lenses, and every other supplier is an "Оптика".
_STOCK = re.compile(
    r"\b(?:остат\w*|налич\w*|кол-во|количеств\w*|склад\w*|stock|qty|quantity)\b", re.IGNORECASE
)
_PRICE = re.compile(
    r"\b(?:цен[аыуе]?|прайс\w*|руб\w*|опт|стоимост\w*|price|prices|usd|eur)\b|[₽$€]", re.IGNORECASE
)
_RETAIL = re.compile(r"\b(?:розн\w*|ррц|retail|rrp)\b", re.IGNORECASE)
# A stock lens lies there by the dozen, and costs more than that.
_LEAST_PRICE = 100


def guess_grid(rows: Sequence[SourceRow], *, sheet: str = "") -> str:
    """For `Mapping.grid`; "" where the sheet is a table."""
    sample = list(islice(rows, _MOST_ROWS))
    grids = find_grids(sample, sheet=sheet)
    inside = sum(len(grid.cells) for grid in grids)
    filled = sum(len(row.cells) - row.cells.count(None) for row in sample)
    if not grids or inside < filled * _SHARE:
        return ""
    return _meant(grids, _texts(sample, grids) + [sheet])


def _meant(grids: Sequence[Grid], texts: Sequence[str]) -> str:
    values = [value for grid in grids for value in grid.cells.values()]
    if not any(isinstance(value, int | float) or _has_digit(value) for value in values):
        return MARKS
    said = " ".join(texts)
    if _PRICE.search(said):
        return "list_price" if _RETAIL.search(said) else "supplier_price"
    numbers = sorted(value for value in values if isinstance(value, int | float))
    dear = bool(numbers) and numbers[len(numbers) // 2] >= _LEAST_PRICE
    if _STOCK.search(said) and not dear:
        return QUANTITY
    if {str(value) for value in values} == {"1"}:
        return MARKS
    return "supplier_price"


def _has_digit(value: object) -> bool:
    return any(mark.isdecimal() for mark in str(value))


def _texts(rows: Sequence[SourceRow], grids: Sequence[Grid]) -> list[str]:
    inside = {number for grid in grids for number in grid.rows}
    return [
        cell
        for row in rows
        if row.number not in inside
        for cell in row.cells
        if isinstance(cell, str)
    ]
