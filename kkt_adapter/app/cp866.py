"""Text as a register prints it: code page 866 and nothing else (FFD, string elements)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# What product names and addresses really contain. The numero sign and Ukrainian Є, Ї and
# Belarusian Ў are in CP866 and stay.
_REPLACEMENTS = str.maketrans(
    {
        **dict.fromkeys("«»“”„‟″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"),
        "…": "...",
        "€": "EUR",
        "₽": "руб.",
        "×": "x",
        "÷": "/",
        "±": "+/-",
        "•": "*",
        "®": "(R)",
        "©": "(C)",
        "™": "(TM)",
        "µ": "мк",
        "μ": "мк",
        "ø": "o",
        "Ø": "O",
        "ß": "ss",
        "І": "I",
        "і": "i",
        "Ґ": "Г",
        "ґ": "г",
        # Kazakh and Tatar letters by their Russian neighbours.
        **dict(zip("ӘәҒғҚқҢңӨөҮүҰұҺһҖҗ", "АаГгКкНнОоУуУуХхЖж", strict=True)),
    }
)


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """The same text in CP866 letters, without control characters and spaces at the ends.

    Always the same for the same text, and its own result again (so lengths can be checked on
    it). A letter nothing is known about becomes "?".
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = unicodedata.normalize("NFC", text).translate(_REPLACEMENTS)
    return "".join(_letter(char) for char in text).strip()


def _letter(char: str) -> str:
    if not char.isprintable():
        return " "
    if _in_cp866(char):
        return char
    # é is e and a combining accent, ½ is 1, a fraction slash and 2, ² is 2.
    parts = unicodedata.normalize("NFKD", char).replace("\u2044", "/")
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain if plain and _in_cp866(plain) and plain.isprintable() else "?"


def _in_cp866(text: str) -> bool:
    try:
        text.encode("cp866")
    except UnicodeEncodeError:
        return False
    return True
