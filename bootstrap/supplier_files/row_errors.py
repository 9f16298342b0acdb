"""What suppliers do wrong in a row, by name.

An error knows the meaning of columns, not their place: `places` says where the style keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from bootstrap.supplier_files.order import BadOrder, Order
from bootstrap.supplier_files.sheet import FormulaError, Value

# Columns of a style by meaning: key, barcode, name, price.
Places = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Scene:
    """The row to spoil and what it may borrow from."""

    cells: list[Value]
    places: Places
    # The nearest row above that is as it should be.
    above: tuple[Value, ...]
    dice: Random
    foreign_barcode: str

    def put(self, meaning: str, value: Value) -> None:
        self.cells[self._column(meaning)] = value

    def copy_from_above(self, meaning: str) -> None:
        column = self._column(meaning)
        self.cells[column] = self.above[column]

    def multiply(self, meaning: str, factor: int) -> None:
        column = self._column(meaning)
        value = self.cells[column]
        self.cells[column] = factor * value if isinstance(value, Decimal) else Decimal(factor)

    def read(self, meaning: str) -> str:
        return str(self.cells[self._column(meaning)])

    def _column(self, meaning: str) -> int:
        # Of several price columns it is always the first that matters: one error a row.
        return self.places[meaning][0]


@dataclass(frozen=True, slots=True)
class RowError:
    # What the style must have for it.
    meaning: str
    spoil: Callable[[Scene], None]


def _wrong_digit(scene: Scene) -> None:
    code = scene.read("barcode")
    scene.put("barcode", code[:-1] + str((int(code[-1]) + 1) % 10))


def _as_number(scene: Scene) -> None:
    mantissa = f"{Decimal(scene.read('barcode')):.5E}".replace(".", ",")
    scene.put("barcode", mantissa)


ROW_ERRORS: dict[str, RowError] = {
    "ref": RowError("price", lambda scene: scene.put("price", FormulaError("#REF!"))),
    "date-in-price": RowError(
        "price", lambda scene: scene.put("price", date(2026, 5, scene.dice.randint(1, 28)))
    ),
    "negative": RowError("price", lambda scene: scene.multiply("price", -1)),
    "text-in-price": RowError("price", lambda scene: scene.put("price", "по запросу")),
    "no-price": RowError("price", lambda scene: scene.put("price", None)),
    "no-key": RowError("key", lambda scene: scene.put("key", None)),
    "duplicate-key": RowError("key", lambda scene: scene.copy_from_above("key")),
    "duplicate-barcode": RowError("barcode", lambda scene: scene.copy_from_above("barcode")),
    "foreign-barcode": RowError(
        "barcode", lambda scene: scene.put("barcode", scene.foreign_barcode)
    ),
    "bad-barcode": RowError("barcode", _wrong_digit),
    "barcode-as-number": RowError("barcode", _as_number),
    "injection": RowError("name", lambda scene: scene.put("name", "=cmd|'/C calc'!A0")),
}


def check(kind: str, places: Places, style: str) -> None:
    meaning = ROW_ERRORS[kind].meaning
    if meaning not in places:
        fitting = [name for name, error in ROW_ERRORS.items() if error.meaning in places]
        raise BadOrder(
            f"--error {kind}: the style {style} has no {meaning}; it can have: {', '.join(fitting)}"
        )


def maybe_spoil(
    order: Order, index: int, cells: tuple[Value, ...], above: tuple[Value, ...], places: Places
) -> tuple[tuple[Value, ...], str | None]:
    """The row, perhaps with an error, and the error's name."""
    kinds = tuple(kind for kind in order.kinds if kind in ROW_ERRORS)
    if not order.errors or not kinds or not above:
        return cells, None
    dice = order.dice("error", index)
    if dice.random() >= order.errors:
        return cells, None
    kind = dice.choice(kinds)
    scene = Scene(list(cells), places, above, dice, order.foreign_barcode)
    ROW_ERRORS[kind].spoil(scene)
    return tuple(scene.cells), kind
