"""Until when a prescription counts. A warning for people; it never stops anybody."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

STATES = ("valid", "soon", "expired")


@dataclass(frozen=True)
class Term:
    months: int = 0
    days: int = 0


def valid_until(written: date, kind: str, terms: Mapping[str, Term]) -> date | None:
    """The last day it counts; None for a kind whose prescriptions do not expire.

    A month from 31 January ends with February.
    """
    term = terms.get(kind)
    if term is None:
        return None
    return _months_later(written, term.months) + timedelta(days=term.days)


def state(today: date, until: date | None, warn_days: int) -> str:
    """ "soon" on the last `warn_days` days and on the last day itself."""
    if until is None:
        return "valid"
    if today > until:
        return "expired"
    return "soon" if (until - today).days <= warn_days else "valid"


def _months_later(day: date, months: int) -> date:
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))
