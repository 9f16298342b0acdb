"""Money is whole kopecks inside the adapter; roubles exist only at its edges."""

from __future__ import annotations

import math
import re
from decimal import Decimal

# The largest price, line and total that registers and operators take: 99 999 999.99.
MAX_KOPECKS = 9_999_999_999

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")

_WORDS = {
    "not_a_number": "Нужно число, например 1000 или 1000.50.",
    "negative": "Число не может быть отрицательным.",
    "too_large": "Число слишком велико: проверьте, нет ли лишних цифр.",
    "too_fine": "Слишком много знаков после точки: в деньгах их не больше двух (копейки),"
    " в количестве — не больше трёх.",
}


class AmountError(ValueError):
    """A number that cannot be an amount; `code` is stable, the text is for people."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_WORDS[code])


def kopecks(value: Decimal | float | str) -> int:
    """Roubles to kopecks, exactly: what is finer than a kopeck is refused, never rounded."""
    return exact(value, 2, MAX_KOPECKS)


def roubles(amount: int) -> str:
    """Kopecks as people and JSON answers write them: "1234.50"."""
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 100)
    return f"{sign}{whole}.{rest:02d}"


def exact(value: object, places: int, limit: int) -> int:
    """`value` counted in units of 10 ** -places; `AmountError` unless that is a whole number
    between 0 and `limit`."""
    number = _number(value)
    if number < 0:
        raise AmountError("negative")
    # Before the multiplication: int() of Decimal("1e999999") would take the till's memory.
    if number > limit:
        raise AmountError("too_large")
    units = _units(number, places)
    if units > limit:
        raise AmountError("too_large")
    return units


def _number(value: object) -> int | float | Decimal:
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value):
        return Decimal(value)
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, Decimal) and value.is_finite():
        return value
    # bool is an int to Python; a till that sends true for a price has a bug worth showing.
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise AmountError("not_a_number")


def _units(number: int | float | Decimal, places: int) -> int:
    scale: int = 10**places
    if isinstance(number, int):
        return number * scale
    if isinstance(number, float):
        units = round(number * scale)
        # Division rounds correctly, so this holds for exactly one float per decimal: the one
        # that a JSON parser makes of "1000.10". Anything else had more digits than it may.
        fits = units / scale == number
    else:
        units = int(number * scale)
        # Comparison is exact whatever the context; multiplication rounds to 28 digits.
        fits = Decimal(units).scaleb(-places) == number
    if not fits:
        raise AmountError("too_fine")
    return units
