"""What can be offered to a customer, out of the rows of the catalogue that fit each eye.

One lens before both eyes, its two rows may differ: the left eye's power may be beyond what
lies in stock, or its blank too small. So a lens is offered from stock, made to prescription,
or as one of each; the customer chooses between price and time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# From the best to what must be asked about. Without a frame nothing is known of the blank.
VERDICTS = ("fits", "unknown", "ask")


@dataclass(frozen=True)
class Candidate:
    """A row that fits one eye. `lead_days` is 0 for a lens that lies on a shelf already."""

    range_id: int
    lens_id: int
    source: str
    diameter: Decimal
    verdict: str
    price: Decimal
    lead_days: int
    on_shelf: bool = False

    @property
    def rank(self) -> tuple[int, Decimal, int, int]:
        """What is surely large enough first, then the cheaper, then the sooner."""
        return VERDICTS.index(self.verdict), self.price, self.lead_days, self.range_id


@dataclass(frozen=True)
class Offer:
    lens_id: int
    source: str
    rows: Mapping[str, Candidate]

    @property
    def price(self) -> Decimal:
        return sum((row.price for row in self.rows.values()), Decimal(0))

    @property
    def lead_days(self) -> int:
        """The glasses wait for the later lens."""
        return max(row.lead_days for row in self.rows.values())

    @property
    def verdict(self) -> str:
        return max((row.verdict for row in self.rows.values()), key=VERDICTS.index)


def offers(candidates: Mapping[str, Sequence[Candidate]]) -> list[Offer]:
    """Of each lens that fits every eye asked, cheapest first."""
    best = {eye: _best_rows(rows) for eye, rows in candidates.items()}
    found = []
    for lens_id in _lenses_of_all_eyes(best):
        by_eye = {eye: rows[lens_id] for eye, rows in best.items()}
        found += _offers_of_lens(lens_id, by_eye)
    return sorted(found, key=lambda offer: (offer.price, offer.lead_days, offer.lens_id))


def _best_rows(rows: Iterable[Candidate]) -> dict[int, dict[str, Candidate]]:
    """`{lens_id: {source: the best row}}`"""
    best: dict[int, dict[str, Candidate]] = {}
    for row in sorted(rows, key=lambda row: row.rank):
        best.setdefault(row.lens_id, {}).setdefault(row.source, row)
    return best


def _lenses_of_all_eyes(best: Mapping[str, Mapping[int, object]]) -> list[int]:
    of_each = [set(rows) for rows in best.values()]
    return sorted(set.intersection(*of_each)) if of_each else []


def _offers_of_lens(lens_id: int, by_eye: Mapping[str, Mapping[str, Candidate]]) -> list[Offer]:
    found = [
        Offer(lens_id, source, {eye: rows[source] for eye, rows in by_eye.items()})
        for source in ("stock", "rx")
        if all(source in rows for rows in by_eye.values())
    ]
    # From stock what is there, the other eye made: cheaper than both made.
    mixed = {eye: rows.get("stock") or rows["rx"] for eye, rows in by_eye.items()}
    if len({row.source for row in mixed.values()}) > 1:
        found.append(Offer(lens_id, "mixed", mixed))
    return found
