"""Which encoding a text is in: by its bytes, right on three lines of a Russian price list.

A general detector (charset-normalizer) takes such lines for Bulgarian, Greek or Turkish as often as
not. Here only what Russian suppliers and their programs write is in question, and the words decide:
each encoding that can be is tried, and the text that looks most like one wins.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from .russian_letters import is_russian, word_cost

# What a person can choose, the likely ones first.
ENCODINGS = ("utf-8", "cp1251", "cp866", "koi8-r", "utf-16", "utf-16-le", "utf-16-be", "cp1252")

# Equally good texts are cp1251: Excel writes it.
_HANDICAP = {"cp1251": 0, "cp866": 4, "koi8-r": 4, "cp1252": 8}
_SAMPLE = 1 << 15
_CHUNK = 1 << 20
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = re.compile(r"[A-Za-z]+|[\u0400-\u04ff]+|[^A-Za-z\u0400-\u04ff]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_SYMBOLS = re.compile(r"(?:(?![^\W\d_])[^\x00-\x7f])+")
_USUAL_SYMBOLS = frozenset("«»№—–°±×™®©…•“”„’€₽§·\xa0")
_WITHIN = frozenset("—–×’·\xa0")
_ODD_SYMBOL = 16
_ODD_LETTER = 18
_SCRIPT_CHANGE = 10
_CASE_CHANGE = 12
_ACCENTED = 9
# That many good letters to one bad byte: the text is UTF-8, and damaged.
_DAMAGED_SHARE = 20


def guess_encoding(path: Path) -> str:
    """One of ENCODINGS; the whole file is looked at, for the first thousand rows may be ASCII."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    wide = _wide(head)
    if wide is not None:
        return wide
    sample, is_utf8 = _survey(_chunks(path))
    return "utf-8" if is_utf8 else guess_narrow(sample)


def guess_narrow(sample: bytes) -> str:
    """For bytes that are not UTF-8 throughout, or only by a byte or two."""
    if _is_damaged_utf8(sample):
        return "utf-8"
    costs = {}
    for encoding, handicap in _HANDICAP.items():
        try:
            costs[encoding] = text_cost(sample.decode(encoding)) + handicap
        except UnicodeDecodeError:
            continue
    return min(costs, key=costs.__getitem__)


def decoded_head(head: bytes) -> str | None:
    """The begin of a file as text, for telling what it is; None when it is no text."""
    wide = _wide(head)
    if wide is not None:
        text = head.decode(wide, "replace")
        return None if "\0" in text else text.lstrip("\ufeff")
    if len(_CONTROL.findall(head)) * 200 > len(head):
        return None
    sample, is_utf8 = _survey(iter([head]))
    return head.decode("utf-8-sig" if is_utf8 else guess_narrow(sample), "replace")


def _wide(head: bytes) -> str | None:
    """UTF-16, by its mark or by the half of its bytes that is always the same."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0::2], head[1::2]
    if len(odd) < 2 or b"\0" not in head:
        return None
    for upper, lower, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        # The upper byte of ASCII is 0, of Cyrillic 4; № and dashes have 0x20 and 0x21.
        usual = sum(upper.count(byte) for byte in b"\x00\x04\x20\x21")
        if usual >= 0.95 * len(upper) and lower.count(0) <= 0.05 * len(lower):
            return encoding
    return None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def _survey(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """Lines with letters beyond ASCII, and whether all of it is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    lines: list[bytes] = []
    size = 0
    for piece in pieces:
        if is_utf8:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                is_utf8 = False
        if size < _SAMPLE:
            for line in piece.splitlines():
                if not line.isascii():
                    lines.append(line[:_SAMPLE])
                    size += len(lines[-1])
                    if size >= _SAMPLE:
                        break
        elif not is_utf8:
            break
    return b"\n".join(lines), is_utf8


def _is_damaged_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(letter > "\x7f" for letter in text) - bad
    return good > bad * _DAMAGED_SHARE


def text_cost(text: str) -> int:
    """How surprising a text is in a Russian price list; only what is beyond ASCII is counted."""
    cost = sum(_symbol_cost(run) for run in _SYMBOLS.finditer(text))
    for word in _WORD.findall(text):
        if not word.isascii():
            cost += _word_cost(word)
    return cost


def _symbol_cost(run: re.Match[str]) -> int:
    """Signs as they are used: one at a time, before or behind a word and not within."""
    signs = run[0]
    within = bool(_WORD.match(run.string[max(0, run.start() - 1)])) and bool(
        _WORD.match(run.string[run.end() : run.end() + 1])
    )
    if len(signs) > 1 or (within and signs not in _WITHIN):
        return _ODD_SYMBOL * len(signs)
    return 3 if signs in _USUAL_SYMBOLS else _ODD_SYMBOL


def _word_cost(word: str) -> int:
    parts = _SCRIPTS.findall(word)
    if not any("\u0400" <= letter <= "\u04ff" for letter in word):
        return _western_cost(word)
    cost = _SCRIPT_CHANGE * (len(parts) - 1)
    for part in parts:
        if part.isascii():
            continue
        small = part.lower()
        if is_russian(small):
            cost += word_cost(small) + _case_cost(part)
        else:
            cost += _ODD_LETTER * len(part)
    return cost


def _case_cost(part: str) -> int:
    if part.islower():
        return 0
    if part[1:].islower() or len(part) == 1:
        return 1
    if part.isupper():
        return 2
    changes = sum(
        before.islower() and after.isupper() for before, after in zip(part, part[1:], strict=False)
    )
    return 2 + _CASE_CHANGE * max(1, changes)


def _western_cost(word: str) -> int:
    """Café and Größe; not a row of accented letters, which is Cyrillic misread."""
    accented = [letter > "\x7f" for letter in word]
    together = sum(a and b for a, b in zip(accented, accented[1:], strict=False))
    return _ACCENTED * sum(accented) + _ODD_LETTER * together + (0 if word.isalpha() else 6)
