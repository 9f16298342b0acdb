"""Cells of number columns, as a spreadsheet or a text file holds them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.cell import parser_of
from connector_b.rules.finding import Finding
from connector_b.rules.number_format import NumberFormat
from connector_b.rules.problem import Code
from connector_b.rules.source.cell_value import CellError, CellValue, Percent

D = Decimal


def read(target: str, cell: CellValue, form: NumberFormat | None = None, **options):
    """The value, or the code of the refusal."""
    found = parser_of(target, form or NumberFormat(), **options)(cell)
    return found.code if isinstance(found, Finding) else found


def finding(target: str, cell: CellValue, **options) -> Finding:
    found = parser_of(target, NumberFormat(), **options)(cell)
    assert isinstance(found, Finding)
    return found


def test_a_float_is_what_was_typed() -> None:
    assert str(read("list_price", 12.1)) == "12.1"
    assert read("list_price", 12.0999) == D("12.0999")
    assert read("list_price", 1250) == D(1250)


@given(st.decimals("0.001", 10_000_000, places=3, allow_nan=False))
def test_every_price_survives_the_spreadsheet(price: Decimal) -> None:
    assert read("list_price", float(price)) == price


@pytest.mark.parametrize("cell", [True, False, "цена", float("nan"), float("inf")])
def test_no_number_is_refused(cell: CellValue) -> None:
    assert read("list_price", cell) is Code.NOT_A_NUMBER


@pytest.mark.parametrize(
    "cell",
    [date(2024, 5, 12), datetime(2024, 5, 12), time(12, 5)],  # noqa: DTZ001
)
def test_a_date_among_prices_is_refused_as_one(cell: CellValue) -> None:
    assert read("list_price", cell) is Code.DATE_IN_NUMBER
    assert read("sph", cell) is Code.DATE_IN_NUMBER


@pytest.mark.parametrize("text", ["#REF!", "#ССЫЛКА!", " #н/д ", "#DIV/0!"])
def test_a_formula_error_is_named(text: str) -> None:
    for target in ("list_price", "sph", "quantity"):
        found = finding(target, text)
        assert (found.code, found.params) == (Code.CELL_ERROR, {"error": text.strip().upper()})
    assert finding("list_price", CellError("#REF!")).params == {"error": "#REF!"}


@pytest.mark.parametrize("text", ["", "-", "—", "нет", "н/д", "N/A", "x", " х "])
def test_what_says_nothing_is_nothing(text: str) -> None:
    assert read("list_price", text) is None


@pytest.mark.parametrize("text", ["по запросу", "Звоните", "договорная", "on request"])
def test_a_price_on_request_is_left_alone_with_a_warning(text: str) -> None:
    found = finding("list_price", text)
    assert found.code is Code.PRICE_ON_REQUEST
    assert not found.code.refuses
    assert found.value is None
    assert read("min_qty", text) is Code.NOT_A_NUMBER


def test_a_negative_price_or_stock_is_refused() -> None:
    for cell in (-5, -0.01, "-5", "(5)", "-5 руб."):
        assert read("list_price", cell) is Code.NEGATIVE
    assert read("quantity", -1) is Code.NEGATIVE
    assert read("quantity", 0) == D(0)


@pytest.mark.parametrize("cell", [0, 0.0, "0", "0,00", "0 руб.", "0.00 $"])
def test_a_price_of_nothing_is_left_alone_with_a_warning(cell: CellValue) -> None:
    for target in ("list_price", "cost", "supplier_price"):
        found = finding(target, cell, factor=D("0.5"))
        assert (found.code, found.value) == (Code.PRICE_ZERO, None)
    assert not Code.PRICE_ZERO.refuses
    assert read("list_price", 0.01) == D("0.01")


def test_a_percentage_is_no_price() -> None:
    assert read("list_price", "15%") is Code.PERCENT_IN_NUMBER
    assert read("list_price", Percent(0.15)) is Code.PERCENT_IN_NUMBER


def test_a_percentage_is_read_in_every_way_it_is_written() -> None:
    for cell in (20, 20.0, "20", "20%", "20,0 %", Percent(0.2)):
        assert read("vat", cell) == D(20)
    assert read("vat", Percent(0.07)) == D(7)


def test_percentages_that_are_fractions_are_said_to_be() -> None:
    fraction = NumberFormat(fraction=True)
    assert read("vat", 0.2, fraction) == D(20)
    assert read("vat", "0,2", fraction) == D(20)
    assert read("vat", "20%", fraction) == D(20)
    assert read("vat", Percent(0.2), fraction) == D(20)
    # Only percentages are: a price of 0.2 is one.
    assert read("list_price", 0.2, fraction) == D("0.2")


def test_without_vat_is_none_of_it() -> None:
    assert read("vat", "без НДС") == D(0)
    assert read("vat", "Не облагается") == D(0)
    assert read("vat", 101) is Code.OUT_OF_BOUNDS


def test_the_sign_of_the_expected_currency_says_nothing_new() -> None:
    assert read("list_price", "12 руб.", currency="RUB") == D(12)
    assert read("list_price", "12 $", currency=None) == D(12)


def test_another_currency_is_refused() -> None:
    found = finding("list_price", "12 $", currency="RUB")
    assert found.code is Code.CURRENCY_UNEXPECTED
    assert found.params == {"found": "USD", "expected": "RUB"}


def test_where_none_is_expected_the_sign_tells_the_currency() -> None:
    found = finding("list_price", "12 $")
    assert (found.code, found.value, found.currency) == (None, D(12), "USD")
    assert read("list_price", 12) == D(12)


def test_a_quantity_has_no_currency() -> None:
    assert read("quantity", "12 руб.") is Code.QUANTITY_UNKNOWN
    assert read("min_qty", "12 руб.", currency=None) is Code.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["нет", "Нет в наличии", "отсутствует", "под заказ"])
def test_nothing_in_stock_is_nought(text: str) -> None:
    assert read("quantity", text) == D(0)


@pytest.mark.parametrize("text", [">10", "> 10", "более 10", "10+", "свыше 10 шт.", "≥10"])
def test_more_than_ten_is_ten_for_sure(text: str) -> None:
    found = finding("quantity", text)
    assert (found.code, found.value) == (Code.QUANTITY_AT_LEAST, D(10))
    assert not Code.QUANTITY_AT_LEAST.refuses


@pytest.mark.parametrize("text", ["есть", "+", "В наличии", "много", "мало", "ожидается 05.12"])
def test_in_stock_without_a_number_is_left_alone(text: str) -> None:
    found = finding("quantity", text)
    assert (found.code, found.value) == (Code.QUANTITY_UNKNOWN, None)
    assert not Code.QUANTITY_UNKNOWN.refuses


def test_a_stock_with_its_unit_is_a_number() -> None:
    assert read("quantity", "12 шт.") == D(12)


def test_a_factor_turns_the_suppliers_unit_into_ours() -> None:
    assert read("list_price", 25, factor=D(1000)) == D(25_000)
    assert read("list_price", "2,5", factor=D("0.5")) == D("1.25")
    assert finding("quantity", ">10", factor=D(2)).value == D(20)
    assert read("delay", 2, factor=D("0.25")) is Code.NOT_WHOLE


def test_whole_days_are_whole() -> None:
    assert read("delay", "3 дн.") == D(3)
    assert read("delay", 2.5) is Code.NOT_WHOLE
    assert read("axis", 180) == D(180)
    assert read("axis", 181) is Code.OUT_OF_BOUNDS


def test_of_two_diameters_the_larger_is_taken() -> None:
    for text in ("65/70", "Ø70/65 мм", "65 / 70"):
        found = finding("diameter", text)
        assert (found.code, found.value) == (Code.TWO_DIAMETERS, D(70))
        assert found.params == {"taken": "70", "other": "65"}
    assert not Code.TWO_DIAMETERS.refuses
    assert read("diameter", "65/95") is Code.OUT_OF_BOUNDS
    assert read("list_price", "65/70") is Code.NOT_A_NUMBER


@pytest.mark.parametrize(
    "text",
    ["12.05.2026", "12/5/26", "2026-05-12", "12.май", "май.12", "12 мая", "12-May", "Мар.25"],
)
def test_a_date_that_became_a_text_is_a_date_all_the_same(text: str) -> None:
    for form in (NumberFormat(), NumberFormat(","), NumberFormat(".")):
        assert read("list_price", text, form) is Code.DATE_IN_NUMBER


def test_what_cannot_be_is_out_of_bounds() -> None:
    found = finding("diameter", 6)
    assert (found.code, found.params) == (Code.OUT_OF_BOUNDS, {"low": "40", "high": "90"})
    assert read("diameter", 40) == D(40)
    assert read("diameter", 90) == D(90)
    assert read("diameter", "90,5") is Code.OUT_OF_BOUNDS
    assert read("index", "1,498") == D("1.498")
    assert read("index", 2) is Code.OUT_OF_BOUNDS
    assert finding("markup", -150).params == {"low": "-100", "high": None}


def test_an_astronomical_price_is_refused() -> None:
    assert read("list_price", 10**15) == D(10) ** 15
    assert read("list_price", 10**15 + 1) is Code.NUMBER_TOO_LONG
    assert read("list_price", 1e300) is Code.NUMBER_TOO_LONG
    assert read("list_price", "9" * 16) is Code.NUMBER_TOO_LONG


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (-2.25, "-2.25"),
        ("-2,25", "-2.25"),
        ("+0.12", "0.125"),
        (-0.37, "-0.375"),
        ("plano", "0"),
        (0, "0"),
    ],
)
def test_a_power_is_a_multiple_of_an_eighth(cell: CellValue, value: str) -> None:
    assert read("sph", cell) == D(value)


def test_a_power_off_the_step_is_refused() -> None:
    found = finding("sph", -2.3)
    assert (found.code, found.params) == (Code.OFF_STEP, {"step": "0.125"})
    assert read("sph", "46") is Code.OUT_OF_BOUNDS
    assert read("add", 0) is Code.OUT_OF_BOUNDS


def test_both_ends_of_a_range_are_held_to_the_limits() -> None:
    assert finding("sph", "-6…+4").span == (D(-6), D(4))
    assert finding("sph", "-60…+4").code is Code.OUT_OF_BOUNDS
    assert finding("sph", "-6…+60").code is Code.OUT_OF_BOUNDS
    assert finding("sph", "-6,3…+4").code is Code.OFF_STEP


def test_the_same_text_reads_the_same_again() -> None:
    parse = parser_of("list_price", NumberFormat())
    texts = [f"{number} 000 руб" for number in range(1, 1100)]
    once = [parse(text) for text in texts]
    assert [parse(text) for text in texts] == once
    assert once[-1] != once[0]


cells = st.one_of(
    st.text(max_size=30),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.builds(CellError, st.text(max_size=8)),
    st.builds(Percent, st.floats(-1, 10)),
)


@given(st.sampled_from(["list_price", "sph", "quantity", "vat", "delay", "index"]), cells)
def test_no_cell_makes_a_parser_fail(target: str, cell: CellValue) -> None:
    found = parser_of(target, NumberFormat())(cell)
    assert found is None or isinstance(found, Decimal | Finding)
    if isinstance(found, Decimal):
        assert found.is_finite()
