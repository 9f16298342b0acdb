"""Dates as spreadsheets keep them: days since an epoch."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

# Day 60 is the 29th of February 1900, which never was: Lotus had it, Excel kept it.
_LEAP_DAY_THAT_WAS_NOT = 60
_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LAST = 2_958_466


def from_serial(days: float, since_1904: bool) -> date | datetime | time | None:
    """None for a number that is no moment, whatever its format says: Excel shows it as #####."""
    if not 0 <= days < _LAST:
        return None
    if days < 1 and not since_1904:
        return (_EPOCH_1900 + _rounded(days)).time()
    if since_1904:
        moment = _EPOCH_1904 + _rounded(days)
    elif days < _LEAP_DAY_THAT_WAS_NOT:
        moment = _EPOCH_1900 + _rounded(days + 1)
    else:
        moment = _EPOCH_1900 + _rounded(days)
    return moment.date() if moment.time() == time() else moment


def _rounded(days: float) -> timedelta:
    # A double keeps a moment of our days to some microseconds.
    return timedelta(milliseconds=round(days * 86_400_000))
