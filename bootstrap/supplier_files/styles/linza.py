"""A maker of lenses: a sheet for each lens, on it a grid of prices by sphere and cylinder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bootstrap.supplier_files.order import BadOrder, Order
from bootstrap.supplier_files.sheet import Area, Line, Look, Sheet, Value
from bootstrap.supplier_files.styles.style import Goods, Style

STEP = Decimal("0.25")
CYLINDERS = tuple(STEP * -number for number in range(9))
SPHERES = tuple(Decimal(6) - STEP * number for number in range(49))
# What goes beside the sphere; the sphere itself is the key of a line.
PLACES = {"key": (0,), "price": tuple(range(1, len(CYLINDERS) + 1))}
MOST_SHEETS = 250

# Name, index, coating, diameter, price of the cheapest.
LENSES = (
    ("Северлинза 1.50 HMC", "1.50", "HMC", 65, 190),
    ("Северлинза 1.56 HMC", "1.56", "HMC", 65, 260),
    ("Северлинза 1.56 Фото серая", "1.56", "HMC", 70, 890),
    ("Северлинза 1.60 SHMC", "1.60", "SHMC", 70, 980),
    ("Северлинза 1.67 SHMC асферика", "1.67", "SHMC", 75, 2150),
    ("Северлинза 1.74 SHMC асферика", "1.74", "SHMC", 75, 5400),
)


def _sheets(order: Order, goods: Goods) -> Sequence[Sheet]:
    count = max(1, -(-order.rows // len(SPHERES)))
    if count > MOST_SHEETS:
        raise BadOrder(
            f"--rows {order.rows}: a grid has {len(SPHERES)} rows, and more than {MOST_SHEETS} "
            f"sheets are no price list; at most {MOST_SHEETS * len(SPHERES)}"
        )
    return [_sheet(order, number, goods) for number in range(count)]


def _sheet(order: Order, number: int, goods: Goods) -> Sheet:
    name, index, _coating, diameter, _price = _lens(number)
    return Sheet(
        title=f"{number + 1}. {index} d{diameter}",
        lines=_lines(order, number, name, goods),
        joined=(Area(0, 0, 0, len(CYLINDERS)), Area(6, 1, 6, len(CYLINDERS))),
        widths=(12, *[9] * len(CYLINDERS)),
    )


def _lens(number: int) -> tuple[str, str, str, int, int]:
    name, index, coating, diameter, price = LENSES[number % len(LENSES)]
    if turn := number // len(LENSES):
        name = f"{name}, серия {turn + 1}"
    return name, index, coating, diameter, price


def _lines(order: Order, number: int, name: str, goods: Goods) -> Iterator[Line]:
    _name, refraction, coating, diameter, _price = _lens(number)
    yield Line(Look.TITLE, ("АО «Северлинза», Великий Новгород. Прайс-лист 11/2026",))
    yield Line(Look.TITLE, ("Линза", name))
    yield Line(Look.TITLE, ("Индекс", Decimal(refraction)))
    yield Line(Look.TITLE, ("Покрытие", coating))
    yield Line(Look.TITLE, ("Диаметр, мм", diameter))
    yield Line(Look.TITLE, ())
    yield Line(Look.HEADER, ("Цена за 1 шт., руб.", "Cyl"))
    yield Line(Look.HEADER, ("Sph", *CYLINDERS))
    first = number * len(SPHERES)
    for index in range(first, min(first + len(SPHERES), order.rows)):
        yield Line(Look.GOODS, goods(index, _grid_row(order, number, index)))


def _grid_row(order: Order, number: int, index: int) -> tuple[Value, ...]:
    sphere = SPHERES[index - number * len(SPHERES)]
    return (sphere, *(_price(order, number, sphere, cylinder) for cylinder in CYLINDERS))


def _price(order: Order, number: int, sphere: Decimal, cylinder: Decimal) -> Value:
    """Dearer in two steps each way; the strongest of both are not made and left empty."""
    if abs(sphere) > 5 and cylinder < -1:
        return None
    price = Decimal(_lens(number)[4])
    if abs(sphere) > 4:
        price *= Decimal("1.25")
    if cylinder < -1:
        price *= Decimal("1.2")
    # One chance a sheet: prices of a grid move together.
    price += order.dice("price", number).randrange(0, 50, 10)
    return order.price(number, price)


STYLE = Style("linza", ("xlsx", "ods", "zip"), PLACES, _sheets)
