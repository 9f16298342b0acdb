"""Visual acuity, whatever chart it was read from, as one decimal number."""

from __future__ import annotations

from decimal import Decimal

# How the value beside the unit is read: the decimal itself, the lower number of a fraction of
# six metres or twenty feet, or the logarithm of the smallest angle.
UNITS = ("decimal", "six_metres", "twenty_feet", "logmar")

_FRACTION_OF = {"six_metres": Decimal(6), "twenty_feet": Decimal(20)}


def to_decimal(value: Decimal | None, unit: str) -> Decimal | None:
    """1.0 for 6/6, 20/20 and logMAR 0. A fraction of nothing has no answer."""
    if unit not in UNITS:
        raise ValueError(f"unknown unit of acuity: {unit!r}")
    if value is None or unit == "decimal":
        return value
    if unit == "logmar":
        return Decimal(10) ** -value
    return _FRACTION_OF[unit] / value if value > 0 else None


def written(value: Decimal | None, unit: str) -> str:
    """ "1.0", "6/6", "20/40", "logMAR 0.1"."""
    if value is None:
        return ""
    text = f"{value.normalize():f}"
    match unit:
        case "decimal":
            return text if "." in text else f"{text}.0"
        case "six_metres":
            return f"6/{text}"
        case "twenty_feet":
            return f"20/{text}"
        case "logmar":
            return f"logMAR {text}"
    raise ValueError(f"unknown unit of acuity: {unit!r}")
