"""Power along a meridian, the mean of all of them, and the angle between two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from .power import Power

_KEPT = Decimal("1e-9")


@dataclass(frozen=True)
class Meridian:
    angle: int
    power: Decimal


def spherical_equivalent(power: Power) -> Decimal | None:
    if power.sph is None:
        return None
    return power.sph + (power.cyl or 0) / Decimal(2)


def power_at(power: Power, theta: int) -> Decimal | None:
    """Power in meridian `theta`; None while sphere or axis is missing.

    180 is the horizontal one: it makes the edge thick and the prism of wrong centring.
    """
    if power.sph is None:
        return None
    if not power.cyl:
        return power.sph
    if power.axis is None:
        return None
    sine = math.sin(math.radians(theta - power.axis))
    return (power.sph + power.cyl * Decimal(sine * sine)).quantize(_KEPT)


def principal_meridians(power: Power) -> tuple[Meridian, Meridian] | None:
    """Along the axis and across it; a sphere answers with 180 and 90."""
    if power.sph is None:
        return None
    if not power.cyl:
        return Meridian(180, power.sph), Meridian(90, power.sph)
    if power.axis is None:
        return None
    # Some instruments print 0 for the horizontal axis.
    axis = power.axis or 180
    across = axis + 90 if axis <= 90 else axis - 90
    return Meridian(axis, power.sph), Meridian(across, power.sph + power.cyl)


def strongest(power: Power) -> Decimal | None:
    """The largest power of any meridian, sign aside."""
    if power.sph is None:
        return None
    return max(abs(power.sph), abs(power.sph + (power.cyl or 0)))


def axis_turn(a: int | None, b: int | None) -> int | None:
    """Degrees between two axes, the short way round: 178 and 3 are 5 apart."""
    if a is None or b is None:
        return None
    turned = abs(a - b) % 180
    return min(turned, 180 - turned)
