"""What the values of a column say of it, whatever its header is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from .barcode import is_checked
from .cell import parser_of
from .currencies import currency_code
from .finding import Finding
from .number_cell import IN_STOCK, OUT_OF_STOCK
from .number_format import NumberFormat
from .source.cell_value import CellError, CellValue
from .text_cell import one_line

_AUTO = NumberFormat()
# A bridge is 8 to 35 mm wide: "65/70" is a lens.
_SIZE = re.compile(r"\d{2}(?:[.,]5)?\s*[□☐⬜\-–/\\xхX* ]\s*[0-3]\d(?:\s*[□\-–/\\xхX* ]\s*\d{3})?")
_IMAGE = re.compile(r"https?://\S+|[^\s/]+\.(?:jpe?g|png|gif|webp)", re.IGNORECASE)
_ZERO_LED = re.compile(r"0\d+")
_KOPECKS = re.compile(r".*[.,]\d{2}\D*")
_CODE = re.compile(r"(?=.*\d)[\w./*+#-]{2,30}")
_UNITS = frozenset(
    "шт шт. пара пар пары уп уп. упак компл pcs pc piece pair box set л мл кг".split()
)
_SIGNED = re.compile(r"[+−-]\s*\d")
_INDICES = frozenset(
    map(Decimal, "1.49 1.498 1.5 1.523 1.53 1.54 1.55 1.56 1.57 1.58 1.586 1.59 1.6 1.61".split())
) | frozenset(map(Decimal, "1.665 1.67 1.7 1.71 1.73 1.74 1.76 1.8 1.9".split()))
_VATS = frozenset(map(Decimal, (0, 5, 7, 10, 18, 20, 22)))
_QUARTER = Decimal("0.25")
# Texts that are never bare numbers.
_WORDS = frozenset(
    "name brand category location uom lens_name supplier_name coating material design".split()
)


class Evidence(NamedTuple):
    target: str
    confidence: float
    why: str


class ColumnData:
    """The filled cells of one column of a sample."""

    def __init__(self, cells: Sequence[CellValue]) -> None:
        self.cells = [cell for cell in cells if cell is not None]
        self._texts = [
            one_line(cell) if isinstance(cell, str) else str(cell)
            for cell in self.cells
            if not isinstance(cell, CellError)
        ]
        self._distinct = len(set(self._texts))

    def __bool__(self) -> bool:
        return bool(self.cells)

    def fits(self, target: str) -> float:
        """The share of cells that can be read as this target."""
        if not self.cells:
            return 0.0
        if target in _WORDS:
            return self.share(lambda text: any(map(str.isalpha, text)))
        parse = parser_of(target, _AUTO)
        # What is refused for a sign that only the mapping can explain is a number all the same.
        good = sum(_is_read(parse(cell)) for cell in self.cells)
        return good / len(self.cells)

    def evidence(self) -> list[Evidence]:
        """Best first; only what the data alone can tell."""
        if len(self.cells) < 2:
            return []
        found = [
            Evidence(target, round(confidence, 3), why)
            for target, why, of in _TESTS
            if (confidence := of(self)) >= 0.3
        ]
        return sorted(found, key=lambda each: -each.confidence)

    def share(self, holds: Callable[[str], object]) -> float:
        if not self._texts:
            return 0.0
        return sum(bool(holds(text)) for text in self._texts) / len(self._texts)

    def numbers(self) -> list[Decimal] | None:
        """All of them as numbers, or None where one in ten is not. 000017 is a code."""
        if self.share(_ZERO_LED.fullmatch) > 0.3:
            return None
        parse = parser_of("discount", _AUTO)
        read = parser_of("list_price", _AUTO)
        values = []
        for cell in self.cells:
            for each in (read, parse):
                value = each(cell)
                if isinstance(value, Finding):
                    value = value.value
                if isinstance(value, Decimal):
                    values.append(value)
                    break
        return values if len(values) * 10 >= len(self.cells) * 9 else None

    def only_yes_or_no(self) -> bool:
        """1 and 0 only, of which a stock of ten goods is hardly made."""
        return len(self.cells) >= 10 and set(self._texts) <= {"0", "1"}

    def distinct_share(self) -> float:
        return self._distinct / len(self._texts) if self._texts else 0.0

    def distinct(self) -> int:
        return self._distinct

    def mean_length(self) -> float:
        return sum(map(len, self._texts)) / len(self._texts) if self._texts else 0.0


def _is_read(value: object) -> bool:
    if not isinstance(value, Finding) or value.code is None:
        return True
    return not value.code.refuses or value.code in ("ambiguous_number", "barcode_scientific")


def _barcodes(data: ColumnData) -> float:
    # A tenth of all numbers has the right check digit by chance.
    share = data.share(is_checked)
    return 0.97 * share if share >= 0.6 else 0.0


def _powers(data: ColumnData) -> float:
    """Signed quarters between -30 and +30, as no price and no quantity is."""
    if data.fits("sph") < 0.9:
        return 0.0
    signed = data.share(_SIGNED.match)
    numbers = data.numbers() or []
    quarters = sum(not number % _QUARTER for number in numbers)
    if not signed or quarters < len(numbers) * 0.9:
        return 0.0
    return 0.55 + 0.25 * signed


def _cylinders(data: ColumnData) -> float:
    """Powers of one sign, small: what stands beside a sphere."""
    numbers = data.numbers() or []
    if not numbers or _powers(data) == 0.0:
        return 0.0
    same_sign = all(number <= 0 for number in numbers) or all(number >= 0 for number in numbers)
    return 0.5 if same_sign and max(map(abs, numbers)) <= 6 else 0.0


def _indices(data: ColumnData) -> float:
    numbers = data.numbers()
    return 0.85 if numbers and all(number in _INDICES for number in numbers) else 0.0


def _diameters(data: ColumnData) -> float:
    numbers = data.numbers()
    if not numbers or data.distinct() > 8:
        return 0.0
    return 0.6 if all(50 <= number <= 85 and not number % 1 for number in numbers) else 0.0


def _base_curves(data: ColumnData) -> float:
    numbers = data.numbers()
    inside = numbers and all(Decimal(8) <= number <= Decimal("9.2") for number in numbers)
    return 0.65 if inside and any(number % 1 for number in numbers or ()) else 0.0


def _contact_diameters(data: ColumnData) -> float:
    numbers = data.numbers()
    inside = numbers and all(Decimal("13.5") <= number <= Decimal(15) for number in numbers)
    return 0.65 if inside and any(number % 1 for number in numbers or ()) else 0.0


def _vats(data: ColumnData) -> float:
    numbers = data.numbers()
    if not numbers or data.distinct() > 3 or set(numbers) == {Decimal(0)}:
        return 0.0
    signs = data.share(lambda text: text.endswith("%"))
    if not all(number in _VATS for number in numbers):
        return 0.0
    return 0.75 if signs > 0.5 else 0.0


def _prices(data: ColumnData) -> float:
    """Above nothing, of many sizes, often with kopecks or a currency beside it."""
    numbers = data.numbers()
    if not numbers or min(numbers) < 0 or data.share(is_checked) > 0.3:
        return 0.0
    if max(numbers) >= 10_000_000 or max(numbers) < 10:
        return 0.0
    counting = sorted(numbers) == list(map(Decimal, range(1, len(numbers) + 1)))
    if counting:
        return 0.0
    signs = data.share(lambda text: currency_code(text[-1]) or currency_code(text[:1]))
    places = sum(bool(number % 1) for number in numbers) / len(numbers)
    places = max(places, data.share(_KOPECKS.fullmatch))
    size = 0.15 if sorted(numbers)[len(numbers) // 2] >= 100 else 0.0
    return min(0.3 + 0.3 * signs + 0.25 * places + size, 0.8)


def _quantities(data: ColumnData) -> float:
    if data.fits("quantity") < 0.95 or data.share(_ZERO_LED.fullmatch) > 0.3:
        return 0.0
    words = data.share(lambda text: not any(mark.isdigit() for mark in text) or text[:1] in "><")
    numbers = data.numbers() or []
    small = bool(numbers) and all(number < 1000 and not number % 1 for number in numbers)
    if words > 0.2 and data.share(_says_stock) > 0.9:
        return 0.65
    return 0.35 if small and data.distinct() > 2 else 0.0


def _says_stock(text: str) -> bool:
    word = text.casefold()
    return word in IN_STOCK or word in OUT_OF_STOCK or text[:1] in "><" or text.isdecimal()


def _sizes(data: ColumnData) -> float:
    share = data.share(_SIZE.fullmatch)
    return 0.9 * share if share >= 0.7 else 0.0


def _images(data: ColumnData) -> float:
    share = data.share(_IMAGE.fullmatch)
    return 0.9 * share if share >= 0.7 else 0.0


def _currencies(data: ColumnData) -> float:
    known = ("RUB", "USD", "EUR", "CNY", "BYN", "KZT")
    share = data.share(lambda text: currency_code(text) in known and not text[:1].isdigit())
    return 0.9 if share == 1.0 else 0.0


def _units(data: ColumnData) -> float:
    return 0.9 if data.share(lambda text: text.casefold() in _UNITS) >= 0.9 else 0.0


def _names(data: ColumnData) -> float:
    """Several words, each row its own."""
    spaced = data.share(lambda text: " " in text and any(mark.isalpha() for mark in text))
    if spaced < 0.6 or data.mean_length() < 8 or data.share(_SIZE.fullmatch) > 0.5:
        return 0.0
    return 0.35 + 0.35 * data.distinct_share()


def _codes(data: ColumnData) -> float:
    share = data.share(_CODE.fullmatch)
    if share < 0.8 or data.distinct_share() < 0.8 or data.share(is_checked) > 0.3:
        return 0.0
    letters = data.share(lambda text: any(mark.isalpha() for mark in text))
    return 0.35 + 0.3 * max(letters, data.share(_ZERO_LED.fullmatch))


def _brands(data: ColumnData) -> float:
    """A few words again and again, capitals first."""
    words = data.share(lambda text: text[:1].isupper() and not any(map(str.isdigit, text)))
    few = data.distinct() <= max(3, len(data.cells) // 3)
    return 0.35 if words > 0.9 and few and data.mean_length() <= 25 else 0.0


_TESTS: tuple[tuple[str, str, Callable[[ColumnData], float]], ...] = (
    ("barcode", "check_digits", _barcodes),
    ("sph", "power_steps", _powers),
    ("cyl", "power_steps", _cylinders),
    ("index", "indices", _indices),
    ("diameter", "diameters", _diameters),
    ("cl_bc", "base_curves", _base_curves),
    ("cl_dia", "diameters", _contact_diameters),
    ("vat", "vat_rates", _vats),
    ("supplier_price", "prices", _prices),
    ("quantity", "quantities", _quantities),
    ("frame_size", "sizes", _sizes),
    ("image", "addresses", _images),
    ("currency", "currencies", _currencies),
    ("uom", "units", _units),
    ("name", "long_texts", _names),
    ("supplier_code", "codes", _codes),
    ("brand", "repeated_words", _brands),
)
