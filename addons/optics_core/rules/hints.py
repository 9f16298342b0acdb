"""Remarks beside a prescription while it is typed. A hint never blocks anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .change import change
from .meridian import spherical_equivalent, strongest
from .near_pd import near_pd_of_eyes
from .power import EYES, Power
from .transposition import canonical
from .vertex import MIN_POWER

ANISOMETROPIA = Decimal(2)
BIG_CHANGE = Decimal(1)
AXIS_SLIP_DEGREES = 20
AXIS_SLIP_CYLINDER = Decimal(1)
NEAR_PD_APART = Decimal("1.5")

KINDS_WITH_ADD = ("bifocal", "progressive")
KINDS_FOR_NEAR = ("near", "bifocal", "progressive", "intermediate")

# From this age on, the usual Add: (age, lowest, highest).
ADD_BY_AGE = (
    (0, Decimal(0), Decimal(0)),
    (38, Decimal(0), Decimal("1.00")),
    (43, Decimal("0.75"), Decimal("1.50")),
    (48, Decimal("1.00"), Decimal("2.00")),
    (53, Decimal("1.50"), Decimal("2.50")),
    (58, Decimal("1.75"), Decimal("2.75")),
    (63, Decimal("2.00"), Decimal("3.00")),
)


@dataclass(frozen=True)
class Hint:
    """`params` are numbers for the sentence, by name."""

    code: str
    eye: str | None = None
    params: Mapping[str, Decimal | int | None] = field(default_factory=dict)


def hints(
    od: Power | None,
    os: Power | None,
    kind: str,
    age: int | None = None,
    previous: tuple[Power | None, Power | None] | None = None,
    *,
    pd: Decimal | None = None,
    pd_near: Decimal | None = None,
    vertex: Decimal | None = None,
) -> list[Hint]:
    """Of the pair first, then right and left. `previous` is (od, os) of the last one.

    None, as a power or in one, is what was not measured: nothing is said about it.
    """
    od, os = od or Power(), os or Power()
    found = _of_the_pair(od, os)
    found += _of_near_pd(od, os, kind, pd, pd_near)
    before = previous or (None, None)
    for eye, power, old in zip(EYES, (od, os), before, strict=True):
        found += _of_add(eye, power, kind, age)
        found += _since(eye, old or Power(), power)
        strength = strongest(power)
        # A contact lens has no distance to the eye.
        if kind != "contact" and vertex is None and (strength or 0) >= MIN_POWER:
            found.append(Hint("vertex_needed", eye, {"power": strength}))
    return found


def _of_the_pair(od: Power, os: Power) -> list[Hint]:
    found = []
    means = spherical_equivalent(od), spherical_equivalent(os)
    if means[0] is not None and means[1] is not None:
        apart = abs(means[0] - means[1])
        if apart > ANISOMETROPIA:
            found.append(Hint("anisometropia", None, {"difference": apart}))
    # In one notation: the answer must not depend on the sign the cylinder is typed in.
    right, left = canonical(od).sph, canonical(os).sph
    if right is not None and left is not None and right * left < 0:
        found.append(Hint("antimetropia", None, {"od": right, "os": left}))
    if od.add is not None and os.add is not None and od.add != os.add:
        found.append(Hint("adds_differ", None, {"od": od.add, "os": os.add}))
    return found


def _of_near_pd(
    od: Power, os: Power, kind: str, pd: Decimal | None, typed: Decimal | None
) -> list[Hint]:
    suggested = near_pd_of_eyes(pd, od, os)
    if suggested is None:
        return []
    if typed is None:
        wanted = kind in KINDS_FOR_NEAR
    else:
        wanted = abs(typed - suggested) > NEAR_PD_APART
    if not wanted:
        return []
    return [Hint("near_pd", None, {"suggested": suggested, "typed": typed})]


def _of_add(eye: str, power: Power, kind: str, age: int | None) -> list[Hint]:
    if not power.add:
        measured = power.sph is not None
        return [Hint("add_missing", eye)] if kind in KINDS_WITH_ADD and measured else []
    if kind == "distance":
        return [Hint("add_in_distance", eye, {"add": power.add})]
    if age is None:
        return []
    low, high = usual_add(age)
    if low <= power.add <= high:
        return []
    hint = Hint("add_for_age", eye, {"add": power.add, "age": age, "low": low, "high": high})
    return [hint]


def usual_add(age: int) -> tuple[Decimal, Decimal]:
    return next((low, high) for since, low, high in reversed(ADD_BY_AGE) if age >= since)


def _since(eye: str, before: Power, after: Power) -> list[Hint]:
    changed = change(before, after)
    if changed is None:
        return []
    found = []
    if abs(changed.spherical_equivalent) > BIG_CHANGE:
        params = {"change": changed.spherical_equivalent}
        found.append(Hint("big_change", eye, params))
    cylinders = abs(before.cyl or Decimal(0)), abs(after.cyl or Decimal(0))
    turned = changed.axis_turn
    if turned is not None and turned > AXIS_SLIP_DEGREES and min(cylinders) >= AXIS_SLIP_CYLINDER:
        was, now = canonical(before).axis, canonical(after).axis
        found.append(Hint("axis_slip", eye, {"was": was, "now": now, "turn": turned}))
    return found
