"""A row of an OpenDocument table while its cells come in, one by one with their repetitions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .cell_value import ERROR_TEXTS, CellError, CellValue, Percent, number_of, text
from .iso_moment import from_duration, from_iso
from .source import MergedRange

_FAILED = re.compile(r"Err:\d+|" + "|".join(map(re.escape, sorted(ERROR_TEXTS))))
_MOST = 1 << 24
_MAX_MERGED = 100_000


@dataclass(frozen=True)
class OdsRow:
    """`cells` are value and how often; `times` is how often the whole row stands there."""

    number: int
    times: int
    cells: list[tuple[CellValue, int]]


@dataclass
class OdsTable:
    name: str
    style: str
    merged: list[MergedRange] = field(default_factory=list)


class RowCells:
    """Of one row; names of attributes come without prefixes."""

    def __init__(self, row: int, times: int, merged: list[MergedRange]) -> None:
        self._row = row
        self._times = times
        self._merged = merged
        self._column = 0
        self._filled = 0
        self._cells: list[tuple[CellValue, int]] = []

    def finished(self) -> OdsRow | None:
        """None for an empty row."""
        return OdsRow(self._row, self._times, self._cells) if self._cells else None

    def add(self, attributes: dict[str, str], shown: str, *, covered: bool) -> None:
        """A cell as it is written; a covered one lies under a merged cell and shows nothing."""
        times = count(attributes, "number-columns-repeated")
        self.add_value(None if covered else cell_value(attributes, shown), times)
        rows = count(attributes, "number-rows-spanned")
        columns = count(attributes, "number-columns-spanned")
        if (rows > 1 or columns > 1) and len(self._merged) < _MAX_MERGED:
            left = self._column - times
            self._merged.append(
                MergedRange(self._row, left, self._row + rows - 1, left + columns - 1)
            )

    def add_value(self, value: CellValue, times: int) -> None:
        if value is not None:
            if self._column > self._filled:
                self._cells.append((None, self._column - self._filled))
            self._cells.append((value, times))
            self._filled = self._column + times
        self._column += times


def cell_value(attributes: dict[str, str], shown: str) -> CellValue:
    # office:value-type and calcext:value-type end up under one name; the second wins, and it is
    # the one that knows errors.
    kind = attributes.get("value-type", "")
    if kind == "error" or ("formula" in attributes and _FAILED.fullmatch(shown)):
        return CellError(shown)
    if kind in ("float", "currency", "percentage") and "value" in attributes:
        return number_value(attributes["value"], kind)
    if kind == "date" and "date-value" in attributes:
        return from_iso(attributes["date-value"]) or text(shown)
    if kind == "time" and "time-value" in attributes:
        return from_duration(attributes["time-value"]) or text(shown)
    if kind == "boolean" and "boolean-value" in attributes:
        return attributes["boolean-value"] == "true"
    return text(attributes.get("string-value") or shown)


def number_value(written: str, kind: str) -> CellValue:
    try:
        value = number_of(written)
    except ValueError:
        return text(written)
    return Percent(value) if kind == "percentage" else value


def count(attributes: dict[str, str], name: str) -> int:
    """A repetition; 1 where it is not said or not believable."""
    given = attributes.get(name, "")
    return max(1, min(int(given), _MOST)) if given.isdecimal() and len(given) < 20 else 1
