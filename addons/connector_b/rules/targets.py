"""What a column of a price list may fill: names, kinds, and what is possible at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .aliases import ALIASES


class Kind(StrEnum):
    """How a cell is read; values are `str` for text, barcode, currency and image, `Decimal` for
    every kind of number, `bool` for a flag, `date` for a date."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    INTEGER = "integer"
    PERCENT = "percent"
    BARCODE = "barcode"
    CURRENCY = "currency"
    FLAG = "flag"
    DATE = "date"
    POWER = "power"
    IMAGE = "image"

    @property
    def is_number(self) -> bool:
        return self in _NUMBERS


_NUMBERS = frozenset({Kind.NUMBER, Kind.MONEY, Kind.INTEGER, Kind.PERCENT, Kind.POWER})


class Group(StrEnum):
    """How a list of targets is grouped for a person who chooses one."""

    PRODUCT = "product"
    PRICE = "price"
    STOCK = "stock"
    LENS = "lens"
    FRAME = "frame"
    CONTACT = "contact"


@dataclass(frozen=True)
class Target:
    """`low` and `high` are what is physically possible, `step` what a value is a multiple of."""

    name: str
    kind: Kind
    group: Group
    low: Decimal | None = None
    high: Decimal | None = None
    step: Decimal | None = None
    # Only for expressions and filters: nothing of a product is filled with it.
    helper: bool = False

    @property
    def aliases(self) -> tuple[str, ...]:
        """What suppliers call such a column, Russian and English; the plainest name first."""
        return ALIASES.get(self.name, ())


_ZERO = Decimal(0)
_EIGHTH = Decimal("0.125")
_SPHERE = (Decimal(-45), Decimal(45), _EIGHTH)
_CYLINDER = (Decimal(-25), Decimal(25), _EIGHTH)
_ADDITION = (Decimal("0.25"), Decimal(6), _EIGHTH)

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("name", Kind.TEXT, Group.PRODUCT),
        Target("default_code", Kind.TEXT, Group.PRODUCT),
        Target("barcode", Kind.BARCODE, Group.PRODUCT),
        Target("supplier_code", Kind.TEXT, Group.PRODUCT),
        Target("supplier_name", Kind.TEXT, Group.PRODUCT),
        Target("brand", Kind.TEXT, Group.PRODUCT),
        Target("category", Kind.TEXT, Group.PRODUCT),
        Target("uom", Kind.TEXT, Group.PRODUCT),
        Target("description", Kind.TEXT, Group.PRODUCT),
        Target("image", Kind.IMAGE, Group.PRODUCT),
        Target("active", Kind.FLAG, Group.PRODUCT),
        Target("list_price", Kind.MONEY, Group.PRICE, _ZERO),
        Target("cost", Kind.MONEY, Group.PRICE, _ZERO),
        Target("supplier_price", Kind.MONEY, Group.PRICE, _ZERO),
        Target("currency", Kind.CURRENCY, Group.PRICE),
        Target("vat", Kind.PERCENT, Group.PRICE, _ZERO, Decimal(100)),
        Target("discount", Kind.PERCENT, Group.PRICE, Decimal(-100), Decimal(100), helper=True),
        Target("markup", Kind.PERCENT, Group.PRICE, Decimal(-100), helper=True),
        Target("min_qty", Kind.NUMBER, Group.PRICE, _ZERO),
        Target("delay", Kind.INTEGER, Group.PRICE, _ZERO, Decimal(3650)),
        Target("quantity", Kind.NUMBER, Group.STOCK, _ZERO),
        Target("location", Kind.TEXT, Group.STOCK),
        Target("optics_kind", Kind.TEXT, Group.LENS),
        Target("lens_name", Kind.TEXT, Group.LENS),
        Target("sph", Kind.POWER, Group.LENS, *_SPHERE),
        Target("sph_min", Kind.POWER, Group.LENS, *_SPHERE),
        Target("sph_max", Kind.POWER, Group.LENS, *_SPHERE),
        Target("cyl", Kind.POWER, Group.LENS, *_CYLINDER),
        Target("cyl_min", Kind.POWER, Group.LENS, *_CYLINDER),
        Target("cyl_max", Kind.POWER, Group.LENS, *_CYLINDER),
        Target("axis", Kind.INTEGER, Group.LENS, _ZERO, Decimal(180)),
        Target("add", Kind.POWER, Group.LENS, *_ADDITION),
        Target("add_min", Kind.POWER, Group.LENS, *_ADDITION),
        Target("add_max", Kind.POWER, Group.LENS, *_ADDITION),
        # Of a range: its powers are multiples of it.
        Target("power_step", Kind.NUMBER, Group.LENS, _EIGHTH, Decimal(1), _EIGHTH),
        Target("diameter", Kind.NUMBER, Group.LENS, Decimal(40), Decimal(90)),
        Target("index", Kind.NUMBER, Group.LENS, Decimal("1.45"), Decimal("1.95")),
        Target("coating", Kind.TEXT, Group.LENS),
        Target("material", Kind.TEXT, Group.LENS),
        Target("design", Kind.TEXT, Group.LENS),
        Target("base_curve", Kind.NUMBER, Group.LENS, Decimal(0), Decimal(15)),
        # From the supplier's shelf, or made to a prescription.
        Target("lens_source", Kind.TEXT, Group.LENS),
        # Of the supplier, edged into the frame; the blank's is `supplier_price`.
        Target("glazed_price", Kind.MONEY, Group.LENS, _ZERO),
        Target("frame_model", Kind.TEXT, Group.FRAME),
        Target("frame_colour", Kind.TEXT, Group.FRAME),
        Target("frame_colour_name", Kind.TEXT, Group.FRAME),
        Target("frame_size", Kind.TEXT, Group.FRAME),
        Target("frame_height", Kind.NUMBER, Group.FRAME, Decimal(15), Decimal(70)),
        Target("frame_diagonal", Kind.NUMBER, Group.FRAME, Decimal(30), Decimal(90)),
        Target("frame_bridge", Kind.NUMBER, Group.FRAME, Decimal(8), Decimal(35)),
        Target("frame_temple", Kind.NUMBER, Group.FRAME, Decimal(80), Decimal(170)),
        Target("cl_bc", Kind.NUMBER, Group.CONTACT, Decimal(5), Decimal(10)),
        Target("cl_dia", Kind.NUMBER, Group.CONTACT, Decimal(7), Decimal(24)),
        Target("cl_power", Kind.POWER, Group.CONTACT, *_SPHERE),
    )
}


def is_money(name: str) -> bool:
    return name in TARGETS and TARGETS[name].kind is Kind.MONEY


# A cell "-6.00…+4.00" of these columns is a range: it fills both ends instead.
SPANS: dict[str, tuple[str, str]] = {
    name: (f"{name}_min", f"{name}_max") for name in ("sph", "cyl", "add")
}

# What a product may be found by, in the order that is usual.
KEYS = ("barcode", "supplier_code", "default_code")
