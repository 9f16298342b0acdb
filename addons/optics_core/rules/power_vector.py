"""Power vectors (M, J0, J45): powers that can be added, subtracted and compared.

A unit of the ninth place is the precision kept: sines are binary floats, and both the
notations of one lens must give the same vector.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from .power import Power, stored_axis
from .transposition import canonical

_KEPT = Decimal("1e-9")
# Three places hold the eighths of a dioptre; what the sines disturb lies far below.
_SHOWN = Decimal("0.001")
_SAME = Decimal("1e-6")


@dataclass(frozen=True)
class PowerVector:
    m: Decimal
    j0: Decimal
    j45: Decimal

    def __sub__(self, other: PowerVector) -> PowerVector:
        return PowerVector(self.m - other.m, self.j0 - other.j0, self.j45 - other.j45)

    @property
    def length(self) -> Decimal:
        """Blur of this vector as one number, in dioptres."""
        return (self.m**2 + self.j0**2 + self.j45**2).sqrt()


def to_vector(power: Power) -> PowerVector | None:
    """None while the sphere, or the axis of a cylinder, is missing. Add is left out."""
    if power.sph is None:
        return None
    if not power.cyl:
        return PowerVector(power.sph, Decimal(0), Decimal(0))
    if power.axis is None:
        return None
    doubled = math.radians(2 * power.axis)
    half = power.cyl / 2
    return PowerVector(
        power.sph + half,
        _kept(-half * Decimal(math.cos(doubled))),
        _kept(-half * Decimal(math.sin(doubled))),
    )


def to_power(vector: PowerVector) -> Power:
    """Canonical power of the vector: to 0.001 D and whole degrees."""
    cylinder = -2 * (vector.j0**2 + vector.j45**2).sqrt()
    sph = _shown(vector.m - cylinder / 2)
    cyl = _shown(cylinder)
    if not cyl:
        return Power(sph, cyl)
    degrees = math.degrees(math.atan2(vector.j45, vector.j0)) / 2
    return Power(sph, cyl, stored_axis(math.floor(degrees + 0.5) % 180))


def distance(a: Power, b: Power) -> Decimal | None:
    """How far apart two refractions are, in dioptres; None when one is not complete."""
    one, other = to_vector(a), to_vector(b)
    if one is None or other is None:
        return None
    return (one - other).length


def same_power(a: Power, b: Power) -> bool:
    """Whether both make the same lens, whichever sign either is written in.

    Add counts. What is not complete equals only what is written just so.
    """
    apart = distance(a, b)
    if apart is None:
        return canonical(a) == canonical(b)
    return apart < _SAME and (a.add or 0) == (b.add or 0)


def _kept(value: Decimal) -> Decimal:
    # "+ 0" takes the sign off a zero.
    return value.quantize(_KEPT) + 0


def _shown(value: Decimal) -> Decimal:
    return value.quantize(_SHOWN) + 0
