"""Cells of number columns: prices, quantities, percentages, powers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from math import isfinite

from .finding import Finding, Parser
from .formula_error import formula_error
from .number_format import NumberFormat
from .number_text import MOST_DIGITS, Written, ordinary, plain_pattern, read_number
from .power_text import eighth, read_power
from .problem import Code
from .source.cell_value import CellValue, Percent
from .targets import Kind, Target

# What stands in a cell to say that there is nothing.
NOTHING = frozenset(
    {"", "-", "--", "---", ".", "х", "x", "нет", "н/д", "нд", "n/a", "na", "none", "null", "nil"}
)
ON_REQUEST = frozenset(
    {"по запросу", "цена по запросу", "под запрос", "запрос", "договорная", "договорная цена"}
    | {"дог.", "звоните", "уточняйте", "уточняется", "уточнить", "по договоренности"}
    | {"по договорённости", "on request", "call", "poa", "tbd", "tba"}
)
_NO_VAT = frozenset({"без ндс", "ндс не облагается", "не облагается", "без налога", "0% ндс"})
_AT_LEAST = re.compile(
    r"(?:>=?|≥|более|больше|свыше|от|over|more than)\s*(\d{1,9})(?:\s*шт\.?)?"
    r"|(\d{1,9})\s*(?:\+|и более|и больше)",
    re.IGNORECASE | re.ASCII,
)
_TWO_DIAMETERS = re.compile(
    r"[øØ⌀∅]?\s*(\d{2}(?:[.,]5)?)\s*/\s*(\d{2}(?:[.,]5)?)(?:\s*(?:мм|mm))?", re.ASCII
)
IN_STOCK = frozenset(
    {"есть", "в наличии", "+", "++", "+++", "много", "достаточно", "да", "yes", "in stock", "v"}
)
OUT_OF_STOCK = frozenset(
    {"нет", "нет в наличии", "отсутствует", "0 шт", "no", "out of stock", "под заказ"}
)

_BEYOND = Decimal(10) ** MOST_DIGITS
_HUNDRED = Decimal(100)
_MOST_KNOWN = 1000
TextReader = Callable[[str], Decimal | Finding | None]


def number_parser(
    target: Target,
    form: NumberFormat,
    *,
    currency: str | None = "",
    factor: Decimal | None = None,
) -> Parser:
    """A parser of one column; everything that can be decided beforehand is.

    `currency` is the ISO code the column is in, "" where each row may say its own, None where a
    sign says nothing new; `factor` turns the supplier's unit into ours.
    """
    plain = plain_pattern(form).fullmatch
    read = _text_reader(target, form, currency)
    checked = limits(target, factor)
    is_power = target.kind is Kind.POWER
    is_percent = target.kind is Kind.PERCENT
    fraction = is_percent and form.fraction
    # A plain text of a power may be an eighth in two digits, of a percentage a fraction.
    simple = not is_power and not fraction

    known: dict[str, Decimal | Finding | None] = {}

    def from_text(text: str) -> Decimal | Finding | None:
        # Powers, percentages and stocks are the same few texts ten thousand times.
        if text in known:
            return known[text]
        found = read(text)
        value = checked(found) if isinstance(found, Decimal) else _taken(found, checked)
        if len(known) < _MOST_KNOWN:
            known[text] = value
        return value

    def parse(cell: CellValue) -> Decimal | Finding | None:
        # Exact types: a bool is an int and a Percent a float, and neither is a price.
        if type(cell) is int:
            value = Decimal(cell)
        elif type(cell) is float and isfinite(cell):
            # repr() is the shortest decimal that reads back as the same float: what was typed.
            value = Decimal(repr(cell))
            if is_power:
                value = eighth(value)
        elif type(cell) is str:
            if not (simple and plain(cell)):
                return from_text(cell)
            value = Decimal(cell.replace(",", "."))
        elif type(cell) is Percent and is_percent:
            return checked(Decimal(repr(float(cell))) * _HUNDRED)
        else:
            return not_a_number(cell)
        return checked(value * _HUNDRED if fraction else value)

    return parse


def limits(target: Target, factor: Decimal | None = None) -> Callable[[Decimal], Decimal | Finding]:
    """Holds a number, multiplied by `factor`, to what is possible for the target."""
    low = -_BEYOND if target.low is None else target.low
    high = _BEYOND if target.high is None else target.high
    step = target.step

    money = target.kind is Kind.MONEY

    def within(value: Decimal) -> Decimal | Finding:
        if money and not value:
            return Finding(Code.PRICE_ZERO)
        return value if low <= value <= high else _beyond(target, value)

    def checked(value: Decimal) -> Decimal | Finding:
        if factor is not None:
            value *= factor
        if money and not value:
            return Finding(Code.PRICE_ZERO)
        if not low <= value <= high:
            return _beyond(target, value)
        if step is not None and value % step:
            return Finding(Code.OFF_STEP, {"step": str(step)})
        if target.kind is Kind.INTEGER and value != value.to_integral_value():
            return Finding(Code.NOT_WHOLE)
        return value

    plain = factor is None and step is None and target.kind is not Kind.INTEGER
    return within if plain else checked


def _taken(
    found: Decimal | Finding | None, checked: Callable[[Decimal], Decimal | Finding]
) -> Finding | None:
    """What a finding takes all the same is held to the same limits."""
    if not isinstance(found, Finding):
        return None
    if isinstance(found.value, Decimal):
        value = checked(found.value)
        return value if isinstance(value, Finding) else found._replace(value=value)
    if found.span is None:
        return found
    low, high = map(checked, found.span)
    if isinstance(low, Finding):
        return low
    return high if isinstance(high, Finding) else found._replace(span=(low, high))


def not_a_number(cell: CellValue) -> Finding:
    if error := formula_error(cell):
        return error
    if isinstance(cell, date | time):
        return Finding(Code.DATE_IN_NUMBER)
    if isinstance(cell, Percent):
        return Finding(Code.PERCENT_IN_NUMBER)
    return Finding(Code.NOT_A_NUMBER)


def _beyond(target: Target, value: Decimal) -> Finding:
    if target.low is not None and not target.low and value < 0:
        return Finding(Code.NEGATIVE)
    if target.high is None and abs(value) > _BEYOND:
        return Finding(Code.NUMBER_TOO_LONG, {"limit": MOST_DIGITS})
    low, high = target.low, target.high
    return Finding(
        Code.OUT_OF_BOUNDS,
        {"low": None if low is None else str(low), "high": None if high is None else str(high)},
    )


def _text_reader(target: Target, form: NumberFormat, currency: str | None) -> TextReader:
    if target.kind is Kind.POWER:
        return lambda text: formula_error(text) or read_power(text, form)
    thousandths = target.name in ("index", "base_curve", "cl_bc", "cl_dia")

    def read(text: str) -> Decimal | Finding | None:
        found = formula_error(text)
        if found is not None:
            return found
        word = ordinary(text).casefold()
        if word in ON_REQUEST and target.kind is Kind.MONEY:
            return Finding(Code.PRICE_ON_REQUEST)
        if word in NOTHING:
            return None
        if target.name == "vat" and word in _NO_VAT:
            return Decimal(0)
        written = read_number(text, form, exact_thousandths=thousandths)
        if isinstance(written, Finding):
            return written
        return _said(written, target, form, currency)

    if target.name == "quantity":
        return _quantity_reader(read)
    return _diameter_reader(read) if target.name == "diameter" else read


def _said(
    written: Written, target: Target, form: NumberFormat, currency: str | None
) -> Decimal | Finding:
    value = written.value
    if target.kind is Kind.PERCENT:
        return value * _HUNDRED if form.fraction and not written.percent else value
    if written.percent:
        return Finding(Code.PERCENT_IN_NUMBER)
    if written.currency is None or (currency is None and target.kind is Kind.MONEY):
        return value
    if target.kind is not Kind.MONEY:
        return Finding(Code.NOT_A_NUMBER)
    if not currency:
        return Finding(value=value, currency=written.currency)
    if written.currency != currency:
        return Finding(Code.CURRENCY_UNEXPECTED, {"found": written.currency, "expected": currency})
    return value


def _quantity_reader(read: TextReader) -> TextReader:
    """ "нет" is none left, not nothing said; ">10" is 10 for sure; "есть" is no number."""

    def read_quantity(text: str) -> Decimal | Finding | None:
        word = ordinary(text).casefold()
        if word in OUT_OF_STOCK:
            return Decimal(0)
        if word in IN_STOCK:
            return Finding(Code.QUANTITY_UNKNOWN)
        if at_least := _AT_LEAST.fullmatch(word):
            taken = Decimal(at_least[1] or at_least[2])
            return Finding(Code.QUANTITY_AT_LEAST, {"taken": str(taken)}, taken)
        found = read(text)
        if isinstance(found, Finding) and found.code is Code.NOT_A_NUMBER:
            # "ожидается 05.12": no reason to lose the row's price.
            return Finding(Code.QUANTITY_UNKNOWN)
        return found

    return read_quantity


def _diameter_reader(read: TextReader) -> TextReader:
    """ "65/70" is a blank of 65 mm that is decentred to serve as one of 70."""

    def read_diameter(text: str) -> Decimal | Finding | None:
        two = _TWO_DIAMETERS.fullmatch(ordinary(text))
        if not two:
            return read(text)
        smaller, larger = sorted(Decimal(each.replace(",", ".")) for each in two.groups())
        params = {"taken": str(larger), "other": str(smaller)}
        return Finding(Code.TWO_DIAMETERS, params, larger)

    return read_diameter
