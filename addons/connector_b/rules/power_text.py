"""Powers as suppliers write them: "-2,25", "plano", "+0.12", "от 0 до -6,00"."""

from __future__ import annotations

import re
from decimal import Decimal

from .finding import Finding
from .number_format import NumberFormat
from .number_text import LONGEST_TEXT, ordinary, read_number
from .problem import Code

_PLANO = frozenset({"pl", "pl.", "plan", "plano", "пл", "пл.", "план", "плано", "0", "±0", "+-0"})
_NOTHING = frozenset({"", "-", "--", "нет", "n/a", "x", "х", "sph.", "ds"})
# Labs write the odd eighths in two digits, cut or rounded.
_EIGHTHS = {
    Decimal(written): Decimal(meant)
    for meant, spellings in {
        "0.125": ("0.12", "0.13"),
        "0.375": ("0.37", "0.38"),
        "0.625": ("0.62", "0.63"),
        "0.875": ("0.87", "0.88"),
    }.items()
    for written in spellings
}
# No lens has more; a price taken for a power must not be calculated with.
_ANY_POWER = 1000
_ONE = r"[+-]?\s*\d{1,2}(?:[.,]\d{1,3})?"
_SPAN = re.compile(
    rf"(?:от|from|с)?\s*(?P<one>{_ONE})\s*(?P<between>до|to|по|\.{{2,3}}|…|/|÷|:|-|~)"
    rf"\s*(?P<other>{_ONE})\s*(?:дптр\.?|d|dpt)?",
    re.ASCII,
)
# "до -2,00" is from nothing to there; "±6" both ways.
_UP_TO = re.compile(rf"(?:до|to|up to)\s*(?P<end>{_ONE})\s*(?:дптр\.?|d|dpt)?", re.ASCII)
_BOTH = re.compile(r"(?:±|\+/-|\+-)\s*(?P<end>\d{1,2}(?:[.,]\d{1,3})?)", re.ASCII)


def eighth(value: Decimal) -> Decimal:
    """2.12 and 2.13 mean 2.125; anything else stays as it is."""
    if abs(value) > _ANY_POWER:
        return value
    part = abs(value) % 1
    shift = _EIGHTHS.get(part, part) - part
    return value - shift if value < 0 else value + shift


def read_power(text: str, form: NumberFormat) -> Decimal | Finding | None:
    """One power, or a Finding with a span of them; None for a cell that says nothing."""
    word = ordinary(text).casefold()
    if word in _PLANO:
        return Decimal(0)
    if word in _NOTHING:
        return None
    if len(word) > LONGEST_TEXT:
        return Finding(Code.NOT_A_NUMBER)
    if span := _span(word):
        return Finding(span=span)
    written = read_number(text, form, exact_thousandths=True)
    if isinstance(written, Finding):
        return written
    if written.percent or written.currency:
        return Finding(Code.NOT_A_NUMBER)
    return eighth(written.value)


def _span(word: str) -> tuple[Decimal, Decimal] | None:
    """Both ends, the lower first: minus lenses are written from 0 to -6."""
    if found := _BOTH.fullmatch(word):
        end = _power(found["end"])
        return -end, end
    if found := _UP_TO.fullmatch(word):
        end = _power(found["end"])
        return min(end, Decimal(0)), max(end, Decimal(0))
    if found := _SPAN.fullmatch(word):
        ends = sorted((_power(found["one"]), _power(found["other"])))
        return ends[0], ends[1]
    return None


def _power(text: str) -> Decimal:
    return eighth(Decimal(text.replace(" ", "").replace(",", ".")))
