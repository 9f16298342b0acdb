"""Prices of the variants of one model, told as Odoo keeps them: a base and what each attribute
value adds to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Value = Hashable
# A variant by its values: a colour and a size, either of which may be missing.
Variant = tuple[Value | None, Value | None]


@dataclass(frozen=True)
class VariantPrices:
    """The price of a variant is `base` and the extras of its two values."""

    base: Decimal
    extras: Mapping[Value, Decimal] = field(default_factory=dict)

    def of(self, variant: Variant) -> Decimal:
        zero = Decimal(0)
        return self.base + sum(
            (self.extras.get(value, zero) for value in variant if value is not None), zero
        )


def told_apart(prices: Mapping[Variant, Decimal], now: VariantPrices | None) -> VariantPrices:
    """As few changes of `now` as these prices allow.

    Where colours and sizes do not simply add up, the prices told are not all those asked for:
    compare them with `.of`.
    """
    old = now.extras if now else {}
    # What the base would have to be if no extra changed: what most variants say.
    wanted = Counter(
        price - sum((old.get(value, Decimal(0)) for value in variant), Decimal(0))
        for variant, price in prices.items()
    )
    if not wanted:
        return now or VariantPrices(Decimal(0))
    most = max(wanted.values())
    candidates = [base for base, count in wanted.items() if count == most]
    base = now.base if now and now.base in candidates else min(candidates)
    extras = {value: extra for value, extra in old.items() if extra}
    asked = VariantPrices(base, extras)
    if all(asked.of(variant) == price for variant, price in prices.items()):
        return asked
    by_colour = _extras(prices, base, {}, place=0)
    by_size = _extras(prices, base, by_colour, place=1)
    found = {**by_colour, **by_size}
    return VariantPrices(base, {value: extra for value, extra in found.items() if extra})


def _extras(
    prices: Mapping[Variant, Decimal],
    base: Decimal,
    others: Mapping[Value, Decimal],
    place: int,
) -> dict[Value, Decimal]:
    """The smallest of what is left over at each value: what all its variants have in common."""
    found: dict[Value, Decimal] = {}
    for variant, price in prices.items():
        value = variant[place]
        if value is None:
            continue
        other = variant[1 - place]
        left = price - base - (others.get(other, Decimal(0)) if other is not None else 0)
        found[value] = min(found.get(value, left), left)
    return found
