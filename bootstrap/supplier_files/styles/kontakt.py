"""A wholesaler of contact lenses and care: a CSV out of an old program, prices in dollars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bootstrap.supplier_files.barcode import ean13
from bootstrap.supplier_files.order import Order
from bootstrap.supplier_files.sheet import Line, Look, Sheet, Value
from bootstrap.supplier_files.styles.style import Goods, Style

SUPPLIER = 3
PLACES = {"key": (0,), "barcode": (1,), "name": (2,), "price": (9,)}
HEADER: tuple[Value, ...] = (
    *("Код", "EAN", "Товар", "Группа", "Производитель", "BC", "DIA", "PWR", "Упаковка"),
    *("Цена USD", "Склад", "Годен до"),
)
POWERS = tuple(power for step in range(-32, 25) if (power := Decimal(step) * Decimal("0.25")))
# Name, maker, base curve, diameter, pieces a box, dollars.
CONTACT_LENSES = (
    ("Аквасфера Дневные", "Аквасфера", "8.6", "14.2", 30, "14.50"),
    ("Аквасфера Месяц", "Аквасфера", "8.4", "14.0", 6, "17.20"),
    ("Аквасфера Месяц Торик", "Аквасфера", "8.7", "14.5", 3, "15.90"),
    ("Ясный день 90", "НПК «Ясность»", "8.5", "14.2", 90, "36.00"),
    ("Ясный день Плюс", "НПК «Ясность»", "8.6", "14.1", 6, "12.40"),
)
# Name, maker, dollars.
CARE = (
    ("Раствор многофункциональный «Роса», 360 мл", "Роса", "4.80"),
    ("Раствор многофункциональный «Роса», 120 мл", "Роса", "2.10"),
    ("Капли увлажняющие «Роса», 10 мл", "Роса", "3.35"),
    ("Контейнер для линз с пинцетом", "Роса", "0.45"),
    ("Салфетка из микрофибры 15 на 18 см", "Оптик-сервис", "0.22"),
    ("Спрей для очков, 30 мл", "Оптик-сервис", "0.95"),
    ("Футляр жёсткий, чёрный", "Оптик-сервис", "1.60"),
    ("Цепочка для очков", "Оптик-сервис", "1.15"),
)
# Of ten rows so many are contact lenses.
LENSES_OF_TEN = 7


def _sheets(order: Order, goods: Goods) -> Sequence[Sheet]:
    return [Sheet(title="price", lines=_lines(order, goods))]


def _lines(order: Order, goods: Goods) -> Iterator[Line]:
    yield Line(Look.TITLE, ("ООО «Контакт-Опт», Екатеринбург",))
    yield Line(Look.TITLE, ("Остатки и цены на 02.11.2026", None, "курс ЦБ на день оплаты"))
    yield Line(Look.HEADER, HEADER)
    for index in range(order.rows):
        yield Line(Look.GOODS, goods(index, _row(order, index)))
    yield Line(Look.TITLE, (None, None, f"Итого позиций: {order.rows}"))


def _row(order: Order, index: int) -> tuple[Value, ...]:
    is_lens = index % 10 < LENSES_OF_TEN
    head = (f"{index + 1:06d}", ean13(SUPPLIER, index))
    return (*head, *(_contact_lens(order, index) if is_lens else _care(order, index)))


def _contact_lens(order: Order, index: int) -> tuple[Value, ...]:
    number = index // 10 * LENSES_OF_TEN + index % 10
    power = POWERS[number % len(POWERS)]
    line = number // len(POWERS)
    name, maker, curve, diameter, pieces, dollars = CONTACT_LENSES[line % len(CONTACT_LENSES)]
    sign = "+" if power > 0 else ""
    cells: tuple[Value, ...] = (
        f"{name} №{pieces} R {curve} D {sign}{power}{_series(line // len(CONTACT_LENSES))}",
        "Контактные линзы",
        maker,
        Decimal(curve),
        Decimal(diameter),
        power,
        f"{pieces} шт",
    )
    return (*cells, *_tail(order, index, dollars))


def _care(order: Order, index: int) -> tuple[Value, ...]:
    number = index // 10 * (10 - LENSES_OF_TEN) + index % 10 - LENSES_OF_TEN
    name, maker, dollars = CARE[number % len(CARE)]
    group = "Растворы и капли" if name.endswith("мл") else "Аксессуары"
    cells: tuple[Value, ...] = (f"{name}{_series(number // len(CARE))}", group, maker)
    return (*cells, None, None, None, "1 шт", *_tail(order, index, dollars))


def _tail(order: Order, index: int, dollars: str) -> tuple[Value, ...]:
    dice = order.dice("price", index)
    price = Decimal(dollars) * Decimal(dice.randint(95, 105)) / 100
    best_before = f"{dice.randint(1, 12):02d}.{dice.randint(2027, 2030)}"
    return (order.price(index, price), dice.randrange(0, 400, 5), best_before)


def _series(turn: int) -> str:
    """So that no two rows of a long file have one name."""
    return f", серия {turn + 1}" if turn else ""


STYLE = Style("kontakt", ("csv", "xlsx", "ods", "zip"), PLACES, _sheets, encoding="cp1251")
