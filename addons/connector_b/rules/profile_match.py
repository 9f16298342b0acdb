"""Which profile a file that somebody brings most likely belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .label import plain

# Below it a profile is no guess but a coincidence.
LEAST_COLUMNS = 0.6
_WORD = re.compile(r"[^\W\d_]{3,}")
# Words that stand in the name of every price list.
_EVERYDAY = frozenset(
    {"прайс", "price", "list", "лист", "прайслист", "остатки", "склад", "xlsx", "xls", "csv", "ods"}
    | {"zip", "new", "новый", "копия", "copy", "ооо", "llc", "ltd", "оптика", "optics"}
)


class Why(StrEnum):
    FILE_NAME = "file_name"
    COLUMNS = "columns"
    SUPPLIER = "supplier"


@dataclass(frozen=True)
class Candidate:
    """A profile as this file sees it; `columns` are the names it looks for, `file_names` those
    of its last imports."""

    profile: int
    supplier: str = ""
    columns: tuple[str, ...] = ()
    file_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    profile: int
    why: Why
    score: float


def best_match(
    candidates: Iterable[Candidate], file_name: str, labels: Sequence[str]
) -> Match | None:
    """Columns count most: a file's name is the sender's whim. Of equals the first one, which is
    the one used last."""
    best: Match | None = None
    for candidate in candidates:
        match = _match(candidate, file_name, labels)
        if match and (best is None or match.score > best.score):
            best = match
    return best


def _match(candidate: Candidate, file_name: str, labels: Sequence[str]) -> Match | None:
    there = {plain(label) for label in labels}
    wanted = {plain(column) for column in candidate.columns}
    share = len(wanted & there) / len(wanted) if wanted else 0.0
    words = name_words(file_name)
    same_name = words and any(words == name_words(name) for name in candidate.file_names)
    supplier = words & name_words(candidate.supplier)
    fits = not wanted or share >= LEAST_COLUMNS
    if same_name and fits:
        return Match(candidate.profile, Why.FILE_NAME, 1 + share)
    if supplier and fits:
        return Match(candidate.profile, Why.SUPPLIER, 0.8 + share)
    if wanted and share >= LEAST_COLUMNS and len(wanted) >= 2:
        return Match(candidate.profile, Why.COLUMNS, share)
    return None


def name_words(text: str) -> frozenset[str]:
    """Words that tell one name from another, without numbers: "Прайс Оптима 03.2024.xlsx" and
    "прайс_оптима (2).xls" are one name."""
    found = _WORD.findall(text.casefold().replace("ё", "е"))
    return frozenset(found) - _EVERYDAY
