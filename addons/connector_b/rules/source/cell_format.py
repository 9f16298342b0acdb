"""What a number format makes of a number: for the eye, and therefore for us."""

from __future__ import annotations

import re

NUMBER, DATE, PERCENT = "number", "date", "percent"

# Formats that files refer to by number without spelling them out (ECMA-376 18.8.30; BIFF has the
# same ones). 27 to 36 and 50 to 58 are dates in East Asian versions.
_BUILT_IN = {
    **dict.fromkeys((9, 10), PERCENT),
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), DATE),
}
# "texts", [Red] and [$€-407], \x, the blank as wide as x, the fill with x.
_SILENT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_PARTS_OF_SECONDS = re.compile(r"s\.0+", re.IGNORECASE)


def meaning(format_id: int, code: str | None) -> str:
    """NUMBER, DATE or PERCENT; `code` is None for a built-in format."""
    if code is None:
        return _BUILT_IN.get(format_id, NUMBER)
    if _ELAPSED.search(code):
        # Hours of work, more than 24 of them: no moment in time.
        return NUMBER
    shown = _SILENT.sub("", code).split(";")[0]
    if re.fullmatch(r"\s*general\s*", shown, re.IGNORECASE):
        return NUMBER
    digits = re.search(r"[0#?]", _PARTS_OF_SECONDS.sub("s", shown))
    if not digits and re.search(r"[dmyhs]", shown, re.IGNORECASE):
        return DATE
    return PERCENT if "%" in shown else NUMBER
