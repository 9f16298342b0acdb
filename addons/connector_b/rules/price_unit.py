"""For how many pieces a column's price is, by its header."""

from __future__ import annotations

import re
from decimal import Decimal

from .label import plain

_PIECES = re.compile(r"\bза (\d{1,6}) ?(?:шт\w*|ед\w*|pcs|pieces)\b|\bper (\d{1,6})\b")
_THOUSAND = re.compile(r"\bза тыс\w*|\bтыс\w* шт\w*|\bper thousand\b")
_PAIR = re.compile(r"\bза пару\b|\bза 1 пару\b|\bper pair\b")


def pieces_of(name: str) -> int | None:
    """1000 for "Цена за 1000 шт.", 2 for "Цена за пару"; None for a price of one piece."""
    words = plain(name)
    if found := _PIECES.search(words):
        count = int(found[1] or found[2])
        return count if count > 1 else None
    if _THOUSAND.search(words):
        return 1000
    return 2 if _PAIR.search(words) else None


def factor_of(name: str) -> Decimal | None:
    """What a price is multiplied by to be that of one piece."""
    pieces = pieces_of(name)
    return None if pieces is None else 1 / Decimal(pieces)
