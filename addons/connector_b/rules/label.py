"""Headers of columns as they are compared: suppliers never write one twice the same way."""

from __future__ import annotations

import re

# Marks that say nothing; "%", "+", "Ø" and the like do.
_SILENT = re.compile(r"[^\w%+\-/№#ø⌀∅$€₽]+|_")
_BETWEEN = re.compile(r"\s+")
# Latin letters that look like Russian ones, in a word that is otherwise Russian (and back).
_LOOKALIKES = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_DATE = re.compile(
    r"(?:\d[\d/-]*|г|до|год\w*|на|от|с|январ\w*|феврал\w*|март\w*|апрел\w*|ма[йя]|июн\w*|июл\w*"
    r"|август\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*)"
)
_RUSSIAN = re.compile(r"[а-я]")
_LATIN = re.compile(r"[a-z]")


def plain(text: str) -> str:
    """ "Цена,  руб.\\n(с НДС)" is "цена руб с ндс": case, marks, line ends and ё do not count."""
    folded = text.casefold().replace("ё", "е")
    words = _BETWEEN.split(_SILENT.sub(" ", folded).strip())
    return " ".join(_one_alphabet(word) for word in words)


def undated(text: str) -> str:
    """ "Розн. цена на 01.11.2025" is "розн цена": next month's file has another date there."""
    return " ".join(word for word in plain(text).split() if not _DATE.fullmatch(word))


def _one_alphabet(word: str) -> str:
    """ "Цeна" with a Latin e is the Russian word it looks like."""
    if _LATIN.search(word) and _RUSSIAN.search(word):
        return word.translate(_LOOKALIKES)
    return word
