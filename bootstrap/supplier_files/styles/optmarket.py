"""A distributor of frames: letterhead, logo, a header of two joined rows, a row for each brand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bootstrap.supplier_files.barcode import ean13
from bootstrap.supplier_files.order import Order
from bootstrap.supplier_files.sheet import Area, Line, Look, Sheet, Value
from bootstrap.supplier_files.styles.style import Goods, Style

SUPPLIER = 1
COLUMNS = 14
PLACES = {"key": (1,), "barcode": (2,), "name": (3,), "price": (10, 11)}
COLOURS_A_MODEL = 3
GOODS_A_BRAND = 60

BRANDS = (
    ("Вега", "VG"),
    ("Берег", "BR"),
    ("Заря", "ZR"),
    ("Кама", "KM"),
    ("Ладога", "LD"),
    ("Лира", "LR"),
    ("Мишутка", "MS"),
    ("Альтаир", "AL"),
    ("Невский проспект", "NP"),
    ("Северный ветер", "SV"),
)
MATERIALS = ("ацетат", "металл", "титан", "комбинированная", "TR-90")
COLOURS = (
    ("01", "чёрный"),
    ("02", "черепаховый"),
    ("03", "золото"),
    ("04", "серебро"),
    ("05", "синий матовый"),
    ("06", "бордо"),
    ("07", "графит"),
    ("08", "прозрачный"),
)
SIZES = ((48, 20, 140), (50, 19, 140), (52, 18, 140), (53, 17, 145), (54, 16, 145), (56, 16, 145))
LETTERHEAD = (
    "ООО «ОПТМАРКЕТ»",
    "196084, Санкт-Петербург, Заставская ул., д. 22, лит. А, офис 314",
    "Тел. (812) 000-14-27, opt@optmarket.example, заказы до 16:00",
)
# The upper row's names cover the columns that stand under them.
HEADER_ABOVE = (
    "№|Артикул|Штрихкод|Наименование|Модель|Цвет||Размер, мм|||Цена, руб.||Остаток|Материал"
)
HEADER_BELOW = "|||||код|название|проём|мост|заушник|опт|розн.||"


def _sheets(order: Order, goods: Goods) -> Sequence[Sheet]:
    above = len(LETTERHEAD) + 3
    # Letterhead over all columns, then the header's groups and its cells two rows high.
    joined = [Area(row, 0, row, COLUMNS - 1) for row in range(len(LETTERHEAD))]
    joined += [Area(above, first, above, last) for first, last in ((5, 6), (7, 9), (10, 11))]
    joined += [Area(above, column, above + 1, column) for column in (0, 1, 2, 3, 4, 12, 13)]
    return [
        Sheet(
            title="Прайс-лист",
            lines=_lines(order, goods),
            joined=tuple(joined),
            widths=(6, 18, 16, 44, 12, 8, 18, 8, 8, 8, 12, 12, 10, 18),
            logo_row=len(LETTERHEAD),
        )
    ]


def _lines(order: Order, goods: Goods) -> Iterator[Line]:
    for text in LETTERHEAD:
        yield Line(Look.TITLE, (text,))
    yield Line(Look.TITLE, ())
    yield Line(Look.TITLE, ("Прайс-лист на оправы от 02.11.2026. Цены с НДС 20 %.",))
    yield Line(Look.TITLE, ())
    for names in (HEADER_ABOVE, HEADER_BELOW):
        yield Line(Look.HEADER, tuple(name or None for name in names.split("|")))
    down = {3: COLOURS_A_MODEL - 1} if "merged" in order.kinds else {}
    for index in range(order.rows):
        if index % GOODS_A_BRAND == 0:
            yield Line(Look.GROUP, (None, _brand(index)[0]))
        first_of_model = index % COLOURS_A_MODEL == 0 and index + COLOURS_A_MODEL <= order.rows
        cells = goods(index, _frame(order, index))
        if down and not first_of_model and index - index % COLOURS_A_MODEL + 3 <= order.rows:
            cells = (*cells[:3], None, *cells[4:])
        yield Line(Look.GOODS, cells, down if first_of_model else {})
    yield Line(Look.TITLE, ())
    yield Line(Look.TITLE, (None, "Цены действительны в течение 14 дней."))


def _brand(index: int) -> tuple[str, str]:
    return BRANDS[index // GOODS_A_BRAND % len(BRANDS)]


def _frame(order: Order, index: int) -> tuple[Value, ...]:
    dice = order.dice("price", index)
    brand, letters = _brand(index)
    model = 1000 + index // COLOURS_A_MODEL
    colour, colour_name = COLOURS[(model * 3 + index % COLOURS_A_MODEL) % len(COLOURS)]
    size, bridge, temple = SIZES[model % len(SIZES)]
    material = MATERIALS[model % len(MATERIALS)]
    wholesale = order.price(index, Decimal(dice.randrange(900, 9000, 10)))
    return (
        index + 1,
        f"{letters}{model}-C{colour}",
        ean13(SUPPLIER, index),
        f"Оправа {brand} {model} {colour_name}, {material}",
        f"{letters}{model}",
        f"C{colour}",
        colour_name,
        size,
        bridge,
        temple,
        wholesale,
        (wholesale * Decimal("2.2")).quantize(Decimal(10)),
        dice.choice((0, 1, 2, 3, 5, 8, 12, "более 20")),
        material,
    )


STYLE = Style("optmarket", ("xlsx", "ods", "csv", "zip"), PLACES, _sheets)
