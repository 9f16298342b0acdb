"""A power typed in one breath: "-2.00 -1.00 x 20", "сф -2,25 цил -0,5 ось 90 адд 2".

The sign of a sphere or cylinder must be typed: "2.00" may be either, and a guess would
be somebody's glasses. Add has no sign to choose, an axis has none at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .power import Power, stored_axis
from .step import EIGHTH, on_step, whole_eighth

CODES = (
    "not_understood",
    "sign_missing",
    "sign_forbidden",
    "ambiguous",
    "too_fine",
    "axis_range",
    "cylinder_missing",
    "value_missing",
    "twice",
)


class ShorthandError(ValueError):
    """`token` is what could not be read, `code` (one of CODES) says why."""

    def __init__(self, token: str, code: str = "not_understood") -> None:
        self.token = token
        self.code = code
        super().__init__(f"{code}: {token!r}")


def parse(text: str, *, measured: bool = False) -> Power:
    """The power that was typed. What is not mentioned is not measured.

    `measured` is for a line of a lensmeter: its 2.12 is 2.12 and not a cut eighth.
    Limits are not asked here: -2.10 is read as such, and `limits` refuses it by name.
    """
    reader = _Reader(text, measured)
    if text.strip() and not reader.tokens:
        raise ShorthandError(text.strip())
    for position, token in enumerate(reader.tokens):
        reader.read(position, token)
    return reader.power()


_WORDS = {
    "sph": ("sph", "sphere", "s", "сф", "сфера"),
    "cyl": ("cyl", "cylinder", "c", "цил", "цилиндр", "ц"),
    # Latin and Cyrillic letters that look alike: both keyboards are in use.
    "axis": ("x", "х", "×", "*", "@", "ax", "ах", "a", "а", "axis", "ось"),
    "add": ("add", "адд", "аддидация"),
    "plano": ("pl", "plano", "пл", "плано"),
    # Units, "sphere only", and "ДЛ": for the distance, which the sphere is for anyway.
    "noise": ("d", "ds", "dpt", "д", "дп", "дптр", "дл", "°", "º", "=", ":"),
    "separator": ("/", ",", ";", "|"),
}
_MEANING = {word: meaning for meaning, words in _WORDS.items() for word in words}

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>[+-]?\s*[0-9]+(?:[.,][0-9]+)? | [+-]\s*[.,][0-9]+ | \.[0-9]+)
        | (?P<word>[^\W\d_]+) \.?
        | (?P<mark>\S)
    )""",
    re.VERBOSE,
)
# Minus signs of word processors; characters that nobody sees are dropped.
_TYPED = str.maketrans(
    dict.fromkeys("\u2212\u2013\u2014\u2010\u2011\uff0d", "-")
    | {"\uff0b": "+"}
    | dict.fromkeys("\u200b\u200e\u200f\ufeff", "")
)
_MAX_PLACES = 3
# Of a power in hundredths: -2000 is -20.00.
_MOST_DIGITS = 4
# Fractions to one person, whole dioptres to another.
_AMBIGUOUS = ("25", "50", "75")


@dataclass(frozen=True)
class _Token:
    text: str
    meaning: str

    @property
    def is_value(self) -> bool:
        return self.meaning in ("number", "plano")

    @property
    def digits(self) -> str:
        return self.text.lstrip("+- ")

    @property
    def sign(self) -> str:
        return self.text[0] if self.text[0] in "+-" else ""

    @property
    def is_hundredths(self) -> bool:
        """ "-200" is -2.00: no lens has two hundred dioptres."""
        return self.meaning == "number" and self.digits.isdigit() and len(self.digits) > 2


