"""Barcodes: check digits, and what a spreadsheet does to a column of them."""

from __future__ import annotations

import re

from .finding import Finding
from .formula_error import formula_error
from .problem import Code
from .source.cell_value import CellValue

# EAN-8, UPC-A, EAN-13, GTIN-14: the last digit checks the others.
CHECKED_LENGTHS = (8, 12, 13, 14)
# A spreadsheet keeps fifteen digits of a number and makes zeros of the rest.
EXACT_DIGITS = 15

_DIGITS = re.compile(r"\d{1,64}", re.ASCII)
_CODE = re.compile(r"[0-9A-Za-z._/+$%*-]{1,64}")
_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)[eEЕе]\+?(\d{1,2})", re.ASCII)
_BETWEEN = re.compile(r"\s*[,;|/]\s*|\s+")
_LONG = re.compile(r"\d{8}|\d{12,14}", re.ASCII)
_GROUPED = re.compile(r"\d[\d -]*\d", re.ASCII)
_NOTHING = frozenset({"-", "--", "нет", "n/a", "б/к", "без кода", "без шк", "0", "none"})


def check_digit(digits: str) -> str:
    """The digit that belongs behind `digits`; the weights 3, 1 begin at the right."""
    total = sum(map(int, digits[-1::-2])) * 3 + sum(map(int, digits[-2::-2]))
    return str(-total % 10)


def is_checked(code: str) -> bool:
    """Whether it is an EAN, UPC or GTIN whose check digit holds."""
    return (
        len(code) in CHECKED_LENGTHS
        and code.isascii()
        and code.isdecimal()
        and _sum_of(code) % 10 == 0
    )


def spellings(code: str) -> tuple[str, ...]:
    """The code and how else it may be kept: a UPC-A is an EAN-13 without its leading zero."""
    if code.isascii() and code.isdecimal():
        if len(code) == 12:
            return (code, f"0{code}")
        if len(code) == 13 and code.startswith("0"):
            return (code, code[1:])
    return (code,)


def read_barcode(cell: CellValue) -> str | Finding | None:
    """A code as text, or what is wrong with it. A wrong check digit is a warning: shops print
    codes of their own."""
    if error := formula_error(cell):
        return error
    if isinstance(cell, str):
        return _from_text(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return Finding(Code.BARCODE_NOT_A_CODE)
    if cell == 0:
        return None
    if cell < 0 or cell != cell // 1:
        return Finding(Code.BARCODE_NOT_A_CODE)
    if cell >= 10**EXACT_DIGITS:
        return Finding(Code.BARCODE_SCIENTIFIC)
    return _from_number(str(int(cell)))


def _from_text(text: str) -> str | Finding | None:
    code = text
    if not _DIGITS.fullmatch(code):
        code = "".join(mark for mark in text.strip() if mark.isprintable() or mark.isspace())
        code = code.strip().strip("'\"").strip()
        if not code or code.casefold() in _NOTHING:
            return None
        if scientific := _SCIENTIFIC.fullmatch(code):
            return _from_scientific(scientific)
        if _GROUPED.fullmatch(code):
            joined = code.replace(" ", "").replace("-", "")
            # "4 607034 171234" is one code; "12-05-18" may be anything and stays as it is.
            code = joined if " " in code or is_checked(joined) else code
        if not _CODE.fullmatch(code):
            return _several(code)
    elif not code.strip("0"):
        return None
    return _checked(code)


def _several(text: str) -> Finding:
    """Of several codes in one cell the first that checks: a product here has one."""
    codes = [each for each in _BETWEEN.split(text) if each]
    if len(codes) < 2 or not all(_LONG.fullmatch(each) for each in codes):
        return Finding(Code.BARCODE_NOT_A_CODE)
    taken = next(filter(is_checked, codes), codes[0])
    others = [each for each in codes if each != taken]
    return Finding(Code.SEVERAL_BARCODES, {"taken": taken, "others": others}, taken)


def _from_scientific(found: re.Match[str]) -> str | Finding | None:
    """4,607034171234E+12 has all of its digits still; 4,60703E+12 has lost seven."""
    mantissa = found[1] + found[2]
    if len(mantissa) != int(found[3]) + 1 or len(mantissa) > EXACT_DIGITS:
        return Finding(Code.BARCODE_SCIENTIFIC)
    return _checked(mantissa)


def _from_number(code: str) -> str | Finding:
    """A number has no zeros in front: 7 digits may have been an EAN-8."""
    if len(code) not in CHECKED_LENGTHS:
        for length in CHECKED_LENGTHS[:3]:
            restored = code.zfill(length)
            if len(code) < length and is_checked(restored) and length - len(code) <= 2:
                return Finding(Code.BARCODE_ZEROS_LOST, {"suggested": restored}, code)
    return _checked(code)


def _checked(code: str) -> str | Finding:
    if len(code) in CHECKED_LENGTHS and code.isdecimal() and not is_checked(code):
        return Finding(Code.BARCODE_CHECK_DIGIT, {"expected": check_digit(code[:-1])}, code)
    return code


def _sum_of(code: str) -> int:
    numbers = code.encode()
    # Each byte is 48 above its digit; taken off at once, it is quicker than digit by digit.
    odd, even = numbers[-1::-2], numbers[-2::-2]
    return sum(odd) - 48 * len(odd) + 3 * (sum(even) - 48 * len(even))
