"""Which rows of a file are not goods of ours: "skip when the name is empty"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from .label import plain
from .pattern import LONGEST_TEXT, PatternError, compile_pattern
from .problem import Code, Problem
from .targets import TARGETS


class Condition(StrEnum):
    EMPTY = "empty"
    EQUALS = "equals"
    # One of several, each on a line of its own or behind a semicolon.
    ONE_OF = "one_of"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    MATCHES = "matches"
    BELOW = "below"
    ABOVE = "above"


class Action(StrEnum):
    SKIP = "skip"
    # Everything else is skipped.
    KEEP = "keep"


class Place(StrEnum):
    TARGET = "target"
    # A column that fills no target, by its header.
    COLUMN = "column"


@dataclass(frozen=True)
class RowFilter:
    """A row for which `test` holds is skipped, or is the only kind that is kept."""

    name: str
    test: Condition
    value: str = ""
    action: Action = Action.SKIP
    place: Place = Place.TARGET

    def problems(self) -> tuple[Problem, ...]:
        if self.place is Place.TARGET and self.name not in TARGETS:
            return (Problem(Code.TARGET_UNKNOWN, self.name),)
        if self.test is Condition.MATCHES:
            try:
                compile_pattern(self.value)
            except PatternError as error:
                return (error.problem(self.name, self.value),)
        if self.test in (Condition.BELOW, Condition.ABOVE) and _number(self.value) is None:
            return (Problem(Code.NOT_A_NUMBER, self.name, None, self.value),)
        return ()

    def skips(self) -> Callable[[Any], bool]:
        """Whether a row with this value is skipped. Made once for a file."""
        holds = self._holds()
        if self.action is Action.SKIP:
            return holds
        return lambda value: not holds(value)

    def _holds(self) -> Callable[[Any], bool]:
        """A text is compared as headers are: case, blanks and marks do not count."""
        wanted = plain(self.value)
        if self.test is Condition.EMPTY:
            return lambda value: value is None or value == ""
        if self.test is Condition.EQUALS:
            return lambda value: plain(_text(value)) == wanted
        if self.test is Condition.ONE_OF:
            words = {plain(word) for word in self.value.replace("\n", ";").split(";")} - {""}
            return lambda value: plain(_text(value)) in words
        if self.test is Condition.CONTAINS:
            return lambda value: wanted in plain(_text(value))
        if self.test is Condition.STARTS_WITH:
            return lambda value: plain(_text(value)).startswith(wanted)
        if self.test is Condition.MATCHES:
            search = compile_pattern(self.value).search
            return lambda value: search(_text(value)[:LONGEST_TEXT]) is not None
        return self._compares()

    def _compares(self) -> Callable[[Any], bool]:
        limit = _number(self.value)
        if limit is None:
            raise ValueError(f"{self.value!r} is no number to compare with")
        below = self.test is Condition.BELOW

        def compare(value: Any) -> bool:
            number = _number(value)
            # What is no number is neither below nor above.
            return number is not None and (number < limit if below else number > limit)

        return compare

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "test": str(self.test),
            "value": self.value,
            "action": str(self.action),
            "place": str(self.place),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RowFilter:
        return cls(
            data["name"],
            Condition(data["test"]),
            data.get("value", ""),
            Action(data.get("action", Action.SKIP)),
            Place(data.get("place", Place.TARGET)),
        )


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value).strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
