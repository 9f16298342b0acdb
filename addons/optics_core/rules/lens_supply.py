"""Where the lenses of a job are: in hand, on the way, or still to be ordered."""

from __future__ import annotations

from collections.abc import Iterable

# From what holds a job up most to what holds it up least.
SUPPLIES = ("to_order", "ordered", "arrived", "stock")


def of_eye(*, from_stock: bool, ordered: bool, received: bool) -> str:
    if from_stock:
        return "stock"
    if not ordered:
        return "to_order"
    return "arrived" if received else "ordered"


def of_job(supplies: Iterable[str]) -> str | None:
    """A job waits for the later of its lenses; None if no lens is wanted."""
    return min(supplies, key=SUPPLIES.index, default=None)


def in_hand(supply: str | None) -> bool:
    return supply in ("arrived", "stock")
