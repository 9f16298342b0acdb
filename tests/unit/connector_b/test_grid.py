"""Sheets of spheres by cylinders become ranges that promise what the sheet promises, no more."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.column_rule import By, ColumnRule
from connector_b.rules.grid import Grid, find_grids
from connector_b.rules.grid_axis import Side
from connector_b.rules.grid_guess import guess_grid
from connector_b.rules.grid_records import grid_records
from connector_b.rules.mapping import Mapping
from connector_b.rules.problem import Code
from connector_b.rules.record import Record
from connector_b.rules.row_filter import Condition, RowFilter
from connector_b.rules.source.cell_value import CellError, CellValue
from tests.unit.connector_b.rows import sheet

D = Decimal
SMALL = sheet(
    ("Линза полимерная 1.56 HMC Ø70",),
    ("Sph \\ Cyl", 0, -0.25, -0.5),
    (0, 100, 100, 120),
    (-0.25, 100, 100, 120),
    (-0.5, 150, 150, None),
)


def one(rows, **more) -> Grid:
    (found,) = find_grids(rows, **more)
    return found


def ranges(rows, **more) -> list[tuple]:
    """(sph, cyl, step, value) of every area, ends as text."""
    return [
        (
            f"{area.sph.low}..{area.sph.high}",
            area.cyl and f"{area.cyl.low}..{area.cyl.high}",
            str(area.step),
            area.value,
        )
        for area in one(rows, **more).areas()
    ]


def test_equal_prices_are_one_range() -> None:
    assert ranges(SMALL) == [
        ("-0.25..0", "-0.25..0", "0.25", 100),
        ("-0.25..0", "-0.5..-0.5", "0.25", 120),
        ("-0.5..-0.5", "-0.25..0", "0.25", 150),
    ]


def test_where_each_range_stands_is_known() -> None:
    assert [area.place for area in one(SMALL).areas()] == ["B3:C4", "D3:D4", "B5:C5"]
    assert one(SMALL).place == "B3:D5"


def test_an_empty_cell_is_a_power_that_is_not_made() -> None:
    for nothing in (None, "-", "—", 0, "нет", "x", "х"):
        rows = sheet(("Sph\\Cyl", 0, -0.25), (0, 5, nothing), (-0.25, 5, 5))
        cells = one(rows).cells
        assert set(cells) == {(0, 0), (1, 0), (1, 1)}


def test_crosses_among_nothing_else_are_marks() -> None:
    rows = sheet(("Sph\\Cyl", 0, -0.25), (0, "x", None), (-0.25, "x", "x"))
    assert set(one(rows).cells) == {(0, 0), (1, 0), (1, 1)}


def test_powers_may_be_texts() -> None:
    rows = sheet(
        ("сфера", "0.00", "-0,25", "−0.50"),
        ("+0,25", 1, 1, 1),
        ("пл.", 1, 1, 1),
        ("-0,25", 1, 1, 1),
    )
    assert ranges(rows) == [("-0.25..0.25", "-0.50..0.00", "0.25", 1)]


def test_a_range_does_not_promise_what_the_axis_leaves_out() -> None:
    rows = sheet(("Sph", 0, -0.25), *[(power, 9, 9) for power in (-5.5, -5.75, -6, -6.5, -7, -7.5)])
    # Half dioptres below -6, quarters of a cylinder: each sphere by itself.
    assert ranges(rows) == [
        ("-6..-5.5", "-0.25..0", "0.25", 9),
        ("-6.5..-6.5", "-0.25..0", "0.25", 9),
        ("-7..-7", "-0.25..0", "0.25", 9),
        ("-7.5..-7.5", "-0.25..0", "0.25", 9),
    ]


def test_a_step_of_both_sides_is_the_ranges() -> None:
    rows = sheet(("Sph", 0, -0.5), *[(power, 9, 9) for power in (-6.5, -7, -7.5)])
    assert ranges(rows) == [("-7.5..-6.5", "-0.5..0", "0.5", 9)]


def test_halves_that_are_no_multiples_of_a_half_stay_alone() -> None:
    rows = sheet(("Sph", 0, -0.5, -1), *[(power, 9, 9, 9) for power in (-6.25, -6.75)])
    for area in one(rows).areas():
        assert area.sph.is_one
        assert not area.sph.low % area.step
        assert area.cyl is not None
        assert not area.cyl.low % area.step


def test_a_range_of_cylinders_has_one_sign() -> None:
    rows = sheet(("Sph", "-0.25", "0", "+0.25"), (1, 9, 9, 9), (2, 9, 9, 9), (3, 9, 9, 9))
    for area in one(rows).areas():
        assert area.cyl is not None
        assert area.cyl.low >= 0 or area.cyl.high <= 0


def test_rows_of_ranges() -> None:
    rows = sheet(
        ("Sph", "до -2,00", "-2,25…-4,00"), ("от 0 до -6,00", 100, 150), ("-6,25…-8,00", 120, 170)
    )
    assert ranges(rows) == [
        ("-6.00..0", "-2.00..0", "0.25", 100),
        ("-6.00..0", "-4.00..-2.25", "0.25", 150),
        ("-8.00..-6.25", "-2.00..0", "0.25", 120),
        ("-8.00..-6.25", "-4.00..-2.25", "0.25", 170),
    ]


BODY = [(0, 1, 1, 1), (-2, 1, 1, 1), (-8, 1, 1, 1)]


@pytest.mark.parametrize(
    ("rows", "down", "across"),
    [
        (sheet(("Sph/Cyl", 0, -1, -2), *BODY), Side.SPH, Side.CYL),
        (sheet(("Цил \\ Сфера", 0, -1, -2), *BODY), Side.CYL, Side.SPH),
        (sheet(("Cyl", 0, -1, -2), *BODY), Side.CYL, Side.SPH),
        (sheet((None, "Сфера"), (None, 0, -1, -2), *BODY), Side.CYL, Side.SPH),
        (sheet((None, "Cyl"), ("Sph", 0, -1, -2), *BODY), Side.SPH, Side.CYL),
        (sheet((None, "ADD"), ("Sph", 1, 2, 3), *BODY), Side.SPH, Side.ADD),
        (sheet((None, 0, -1, -2), *BODY), Side.SPH, Side.CYL),
        (sheet((None, 0, -8, -9), *BODY), Side.CYL, Side.SPH),
        (sheet((None, 0, -1, -8), *BODY), None, None),
    ],
)
def test_which_side_is_the_sphere(rows: list, down: Side | None, across: Side | None) -> None:
    found = one(rows)
    assert (found.down.side, found.across.side) == (down, across)
    assert found.is_clear == (down is not None)


def test_additions_are_no_cylinders() -> None:
    rows = sheet((None, "ADD"), ("Sph", 1, 1.25), (0, 5, 5), (-0.25, 5, 5))
    (area,) = one(rows).areas()
    assert area.cyl is None
    assert area.add == (D("1"), D("1.25"))


def test_a_label_says_the_sign_of_its_side() -> None:
    rows = sheet((None, "Cyl (-)"), ("Sph", 0.25, 0.5), (1, 5, 5), (1.25, 5, 5))
    assert ranges(rows) == [("1..1.25", "-0.5..-0.25", "0.25", 5)]
    rows = sheet((None, "Cyl"), ("Sph минус", 0, -0.25), (1, 5, 5), (1.25, 5, 5))
    assert ranges(rows) == [("-1.25..-1", "-0.25..0", "0.25", 5)]


def test_plus_and_minus_halves_below_each_other() -> None:
    rows = sheet(
        ("Sph", 0, -0.25),
        (0, 5, 5),
        ("Плюс",),
        (0.25, 5, 5),
        (0.5, 5, 5),
        ("Минус",),
        (0.25, 6, 6),
        (0.5, 6, 6),
        ("Действительно до мая",),
        (0.75, 6, 6),
    )
    assert ranges(rows) == [
        ("0..0.5", "-0.25..0", "0.25", 5),
        ("-0.5..-0.25", "-0.25..0", "0.25", 6),
    ]


def test_several_grids_on_one_sheet_each_with_its_own_title() -> None:
    rows = sheet(
        ("Покрытие", "HMC"),
        ("Линза 1.56 Ø65",),
        ("Sph", 0, -0.25),
        (0, 5, 5),
        (1, 5, 5),
        (),
        ("Линза 1.67 Ø70",),
        ("Sph", 0, -0.25),
        (0, 7, 7),
        (1, 7, 7),
    )
    one_grid, other = find_grids(rows)
    assert one_grid.facts == {
        "coating": "HMC",
        "index": D("1.56"),
        "diameter": D(65),
        "lens_name": "Линза 1.56",
    }
    assert other.facts == {
        "coating": "HMC",
        "index": D("1.67"),
        "diameter": D(70),
        "lens_name": "Линза 1.67",
    }
    assert (one_grid.place, other.place) == ("B4:C5", "B9:C10")


def test_grids_side_by_side() -> None:
    rows = sheet(
        ("Индекс", 1.56),
        ("Ø65", None, None, None, "Ø70"),
        ("Sph", 0, -0.25, None, "Sph", 0, -0.25),
        (0, 5, 5, None, 0, 7, 7),
        (-1, 5, 5, None, 1, 7, 7),
    )
    left, right = find_grids(rows)
    assert (left.place, right.place) == ("B4:C5", "F4:G5")
    assert (left.facts["diameter"], right.facts["diameter"]) == (D(65), D(70))
    assert left.facts["index"] == right.facts["index"] == D("1.56")
    assert right.down.spans[1] == (D(1), D(1))


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        (
            ("Линза полимерная n=1.56 SHMC UV400, диаметр 70 мм",),
            {
                "index": D("1.56"),
                "coating": "SHMC UV400",
                "diameter": D(70),
                "lens_name": "Линза полимерная n=1.56 SHMC UV400",
            },
        ),
        (("Индекс: 1,6", "Диаметр, мм", 75), {"index": D("1.6"), "diameter": D(75)}),
        (("Название линзы", "Альфа"), {"lens_name": "Альфа"}),
        (("Прайс-лист от 01.05.2025",), {}),
        (("Тел. 8 (812) 156-70-65",), {}),
    ],
)
def test_a_title_says_what_lens_it_is(title: tuple, facts: dict) -> None:
    assert one(sheet(title, ("Sph", 0, -0.25), (0, 5, 5), (-1, 5, 5))).facts == facts


def test_the_title_of_the_sheet_is_asked_for_what_is_missing() -> None:
    rows = sheet(("Ø70",), ("Sph", 0, -0.25), (0, 5, 5), (-1, 5, 5))
    facts = one(rows, sheet="1.61 d65 HMC").facts
    assert facts["index"] == D("1.61")
    assert facts["diameter"] == D(70)
    assert facts["coating"] == "HMC"


@pytest.mark.parametrize(
    "rows",
    [
        [],
        sheet(("Артикул", "Цена", "Остаток"), ("A", 5, 3), ("B", 6, 2)),
        sheet(("A", 1, 2, 3), ("B", 1, 2, 3), ("C", 1, 2, 3)),
        sheet((None, 100, 200, 300), (1, 5, 5, 5), (2, 5, 5, 5)),
        sheet(("Sph", 0, -0.25), (0, 5, 5)),
        sheet(("Sph", 0, -0.3), (0, 5, 5), (1, 5, 5)),
        sheet(("Sph", 0, -0.25, 0), (0, 5, 5, 5), (1, 5, 5, 5)),
    ],
)
def test_what_is_no_grid(rows: list) -> None:
    assert find_grids(rows) == []


# Records.


def records(mapping: Mapping, rows, **more) -> list[Record]:
    return list(grid_records(mapping, find_grids(rows, **more)))


def test_ranges_become_records() -> None:
    first, *rest = records(Mapping(grid="supplier_price"), SMALL)
    assert first.values == {
        "lens_name": "Линза полимерная 1.56 HMC",
        "index": D("1.56"),
        "coating": "HMC",
        "diameter": D(70),
        "sph_min": D("-0.25"),
        "sph_max": D(0),
        "cyl_min": D("-0.25"),
        "cyl_max": D(0),
        "power_step": D("0.25"),
        "supplier_price": D(100),
    }
    assert first.raw == {"cells": "B3:C4", "sph": "-0.25…0.00", "cyl": "-0.25…0.00", "value": 100}
    assert [each.number for each in (first, *rest)] == [1, 2, 3]
    for each in (first, *rest):
        assert Record.from_json(json.loads(json.dumps(each.to_json()))) == each


def test_fixed_values_formulas_and_filters_hold_for_grids() -> None:
    columns = (
        ColumnRule("brand", By.FIXED, fixed="Северлинза"),
        ColumnRule("index", By.FIXED, fixed="1.5"),
        ColumnRule("name", By.NAME, "Наименование"),
        ColumnRule("list_price", By.EXPRESSION, expression="supplier_price * 2"),
    )
    mapping = Mapping(
        columns,
        grid="supplier_price",
        filters=(RowFilter("list_price", Condition.ABOVE, "250"),),
    )
    found = records(mapping, SMALL)
    assert [each.values["list_price"] for each in found] == [D(200), D(240)]
    assert {each.values["brand"] for each in found} == {"Северлинза"}
    # What stands above the grid is of this grid.
    assert {each.values["index"] for each in found} == {D("1.56")}
    assert [each.number for each in found] == [1, 2]


def test_a_stock_is_told_power_by_power() -> None:
    rows = sheet(("Sph\\Cyl", 0, -0.25), (0, 5, ">10"), (-0.25, None, 5))
    found = records(Mapping(grid="quantity"), rows)
    assert [
        (each.values["sph"], each.values["cyl"], each.values["quantity"]) for each in found
    ] == [(D(0), D(0), D(5)), (D(0), D("-0.25"), D(10)), (D("-0.25"), D("-0.25"), D(5))]
    assert found[1].problems[0].code is Code.QUANTITY_AT_LEAST


def test_marks_have_no_value() -> None:
    rows = sheet(("Sph\\Cyl", 0, -0.25), (0, "+", "+"), (-0.25, None, "+"))
    found = records(Mapping(grid="marks"), rows)
    assert len(found) == 2
    assert not any("supplier_price" in each.values or each.problems for each in found)


def test_a_bad_cell_refuses_its_range_alone() -> None:
    rows = sheet(("Sph\\Cyl", 0, -0.25), (0, 5, CellError("#REF!")), (-0.25, 5, -5))
    found = records(Mapping(grid="cost"), rows)
    problems = {each.raw["cells"]: [each.code for each in each.problems] for each in found}
    assert problems == {
        "B2:B3": [],
        "C2": [Code.CELL_ERROR],
        "C3": [Code.NEGATIVE],
    }
    (problem,) = found[1].problems
    assert (problem.target, problem.column, problem.value) == ("cost", "C2", "#REF!")


def test_a_grid_whose_sides_are_unclear_is_refused_whole() -> None:
    rows = sheet((None, 0, -1, -8), *BODY)
    (found,) = records(Mapping(grid="cost"), rows)
    assert found.problems[0].code is Code.GRID_AXIS_UNCLEAR
    assert found.problems[0].params == {"cells": "B2:D4"}


def test_the_currency_of_a_cell_is_the_ranges() -> None:
    rows = sheet(("Sph\\Cyl", 0, -0.25), (0, "5 $", "5 $"), (-0.25, "5 $", "5 $"))
    (found,) = records(Mapping(grid="cost"), rows)
    assert (found.values["cost"], found.values["currency"]) == (D(5), "USD")


@pytest.mark.parametrize(
    ("above", "value", "meant"),
    [
        ("Цена за шт., руб.", 100, "supplier_price"),
        ("Розничная цена", 100, "list_price"),
        ("Складские остатки", 5, "quantity"),
        ("Rodenstock Perfalit", 5, "supplier_price"),
        ("Остатки складских линз", 1800, "supplier_price"),
        ("ООО «Оптика»", "+", "marks"),
        ("Что делаем", "+", "marks"),
        ("Что делаем", 1, "marks"),
        ("Линза", 100, "supplier_price"),
    ],
)
def test_what_the_cells_are_is_guessed(above: str, value: CellValue, meant: str) -> None:
    rows = sheet((above,), ("Sph\\Cyl", 0, -0.25), (0, value, value), (-0.25, value, value))
    assert guess_grid(rows) == meant


def test_a_table_is_no_grid() -> None:
    assert guess_grid(sheet(("Артикул", "Цена"), ("A", 5), ("B", 6))) == ""
    small = [*SMALL, *sheet(*[("текст",) * 9] * 20, first=20)]
    assert guess_grid(small) == ""


# What a sheet promises and what its ranges promise are the same powers at the same prices.

steps = st.sampled_from([1, 2, 4])
axes = st.tuples(st.integers(-16, 8), st.lists(steps, min_size=1, max_size=8)).map(
    lambda start: [D(start[0] + sum(start[1][:count])) / 4 for count in range(len(start[1]) + 1)]
)
values = st.sampled_from([None, 100, 100, 100, 150])


@given(axes, axes, st.data())
def test_ranges_promise_exactly_what_the_sheet_does(
    spheres: list[Decimal], cylinders: list[Decimal], data: st.DataObject
) -> None:
    body = [[data.draw(values) for _cyl in cylinders] for _sph in spheres]
    rows = sheet(
        ("Sph\\Cyl", *map(str, cylinders)),
        *[(str(sph), *prices) for sph, prices in zip(spheres, body, strict=True)],
        ("конец", None, None, None, None, None, None, None, None, "."),
    )
    promised: dict[tuple[Decimal, Decimal], object] = {}
    for area in one(rows).areas():
        assert area.cyl is not None
        assert area.cyl.low >= 0 or area.cyl.high <= 0
        for sph in powers(area.sph, area.step):
            for cyl in powers(area.cyl, area.step):
                assert (sph, cyl) not in promised
                promised[sph, cyl] = area.value
    assert promised == {
        (sph, cyl): price
        for sph, prices in zip(spheres, body, strict=True)
        for cyl, price in zip(cylinders, prices, strict=True)
        if price is not None
    }


def powers(span: tuple[Decimal, Decimal], step: Decimal) -> list[Decimal]:
    """As the catalogue counts them: multiples of the step between both ends."""
    value, found = span[0], []
    while value <= span[1]:
        if not value % step:
            found.append(value)
        value += D("0.125")
    return found
