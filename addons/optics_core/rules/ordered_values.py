"""What is ordered from a prescription for a purpose: the same eyes, other glasses."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

# For which purposes the addition is a part of the lens.
WITH_ADD = ("constant", "bifocal", "progressive", "intermediate")
_HALF_STEP = Decimal("0.5")

Values = dict[str, object]


def of_eye(
    written: Mapping[str, object], kind: str, purpose: str, pd_shift: Decimal | None = None
) -> Values:
    """The values of one eye. `pd_shift` is how much less one eye's PD is when looking near.

    Reading glasses from a prescription for the distance: the addition goes into the sphere.
    A prescription written for near already says what is ordered.
    """
    values = dict(written)
    sph, add, pd = values.get("sph"), values.get("add"), values.get("pd")
    if purpose == "near" and kind != "near":
        if isinstance(sph, Decimal) and isinstance(add, Decimal):
            values["sph"] = sph + add
        if isinstance(pd, Decimal) and pd_shift is not None:
            values["pd"] = _to_half(pd - pd_shift)
    if purpose not in WITH_ADD:
        values["add"] = None
    return values


def pd_shift(pd: Decimal | None, pd_near: Decimal | None) -> Decimal | None:
    """By how much each eye turns in for reading."""
    if pd is None or pd_near is None:
        return None
    return (pd - pd_near) / 2


def eyes_with_power(od: Mapping[str, object], os: Mapping[str, object]) -> str:
    """Which eyes can be ordered: "both", "od" or "os"; nothing written asks for both."""
    right, left = od.get("sph") is not None, os.get("sph") is not None
    if right == left:
        return "both"
    return "od" if right else "os"


def _to_half(value: Decimal) -> Decimal:
    return (value / _HALF_STEP).quantize(Decimal(1), ROUND_HALF_UP) * _HALF_STEP
