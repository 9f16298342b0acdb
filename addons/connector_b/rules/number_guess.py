"""How the numbers of a file are written, judged by the texts that can mean one thing only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .number_format import AUTO, NumberFormat
from .number_text import LONGEST_TEXT, ordinary
from .source.cell_value import CellValue

_BODY = re.compile(r"[+-]?\d[\d .,']*\d|\d", re.ASCII)
_GROUPS = re.compile(r"\d{1,3}(?:([ .,'])\d{3})+(?:([.,])\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d+([.,])(\d+)", re.ASCII)


def guess_number_format(values: Iterable[CellValue]) -> NumberFormat:
    """ "auto" where nothing tells: a spreadsheet's own numbers need no format.

    A text that could mean two things ("1.234") is read as the others of its kind show.
    """
    decimals = {",": 0, ".": 0}
    thousands: dict[str, int] = {}
    for value in values:
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            continue
        found = _BODY.search(ordinary(value))
        if not found:
            continue
        decimal, thousand = _signs(found[0].lstrip("+-"))
        if decimal:
            decimals[decimal] += 1
        if thousand:
            thousands[thousand] = thousands.get(thousand, 0) + 1
    decimal = _winner(decimals)
    thousand = _winner(thousands)
    if decimal == AUTO and thousand in (".", ","):
        decimal = "," if thousand == "." else "."
    return NumberFormat(decimal, AUTO if thousand == decimal else thousand)


def guess_fraction(values: Iterable[CellValue]) -> bool:
    """Whether a column of percentages holds 0.2 for 20 %; per cent signs say it does not."""
    numbers = [
        float(value)
        for value in values
        if type(value) in (int, float) and isinstance(value, int | float)
    ]
    return any(number % 1 for number in numbers) and all(-1 < number < 1 for number in numbers)


def _signs(body: str) -> tuple[str, str]:
    """(decimal, thousands) that this text alone proves; "" for what it leaves open."""
    if plain := _PLAIN.fullmatch(body):
        sign, places = plain[1], plain[2]
        whole = body.partition(sign)[0]
        # 0.125 and 1250.500 have no thousands, 1.234 may.
        sure = len(places) != 3 or len(whole) > 3 or whole.startswith("0")
        return (sign, "") if sure else ("", "")
    groups = _GROUPS.fullmatch(body)
    if not groups:
        return "", ""
    thousand, decimal = groups[1], groups[2] or ""
    return ("", "") if thousand == decimal else (decimal, thousand)


def _winner(counts: dict[str, int]) -> str:
    """The sign that all but a few slips of the finger show."""
    total = sum(counts.values())
    if not total:
        return AUTO
    sign = max(counts, key=lambda each: counts[each])
    return sign if counts[sign] * 10 >= total * 9 else AUTO
