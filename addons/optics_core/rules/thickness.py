"""About how thick: for the customer's choice of an index, never a promise.

The sag is the parabola's, and the base curve is left out. To be shown as "about".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .power import Power
from .step import to_step

# Usual for plastic. GOST 30808-2002 forbids less than 0.4 mm in either place.
CENTRE_MIN = Decimal("1.5")
EDGE_MIN = Decimal("1.0")
GOST_MIN = Decimal("0.4")

_SHOWN = Decimal("0.1")


@dataclass(frozen=True)
class Thickness:
    """In millimetres; `edge` is the rim where it is thickest, `edge_thin` thinnest."""

    centre: Decimal
    edge: Decimal
    edge_thin: Decimal


def added_thickness(power: Decimal, diameter: Decimal, index: Decimal) -> Decimal:
    """By how much centre and rim differ in the meridian of `power`."""
    return (diameter / 2) ** 2 * abs(power) / (2000 * (index - 1))


def estimate(
    power: Power,
    diameter: Decimal,
    index: Decimal,
    edge_min: Decimal = EDGE_MIN,
    centre_min: Decimal = CENTRE_MIN,
) -> Thickness | None:
    """To 0.1 mm; None without a sphere.

    `diameter` is twice the farthest that the finished lens reaches from its optical
    centre: ED and twice the decentration.
    """
    if power.sph is None:
        return None
    meridians = (power.sph, power.sph + (power.cyl or 0))
    # A plus meridian thins towards the rim, a minus one grows.
    growth = [added_thickness(each, diameter, index).copy_sign(-each) for each in meridians]
    thinnest, thickest = min(growth), max(growth)
    centre = max(centre_min, edge_min - thinnest)
    return Thickness(
        to_step(centre, _SHOWN),
        to_step(centre + thickest, _SHOWN),
        to_step(centre + thinnest, _SHOWN),
    )
