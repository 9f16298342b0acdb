"""What is asked of the generator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

# Of a product that a shop has from another supplier.
FOREIGN_BARCODE = "4690000099997"


class BadOrder(Exception):
    """Nothing can be made of it; the text is the whole line for the person."""


@dataclass(frozen=True, slots=True)
class Order:
    style: str
    rows: int
    seed: int = 0
    # Share of the goods rows that get an error, and which kinds they are drawn from.
    errors: Decimal = Decimal(0)
    kinds: tuple[str, ...] = ()
    # The price list of next month: this share of the rows costs so many percent more.
    repriced: Decimal = Decimal(0)
    repriced_by: Decimal = Decimal(0)
    # Belongs to a product that the shop has from elsewhere.
    foreign_barcode: str = FOREIGN_BARCODE

    def dice(self, purpose: str, index: int) -> Random:
        """Chance of its own for each row: a longer file begins as a shorter one does."""
        return Random(f"{self.style}/{self.seed}/{purpose}/{index}")  # noqa: S311  no secret

    def price(self, index: int, money: Decimal) -> Decimal:
        if self.repriced and self.dice("repriced", index).random() < self.repriced:
            money *= 1 + self.repriced_by / 100
        return money.quantize(Decimal("0.01"))
