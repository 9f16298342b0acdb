"""Rows below a header that tell how to fill it in: "Обязательное поле", "Заполните…"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .header import Header
from .header_score import is_name
from .source.cell_value import CellValue

# How many of them a marketplace puts below its header.
_MOST = 3
_HINT = re.compile(
    r"(?:не)?обязательн|(?:не )?заполн|укажите|выберите|введите|впишите|например\b|пример[: ]"
    r"|required\b|optional\b|mandatory\b|fill in\b|enter\b|choose\b|select\b|e\.g\.",
    re.IGNORECASE,
)
_SHARE = 0.5


def last_hint(header: Header) -> int:
    """The number of the last row that may be one; without a header there is none."""
    return header.last + _MOST if header.last else 0


def is_hint(cells: Sequence[CellValue]) -> bool:
    """Texts only, at least half of them hints: goods have an article or a price besides."""
    filled = [cell for cell in cells if cell is not None]
    texts = [cell for cell in filled if isinstance(cell, str)]
    if not texts or len(texts) < len(filled):
        return False
    hints = sum(bool(_HINT.match(text.strip())) for text in texts)
    numbers = sum(not is_name(text) and len(text) < 20 for text in texts)
    return not numbers and hints >= len(texts) * _SHARE
