"""Sheets that are wider than a table of goods: two tables side by side, a price a coating."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .label import plain
from .targets import KEYS
from .vocabulary import JOINED, matches

# What a table of goods has once.
_ONCE = frozenset({*KEYS, "name", "frame_model", "lens_name"})
_INDEX = re.compile(r"(?:(?:индекс|index|n)\s*=?\s*)?1[.,](?:[4-9]|5[0-9]|6[0-9]|7[0-9])\d?", re.I)
_COATING = re.compile(
    r"(?:без покрытия|uncoated|uc|hc|h ?mc\+?|s ?h ?mc\+?|emi|ar|mc|sc|blue ?(?:cut|block|filter)?"
    r"|фотохром\w*|photo\w*|transitions?\w*|с покрытием|упрочн\w*|просветл\w*|crizal\w*)"
    r"(?: \+?(?:uv|uv400|emi|hmc|shmc|hc|blue))*",
)
_LEAST = 2


def repeated_names(names: Sequence[str]) -> list[str]:
    """Names that a second table at the right has again; [] where there is only one table."""
    counts = Counter(plain(name) for name in names if plain(name))
    again = {name for name, count in counts.items() if count > 1}
    firsts: dict[str, str] = {}
    for name in names:
        if plain(name) in again:
            firsts.setdefault(plain(name), name)
    sure = any(
        match.target in _ONCE and match.why == "name"
        for name in firsts.values()
        for match in matches(name)
    )
    return list(firsts.values()) if sure and len(firsts) >= _LEAST else []


def kinds_in_header(names: Sequence[str]) -> list[str]:
    """Coatings and indices that stand where names of columns belong, each once."""
    places = [name for name in names if any(map(_is_kind, name.split(JOINED)))]
    return list(dict.fromkeys(places)) if len(places) >= _LEAST else []


def _is_kind(part: str) -> bool:
    text = part.strip()
    return bool(_INDEX.fullmatch(text) or _COATING.fullmatch(plain(text)))
