"""How far a price moves and what is left of it: what an owner wants to see before, not after."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_CONTEXT = Context(prec=40)
# A price of nothing has no percentage; this stands for "beyond any limit".
MOST = Decimal("999999.99")


class Verdict(StrEnum):
    """Why a person must look at a price before it is taken."""

    SHIFT = "shift"
    MARGIN = "margin"


def shift_percent(old: Decimal | None, new: Decimal | None) -> Decimal | None:
    """By how many per cent the price changes, two places; None where there was no price.

    From nothing to something is no change to be alarmed by; from something to nothing is -100.
    """
    if old is None or new is None or old <= 0:
        return None
    return _percent(_CONTEXT.subtract(new, old), old)


def margin_percent(
    price: Decimal | None, cost: Decimal | None, vat: Decimal | None = None
) -> Decimal | None:
    """What is left of the retail price after the cost, per cent of the price.

    `vat` per cent is in the price and not ours; the cost is without. None where one of the two
    is not known. A price of nothing leaves less than nothing.
    """
    if price is None or cost is None:
        return None
    net = price
    if vat:
        net = _CONTEXT.divide(_CONTEXT.multiply(price, _HUNDRED), _CONTEXT.add(_HUNDRED, vat))
    if net <= 0:
        return None if cost <= 0 else -MOST
    return _percent(_CONTEXT.subtract(net, cost), net)


@dataclass(frozen=True)
class Watch:
    """A profile's limits; None: not watched."""

    max_shift_percent: Decimal | None = Decimal(20)
    margin_floor_percent: Decimal | None = None

    def verdict(self, shift: Decimal | None, margin: Decimal | None) -> tuple[Verdict, ...]:
        """What stands out; nothing, and the row needs nobody's acceptance.

        Exactly at the limit is within it, for both.
        """
        found = []
        limit, floor = self.max_shift_percent, self.margin_floor_percent
        if limit is not None and shift is not None and abs(shift) > limit:
            found.append(Verdict.SHIFT)
        if floor is not None and margin is not None and margin < floor:
            found.append(Verdict.MARGIN)
        return tuple(found)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    percent = _CONTEXT.divide(_CONTEXT.multiply(part, _HUNDRED), whole)
    percent = max(-MOST, min(MOST, percent))
    return percent.quantize(_CENT, ROUND_HALF_UP) + 0
