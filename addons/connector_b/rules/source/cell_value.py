"""What a cell holds before anybody interprets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from math import isfinite

# What Excel and LibreOffice show where a formula failed; in Russian where they saved it as text.
ERROR_TEXTS = frozenset(
    {
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#ПУСТО!",
        "#ДЕЛ/0!",
        "#ЗНАЧ!",
        "#ССЫЛКА!",
        "#ИМЯ?",
        "#ЧИСЛО!",
        "#Н/Д",
    }
)


@dataclass(frozen=True)
class CellError:
    """A formula that has no value: `#REF!`, `#DIV/0!`, LibreOffice's `Err:502`."""

    text: str


class Percent(float):
    """A number that the spreadsheet shows as per cent: `Percent(0.15)` is seen as 15 %."""

    __slots__ = ()


# A whole number is an int whatever the file keeps it as, any other number a float. A text is
# never empty or blank, such a cell is None; otherwise it is as it stands, blanks around included.
CellValue = None | str | float | int | bool | date | datetime | time | CellError


def number(value: float) -> int | float:
    """12.0 is 12; codes and barcodes are kept as floats by most of the formats."""
    if value.is_integer() and abs(value) < 1 << 53:
        return int(value)
    return value


def number_of(written: str) -> int | float:
    """Of XML; ValueError for what is no number, infinity and the like among it."""
    if written.isdecimal():
        return int(written)
    value = float(written)
    if not isfinite(value) or "_" in written:
        raise ValueError(written)
    return number(value)


def text(value: str) -> str | None:
    """None for a blank one: a row of blanks is an empty row."""
    return value if value and not value.isspace() else None
