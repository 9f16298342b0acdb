"""What stands between the cells of a text: the character that cuts most rows into equally many."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter

DELIMITERS = (";", ",", "\t", "|")

_ROWS = 300
# Excel's own hint on the first line of a file.
_HINT = re.compile(r"\ufeff?sep=(.)\r?\n?", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<![\d,])\d[\d \xa0]*,\d{1,2}(?![\d,])")
_QUOTED = re.compile(r'"[^"]*"')


def delimiter_hint(line: str) -> str | None:
    """What the line `sep=;` says; such a line is no row of the table."""
    found = _HINT.fullmatch(line)
    return found[1] if found else None


def guess_delimiter(sample: str) -> str:
    """One of DELIMITERS; the semicolon where nothing speaks for any."""
    scores = {delimiter: _score(sample, delimiter) for delimiter in DELIMITERS}
    return max(scores, key=scores.__getitem__)


def _score(sample: str, delimiter: str) -> float:
    if delimiter not in sample:
        return 0
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(sample.splitlines(keepends=True), delimiter=delimiter):
            if row:
                widths[len(row)] += 1
            if widths.total() >= _ROWS:
                break
    except csv.Error:
        return 0
    several = [(count, width) for width, count in widths.items() if width > 1]
    if not several:
        return 0
    count, width = max(several)
    score = count / widths.total() * (1 + math.log2(width))
    if delimiter == ",":
        score *= 1 - 0.9 * _decimal_share(sample)
    return score


def _decimal_share(sample: str) -> float:
    """Which part of the commas looks like the comma of a price."""
    outside = _QUOTED.sub("", sample)
    commas = outside.count(",")
    return min(1.0, len(_DECIMAL_COMMA.findall(outside)) / commas) if commas else 0
