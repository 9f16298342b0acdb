"""Which sheet of a workbook a profile means."""

from __future__ import annotations

from fnmatch import fnmatchcase

from .label import plain


def takes(pattern: str, title: str) -> bool:
    """ "Прайс *" takes "Прайс март"; a name alone is looked for as headers are; "" takes any."""
    if not pattern.strip():
        return True
    if any(mark in pattern for mark in "*?"):
        return fnmatchcase(title.strip().casefold(), pattern.strip().casefold())
    return plain(pattern) == plain(title)
