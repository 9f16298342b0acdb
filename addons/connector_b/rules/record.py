"""One row of a file as values of targets: what is compared, previewed and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

from .problem import Problem
from .source.cell_value import CellError, CellValue, Percent
from .targets import TARGETS, Kind

Value = str | Decimal | bool | date | None
# What a cell was, for JSON and for the sheet that is given back to be corrected: numbers stay
# numbers, so that the same mapping reads them again.
Raw = str | int | float | bool


class Record:
    """`values` holds only what the row says: what is absent is to be left alone.

    `raw` is the row in the supplier's own columns, by their labels. It is made when asked for:
    of ten thousand unchanged rows nobody asks.

    `parts` are what further rows say of the same thing, each beside `values`: the ranges of a
    lens, which goes in as a whole.
    """

    __slots__ = ("_cells", "_labels", "_raw", "number", "parts", "problems", "values")

    def __init__(
        self,
        number: int,
        values: dict[str, Value],
        raw: dict[str, Raw] | None = None,
        problems: tuple[Problem, ...] = (),
        *,
        cells: tuple[CellValue, ...] = (),
        labels: tuple[str, ...] = (),
        parts: tuple[dict[str, Value], ...] = (),
    ) -> None:
        self.number = number
        self.values = values
        self.problems = problems
        self.parts = parts
        self._raw = raw
        self._cells = cells
        self._labels = labels

    @property
    def raw(self) -> dict[str, Raw]:
        if self._raw is None:
            # A row may end before the header does.
            self._raw = {
                label: raw(cell)
                for label, cell in zip(self._labels, self._cells, strict=False)
                if cell is not None
            }
        return self._raw

    @property
    def refused(self) -> bool:
        return any(problem.refuses for problem in self.problems)

    def key(self, keys: Sequence[str]) -> tuple[str, str] | None:
        """(name, value) of the first of `keys` that the row has."""
        for name in keys:
            value = self.values.get(name)
            if value is not None and value != "":
                return name, str(value)
        return None

    def to_json(self) -> dict[str, Any]:
        data = {
            "number": self.number,
            "values": _values_to_json(self.values),
            "raw": self.raw,
            "problems": [problem.to_json() for problem in self.problems],
        }
        if self.parts:
            data["parts"] = [_values_to_json(part) for part in self.parts]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Record:
        return cls(
            data["number"],
            _values_from_json(data["values"]),
            dict(data.get("raw") or {}),
            tuple(Problem.from_json(problem) for problem in data.get("problems") or ()),
            parts=tuple(_values_from_json(part) for part in data.get("parts") or ()),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._content() == other._content()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Record({self.number}, {self.values}, problems={self.problems})"

    def _content(self) -> tuple[Any, ...]:
        return self.number, self.values, self.raw, self.problems, self.parts


def raw(cell: CellValue) -> Raw:
    """A cell as JSON can hold it; dates and errors as the text a person sees."""
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, Percent):
        return f"{Decimal(repr(float(cell))) * 100:f}%"
    if isinstance(cell, float) and not isfinite(cell):
        return str(cell)
    if isinstance(cell, str) and not cell.isprintable():
        return _storable(cell)
    return "" if cell is None else cell


def _storable(text: str) -> str:
    """Without what JSON in a database refuses: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def shown(cell: CellValue) -> str:
    """A cell as a person sees it, for a problem that quotes it."""
    value = raw(cell)
    if isinstance(value, bool):
        return str(value).upper()
    return str(value)


def _values_to_json(values: Mapping[str, Value]) -> dict[str, str | bool | None]:
    return {name: _to_json(value) for name, value in values.items()}


def _values_from_json(values: Mapping[str, str | bool | None]) -> dict[str, Value]:
    return {name: _from_json(name, value) for name, value in values.items()}


def _to_json(value: Value) -> str | bool | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def _from_json(name: str, value: str | bool | None) -> Value:
    if not isinstance(value, str):
        return value
    kind = TARGETS[name].kind
    if kind.is_number:
        return Decimal(value)
    return date.fromisoformat(value) if kind is Kind.DATE else value
