"""The functions that a formula may call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from .price_ending import ceil, floor, round_to, round_up_to

_EXACT = Context(prec=60)


@dataclass(frozen=True)
class Call:
    """`constant_second` says of which numbers the second argument may be; it is written out
    then, so that a wrong one is found before the first row."""

    function: Callable[..., Decimal]
    least: int
    most: int
    constant_second: Callable[[Decimal], bool] | None = None


def _rounded(value: Decimal, places: Decimal = Decimal(0)) -> Decimal:
    """Half away from zero, as money is rounded; round(1250, -2) is 1300."""
    unit = Decimal(1).scaleb(-int(places))
    return _EXACT.multiply(_EXACT.divide(value, unit).to_integral_value(ROUND_HALF_UP), unit)


def _is_places(places: Decimal) -> bool:
    return places == places.to_integral_value() and -6 <= places <= 6


def _is_step(step: Decimal) -> bool:
    return step > 0


def _is_ending(ending: Decimal) -> bool:
    return 0 <= ending < 100_000


CALLS: dict[str, Call] = {
    "min": Call(min, 2, 10),
    "max": Call(max, 2, 10),
    "abs": Call(abs, 1, 1),
    "round": Call(_rounded, 1, 2, _is_places),
    "round_to": Call(round_to, 2, 2, _is_ending),
    "round_up_to": Call(round_up_to, 2, 2, _is_ending),
    "ceil": Call(ceil, 1, 2, _is_step),
    "floor": Call(floor, 1, 2, _is_step),
}
