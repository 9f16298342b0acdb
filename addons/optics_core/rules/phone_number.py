"""Telephone numbers as Russians write them, in one searchable form: digits, country code first."""

import re

_SEPARATOR = re.compile(r"[,;/\n]|\bдоб\b.*|\bext\b.*", re.IGNORECASE)
_TYPED = re.compile(r"[\d\s()+.\-–]+")
_LAST = re.compile(r"^(.*?[^\d\s+(])[\s,]+((?:\+|\(|\d)[\d\s()+.\-–]*)$")
# Shorter pieces would match half of the town.
SEARCHABLE = 4


def digits(number: str | None) -> str:
    """One number in its searchable form; `8 (912)` and `+7 912` and `912` are one code."""
    if not number:
        return ""
    found = re.sub(r"\D", "", number)
    if number.strip().startswith("+"):
        return found
    if len(found) == 11 and found[0] == "8":
        return "7" + found[1:]
    if len(found) == 10:
        return "7" + found
    return found


def numbers(*texts: str | None) -> list[str]:
    """Every number that the texts hold, each once, in the order written."""
    found = (digits(piece) for text in texts if text for piece in _SEPARATOR.split(text))
    return list(dict.fromkeys(number for number in found if number))


def looked_for(text: str) -> list[str]:
    """The digit strings to look for when somebody typed `text`; none if it is no number."""
    text = text.strip()
    if not _TYPED.fullmatch(text):
        return []
    if text.startswith("+"):
        typed, trunk = digits(text), False
    else:
        typed = re.sub(r"\D", "", text)
        trunk = typed.startswith("8")
    if len(typed) < SEARCHABLE:
        return []
    if not trunk:
        return [typed]
    called = "7" + typed[1:]
    # Short of a whole number, an 8 may also be a digit from its middle.
    return [called] if len(typed) == 11 else [typed, called]


def split_off(text: str) -> tuple[str, str | None]:
    """A name with the number written behind it; None if what follows is too short for one."""
    match = _LAST.match(text.strip())
    if match and len(digits(match[2])) >= 10:
        return match[1].strip(" ,"), match[2].strip()
    return text.strip(), None
