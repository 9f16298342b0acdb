"""A mapping on a file: columns found, rows read, everything wrong told with its place."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector_b.rules.column_rule import By, ColumnRule
from connector_b.rules.header import Header
from connector_b.rules.mapping import VERSION, Mapping, MappingVersionError
from connector_b.rules.number_format import DECIMAL_SIGNS, THOUSANDS, NumberFormat
from connector_b.rules.problem import Code
from connector_b.rules.record import Record
from connector_b.rules.row_filter import Action, Condition, Place, RowFilter
from connector_b.rules.source.cell_value import CellError, CellValue
from connector_b.rules.source.source import SourceRow
from connector_b.rules.targets import TARGETS
from tests.unit.connector_b.rows import header, sheet

D = Decimal
COLUMNS = header("Арт.", "Наименование", "Цена, руб.", "РРЦ", "Остаток")


def rule(target: str, source: str = "", by: By = By.NAME, **more) -> ColumnRule:
    return ColumnRule(target, by, source, **more)


BASIC = (
    rule("supplier_code", "арт"),
    rule("name", "НАИМЕНОВАНИЕ"),
    rule("supplier_price", "цена руб"),
)


def read(
    columns: tuple[ColumnRule, ...],
    cells: tuple[CellValue, ...],
    names: Header = COLUMNS,
    **more,
) -> Record:
    bound = Mapping(columns, **more).bind(names)
    assert bound.problems == ()
    record = bound.record(SourceRow(2, cells))
    assert record is not None
    return record


def codes(columns: tuple[ColumnRule, ...], names: Header = COLUMNS, **more) -> list[Code]:
    return [each.code for each in Mapping(columns, **more).bind(names).problems]


def test_columns_are_found_by_name_whatever_its_marks_and_case() -> None:
    columns = (rule("supplier_code", "АРТ"), rule("supplier_price", "цена руб"))
    record = read(columns, ("RB1", "Оправа", 12.5))
    assert record.values == {"supplier_code": "RB1", "supplier_price": D("12.5")}


def test_a_header_that_differs_in_its_date_only_is_the_same() -> None:
    names = header("Артикул", "Розн. цена на 01.12.2025", "Цена без НДС")
    columns = (
        rule("supplier_code", "Артикул"),
        rule("list_price", "Розн. цена с 1 ноября 2025 г."),
    )
    assert read(columns, ("A", 5), names).values["list_price"] == D(5)
    # With or without tax is another price.
    assert codes((columns[0], rule("cost", "Цена с НДС")), names) == [Code.COLUMN_MISSING]
    twice = header("Артикул", "Цена на 01.12", "Цена на 01.11")
    assert codes((columns[0], rule("cost", "Цена на 01.10")), twice) == [Code.COLUMN_MISSING]


def test_columns_are_found_by_position_and_by_pattern() -> None:
    columns = (
        rule("supplier_code", "A", By.POSITION),
        rule("name", "2", By.POSITION),
        rule("supplier_price", "^цена", By.PATTERN),
    )
    record = read(columns, ("RB1", "Оправа", 12.5))
    assert record.values == {
        "supplier_code": "RB1",
        "name": "Оправа",
        "supplier_price": D("12.5"),
    }


def test_of_two_columns_with_one_name_the_label_tells_which() -> None:
    names = header("Артикул", "Цена", "Цена")
    columns = (rule("supplier_code", "Артикул"), rule("supplier_price", "Цена"))
    columns += (rule("list_price", "Цена (2)"),)
    record = read(columns, ("RB1", 10, 20), names)
    assert record.values["supplier_price"] == D(10)
    assert record.values["list_price"] == D(20)


def test_a_missing_column_is_a_problem_of_the_file() -> None:
    problems = Mapping((*BASIC, rule("vat", "НДС"))).bind(COLUMNS).problems
    assert [(each.code, each.target, each.column) for each in problems] == [
        (Code.COLUMN_MISSING, "vat", "НДС")
    ]
    assert problems[0].params == {"by": "name", "source": "НДС"}
    assert not Mapping((*BASIC, rule("vat", "НДС"))).bind(COLUMNS).usable
    assert Mapping(BASIC).bind(COLUMNS).usable
    assert codes((*BASIC, rule("vat", ""))) == [Code.COLUMN_MISSING]
    assert codes((*BASIC, rule("vat", "A1", By.POSITION))) == [Code.COLUMN_MISSING]
    assert codes((*BASIC, rule("vat", "ндс", By.PATTERN))) == [Code.COLUMN_MISSING]


def test_a_pattern_that_fits_several_columns_is_ambiguous() -> None:
    names = header("Артикул", "Цена опт", "Цена розница")
    columns = (rule("supplier_code", "Артикул"), rule("supplier_price", "цена", By.PATTERN))
    (problem,) = Mapping(columns).bind(names).problems
    assert problem.code is Code.COLUMN_AMBIGUOUS
    assert problem.params["columns"] == ["Цена опт", "Цена розница"]


def test_a_mapping_that_cannot_be_is_told_before_the_first_row() -> None:
    assert codes((*BASIC, rule("price", "РРЦ"))) == [Code.TARGET_UNKNOWN]
    assert codes((*BASIC, rule("name", "РРЦ"))) == [Code.TARGET_TWICE]
    assert codes((*BASIC, rule("vat", "(", By.PATTERN))) == [Code.PATTERN_INVALID]
    assert codes((rule("name", "Наименование"),)) == [Code.KEY_NOT_MAPPED]
    assert codes((rule("frame_model", "Наименование"),)) == []
    assert codes((rule("name", "Наименование"),), keys=("name",)) == []
    assert codes((rule("lens_name", fixed="x", by=By.FIXED),), grid="cost") == []
    fixed = rule("list_price", by=By.FIXED, fixed="дорого")
    (problem,) = Mapping((*BASIC, fixed)).bind(COLUMNS).problems
    assert (problem.code, problem.value) == (Code.VALUE_INVALID, "дорого")
    assert problem.params == {"why": "not_a_number"}
    bad = rule("list_price", by=By.EXPRESSION, expression="cost *")
    assert codes((*BASIC, bad)) == [Code.EXPRESSION_INVALID]
    text = rule("brand", by=By.EXPRESSION, expression="1 + 1")
    assert codes((*BASIC, text)) == [Code.EXPRESSION_INVALID]
    rate = rule("list_price", by=By.EXPRESSION, expression="supplier_price * rate")
    (problem,) = Mapping((*BASIC, rate)).bind(COLUMNS).problems
    assert (problem.code, problem.params) == (Code.EXPRESSION_VALUE_MISSING, {"names": ["rate"]})
    assert codes((*BASIC, rate), rate=D(90)) == []


def test_fixed_values_and_defaults() -> None:
    columns = (
        *BASIC,
        rule("category", by=By.FIXED, fixed="Оправы"),
        rule("vat", by=By.FIXED, fixed="20%"),
        rule("active", by=By.FIXED, fixed="да"),
        rule("quantity", "Остаток", default="0"),
    )
    record = read(columns, ("RB1", "Оправа", 12.5))
    assert record.values["category"] == "Оправы"
    assert record.values["vat"] == D(20)
    assert record.values["active"] is True
    assert record.values["quantity"] == D(0)
    # A dash says nothing either; a number says something.
    assert read(columns, ("RB1", "Оправа", 12.5, 1, "-")).values["quantity"] == D(0)
    assert read(columns, ("RB1", "Оправа", 12.5, 1, 7)).values["quantity"] == D(7)


def test_a_row_of_one_record_does_not_leak_into_the_next() -> None:
    bound = Mapping((*BASIC, rule("category", by=By.FIXED, fixed="Оправы"))).bind(COLUMNS)
    one, other = (bound.record(row) for row in sheet(("A", "a", 1), ("B", "b", None), first=2))
    assert one is not None
    assert other is not None
    assert one.values is not other.values
    assert "supplier_price" not in other.values


def test_an_absent_value_is_left_alone() -> None:
    record = read(BASIC, ("RB1", None, "-"))
    assert record.values == {"supplier_code": "RB1"}
    assert record.problems == ()


def test_a_required_value_must_be_there() -> None:
    columns = (*BASIC[:2], rule("supplier_price", "Цена, руб.", required=True))
    (problem,) = read(columns, ("RB1", "Оправа", None)).problems
    assert (problem.code, problem.target, problem.column) == (
        Code.EMPTY_REQUIRED,
        "supplier_price",
        "Цена, руб.",
    )
    # One that could not be read has its own refusal.
    (problem,) = read(columns, ("RB1", "Оправа", "дорого")).problems
    assert problem.code is Code.NOT_A_NUMBER


def test_a_refusal_says_where_and_what() -> None:
    record = read(BASIC, ("RB1", "Оправа", CellError("#REF!")))
    (problem,) = record.problems
    assert (problem.code, problem.target, problem.column, problem.value) == (
        Code.CELL_ERROR,
        "supplier_price",
        "Цена, руб.",
        "#REF!",
    )
    assert record.refused
    assert record.values == {"supplier_code": "RB1", "name": "Оправа"}
    (problem,) = read(BASIC, ("RB1", "Оправа", date(2024, 5, 12))).problems
    assert (problem.code, problem.value) == (Code.DATE_IN_NUMBER, "2024-05-12")


def test_a_warning_keeps_the_row() -> None:
    columns = (*BASIC, rule("quantity", "Остаток"))
    record = read(columns, ("RB1", "Оправа", 1, 2, ">10"))
    assert not record.refused
    assert record.values["quantity"] == D(10)
    assert record.problems[0].code is Code.QUANTITY_AT_LEAST


def test_the_number_format_is_the_mappings_or_the_columns_own() -> None:
    columns = (
        rule("supplier_code", "Арт"),
        rule("supplier_price", "Цена, руб.", number=NumberFormat(",")),
        rule("list_price", "РРЦ"),
    )
    cells = ("RB1", None, "1,234", "1,234")
    record = read(columns, cells, number=NumberFormat("."))
    assert record.values["supplier_price"] == D("1.234")
    assert record.values["list_price"] == D(1234)


def test_a_factor_and_zeros_of_a_code() -> None:
    columns = (rule("supplier_code", "Арт", pad=6), rule("cost", "Цена, руб.", factor=D(1000)))
    record = read(columns, (15, None, 2.5))
    assert record.values == {"supplier_code": "000015", "cost": D(2500)}


def test_a_range_of_powers_fills_both_ends() -> None:
    names = header("Артикул", "Сфера", "Сила")
    columns = (rule("supplier_code", "Артикул"), rule("sph", "Сфера"), rule("cl_power", "Сила"))
    record = read(columns[:2], ("L1", "-6,00…+2,00"), names)
    assert record.values == {"supplier_code": "L1", "sph_min": D(-6), "sph_max": D(2)}
    (problem,) = read(columns, ("L1", "-1", "-6,00…+2,00"), names).problems
    assert (problem.code, problem.target) == (Code.RANGE_UNEXPECTED, "cl_power")


ENDS = header("Артикул", "Сф от", "Сф до", "Цил до")
END_RULES = tuple(
    rule(target, name)
    for target, name in zip(
        ("supplier_code", "sph_min", "sph_max", "cyl_max"), ENDS.names, strict=True
    )
)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((-6, 4, -2), ("-6", "4", "-2", "0")),
        ((0, -6, -4), ("-6", "0", "-4", "0")),
        ((0, 6, 2), ("0", "6", "0", "2")),
        ((0, 6, None), ("0", "6", None, None)),
        ((None, 6, 0), (None, "6", "0", "0")),
    ],
)
def test_ends_of_a_range_may_stand_the_other_way_round(cells: tuple, expected: tuple) -> None:
    values = read(END_RULES, ("L1", *cells), ENDS).values
    names = ("sph_min", "sph_max", "cyl_min", "cyl_max")
    assert tuple(values.get(name) for name in names) == tuple(
        None if end is None else D(end) for end in expected
    )


PRICES = header("Артикул", "Опт", "РРЦ", "Валюта")
PRICE_RULES = (
    rule("supplier_code", "Артикул"),
    rule("supplier_price", "Опт"),
    rule("list_price", "РРЦ"),
)


def test_the_currency_in_a_cell_is_the_rows() -> None:
    record = read(PRICE_RULES, ("A", "12 $", "20"), PRICES)
    assert record.values["currency"] == "USD"
    assert record.values["supplier_price"] == D(12)
    assert "currency" not in read(PRICE_RULES, ("A", "12", "20"), PRICES).values


def test_two_currencies_in_one_row_are_refused() -> None:
    (problem,) = read(PRICE_RULES, ("A", "12 $", "2000 руб"), PRICES).problems
    assert problem.code is Code.CURRENCY_MIXED
    assert problem.params == {"found": "RUB", "other": "USD"}


def test_the_files_currency_is_expected_in_cells() -> None:
    assert read(PRICE_RULES, ("A", "12 $", "20"), PRICES, currency="USD").problems == ()
    (problem,) = read(PRICE_RULES, ("A", "12 $", "20"), PRICES, currency="RUB").problems
    assert problem.code is Code.CURRENCY_UNEXPECTED


def test_a_column_of_currencies_goes_before_the_files() -> None:
    columns = (*PRICE_RULES, rule("currency", "Валюта"))
    record = read(columns, ("A", "12 $", 20, "USD"), PRICES, currency="RUB")
    assert record.problems == ()
    assert record.values["currency"] == "USD"
    (problem,) = read(columns, ("A", "12 $", 20, "руб."), PRICES).problems
    assert problem.code is Code.CURRENCY_MIXED


def test_a_column_in_the_companys_currency_may_say_so() -> None:
    columns = (*PRICE_RULES[:2], rule("list_price", "РРЦ", company_currency=True))
    record = read(columns, ("A", "12 $", "2000 руб"), PRICES, currency="USD")
    assert record.problems == ()
    assert "currency" not in record.values
    assert Mapping(columns).converted_targets() == {"list_price"}


def formula(target: str, expression: str, **more) -> ColumnRule:
    return rule(target, by=By.EXPRESSION, expression=expression, **more)


def test_formulas_are_calculated_each_behind_those_it_builds_upon() -> None:
    columns = (
        formula("list_price", "round_to(cost * 2, 0.90)"),
        formula("cost", "supplier_price * rate"),
        *PRICE_RULES[:2],
    )
    record = read(columns, ("A", 10), PRICES, rate=D("91.5"))
    assert record.values["cost"] == D(915)
    assert record.values["list_price"] == D("1829.90")


def test_a_formula_of_a_column_speaks_of_its_cell() -> None:
    columns = (rule("supplier_code", "Артикул"), rule("cost", "Опт", expression="value * 2"))
    assert read(columns, ("A", 10), PRICES).values["cost"] == D(20)
    columns = (rule("supplier_code", "Артикул"), rule("cost", "Опт", expression="cost * 2"))
    assert read(columns, ("A", 10), PRICES).values["cost"] == D(20)


def test_a_formula_without_its_values_leaves_the_target_alone() -> None:
    columns = (*PRICE_RULES[:2], formula("list_price", "supplier_price * 2"))
    record = read(columns, ("A", None, 20), PRICES)
    assert record.values == {"supplier_code": "A"}
    assert record.problems == ()
    # And a column's own value is not imported half calculated.
    columns = (*PRICE_RULES[:2], rule("list_price", "РРЦ", expression="value * supplier_price"))
    assert "list_price" not in read(columns, ("A", None, 5), PRICES).values


def test_a_formula_that_fails_refuses_the_row() -> None:
    expression = "supplier_price / (value - 5)"
    columns = (*PRICE_RULES[:2], rule("list_price", "РРЦ", expression=expression))
    record = read(columns, ("A", 10, 5), PRICES)
    (problem,) = record.problems
    assert (problem.code, problem.target, problem.column, problem.value) == (
        Code.EXPRESSION_DIVISION_BY_ZERO,
        "list_price",
        "РРЦ",
        "5",
    )
    assert "list_price" not in record.values


def test_what_a_formula_makes_is_held_to_the_limits_of_its_target() -> None:
    columns = (*PRICE_RULES[:2], formula("list_price", "supplier_price - 100"))
    assert read(columns, ("A", 10), PRICES).problems[0].code is Code.NEGATIVE


def test_no_formula_is_calculated_from_a_refused_value() -> None:
    columns = (
        *PRICE_RULES[:2],
        formula("list_price", "supplier_price if has(supplier_price) else 5"),
        rule("cost", "РРЦ", expression="value * 2"),
    )
    record = read(columns, ("A", 10, "дорого"), PRICES)
    assert [each.code for each in record.problems] == [Code.NOT_A_NUMBER]
    assert "cost" not in record.values


def test_formulas_in_a_circle_are_told() -> None:
    columns = (*PRICE_RULES[:1], formula("cost", "list_price"), formula("list_price", "cost"))
    (problem,) = Mapping(columns).bind(PRICES).problems
    assert problem.code is Code.EXPRESSION_CIRCLE
    assert set(problem.params["names"]) == {"cost", "list_price"}
    assert codes((*PRICE_RULES[:1], formula("cost", "cost * 2")), PRICES) == [
        Code.EXPRESSION_CIRCLE
    ]


def test_which_money_is_converted_already() -> None:
    columns = (
        *PRICE_RULES[:2],
        formula("cost", "supplier_price * rate"),
        formula("list_price", "cost * 2"),
        formula("min_qty", "rate"),
    )
    assert Mapping(columns).converted_targets() == {"cost", "list_price"}
    assert Mapping(PRICE_RULES).converted_targets() == frozenset()
    assert Mapping((formula("cost", "("),)).converted_targets() == frozenset()


def test_the_targets_that_a_mapping_fills() -> None:
    columns = (rule("supplier_code", "x"), rule("discount", "x"), rule("sph", "x"), rule("z", "x"))
    mapping = Mapping(columns, group_target="brand")
    assert mapping.targets() == {"supplier_code", "sph", "sph_min", "sph_max", "brand"}
    assert "currency" in Mapping(PRICE_RULES).targets()
    assert "currency" not in Mapping(PRICE_RULES, currency="USD").targets()
    assert {"lens_name", "cyl_min", "cost", "power_step"} <= Mapping(grid="cost").targets()


def skip(bound_filter: RowFilter, cells: tuple[CellValue, ...]) -> bool:
    columns = (*BASIC, rule("quantity", "Остаток"))
    bound = Mapping(columns, filters=(bound_filter,)).bind(COLUMNS)
    assert bound.problems == ()
    return bound.record(SourceRow(5, cells)) is None


def test_filters_look_at_values_and_at_columns() -> None:
    empty = RowFilter("name", Condition.EMPTY)
    assert skip(empty, ("A", "-", 1))
    assert not skip(empty, ("A", "Оправа", 1))
    retail = RowFilter("РРЦ", Condition.CONTAINS, "снят", place=Place.COLUMN)
    assert skip(retail, ("A", "Оправа", 1, "Снято с производства"))
    assert not skip(retail, ("A", "Оправа", 1))
    stock = RowFilter("quantity", Condition.BELOW, "3")
    assert skip(stock, ("A", "Оправа", 1, None, 2))
    assert not skip(stock, ("A", "Оправа", 1, None, 3))


def test_a_row_that_a_filter_skips_is_not_refused() -> None:
    only = RowFilter("name", Condition.STARTS_WITH, "оправа", Action.KEEP)
    assert skip(only, ("A", "Футляр", "дорого"))
    assert not skip(only, ("A", "Оправа 1", "дорого"))


def test_a_filter_that_cannot_be_is_told() -> None:
    def problems(*filters: RowFilter) -> list[Code]:
        return codes(BASIC, filters=filters)

    assert problems(RowFilter("x", Condition.EMPTY)) == [Code.TARGET_UNKNOWN]
    assert problems(RowFilter("x", Condition.EMPTY, place=Place.COLUMN)) == [Code.COLUMN_MISSING]
    assert problems(RowFilter("name", Condition.MATCHES, "(a+)+")) == [Code.PATTERN_INVALID]
    assert problems(RowFilter("cost", Condition.BELOW, "дорого")) == [Code.NOT_A_NUMBER]


def test_rows_above_and_in_the_header_are_no_goods() -> None:
    bound = Mapping(BASIC).bind(Header(3, 4, COLUMNS.names))
    assert bound.record(SourceRow(2, ("A", "Оправа", 1))) is None
    assert bound.record(SourceRow(4, ("A", "Оправа", 1))) is None
    assert bound.record(SourceRow(5, ("A", "Оправа", 1))) is not None


def test_the_header_again_is_no_goods() -> None:
    bound = Mapping(BASIC).bind(COLUMNS)
    assert bound.record(SourceRow(30, COLUMNS.names)) is None
    assert bound.record(SourceRow(30, (" арт", "Наименование", "ЦЕНА руб", None, 5))) is None
    record = bound.record(SourceRow(31, ("RB1", "Оправа", "Цена, руб.")))
    assert record is not None
    assert record.problems[0].code is Code.NOT_A_NUMBER


def test_both_rows_of_a_merged_header_are_known_again() -> None:
    names = Header(1, 2, ("Артикул", "Цена / опт", "Цена / розница"))
    columns = (rule("supplier_code", "Артикул"), rule("supplier_price", "Цена / опт"))
    bound = Mapping(columns).bind(names)
    assert bound.record(SourceRow(30, ("Артикул", "Цена"))) is None
    assert bound.record(SourceRow(31, (None, "опт", "розница"))) is None
    assert bound.record(SourceRow(32, ("A", 5, 6))) is not None


@pytest.mark.parametrize(
    "cells",
    [
        ("Итого:", None, 125),
        (None, "ИТОГО", 125),
        ("Всего 152 позиции", None, 125),
        ("Total", None, 125),
    ],
)
def test_a_total_is_no_goods(cells: tuple[CellValue, ...]) -> None:
    assert Mapping(BASIC).bind(COLUMNS).record(SourceRow(9, cells)) is None


def test_goods_that_begin_like_a_total_are_goods() -> None:
    assert read(BASIC, ("Total1", "Totalvision 1.5", 5)).values["supplier_code"] == "Total1"
    assert read(BASIC, ("Итон", "Оправа", 5)).values["supplier_code"] == "Итон"


def test_a_name_alone_in_a_row_is_carried_down() -> None:
    bound = Mapping(BASIC, group_target="brand").bind(COLUMNS)
    rows = sheet(
        ("A0", "без бренда", 1),
        (None, " Ray-Ban "),
        ("A1", "первая", 1),
        ("A2", "вторая", 1),
        ("Oakley",),
        ("A3", "третья", 1),
        ("Итого",),
        (4600000000001,),
        ("Цены действительны в течение десяти дней.",),
        ("A4", "четвёртая", 1),
        first=2,
    )
    records = [record for row in rows if (record := bound.record(row))]
    assert [record.values.get("brand") for record in records] == [
        None,
        "Ray-Ban",
        "Ray-Ban",
        "Oakley",
        "Oakley",
    ]


def test_of_two_names_in_a_row_the_upper_is_the_category_the_lower_the_brand() -> None:
    bound = Mapping(BASIC, group_target="category,brand").bind(COLUMNS)
    rows = sheet(
        ("Растворы",),
        ("  Bausch + Lomb",),
        ("A1", "первый", 1),
        ("Avizor",),
        ("A2", "второй", 1),
        ("Капли",),
        ("Avizor",),
        ("A3", "третий", 1),
        # A category without brands, by its word or by what it was before.
        ("Футляры",),
        ("A4", "четвёртый", 1),
        ("Ray-Ban",),
        ("A5", "пятый", 1),
        ("Растворы",),
        ("A6", "шестой", 1),
        first=2,
    )
    records = [record for row in rows if (record := bound.record(row))]
    assert [(each.values.get("category"), each.values.get("brand")) for each in records] == [
        ("Растворы", "Bausch + Lomb"),
        ("Растворы", "Avizor"),
        ("Капли", "Avizor"),
        ("Футляры", None),
        ("Футляры", "Ray-Ban"),
        ("Растворы", None),
    ]


def test_a_group_is_no_word_of_the_header() -> None:
    """A printed list repeats the second line of its header on each page."""
    bound = Mapping(BASIC, group_target="brand").bind(COLUMNS)
    rows = sheet(("Ray-Ban",), (None, None, "Цена"), ("A1", "первая", 1), first=2)
    records = [record for row in rows if (record := bound.record(row))]
    assert [record.values["brand"] for record in records] == ["Ray-Ban"]


@pytest.mark.parametrize(
    "cells",
    [
        ("Обязательное поле", "Необязательное поле", "Обязательное поле"),
        ("Заполните артикул", "Введите название товара", "Укажите цену, например 100"),
        (None, "Required", "Optional"),
    ],
)
def test_hints_below_the_header_are_no_goods(cells: tuple[CellValue, ...]) -> None:
    bound = Mapping(BASIC).bind(COLUMNS)
    assert bound.record(SourceRow(2, cells)) is None
    assert bound.record(SourceRow(3, ("A1", "Оправа", 5))) is not None


def test_what_only_begins_like_a_hint_is_goods() -> None:
    bound = Mapping(BASIC).bind(COLUMNS)
    for number, cells in enumerate(
        (
            ("A1", "Заполните анкету, блокнот", 5),
            ("Пример", "Пример", "100"),
            ("A3", "Required", 5),
        ),
        start=2,
    ):
        assert bound.record(SourceRow(number, cells)) is not None
    # Further down a row of words is an error that a person should see.
    late = bound.record(SourceRow(9, ("Обязательное поле", "Заполните", "Заполните")))
    assert late is not None
    assert late.refused


def test_the_rows_own_value_goes_before_the_carried_one() -> None:
    names = header("Артикул", "Бренд", "Опт")
    columns = (rule("supplier_code", "Артикул"), rule("brand", "Бренд"), rule("cost", "Опт"))
    bound = Mapping(columns, group_target="brand").bind(names)
    bound.record(SourceRow(2, ("Ray-Ban",)))
    one = bound.record(SourceRow(3, ("A", "Oakley", 5)))
    assert one is not None
    assert one.values["brand"] == "Oakley"


def test_without_a_group_target_such_rows_are_skipped() -> None:
    bound = Mapping(BASIC).bind(COLUMNS)
    assert bound.record(SourceRow(2, ("Ray-Ban",))) is None
    record = bound.record(SourceRow(3, ("A", "Оправа", 5)))
    assert record is not None
    assert "brand" not in record.values


def test_a_list_of_one_column_has_no_names_of_groups() -> None:
    bound = Mapping((rule("barcode", "EAN"),)).bind(header("EAN"))
    record = bound.record(SourceRow(2, ("4006381333931",)))
    assert record is not None
    assert record.values == {"barcode": "4006381333931"}


def test_the_row_is_kept_in_the_suppliers_own_columns() -> None:
    names = header("Артикул", "", "Цена", "Цена")
    record = read(
        (rule("supplier_code", "Артикул"),),
        ("A", True, 12.5, date(2024, 5, 12), "за краем"),
        names,
    )
    assert record.raw == {"Артикул": "A", "B": True, "Цена": 12.5, "Цена (2)": "2024-05-12"}


def test_what_was_refused_can_be_fed_back() -> None:
    """The sheet that is given back has the same columns, and reads as before."""
    record = read(BASIC, ("RB1", "Оправа", 12.1))
    again = read(BASIC, tuple(record.raw.values()), header(*record.raw))
    assert again.values == record.values


texts = st.text("абвabc019 .,", max_size=8)
formats = st.builds(
    lambda decimal, thousands, fraction: NumberFormat(
        decimal, "auto" if thousands == decimal else thousands, fraction
    ),
    st.sampled_from(DECIMAL_SIGNS),
    st.sampled_from(THOUSANDS),
    st.booleans(),
)
numbers = st.none() | st.decimals(-10, 1000, places=3, allow_nan=False)
rules = st.builds(
    ColumnRule,
    st.sampled_from(sorted(TARGETS)),
    st.sampled_from(By),
    texts,
    st.none() | formats,
    numbers,
    texts,
    texts,
    texts,
    st.integers(0, 20),
    st.booleans(),
    st.booleans(),
)
filters = st.builds(
    RowFilter,
    st.sampled_from(sorted(TARGETS)),
    st.sampled_from(Condition),
    texts,
    st.sampled_from(Action),
    st.sampled_from(Place),
)
mappings = st.builds(
    Mapping,
    columns=st.lists(rules, max_size=5).map(tuple),
    keys=st.permutations(["barcode", "supplier_code"]).map(tuple),
    filters=st.lists(filters, max_size=2).map(tuple),
    sheet=texts,
    header_row=st.integers(0, 50),
    group_target=st.sampled_from(["", "brand", "category,brand"]),
    currency=st.sampled_from(["", "USD"]),
    rate=numbers,
    number=formats,
    grid=st.sampled_from(["", "cost", "marks"]),
)


@given(mappings)
def test_a_mapping_survives_being_remembered(mapping: Mapping) -> None:
    assert Mapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping


def test_an_older_mapping_is_read_and_a_newer_one_refused() -> None:
    assert Mapping.from_json({}) == Mapping()
    assert Mapping.from_json({"columns": [{"target": "name"}]}).columns == (ColumnRule("name"),)
    assert Mapping().to_json()["version"] == VERSION
    with pytest.raises(MappingVersionError):
        Mapping.from_json({"version": VERSION + 1})


cells = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(),
    st.integers(-(10**6), 10**14),
    st.booleans(),
    st.dates(),
    st.just(CellError("#REF!")),
)


@settings(max_examples=40)
@given(
    mappings,
    st.lists(st.lists(cells, min_size=1, max_size=6).filter(lambda row: row[-1] is not None)),
)
def test_no_row_and_no_mapping_make_it_fail(mapping: Mapping, rows: list[list[CellValue]]) -> None:
    bound = mapping.bind(header("a", "б", "1", "019", ""))
    for number, row in enumerate(rows, 2):
        record = bound.record(SourceRow(number, tuple(row)))
        if record is not None:
            stored = json.dumps(record.to_json(), allow_nan=False)
            assert Record.from_json(json.loads(stored)) == record
            assert record.number == number
