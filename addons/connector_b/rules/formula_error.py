"""Formulas that have no value: `#REF!` as the spreadsheet keeps it, or as text in a text file."""

from __future__ import annotations

from .finding import Finding
from .problem import Code
from .source.cell_value import ERROR_TEXTS, CellError, CellValue

# A spreadsheet says errors in its own language.
_ERRORS = (
    ERROR_TEXTS
    | {"#ССЫЛКА!", "#ЗНАЧ!", "#ДЕЛ/0!", "#ИМЯ?", "#ЧИСЛО!", "#ПУСТО!", "#Н/Д"}
    | {"#ПЕРЕНОС!", "#ВЫЧИСЛ!"}
)


def formula_error(cell: CellValue) -> Finding | None:
    """The refusal of a cell that holds an error; None for any other cell."""
    if isinstance(cell, CellError):
        return Finding(Code.CELL_ERROR, {"error": cell.text})
    if not isinstance(cell, str):
        return None
    error = cell.strip()
    if not error.startswith("#") or error.upper() not in _ERRORS:
        return None
    return Finding(Code.CELL_ERROR, {"error": error.upper()})
