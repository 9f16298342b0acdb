"""Prices that end as shops like them: 1 499.90, 1 490, 1 999."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

_ONE = Decimal(1)
_EXACT = Context(prec=60)


def round_to(value: Decimal, ending: Decimal) -> Decimal:
    """The nearest price with this ending; right between two, the higher.

    0.90 ends the roubles (…3.90), 9 the tens (…19), 90 the hundreds (…490). A price above nothing
    never becomes nothing or less: the lowest is the ending itself.
    """
    return _ended(value, ending, ROUND_HALF_UP)


def round_up_to(value: Decimal, ending: Decimal) -> Decimal:
    """The lowest price with this ending that is not below `value`."""
    return _ended(value, ending, ROUND_CEILING)


def nearest(value: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of `step`; right between two, the one farther from zero."""
    return _multiple(value, step, ROUND_HALF_UP)


def ceil(value: Decimal, step: Decimal = _ONE) -> Decimal:
    return _multiple(value, step, ROUND_CEILING)


def floor(value: Decimal, step: Decimal = _ONE) -> Decimal:
    return _multiple(value, step, ROUND_FLOOR)


def period(ending: Decimal) -> Decimal:
    """How far apart prices with this ending are: 1 for 0.90, 10 for 9, 100 for 90."""
    return _ONE if ending < 1 else Decimal(10) ** (ending.adjusted() + 1)


def _ended(value: Decimal, ending: Decimal, rounding: str) -> Decimal:
    if value <= 0:
        return value
    found = _EXACT.add(_multiple(_EXACT.subtract(value, ending), period(ending), rounding), ending)
    if found > 0:
        return found
    return ending if ending > 0 else period(ending)


def _multiple(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    times = _EXACT.divide(value, step).to_integral_value(rounding)
    return _EXACT.multiply(times, step) + 0
