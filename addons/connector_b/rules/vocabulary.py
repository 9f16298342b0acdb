"""Which targets a column may fill, by its header alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .label import plain
from .targets import TARGETS

# Between the two rows of a merged header.
JOINED = " / "
# Words beside a name that say how it is measured, not what it is.
_BESIDE = re.compile(
    r"^(?:руб\w*|р|₽|rub|rur|usd|eur|cny|\$|€|у е|шт|мм|mm|дптр|d|pcs|за|с|без|ндс|вкл|включая|в|от"
    r"|на|по|тыс|штуку|единицу|ед|дн|дней|%|№|\d[\d-]*|г|год\w*|январ\w+|феврал\w+|март\w*|апрел\w+"
    r"|ма[йя]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+)$"
)

_PROMOTION = re.compile(r"\b(?:акци\w*|промо\w*|распродаж\w*|стар\w+|old|promo)\b")
# Pieces in a box, on their way, reserved or weighed are not in stock.
_UNLIKE = {
    "quantity": re.compile(
        r"\bв (?:уп|короб|пач|блист|бокс|кор|пути|заказ|резерв)|\bуп\b|упаков|\bвес\b|резерв|ожида"
        r"|транзит|\bзаказ\b|\bper (?:box|pack)|\bordered\b|reserved"
    ),
    "supplier_price": _PROMOTION,
    "list_price": _PROMOTION,
    "cost": _PROMOTION,
    # An amount of money, and no rate.
    "vat": re.compile(r"\bсумм\w*|\bamount\b"),
    "description": re.compile(r"\bвес\b|размер|габарит|\bweight\b"),
}


class Match(NamedTuple):
    """`strength` from 0 to 1; `why` is one of the reasons of `guess`."""

    target: str
    strength: float
    why: str


def _index() -> dict[str, tuple[str, float]]:
    index: dict[str, tuple[str, float]] = {}
    for target in TARGETS.values():
        for place, alias in enumerate((*target.aliases, target.name)):
            # The plainest name first: "Артикул" before "Код" where a file has both.
            index.setdefault(plain(alias), (target.name, 0.95 - min(place, 40) * 0.002))
    return index


_ALIASES = _index()
_WORDS = {
    alias: tuple(alias.split()) for alias in _ALIASES if len(alias) > 2 and not alias.isdecimal()
}


@lru_cache(maxsize=4096)
def matches(name: str) -> tuple[Match, ...]:
    """Best first. A name of two joined rows is tried as a whole, then from its lower part."""
    found: dict[str, Match] = {}
    parts = [part for part in name.split(JOINED) if part]
    for spelling, weight in _spellings(parts):
        for match in _of_one(spelling):
            weighed = match._replace(strength=round(match.strength * weight, 3))
            known = found.get(match.target)
            if known is None or weighed.strength > known.strength:
                found[match.target] = weighed
    return tuple(sorted(found.values(), key=lambda match: -match.strength))


def _spellings(parts: list[str]) -> list[tuple[str, float]]:
    if len(parts) < 2:
        return [(part, 1.0) for part in parts]
    top, bottom = parts[0], parts[-1]
    return [(f"{top} {bottom}", 1.0), (f"{bottom} {top}", 1.0), (bottom, 0.9), (top, 0.6)]


def _of_one(name: str) -> list[Match]:
    words = plain(name)
    return [match for match in _alike(words) if not is_unlike(match.target, words)]


def is_unlike(target: str, words: str) -> bool:
    """Whether a header says that it is something else, however much it looks alike."""
    shape = _UNLIKE.get(target)
    return bool(shape and shape.search(words))


def _alike(words: str) -> list[Match]:
    if not words:
        return []
    if words in _ALIASES:
        target, strength = _ALIASES[words]
        return [Match(target, strength, "name")]
    split = words.split()
    bare = " ".join(word for word in split if not _BESIDE.match(word))
    if bare and bare in _ALIASES:
        target, strength = _ALIASES[bare]
        return [Match(target, strength - 0.05, "name")]
    return _similar(split) + (_similar(bare.split()) if bare and bare != words else [])


def _similar(words: list[str]) -> list[Match]:
    """Headers that contain an alias, or shorten one."""
    found = []
    held = set(words)
    for alias, alias_words in _WORDS.items():
        target = _ALIASES[alias][0]
        if held.issuperset(alias_words):
            # Of "наименование товара поставщика" the more words are known, the better.
            share = len(alias_words) / len(words)
            found.append(Match(target, 0.45 + 0.35 * share, "name_contains"))
        elif _shortens(words, alias_words):
            found.append(Match(target, 0.6, "name_shortened"))
    return found


def _shortens(words: list[str], alias_words: tuple[str, ...]) -> bool:
    """ "наимен тов" for "наименование товара": every word is the beginning of its own."""
    return len(words) == len(alias_words) and all(
        len(word) >= 4 and whole.startswith(word)
        for word, whole in zip(words, alias_words, strict=True)
    )
