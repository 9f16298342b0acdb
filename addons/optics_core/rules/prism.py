"""Prism: two components with bases, or one amount with a base angle.

The angle is the examiner's, counted as axes are: 0 to the right, 90 up. The nose is to
the right of the right eye, so its base in is 0, and the left eye's is 180.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from .power import EYES

BASES_H = ("in", "out")
BASES_V = ("up", "down")

_SHOWN = Decimal("0.01")
_ANGLES = {
    "od": {"in": 0, "up": 90, "out": 180, "down": 270},
    "os": {"in": 180, "up": 90, "out": 0, "down": 270},
}


@dataclass(frozen=True)
class Prism:
    """As a prescription has it; a component of None was not measured."""

    h: Decimal | None = None
    base_h: str | None = None
    v: Decimal | None = None
    base_v: str | None = None

    @property
    def is_directed(self) -> bool:
        """Whether each component that there is has its base."""
        return not (self.h and not self.base_h) and not (self.v and not self.base_v)

    @property
    def amount(self) -> Decimal:
        """Both components together, whichever way they point; to 0.01."""
        return resultant(self.h or Decimal(0), self.v or Decimal(0))[0]


def base_angle(eye: str, base: str) -> int:
    return _ANGLES[eye][base]


def components(eye: str, prism: Prism) -> tuple[Decimal, Decimal]:
    """(right, up) as the examiner sees it; what was not measured counts as none.

    ValueError unless `prism.is_directed`.
    """
    right = _signed(eye, prism.h, prism.base_h)
    up = _signed(eye, prism.v, prism.base_v)
    return right, up


def resultant(h: Decimal, v: Decimal) -> tuple[Decimal, Decimal]:
    """(amount, angle 0…360) of a component to the right and one upwards, to 0.01."""
    amount = (h**2 + v**2).sqrt()
    angle = Decimal(math.degrees(math.atan2(v, h))) % 360
    shown = (angle + 360 if angle < 0 else angle).quantize(_SHOWN)
    return amount.quantize(_SHOWN), shown % 360


def from_resultant(eye: str, amount: Decimal, angle: Decimal) -> Prism:
    """The two components of "5.00 base 53", each with its base, to 0.01."""
    radians = math.radians(angle)
    right = (amount * Decimal(math.cos(radians))).quantize(_SHOWN)
    up = (amount * Decimal(math.sin(radians))).quantize(_SHOWN)
    inwards = right > 0 if eye == EYES[0] else right < 0
    return Prism(
        abs(right),
        None if not right else "in" if inwards else "out",
        abs(up),
        None if not up else "up" if up > 0 else "down",
    )


def _signed(eye: str, amount: Decimal | None, base: str | None) -> Decimal:
    if not amount:
        return Decimal(0)
    if base is None:
        # Half of the answers would be wrong by twice the prism.
        raise ValueError(f"a prism of {amount} without a base has no direction")
    return -amount if base_angle(eye, base) in (180, 270) else amount


def prentice(mm: Decimal, power: Decimal) -> Decimal:
    """Prism of a lens of `power` looked through `mm` beside its centre."""
    return abs(mm * power / 10)
