"""Is the lens what was ordered? Nominal against measured, item by item.

The profile is ANSI Z80.1-2015, and screens must name it: the Russian table
(GOST R 51193-2009, ISO 21987) was not at hand. Another table is another profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .exact import exact
from .meridian import axis_turn, power_at
from .power import EYES, Power
from .prism import Prism, components
from .transposition import canonical

Value = Decimal | float | str | None
Values = Mapping[str, Value]

DEFAULT_PROFILE = "ansi_z80_1_2015"


@dataclass(frozen=True)
class Check:
    """`measured` may differ by `tolerance`. What was not measured has not passed."""

    item: str
    nominal: Decimal | int | None
    measured: Decimal | int | None
    tolerance: Decimal
    ok: bool
    eye: str | None = None


@dataclass(frozen=True)
class Band:
    """Up to a nominal of `high`: plus or minus `limit`, or that share of nominal."""

    high: Decimal
    limit: Decimal
    is_share: bool = False


@dataclass(frozen=True)
class PrismBand:
    """Up to a lens of `power` this `amount` of prism; above, what `mm` make of it."""

    amount: Decimal
    power: Decimal
    mm: Decimal


@dataclass(frozen=True)
class Profile:
    sph: tuple[Band, ...]
    cyl: tuple[Band, ...]
    axis: tuple[Band, ...]
    add: tuple[Band, ...]
    prism_v: PrismBand
    prism_h: PrismBand
    height: Decimal
    # None where the standard sets no limit of its own.
    height_difference: Decimal | None
    segment_horizontal: Decimal | None
    segment_tilt: Decimal | None
    centre_thickness: Decimal
    base_curve: Decimal


def _bands(*rows: tuple[str, str] | tuple[str, str, str]) -> tuple[Band, ...]:
    return tuple(Band(Decimal(row[0]), Decimal(row[1]), len(row) == 3) for row in rows)


_AXIS = _bands(("0.25", "14"), ("0.50", "7"), ("0.75", "5"), ("1.50", "3"), ("Infinity", "2"))
_ADD = _bands(("4.00", "0.12"), ("Infinity", "0.18"))
_VERTICAL = PrismBand(Decimal("0.33"), Decimal("3.375"), Decimal("1.0"))

# Below this cylinder an axis says nothing.
AXIS_FROM_CYLINDER = Decimal("0.12")

PROFILES: dict[str, dict[str, Profile]] = {
    "ansi_z80_1_2015": {
        "single": Profile(
            sph=_bands(("6.50", "0.13"), ("Infinity", "0.02", "share")),
            cyl=_bands(("2.00", "0.13"), ("4.50", "0.15"), ("Infinity", "0.04", "share")),
            axis=_AXIS,
            add=_ADD,
            prism_v=_VERTICAL,
            prism_h=PrismBand(Decimal("0.67"), Decimal("2.75"), Decimal("2.5")),
            height=Decimal("1.0"),
            height_difference=Decimal("1.0"),
            segment_horizontal=Decimal("2.5"),
            segment_tilt=Decimal(2),
            centre_thickness=Decimal("0.3"),
            base_curve=Decimal("0.75"),
        ),
        "progressive": Profile(
            sph=_bands(("8.00", "0.16"), ("Infinity", "0.02", "share")),
            cyl=_bands(("2.00", "0.16"), ("3.50", "0.18"), ("Infinity", "0.05", "share")),
            axis=_AXIS,
            add=_ADD,
            prism_v=_VERTICAL,
            # A millimetre at each of the two reference points.
            prism_h=PrismBand(Decimal("0.67"), Decimal("3.375"), Decimal("2.0")),
            height=Decimal("1.0"),
            height_difference=None,
            segment_horizontal=None,
            segment_tilt=None,
            centre_thickness=Decimal("0.3"),
            base_curve=Decimal("0.75"),
        ),
    },
}

# Which table a type of lens is held to.
TABLE_OF = {
    "single": "single",
    "bifocal": "single",
    "progressive": "progressive",
    "office": "progressive",
}


def verdict(
    nominal: Power,
    measured: Power,
    kind: str = "single",
    profile: str = DEFAULT_PROFILE,
    eye: str | None = None,
) -> list[Check]:
    """Sphere, cylinder, axis and Add of one lens, compared in minus-cylinder form."""
    table = PROFILES[profile][TABLE_OF[kind]]
    want, got = canonical(nominal), canonical(measured)
    want_cyl = want.cyl or Decimal(0)
    # A sphere's lens is a sphere, even if nobody typed its zero cylinder.
    got_cyl = got.cyl if got.cyl is not None or want_cyl else Decimal(0)
    checks = [
        _check("sph", want.sph or Decimal(0), got.sph, table.sph, eye),
        _check("cyl", want_cyl, got_cyl, table.cyl, eye),
    ]
    if want.axis is not None and abs(want_cyl) >= AXIS_FROM_CYLINDER and got_cyl != 0:
        allowed = _tolerance(want_cyl, table.axis)
        turned = axis_turn(want.axis, got.axis)
        ok = turned is not None and turned <= allowed
        checks.append(Check("axis", want.axis, got.axis, allowed, ok, eye))
    if want.add is not None:
        checks.append(_check("add", want.add, got.add, table.add, eye))
    return checks


def verdict_pair(
    nominal: Mapping[str, Values],
    measured: Mapping[str, Values],
    kind: str = "single",
    profile: str = DEFAULT_PROFILE,
) -> list[Check]:
    """Finished glasses: each lens, then prism imbalance and heights of the pair.

    Both arguments go from eye to the values of that eye; an eye that was not ordered is
    absent from `nominal`.
    """
    table = PROFILES[profile][TABLE_OF[kind]]
    checks = []
    for eye in EYES:
        if eye in nominal:
            want, got = nominal[eye], measured.get(eye, {})
            checks += verdict(_power(want), _power(got), kind, profile, eye)
            checks += _plain_checks(eye, want, got, table)
    checks += _imbalance(nominal, measured, table)
    checks += _centring(nominal, measured, table)
    checks += _height_difference(nominal, measured, table)
    return checks


def accepted(checks: list[Check]) -> bool:
    """Nothing checked is nothing accepted."""
    return bool(checks) and all(check.ok for check in checks)


def _check(
    item: str,
    nominal: Decimal,
    measured: Decimal | None,
    bands: tuple[Band, ...],
    eye: str | None,
) -> Check:
    allowed = _tolerance(nominal, bands)
    ok = measured is not None and abs(measured - nominal) <= allowed
    return Check(item, nominal, measured, allowed, ok, eye)


def _tolerance(nominal: Decimal, bands: tuple[Band, ...]) -> Decimal:
    band = next(band for band in bands if abs(nominal) <= band.high)
    return abs(nominal) * band.limit if band.is_share else band.limit


def _plain_checks(eye: str, want: Values, got: Values, table: Profile) -> list[Check]:
    """Items with one limit for all; asked only where the order says a number."""
    limits = {
        "height": table.height,
        "segment_horizontal": table.segment_horizontal,
        "segment_tilt": table.segment_tilt,
        "centre_thickness": table.centre_thickness,
        "base_curve": table.base_curve,
    }
    checks = []
    for item, limit in limits.items():
        nominal = exact(want.get(item))
        if limit is None or nominal is None:
            continue
        measured = exact(got.get(item))
        ok = measured is not None and abs(measured - nominal) <= limit
        checks.append(Check(item, nominal, measured, limit, ok, eye))
    return checks


def _imbalance(
    nominal: Mapping[str, Values], measured: Mapping[str, Values], table: Profile
) -> list[Check]:
    """Prism the eyes would have to fuse: the right lens's less the left lens's.

    The weaker lens sets the tolerance, for it is the stricter one.
    """
    want, got = _difference(nominal, nominal), _difference(nominal, measured)
    checks = []
    for item, side, theta, band in (
        ("prism_h", 0, 180, table.prism_h),
        ("prism_v", 1, 90, table.prism_v),
    ):
        weakest = _weakest(nominal, theta)
        allowed = band.amount
        if weakest > band.power:
            allowed = weakest * band.mm / 10
        # While a base is missing, nothing is known of the difference.
        ordered = None if want is None else want[side]
        found = None if got is None else got[side]
        ok = False
        if ordered is not None and found is not None:
            ok = abs(found - ordered) <= allowed
        checks.append(Check(item, ordered, found, allowed, ok))
    return checks


def _centring(
    nominal: Mapping[str, Values], measured: Mapping[str, Values], table: Profile
) -> list[Check]:
    """Distance between the centres, where it was measured besides the prism."""
    want, got = _pd(nominal, nominal), _pd(nominal, measured)
    weakest = _weakest(nominal, 180)
    if want is None or got is None or not weakest:
        # Glass without power has no centre.
        return []
    band = table.prism_h
    allowed = band.mm if weakest > band.power else band.amount * 10 / weakest
    return [Check("pd", want, got, allowed, abs(got - want) <= allowed)]


def _pd(ordered: Mapping[str, Values], values: Mapping[str, Values]) -> Decimal | None:
    total = Decimal(0)
    for eye in ordered:
        of_eye = exact(values.get(eye, {}).get("pd"))
        if of_eye is None:
            return None
        total += of_eye
    return total


def _weakest(nominal: Mapping[str, Values], theta: int) -> Decimal:
    powers = [power_at(_power(values), theta) for values in nominal.values()]
    return min((abs(power) for power in powers if power is not None), default=Decimal(0))


def _difference(
    ordered: Mapping[str, Values], values: Mapping[str, Values]
) -> tuple[Decimal, Decimal] | None:
    right = up = Decimal(0)
    for eye, sign in zip(EYES, (1, -1), strict=True):
        if eye in ordered and eye in values:
            prism = _prism(values[eye])
            if not prism.is_directed:
                return None
            of_eye = components(eye, prism)
            right += sign * of_eye[0]
            up += sign * of_eye[1]
    return right, up


def _height_difference(
    nominal: Mapping[str, Values], measured: Mapping[str, Values], table: Profile
) -> list[Check]:
    want = [exact(nominal.get(eye, {}).get("height")) for eye in EYES]
    got = [exact(measured.get(eye, {}).get("height")) for eye in EYES]
    if table.height_difference is None or want[0] is None or want[1] is None:
        return []
    apart = want[0] - want[1]
    if got[0] is None or got[1] is None:
        return [Check("height_difference", apart, None, table.height_difference, False)]
    measured_apart = got[0] - got[1]
    ok = abs(measured_apart - apart) <= table.height_difference
    return [Check("height_difference", apart, measured_apart, table.height_difference, ok)]


def _power(values: Values) -> Power:
    axis = exact(values.get("axis"))
    return Power(
        exact(values.get("sph")),
        exact(values.get("cyl")),
        None if axis is None else int(axis),
        exact(values.get("add")),
    )


def _prism(values: Values) -> Prism:
    return Prism(
        exact(values.get("prism_h")),
        str(values.get("base_h") or "") or None,
        exact(values.get("prism_v")),
        str(values.get("base_v") or "") or None,
    )
