"""A number that somebody wrote as text: signs, thousands, currencies, units."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from .currencies import CURRENCY_WORDS
from .finding import Finding
from .number_format import AUTO, NumberFormat
from .problem import Code

# Beyond these a decimal context would round, and no price is so long.
MOST_DIGITS = 15
MOST_PLACES = 12
# A number with its unit; the patterns below are not made for an essay.
LONGEST_TEXT = 60

UNITS = frozenset(
    """шт штука штуки штук пар пара пары уп упак упаковка кор компл комплект мм см мл г гр кг м
    дн день дня дней раб рабочих сут суток мес дптр диоптрий диоптрия д d dpt dptr diop
    pc pcs piece pieces pair pairs pack box set mm cm ml g kg day days ° º град""".split()
)
# "Ø65", "n=1.56": the column's own name in front of its number.
_MARKS = frozenset("ø ⌀ ∅ d n sph cyl add ax bc dia сфера цилиндр диаметр индекс ось".split())
_PERCENT = "%"

# Every blank that spreadsheets know becomes " ", what has no width goes.
_BLANKS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\u00a0\u202f\u2007\u2009\u2002\u2003\u2008"), " ")
_WIDTHLESS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), "")
_DASHES = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2019\u02bc\u2018`"), "'")
_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"), "")
_ORDINARY = _BLANKS | _WIDTHLESS | _DASHES | _APOSTROPHES

_SHAPE = re.compile(
    r"""
    (?P<paren>\()? \s*
    (?P<sign>[+-])? \s*
    (?P<before>[^\d\s(),.'+-][^\d(),'+-]*?)? \s*
    (?P<inner>[+-])? \s*
    (?P<body>\d[\d .,']*|[.,]\d+)
    (?P<after>[^\d()]*?)
    (?P<closed>\))? \s*
    (?P<tail>[^\d()]*)
    """,
    re.VERBOSE | re.ASCII,
)
# "1250-00": roubles and kopecks as a hand writes them.
_KOPECKS = re.compile(r"(\d[\d ]*)-(\d\d)", re.ASCII)
# "12.05.2026", "2026-05-12", "12.май": what a spreadsheet made of 12.05 before it wrote a text.
_MONTH = (
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)
_DATE = re.compile(
    r"\d{1,2}([./-])\d{1,2}\1(?:\d{2}|\d{4})|\d{4}-\d\d-\d\d(?:[ T][\d:]+)?"
    rf"|\d{{1,2}}[ .-](?:{_MONTH})(?:[ .-]?\d{{2,4}})?|(?:{_MONTH})[ .-]?\d{{2,4}}",
    re.IGNORECASE,
)
# "1 290.-", "2450=", "1290*": how a price list ends its prices.
_ENDING = re.compile(r"(?<=\d)(?:[.,]-{1,2}|\s*[=*]{1,2})$", re.ASCII)
_WORD_BREAK = re.compile(r"[\s/]+|(?<=\.)(?=[^\W\d])")

_PLAIN = {
    AUTO: re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,2})?", re.ASCII),
    ",": re.compile(r"[+-]?\d{1,15}(?:,\d{1,12})?", re.ASCII),
    ".": re.compile(r"[+-]?\d{1,15}(?:\.\d{1,12})?", re.ASCII),
}


def plain_pattern(form: NumberFormat) -> re.Pattern[str]:
    """What needs no thought: such a text, its comma made a point, is a Decimal."""
    return _PLAIN[form.decimal]


class Written(NamedTuple):
    value: Decimal
    percent: bool = False
    currency: str | None = None


def ordinary(text: str) -> str:
    """With plain blanks, hyphens and apostrophes, nothing around."""
    return text.translate(_ORDINARY).strip()


def read_number(
    text: str, form: NumberFormat, *, exact_thousandths: bool = False
) -> Written | Finding:
    """`Written`, or a `Finding` that refuses.

    `exact_thousandths`: the column holds small numbers of three places (an index 1.498, a power),
    so a single sign before three digits is a decimal sign.
    """
    text = ordinary(text)
    if len(text) > LONGEST_TEXT:
        return Finding(Code.NOT_A_NUMBER)
    if _ENDING.search(text):
        text = _ENDING.sub("", text)
    if _DATE.fullmatch(text):
        return Finding(Code.DATE_IN_NUMBER)
    if kopecks := _KOPECKS.fullmatch(text):
        text = f"{kopecks[1]}{form.decimal if form.decimal != AUTO else ','}{kopecks[2]}"
    shape = _SHAPE.fullmatch(text)
    if not shape or bool(shape["paren"]) != bool(shape["closed"]):
        return Finding(Code.NOT_A_NUMBER)
    words = _words(shape["before"]) + _words(shape["after"]) + _words(shape["tail"])
    surroundings = _surroundings(words)
    negatives = [shape["paren"], shape["sign"], shape["inner"]]
    if surroundings is None or sum(bool(mark) for mark in negatives) > 1:
        return Finding(Code.NOT_A_NUMBER)
    number = _body(shape["body"].strip(" '"), form, exact_thousandths)
    if not isinstance(number, Decimal):
        return number
    if shape["paren"] or "-" in (shape["sign"], shape["inner"]):
        number = -number if number else number
    return Written(number, *surroundings)


def _words(text: str | None) -> list[str]:
    """ "руб./шт." is two words, their dots gone."""
    if not text or text.isspace():
        return []
    return [word for word in _WORD_BREAK.split(text.casefold()) if word not in ("", ".")]


def _surroundings(words: list[str]) -> tuple[bool, str | None] | None:
    """(per cent, currency) said beside a number; None where something else is said."""
    percent, currency = False, None
    for word in words:
        if word == _PERCENT:
            percent = True
        elif code := CURRENCY_WORDS.get(word) or CURRENCY_WORDS.get(word.strip(".")):
            if currency not in (None, code):
                return None
            currency = code
        elif word.strip(".,=:") not in UNITS and word.strip(".=:") not in _MARKS:
            return None
    return percent, currency


def _body(body: str, form: NumberFormat, exact_thousandths: bool) -> Decimal | Finding:
    body = body.rstrip(".,") or body
    sign = _decimal_sign(body, form, exact_thousandths)
    if isinstance(sign, Finding):
        return sign
    whole, _, places = body.partition(sign) if sign else (body, "", "")
    digits = _joined(whole, form, sign)
    if digits is None or (places and not places.isdecimal()):
        wrong = form.decimal != AUTO and any(mark in body for mark in ".,")
        code = Code.WRONG_DECIMAL_SIGN if wrong else Code.NOT_A_NUMBER
        return Finding(code, {"sign": form.decimal} if wrong else None)
    if len(digits.lstrip("0")) > MOST_DIGITS or len(places) > MOST_PLACES:
        return Finding(Code.NUMBER_TOO_LONG, {"limit": MOST_DIGITS})
    return Decimal(f"{digits or 0}.{places}")


def _decimal_sign(body: str, form: NumberFormat, exact_thousandths: bool) -> str | Finding:
    """The sign that parts the decimals in `body`; "" where it has none."""
    if form.decimal != AUTO:
        return form.decimal if form.decimal in body else ""
    points, commas = body.count("."), body.count(",")
    if not points and not commas:
        return ""
    if points and commas:
        # The last one, unless it comes again: 1.234,50 and 1,234.50.
        sign = "." if body.rfind(".") > body.rfind(",") else ","
        return sign if body.count(sign) == 1 else ""
    sign = "." if points else ","
    if points + commas > 1 or form.thousands == sign:
        return ""
    before, _, after = body.partition(sign)
    if len(after) != 3 or exact_thousandths or form.thousands not in (AUTO, sign):
        return sign
    if not 1 <= len(before) <= 3 or not before.isdecimal() or before.startswith("0"):
        return sign
    return Finding(Code.AMBIGUOUS_NUMBER, {"one": f"{before}{after}", "other": f"{before}.{after}"})


def _joined(whole: str, form: NumberFormat, decimal_sign: str) -> str | None:
    """The digits of a whole part without its separators; None where these are misplaced."""
    if whole.isdecimal() or not whole:
        return whole
    separators = whole.translate(_NO_DIGITS)
    separator = separators[0]
    if separators.strip(separator) or separator == decimal_sign:
        return None
    if form.thousands not in (AUTO, separator):
        return None
    first, *rest = whole.split(separator)
    if len(first) > 3 or any(len(group) != 3 for group in rest):
        return None
    return first + "".join(rest)
