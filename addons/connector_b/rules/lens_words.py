"""What suppliers call designs, materials and coatings of lenses, and where a lens comes from."""

from __future__ import annotations

import re

from .label import plain

STOCK, RX = "stock", "rx"

# Beginnings of words; the first that a text has decides.
_DESIGNS = (
    ("progressive", ("прогресс", "progress", "pal", "мультифокал", "varifocal")),
    ("bifocal", ("бифокал", "bifocal", "bf")),
    ("office", ("офис", "office", "occupational", "degressive", "дегресс", "рабоч")),
    ("single", ("однофокал", "монофокал", "стигмат", "astigm", "астигмат", "single", "sv")),
)
# The shape of a surface: said in the column of designs, and nothing about zones.
_SHAPES = ("сфер", "асфер", "биасфер", "лентикуляр", "spher", "aspher", "asph", "sph", "as", "das")
_MATERIALS = (
    ("polycarbonate", ("поликарбон", "polycarb", "pc")),
    ("trivex", ("трайвекс", "тривекс", "trivex")),
    ("cr39", ("cr39", "cr-39")),
    ("glass", ("стекл", "минерал", "glass", "mineral")),
    ("high", ("high", "высокопреломл", "высокоиндекс")),
    ("mid", ("mid", "middle", "среднепреломл", "среднеиндекс")),
)
# True of most lenses, so it tells none apart.
_PLASTICS = ("полимер", "пластик", "органик", "органич", "plastic", "polymer", "organic")
_BARE = frozenset({"без покрытия", "нет", "uc", "uncoated", "no coating", "none"})
_SOURCES = (
    (RX, ("rx", "рецепт", "индивидуал", "заказ", "изготов", "prescription")),
    (STOCK, ("stock", "склад", "налич", "готов")),
)
_BETWEEN = re.compile(r"\s*[+,;/&]\s*")


def design_of(text: str) -> str | None:
    """ "Прогрессивная" is "progressive"; None where the text tells no design."""
    return _first(text, _DESIGNS)


def is_shape(text: str) -> bool:
    """ "Асферика": nothing about zones, and no mistake either."""
    return any(_begins(word, _SHAPES) for word in plain(text).split())


def material_of(text: str) -> str | None:
    return _first(text, _MATERIALS)


def is_plastic(text: str) -> bool:
    """ "Полимер": any of the plastics."""
    return any(_begins(word, _PLASTICS) for word in plain(text).split())


def source_of(text: str) -> str | None:
    """ "Рецептурная" is "rx"."""
    return _first(text, _SOURCES)


def coating_names(text: str) -> list[str]:
    """ "HMC + UV400" are two coatings; "без покрытия" is none."""
    names = [" ".join(name.split()) for name in _BETWEEN.split(text.strip())]
    return [name for name in names if name and plain(name) not in _BARE]


def _first(text: str, meanings: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    words = plain(text).split()
    for meaning, beginnings in meanings:
        if any(_begins(word, beginnings) for word in words):
            return meaning
    return None


def _begins(word: str, beginnings: tuple[str, ...]) -> bool:
    """Short marks are whole words: "as" is none of "ascona"."""
    return any(word == each if len(each) < 4 else word.startswith(each) for each in beginnings)
