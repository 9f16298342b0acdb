"""When a lens is short on the shelf, and how many to order."""

from __future__ import annotations

from decimal import Decimal


def to_order(expected: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Up to the maximum once the minimum is undercut; what is on its way counts as there."""
    if expected >= low:
        return Decimal(0)
    return max(low, high) - expected