class _Reader:
    """Fields of one power, filled by labels or, without one, in their usual order."""

    def __init__(self, text: str, measured: bool) -> None:
        self.measured = measured
        self.tokens = _tokens(text)
        self.values: dict[str, Decimal] = {}
        self.axis: _Token | None = None
        self.label: _Token | None = None
        # The field of the number just read, if no label announced it.
        self.unlabelled: str | None = None

    def read(self, position: int, token: _Token) -> None:
        if token.is_value:
            field = self.label.meaning if self.label else self._field(position, token)
            self._put(field, token)
            self.unlabelled = None if self.label else field
            self.label = None
        elif self.label:
            raise ShorthandError(self.label.text, "value_missing")
        elif token.meaning == self.unlabelled:
            # "-2.00 sph": a label that comes after its number.
            self.unlabelled = None
        else:
            self.label = token

    def power(self) -> Power:
        if self.label:
            raise ShorthandError(self.label.text, "value_missing")
        sph, cyl, add = (self.values.get(field) for field in ("sph", "cyl", "add"))
        axis = None
        if self.axis and cyl is None:
            raise ShorthandError(self.axis.text, "cylinder_missing")
        # Instruments print "0.00 x 180" for a sphere: without a cylinder no axis.
        if self.axis and cyl:
            axis = stored_axis(int(self.axis.text))
        return Power(sph, cyl, axis, add)

    def _field(self, position: int, token: _Token) -> str:
        """The field of a number without a label before it: the next one in order."""
        after = self.tokens[position + 1 : position + 3]
        if after and after[0].meaning == "add" and not after[-1].is_value:
            # "+2.00 add": the label comes after its number.
            return "add"
        if "sph" not in self.values and "cyl" not in self.values:
            return "sph"
        if token.meaning == "number" and "cyl" not in self.values:
            return "cyl"
        if token.meaning == "number" and self.axis is None:
            return "axis"
        raise ShorthandError(token.text)

    def _put(self, field: str, token: _Token) -> None:
        if field in self.values or (field == "axis" and self.axis):
            raise ShorthandError(token.text, "twice")
        if field == "axis":
            self.axis = _checked_axis(token)
        elif token.meaning == "plano":
            self._put_plano(field, token)
        else:
            self.values[field] = self._dioptres(field, token)

    def _put_plano(self, field: str, token: _Token) -> None:
        if field == "add":
            raise ShorthandError(token.text)
        self.values[field] = Decimal(0)

    def _dioptres(self, field: str, token: _Token) -> Decimal:
        magnitude = self._magnitude(token)
        if field == "add":
            if token.sign == "-":
                raise ShorthandError(token.text, "sign_forbidden")
        elif magnitude and not token.sign:
            raise ShorthandError(token.text, "sign_missing")
        return -magnitude if magnitude and token.sign == "-" else magnitude

    def _magnitude(self, token: _Token) -> Decimal:
        digits = token.digits.replace(",", ".")
        if token.is_hundredths:
            return self._from_hundredths(token)
        places = len(digits.partition(".")[2])
        if places > _MAX_PLACES:
            raise ShorthandError(token.text, "too_fine")
        if len(digits) == 2 and digits.isdigit() and self._is_ambiguous(digits):
            raise ShorthandError(token.text, "ambiguous")
        typed = Decimal(digits)
        return typed if self.measured else whole_eighth(typed)

    def _from_hundredths(self, token: _Token) -> Decimal:
        if len(token.digits) > _MOST_DIGITS:
            raise ShorthandError(token.text)
        typed = Decimal(token.digits) / 100
        if self.measured:
            return typed
        prescribed = whole_eighth(typed)
        if not on_step(prescribed, EIGHTH):
            raise ShorthandError(token.text)
        return prescribed

    def _is_ambiguous(self, digits: str) -> bool:
        """Is "-50" a half or fifty? Beside "-200", any two digits are doubtful."""
        beside_hundredths = any(each.is_hundredths and each.sign for each in self.tokens)
        return digits in _AMBIGUOUS or (beside_hundredths and digits != "00")


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text.translate(_TYPED).strip()):
        if number := match["number"]:
            found.append(_Token("".join(number.split()), "number"))
            continue
        word = match["word"] or match["mark"]
        meaning = _MEANING.get(word.casefold())
        if meaning is None:
            raise ShorthandError(word)
        if meaning not in ("noise", "separator"):
            found.append(_Token(word, meaning))
    return found


def _checked_axis(token: _Token) -> _Token:
    if token.meaning != "number":
        raise ShorthandError(token.text)
    if token.sign:
        raise ShorthandError(token.text, "sign_forbidden")
    if not token.digits.isdigit() or int(token.digits) > 180:
        raise ShorthandError(token.text, "axis_range")
    return token
