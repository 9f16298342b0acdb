"""What is going to be written for one row, worked out by `_compare`, done by `_apply`."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class ProductPlan:
    # FoundProduct, or None for a product to be created
    product: Any = None
    # Only what differs, as `write` takes it; a category or brand yet to be made is in `made`.
    values: dict[str, Any] = field(default_factory=dict)
    # "category" → its path, "brand" → its name, of those that are not there yet
    made: dict[str, str] = field(default_factory=dict)
    # The vendor line that is changed; with `vendor` and no line one is created.
    vendor_line: Any = None
    vendor: dict[str, Any] = field(default_factory=dict)
    # Price in the import's pricelist.
    item_price: float | None = None
    # The frame or the power of a lens that the row speaks of (FrameMeant, PowerMeant).
    meant: Any = None
    # Of one variant among several, told by what its attribute values add to the list price.
    variant_price: float | None = None
    # Measurements of a frame.
    measures: dict[str, Any] = field(default_factory=dict)
    # What is to lie at which location.
    quantity: float | None = None
    location_id: int | None = None
    # Address, or name inside the zip.
    image: str | None = None
    # The barcode is still another product's, which gives it up in the same chunk.
    waits_for_barcode: bool = False

    @property
    def empty(self):
        return not (
            self.values
            or self.made
            or self.vendor
            or self.item_price is not None
            or self.variant_price is not None
            or self.measures
            or self.quantity is not None
            or self.image
        )
