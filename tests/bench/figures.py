"""Numbers: a series of timed calls, medians over rounds, and bounds that pass or fail."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Series:
    """Calls made one after another, or over several connections, in one go."""

    latencies_s: list[float]
    elapsed_s: float

    @property
    def rate(self) -> float:
        return len(self.latencies_s) / self.elapsed_s

    @property
    def p95_ms(self) -> float:
        ordered = sorted(self.latencies_s)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000


@dataclass(frozen=True, slots=True)
class Rounds:
    """The same series several times, between those of its rivals: the median is what counts."""

    name: str
    series: list[Series] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(each.rate for each in self.series)

    @property
    def p95_ms(self) -> float:
        return statistics.median(each.p95_ms for each in self.series)


def rate_ratio(ours: Rounds, theirs: Rounds) -> float:
    """Round by round, so that a noisy minute hits both sides."""
    return statistics.median(
        mine.rate / other.rate for mine, other in zip(ours.series, theirs.series, strict=True)
    )


def p95_ratio(ours: Rounds, theirs: Rounds) -> float:
    return statistics.median(
        mine.p95_ms / other.p95_ms for mine, other in zip(ours.series, theirs.series, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure must not fall below (at_least) or exceed (at_most)."""

    what: str
    value: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def holds(self) -> bool:
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )

    @property
    def limit(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"


@dataclass(slots=True)
class Result:
    """One section of the report."""

    title: str
    header: Sequence[str]
    rows: list[Sequence[str]]
    bounds: list[Bound] = field(default_factory=list)
    note: str = ""
