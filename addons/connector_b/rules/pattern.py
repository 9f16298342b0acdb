"""Regular expressions that people type into a profile: only those that cannot take for ever."""

from __future__ import annotations

import re
from enum import StrEnum

from .problem import Code, Problem

LONGEST = 200
# Each one more multiplies the time that a text which does not fit can take.
MOST_REPEATS = 3
# Nobody looks for anything behind that.
LONGEST_TEXT = 300

_REPEAT = re.compile(r"[*+]|\{\d*,\d*\}|\{\d{3,}\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_ESCAPE = re.compile(r"\\.")


class PatternReason(StrEnum):
    SYNTAX = "syntax"
    TOO_LONG = "too_long"
    # A repeated part that repeats or chooses inside, "(a+)+".
    REPEATED_REPEAT = "repeated_repeat"
    TOO_MANY_REPEATS = "too_many_repeats"
    BACK_REFERENCE = "back_reference"


class PatternError(ValueError):
    def __init__(self, reason: PatternReason, position: int = 0) -> None:
        super().__init__(f"{reason} at {position}")
        self.reason = reason
        self.position = position

    def problem(self, target: str | None = None, text: str | None = None) -> Problem:
        params = {"reason": str(self.reason), "position": self.position}
        return Problem(Code.PATTERN_INVALID, target, None, text, params)


def compile_pattern(text: str) -> re.Pattern[str]:
    """Case does not count. Raises PatternError."""
    if len(text) > LONGEST:
        raise PatternError(PatternReason.TOO_LONG, LONGEST)
    _refuse_slow(text)
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise PatternError(PatternReason.SYNTAX, error.pos or 0) from None
    except (OverflowError, RecursionError):
        raise PatternError(PatternReason.SYNTAX) from None


def _refuse_slow(text: str) -> None:
    if re.search(r"\\[1-9]|\(\?P=", text):
        raise PatternError(PatternReason.BACK_REFERENCE)
    # Classes and escapes become one letter: what stands in them neither repeats nor groups.
    bare = _ESCAPE.sub("_-", text)
    bare = _CLASS.sub(lambda found: "_" * len(found[0]), bare)
    repeats = list(_REPEAT.finditer(bare))
    if len(repeats) > MOST_REPEATS:
        raise PatternError(PatternReason.TOO_MANY_REPEATS, repeats[MOST_REPEATS].start())
    opened: list[int] = []
    for position, mark in enumerate(bare):
        if mark == "(":
            opened.append(position)
        elif mark == ")" and opened:
            inside = bare[opened.pop() + 1 : position]
            if _REPEAT.match(bare, position + 1) and (_REPEAT.search(inside) or "|" in inside):
                raise PatternError(PatternReason.REPEATED_REPEAT, position + 1)
