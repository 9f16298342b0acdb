"""Steps: what a value may be a multiple of, and how it gets there.

Rounding is half away from zero everywhere (ROUND_HALF_UP). It is what an optician does
by hand, it treats plus and minus lenses alike, and unlike half-even it does not make
every other step wider than its neighbour.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

QUARTER = Decimal("0.25")
EIGHTH = Decimal("0.125")
HALF_MILLIMETRE = Decimal("0.5")

# How labs and lensmeters write the odd eighths in two digits, cut or rounded.
_TWO_DIGIT_EIGHTHS = {
    Decimal(written): Decimal(meant)
    for meant, spellings in {
        "0.125": ("0.12", "0.13"),
        "0.375": ("0.37", "0.38"),
        "0.625": ("0.62", "0.63"),
        "0.875": ("0.87", "0.88"),
    }.items()
    for written in spellings
}


def on_step(value: Decimal, step: Decimal) -> bool:
    return value % step == 0


def to_step(value: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of `step`; right between two, the one farther from zero."""
    return _multiple(value, step, ROUND_HALF_UP)


def neighbours(value: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    """The multiples of `step` below and above `value`: what could have been meant."""
    return _multiple(value, step, ROUND_FLOOR), _multiple(value, step, ROUND_CEILING)


def whole_eighth(typed: Decimal) -> Decimal:
    """2.12 and 2.13 typed for a prescription mean 2.125; anything else stays as it is.

    Not for measured values: a lensmeter that shows 2.12 may mean just that.
    """
    magnitude = abs(typed)
    fraction = magnitude % 1
    meant = magnitude - fraction + _TWO_DIGIT_EIGHTHS.get(fraction, fraction)
    return meant.copy_sign(typed)


def _multiple(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    multiple = (value / step).to_integral_value(rounding) * step
    return multiple if multiple else abs(multiple)
