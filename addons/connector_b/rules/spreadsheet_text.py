"""Text on its way into a spreadsheet that a person will open: it must not become a formula."""

from __future__ import annotations

import re

# What Excel, LibreOffice and Google Sheets may take for the beginning of a formula.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(
    r"[+-]?\d+(?:[.,]\d+)?%?|[+-]?\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?", re.ASCII
)
_ALONE = frozenset({"-", "+"})
GUARD = "'"


def safe(text: str) -> str:
    """With an apostrophe before what could be a formula; a number such as -2.00 stays one.

    Blanks in front do not hide it: importers of spreadsheets cut them off.
    """
    begins = text.lstrip(" \u00a0\ufeff\u200b\x00")
    if not begins.startswith(_DANGEROUS) or begins in _ALONE or _NUMBER.fullmatch(begins):
        return text
    return GUARD + text


def restored(text: str) -> str:
    """A text that `safe` has guarded, as it was: a corrected file comes back in."""
    if text.startswith(GUARD) and safe(text[1:]) != text[1:]:
        return text[1:]
    return text
