"""What a rule found wrong: for code to translate, never a text for people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Problem:
    """`low` and `high` are what is allowed: a range, or the nearest two on `step`."""

    code: str
    field: str
    eye: str | None
    value: object
    low: Decimal | None = None
    high: Decimal | None = None
    step: Decimal | None = None
