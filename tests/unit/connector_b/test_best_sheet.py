"""Which sheet of a workbook is read when nobody says which."""

from __future__ import annotations

from connector_b.rules.best_sheet import Beginning, best_sheet
from connector_b.rules.column_rule import ColumnRule
from connector_b.rules.mapping import Mapping
from tests.unit.connector_b.rows import sheet

MANUAL = Beginning(
    "Инструкция", sheet(("Как заполнять шаблон",), ("1. Не меняйте порядок столбцов",))
)
FRAMES = Beginning(
    "Оправы",
    sheet(
        ("Артикул", "Наименование", "Цена", "Остаток"),
        *[(f"RB-{n}", f"Оправа чёрная {n}", 1200.5 + n, n) for n in range(5)],
    ),
)
CLOTHS = Beginning(
    "Салфетки",
    sheet(
        ("Артикул", "Наименование", "Цена"),
        *[(f"S-{n}", f"Салфетка мягкая {n}", 120.5 + n) for n in range(5)],
    ),
)
BRANDS = Beginning("Лист2", sheet(("Бренд",), ("Ray-Ban",), ("Oakley",)))
EMPTY = Beginning("Лист3", ())


def test_a_manual_in_front_of_the_goods_is_passed_over() -> None:
    assert best_sheet([MANUAL, BRANDS, FRAMES]) == 2


def test_a_manual_with_an_example_loses_against_the_goods() -> None:
    example = Beginning("Инструкция", FRAMES.rows)
    assert best_sheet([example, CLOTHS]) == 1


def test_of_sheets_nearly_alike_the_first_is_read() -> None:
    assert best_sheet([CLOTHS, FRAMES]) == 0
    assert best_sheet([FRAMES, CLOTHS]) == 0


def test_a_header_without_goods_below_is_not_read_before_goods() -> None:
    bare = Beginning("Новинки", sheet(("Артикул", "Наименование", "Цена", "Остаток")))
    assert best_sheet([bare, CLOTHS]) == 1
    mapping = Mapping(columns=(ColumnRule("name", source="Наименование"),))
    assert best_sheet([bare, CLOTHS], mapping) == 1


def test_a_table_of_powers_is_found() -> None:
    powers = (0, -0.25, -0.5, -0.75, -1)
    grid = Beginning(
        "Hilux 1.5",
        sheet(
            ("Sph \\ Cyl", *powers),
            *[(sphere, *[1000.0 + n for n in range(5)]) for sphere in powers],
        ),
    )
    assert best_sheet([MANUAL, grid]) == 1


def test_a_mapping_looks_for_its_own_columns() -> None:
    stock = Mapping(
        columns=(ColumnRule("supplier_code", source="Код 1С"), ColumnRule("cost", source="Опт, у"))
    )
    own = Beginning("Лист9", sheet(("Код 1С", "Опт, у", "х"), ("A1", 10, "п"), ("A2", 11, "п")))
    assert best_sheet([FRAMES, own], stock) == 1
    assert best_sheet([FRAMES, own]) == 0


def test_where_nothing_is_understood_the_first_sheet_with_rows_is_read() -> None:
    note = Beginning("Лист1", sheet(("Добрый день!",)))
    assert best_sheet([EMPTY, note, note]) == 1
    assert best_sheet([EMPTY]) is None
    assert best_sheet([]) is None
