"""What is going to be written of one lens, worked out by the compare, done by the write."""

from dataclasses import dataclass, field
from typing import Any

# What makes a range the same range: the powers it offers, and from where.
AREA_FIELDS = (
    "source",
    "diameter",
    "sph_min",
    "sph_max",
    "cyl_min",
    "cyl_max",
    "add_min",
    "add_max",
    "step",
)
PRICE_FIELDS = ("price_uncut", "price_glazed", "price_retail")
VALUE_FIELDS = (*PRICE_FIELDS, "lead_days")


@dataclass
class LensPlan:
    # FoundLens, or None for a lens to be created
    lens: Any = None
    # LensFacts
    facts: Any = None
    # Fields of the lens that differ; a brand, category or coating yet to be made is in `made`.
    values: dict[str, Any] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    # Found by a code, so that even its name may be another now.
    by_code: bool = False
    supplier_code: str | None = None
    # Ranges to make, as `create` takes them; to change, by id; to take out, by id.
    new_ranges: list[dict[str, Any]] = field(default_factory=list)
    changed_ranges: dict[int, dict[str, Any]] = field(default_factory=dict)
    gone_ranges: list[int] = field(default_factory=list)
    # A product's plan may have one.
    image: str | None = None

    @property
    def empty(self):
        return not (
            self.values
            or self.made
            or self.supplier_code
            or self.new_ranges
            or self.changed_ranges
            or self.gone_ranges
        )
