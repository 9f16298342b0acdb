"""Cells of text columns: names, articles, yes and no, dates, names of pictures."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from urllib.parse import urlsplit

from .currencies import currency_code
from .finding import Finding, Parser
from .formula_error import formula_error
from .problem import Code
from .source.cell_value import CellValue, Percent

LONGEST_NAME = 1000
LONGEST_DESCRIPTION = 32_767
LONGEST_CODE = 128
# A spreadsheet keeps fifteen digits of a number.
_EXACT = 10**15

_DASHES = frozenset({"-", "--", "---", "–", "—", "−", "n/a", "#", "null", "none"})
_SCIENTIFIC = re.compile(r"\d[.,]\d+[eEЕе]\+\d{1,3}", re.ASCII)
_YES = frozenset(
    {"да", "yes", "y", "true", "истина", "1", "+", "v", "x", "х", "активен", "on", "д"}
)
_NO = frozenset({"нет", "no", "n", "false", "ложь", "0", "-", "неактивен", "off", "н", "снят"})
_DATES = (
    (re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII), (3, 2, 1)),
    (re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII), (1, 2, 3)),
)
_IMAGE_NAME = re.compile(r"[^<>:\"|?*\x00-\x1f]{1,255}\.(?:jpe?g|png|gif|webp|bmp)", re.IGNORECASE)
_LONGEST_ADDRESS = 2000


def one_line(text: str) -> str:
    """Blanks of every kind made one, what cannot be seen taken out."""
    text = " ".join(text.split())
    return text if text.isprintable() else _printable(text)


def _printable(text: str) -> str:
    # A NUL would be refused by the database, half a surrogate by the encoder.
    return "".join(mark for mark in text if mark.isprintable()).strip()


def read_name(cell: CellValue) -> str | Finding | None:
    if type(cell) is str:
        text = one_line(cell)
        if len(text) > LONGEST_NAME:
            return Finding(Code.TEXT_TOO_LONG, {"limit": LONGEST_NAME})
        if text[:1] == "#" and (error := formula_error(text)):
            return error
        return None if text.casefold() in _DASHES else text or None
    return _other(cell)


def read_description(cell: CellValue) -> str | Finding | None:
    """Line ends are kept; everything else as in a name."""
    if not isinstance(cell, str):
        return read_name(cell)
    if len(cell) > LONGEST_DESCRIPTION:
        return Finding(Code.TEXT_TOO_LONG, {"limit": LONGEST_DESCRIPTION})
    if error := formula_error(cell):
        return error
    text = "\n".join(one_line(line) for line in cell.splitlines()).strip()
    return None if text.casefold() in _DASHES else text or None


def code_parser(pad: int = 0) -> Parser:
    """Articles, models, colours, sizes: `pad` puts back zeros that a number has lost."""

    def parse(cell: CellValue) -> str | Finding | None:
        if type(cell) is str:
            code = one_line(cell)
            if code[:1] == "#" and (error := formula_error(code)):
                return error
            if code in _DASHES:
                return None
            if "+" in code and _SCIENTIFIC.fullmatch(code):
                return Finding(Code.CODE_SCIENTIFIC)
        elif type(cell) is int or type(cell) is float:
            if abs(cell) >= _EXACT:
                return Finding(Code.CODE_SCIENTIFIC)
            code = _digits(cell)
        elif isinstance(cell, date | time):
            return Finding(Code.DATE_IN_CODE)
        else:
            return _other(cell)
        if len(code) > LONGEST_CODE:
            return Finding(Code.TEXT_TOO_LONG, {"limit": LONGEST_CODE})
        if pad and code.isdecimal():
            code = code.zfill(pad)
        return code or None

    return parse


def _other(cell: CellValue) -> str | Finding | None:
    """What is no text, as the text a person sees."""
    if error := formula_error(cell):
        return error
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, Percent):
        return f"{Decimal(repr(float(cell))) * 100:f}%"
    if isinstance(cell, int | float):
        return _digits(cell)
    return None if cell is None else str(cell)


def _digits(number: float) -> str:
    """5154.0 is the article 5154, and never 5.154E+3."""
    text = f"{Decimal(repr(number)):f}"
    return text.removesuffix(".0")


def read_flag(cell: CellValue) -> bool | Finding | None:
    if error := formula_error(cell):
        return error
    if cell in (0, 1):
        return bool(cell)
    if isinstance(cell, str):
        word = one_line(cell).casefold()
        if not word:
            return None
        if word in _YES or word in _NO:
            return word in _YES
    return Finding(Code.NOT_YES_OR_NO)


def read_date(cell: CellValue) -> date | Finding | None:
    if error := formula_error(cell):
        return error
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return Finding(Code.NOT_A_DATE)
    text = one_line(cell)
    if text.casefold() in _DASHES or not text:
        return None
    for shape, (year, month, day) in _DATES:
        if found := shape.fullmatch(text):
            try:
                return date(int(found[year]), int(found[month]), int(found[day]))
            except ValueError:
                break
    return Finding(Code.NOT_A_DATE)


def read_currency(cell: CellValue) -> str | Finding | None:
    text = read_name(cell)
    if not isinstance(text, str):
        return text
    return currency_code(text) or Finding(Code.CURRENCY_UNKNOWN)


def read_image(cell: CellValue) -> str | Finding | None:
    """An address or the name of a picture; whether the address may be asked is not known here."""
    text = one_line(cell) if isinstance(cell, str) else read_name(cell)
    if not isinstance(text, str) or not text or text in _DASHES:
        return formula_error(cell)
    if error := formula_error(text):
        return error
    good = _is_address(text) or _IMAGE_NAME.fullmatch(text)
    return text if good else Finding(Code.NOT_AN_IMAGE_NAME)


def _is_address(text: str) -> bool:
    if len(text) > _LONGEST_ADDRESS or " " in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
