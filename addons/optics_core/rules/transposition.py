"""One lens, two notations: with the cylinder in minus and with the cylinder in plus."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from .power import Power, stored_axis

SIGNS = ("minus", "plus", "as_written")


def transpose(power: Power) -> Power:
    """The same lens in the other notation. Without a cylinder there is no other one."""
    if not power.cyl:
        return power
    sph = None if power.sph is None else _plain(power.sph + power.cyl)
    return Power(sph, -power.cyl, _crossed(power.axis), power.add)


def canonical(power: Power) -> Power:
    """Minus cylinder, axis 1…180, no axis without a cylinder: one lens, one form.

    A cylinder that was not measured stays None, for empty is not zero.
    """
    if not power.cyl:
        return replace(power, axis=None)
    if power.cyl > 0:
        return transpose(power)
    return replace(power, axis=stored_axis(power.axis))


def in_sign(power: Power, sign: str) -> Power:
    """As the supplier wants to read it: "minus", "plus" or "as_written"."""
    if sign not in SIGNS:
        raise ValueError(f"unknown cylinder sign: {sign!r}")
    if sign == "as_written":
        return power
    minus = canonical(power)
    return minus if sign == "minus" else transpose(minus)


def _crossed(axis: int | None) -> int | None:
    if axis is None:
        return None
    return axis + 90 if axis <= 90 else axis - 90


def _plain(value: Decimal) -> Decimal:
    return value if value else abs(value)
