"""Which rows of one lens offer the same power twice, so that its price is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

Span = tuple[Decimal, Decimal]


class Area(NamedTuple):
    """A row of availability as far as an overlap can tell it from another."""

    diameter: Decimal
    source: str
    sph: Span
    cyl: Span
    add: Span | None


def overlapping(areas: Sequence[Area]) -> list[tuple[int, int]]:
    """Pairs of positions whose areas share a power; a shared edge is shared powers too.

    A row of minus cylinders and one of plus cylinders are price lists in two notations: they
    meet only in spheres without a cylinder, which both write alike.
    """
    # By their lowest sphere: a row need be compared only until rows begin above its highest.
    order = sorted(range(len(areas)), key=lambda position: areas[position].sph[0])
    pairs = []
    for place, one in enumerate(order):
        for other in order[place + 1 :]:
            if areas[other].sph[0] > areas[one].sph[1]:
                break
            if _share_a_power(areas[one], areas[other]):
                pairs.append((min(one, other), max(one, other)))
    return sorted(pairs)


def _share_a_power(one: Area, other: Area) -> bool:
    if (one.diameter, one.source) != (other.diameter, other.source):
        return False
    if one.add is None or other.add is None:
        same_add = one.add is other.add
    else:
        same_add = _meet(one.add, other.add)
    return same_add and _meet(one.sph, other.sph) and _meet(one.cyl, other.cyl)


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
