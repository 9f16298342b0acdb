"""One side of a grid: the powers of its rows or of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import NamedTuple

from .finding import Finding
from .number_format import NumberFormat
from .power_text import eighth, read_power
from .source.cell_value import CellValue, Percent

MOST_POWER = Decimal(30)
_EIGHTH = Decimal("0.125")
_QUARTER = Decimal("0.25")
# What `optics.lens.range` knows, the finest first.
STEPS = (_EIGHTH, _QUARTER, Decimal("0.5"), Decimal(1))
_AUTO = NumberFormat()


class Side(StrEnum):
    SPH = "sph"
    CYL = "cyl"
    ADD = "add"


class Span(NamedTuple):
    """One power, or a range of them: rows of a price list may say "0.00…-2.00"."""

    low: Decimal
    high: Decimal

    @property
    def is_one(self) -> bool:
        return self.low == self.high


class Segment(NamedTuple):
    """Places on an axis that follow one another by `step`."""

    first: int
    last: int
    step: Decimal


def power_of(cell: CellValue) -> Span | None:
    """The power that a cell at the side of a grid says, None for any other cell."""
    if isinstance(cell, bool | Percent) or not isinstance(cell, int | float | str):
        return None
    if isinstance(cell, str):
        found = read_power(cell, _AUTO)
        if isinstance(found, Finding) and found.span is not None and found.code is None:
            return _possible(Span(*found.span))
        if not isinstance(found, Decimal):
            return None
        return _possible(Span(found, found))
    if not isfinite(cell) or abs(cell) > MOST_POWER:
        return None
    value = eighth(Decimal(repr(cell)))
    return _possible(Span(value, value))


def _possible(span: Span) -> Span | None:
    good = all(abs(value) <= MOST_POWER and not value % _EIGHTH for value in span)
    return span if good else None


@dataclass(frozen=True)
class Axis:
    """The powers in the order of the sheet. `side` None: nobody can tell which one it is."""

    side: Side | None
    spans: tuple[Span, ...]

    def negated(self) -> Axis:
        return Axis(self.side, tuple(Span(-each.high, -each.low) for each in self.spans))

    def segments(self) -> list[Segment]:
        """Where a range may reach: it must not promise powers that the axis leaves out, and a
        range of cylinders has one sign."""
        found: list[Segment] = []
        first, spans = 0, self.spans
        for place in range(1, len(spans) + 1):
            step = self._step(first, place - 1)
            if place < len(spans) and self._follows(first, place):
                continue
            found.append(Segment(first, place - 1, step))
            first = place
        return found

    def is_fixed(self, segment: Segment, other: Decimal) -> bool:
        """Whether the segment's step is its own; one power goes with any step that meets it."""
        span = self.spans[segment.first]
        return segment.last > segment.first or not span.is_one or bool(span.low % other)

    def _follows(self, first: int, place: int) -> bool:
        one, other = self.spans[place - 1], self.spans[place]
        if not (one.is_one and other.is_one):
            return False
        step = abs(other.low - one.low)
        if step not in STEPS or one.low % step or other.low % step:
            return False
        if self.side is Side.CYL and _crosses_zero(self.spans[first].low, other.low):
            return False
        if place - first == 1:
            return True
        before = self.spans[first + 1].low - self.spans[first].low
        return other.low - one.low == before

    def _step(self, first: int, last: int) -> Decimal:
        if last > first:
            return abs(self.spans[first + 1].low - self.spans[first].low)
        low, high = self.spans[first]
        return _QUARTER if not low % _QUARTER and not high % _QUARTER else _EIGHTH


def _crosses_zero(one: Decimal, other: Decimal) -> bool:
    return one * other < 0


def looks_like(spans: Sequence[Span]) -> bool:
    """Powers that go one way, at least two of them."""
    middles = [low + high for low, high in spans]
    rising = all(one < other for one, other in zip(middles, middles[1:], strict=False))
    falling = all(one > other for one, other in zip(middles, middles[1:], strict=False))
    return len(spans) >= 2 and (rising or falling)


def tell_sides(
    down: Sequence[Span], across: Sequence[Span], labels: tuple[Side | None, Side | None]
) -> tuple[Side | None, Side | None]:
    """Which side is which: as it is written there, or else by the numbers."""
    said_down, said_across = labels
    if said_down and said_across and said_down is not said_across:
        return said_down, said_across
    if said_down and said_down is not said_across:
        return said_down, Side.CYL if said_down is Side.SPH else Side.SPH
    if said_across:
        return Side.CYL if said_across is Side.SPH else Side.SPH, said_across
    reach_down, reach_across = _reach(down), _reach(across)
    if reach_down == reach_across:
        return None, None
    return (Side.SPH, Side.CYL) if reach_down > reach_across else (Side.CYL, Side.SPH)


def _reach(spans: Sequence[Span]) -> Decimal:
    """A sphere reaches farther than a cylinder of the same lens."""
    return max(high for _low, high in spans) - min(low for low, _high in spans)
