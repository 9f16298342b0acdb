"""Powers as opticians write them: always a sign, two digits, the axis in three."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from .power import Power
from .step import EIGHTH, on_step

_HUNDREDTH = Decimal("0.01")


def dioptre(value: Decimal | None) -> str:
    """ "+1.25", "0.00", "" for not measured.

    An eighth is cut as labs do, 0.125 is "+0.12"; what was computed and lies on no step
    is rounded.
    """
    if value is None:
        return ""
    rounding = ROUND_DOWN if on_step(value, EIGHTH) else ROUND_HALF_UP
    shown = value.quantize(_HUNDREDTH, rounding=rounding)
    return f"{shown:+.2f}" if shown else "0.00"


def axis(value: int | None) -> str:
    return "" if value is None else f"{value:03d}"


def millimetres(value: Decimal | None) -> str:
    """ "62.5", "62": half millimetres are written only where there is one."""
    return "" if value is None else f"{value.normalize():f}"


def power(value: Power) -> str:
    """One line: "-2.00 -1.00 × 020 Add +2.00". `shorthand.parse` reads it back."""
    words = []
    if value.sph is not None:
        words.append(dioptre(value.sph))
    if value.cyl is not None:
        words.append(dioptre(value.cyl) if words else f"cyl {dioptre(value.cyl)}")
    if value.axis is not None:
        words.append(f"× {axis(value.axis)}")
    if value.add is not None:
        words.append(f"Add {dioptre(value.add)}")
    return " ".join(words)
