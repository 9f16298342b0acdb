"""What a style tells of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bootstrap.supplier_files.order import Order
from bootstrap.supplier_files.row_errors import Places
from bootstrap.supplier_files.sheet import Sheet, Value

# Spoils a goods row, perhaps, and counts what it did.
Goods = Callable[[int, tuple[Value, ...]], tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    # The first is the supplier's own.
    formats: tuple[str, ...]
    places: Places
    sheets: Callable[[Order, Goods], Sequence[Sheet]]
    encoding: str = "utf-8-sig"
