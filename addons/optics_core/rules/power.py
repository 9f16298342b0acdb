"""The power of a lens before one eye, as somebody wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# Right first: so the Russian rules for writing prescriptions want it.
EYES = ("od", "os")


@dataclass(frozen=True)
class Power:
    """None is "not measured"; 0.00 is measured and without power."""

    sph: Decimal | None = None
    cyl: Decimal | None = None
    axis: int | None = None
    add: Decimal | None = None

    def __post_init__(self) -> None:
        for value in (self.sph, self.cyl, self.add):
            if value is not None and not isinstance(value, Decimal):
                raise TypeError(f"a power is made of decimals, see exact(): {value!r}")
        if self.axis is not None and type(self.axis) is not int:
            raise TypeError(f"an axis is a whole number: {self.axis!r}")

    @property
    def has_cylinder(self) -> bool:
        return bool(self.cyl)

    @property
    def is_complete(self) -> bool:
        """Whether a lens can be made of it: a sphere, and an axis for the cylinder."""
        return self.sph is not None and (not self.has_cylinder or self.axis is not None)


def stored_axis(typed: int | None) -> int | None:
    """Some instruments print 0 for the horizontal axis; it is kept as 180."""
    return 180 if typed == 0 else typed


def near_power(power: Power) -> Power:
    """The single-vision power for reading: Add goes into the sphere."""
    if power.sph is None or power.add is None:
        return power
    return Power(power.sph + power.add, power.cyl, power.axis)
