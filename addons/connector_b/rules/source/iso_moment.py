"""Dates and times spelled out: 2024-02-01T03:04:05, PT03H04M05S."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_DURATION = re.compile(r"PT(\d{1,2})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_BELOW_MICROSECONDS = re.compile(r"(\.\d{6})\d+")


def from_iso(written: str) -> date | datetime | time | None:
    """A midnight is its day. None for what is no moment."""
    try:
        if "T" not in written and ":" in written:
            return time.fromisoformat(written)
        moment = datetime.fromisoformat(_BELOW_MICROSECONDS.sub(r"\1", written))
    except ValueError:
        return None
    moment = moment.replace(tzinfo=None)
    return moment.date() if moment.time() == time() else moment


def from_duration(written: str) -> time | None:
    """A time of day as OpenDocument keeps it; None for more than a day."""
    found = _DURATION.fullmatch(written)
    if found is None or int(found[1]) > 23:
        return None
    return time(int(found[1]), min(int(found[2]), 59), min(int(found[3]), 59))
