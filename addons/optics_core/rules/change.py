"""What became of an eye since the last prescription."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .meridian import axis_turn, spherical_equivalent
from .power import Power
from .power_vector import to_power, to_vector
from .transposition import canonical


@dataclass(frozen=True)
class Change:
    """`difference` is the lens that, held before the old one, makes the new one.

    `distance` is its blur in dioptres; `axis_turn` is known where both have a cylinder.
    """

    difference: Power
    distance: Decimal
    spherical_equivalent: Decimal
    axis_turn: int | None
    add: Decimal | None


def change(before: Power | None, after: Power | None) -> Change | None:
    """None unless both are complete: nothing is known about what was not measured."""
    if before is None or after is None:
        return None
    old, new = to_vector(before), to_vector(after)
    old_mean, new_mean = spherical_equivalent(before), spherical_equivalent(after)
    if old is None or new is None or old_mean is None or new_mean is None:
        return None
    moved = new - old
    add = None
    if before.add is not None and after.add is not None:
        add = after.add - before.add
    return Change(
        difference=to_power(moved),
        distance=moved.length,
        spherical_equivalent=new_mean - old_mean,
        axis_turn=axis_turn(canonical(before).axis, canonical(after).axis),
        add=add,
    )
