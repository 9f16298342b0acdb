"""How far the till's clock is from those of the OFD and Odoo, as last seen."""

from __future__ import annotations


class ClockDrift:
    def __init__(self) -> None:
        self._seen: dict[str, float] = {}

    def measured(self, source: str, seconds: float) -> None:
        self._seen[source] = seconds

    def worst(self) -> float:
        """The largest difference, with its sign; 0 while nobody has told the time."""
        return max(self._seen.values(), key=abs, default=0.0)

    def by_source(self) -> dict[str, float]:
        return dict(self._seen)
