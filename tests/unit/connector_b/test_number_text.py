"""Numbers that somebody wrote as text: read as what they can only be, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.finding import Finding
from connector_b.rules.number_format import NumberFormat
from connector_b.rules.number_text import MOST_DIGITS, plain_pattern, read_number
from connector_b.rules.problem import Code

D = Decimal
AUTO = NumberFormat()
COMMA = NumberFormat(",")
POINT = NumberFormat(".")


def read(text: str, form: NumberFormat = AUTO) -> Decimal | Code | None:
    found = read_number(text, form)
    return found.code if isinstance(found, Finding) else found.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1250", "1250"),
        ("1250,50", "1250.50"),
        ("1250.50", "1250.50"),
        ("1 250,50", "1250.50"),
        ("1\u00a0250,50", "1250.50"),
        ("1\u202f250\u202f000,5", "1250000.5"),
        ("1'250.50", "1250.50"),
        ("1’250.50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250.000", "1250000"),
        ("1,250,000", "1250000"),
        ("1,250,000.5", "1250000.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1250,500", "1250.500"),
        (",5", "0.5"),
        (".5", "0.5"),
        ("12.", "12"),
        ("-12,5", "-12.5"),
        ("−12,5", "-12.5"),
        ("–12", "-12"),
        ("+12", "12"),
        ("(1 250,50)", "-1250.50"),
        ("- 5", "-5"),
        ("1250-00", "1250.00"),
        ("1 250-50", "1250.50"),
        ("\u200b12\ufeff", "12"),
        ("1 290.-", "1290"),
        ("1290,--", "1290"),
        ("2450=", "2450"),
        ("1290,50 *", "1290.50"),
    ],
)
def test_a_number_is_read_whatever_its_signs(text: str, value: str) -> None:
    assert read(text) == D(value)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1 250,50 руб.", "1250.50", "RUB"),
        ("1250р", "1250", "RUB"),
        ("1250 р.", "1250", "RUB"),
        ("1250₽", "1250", "RUB"),
        ("$12.50", "12.50", "USD"),
        ("-$12.50", "-12.50", "USD"),
        ("$ -12.50", "-12.50", "USD"),
        ("12,50 €", "12.50", "EUR"),
        ("EUR 12,50", "12.50", "EUR"),
        ("12.5 USD", "12.5", "USD"),
        ("1 250,00 руб./шт.", "1250.00", "RUB"),
        ("100 ¥", "100", "CNY"),
        ("12 шт.", "12", None),
        ("65 мм", "65", None),
        ("Ø65", "65", None),
        ("n=1.56", "1.56", None),
        ("3 дн.", "3", None),
        ("+2,00 дптр", "2.00", None),
    ],
)
def test_currencies_and_units_stand_beside_a_number(
    text: str, value: str, currency: str | None
) -> None:
    found = read_number(text, AUTO)
    assert not isinstance(found, Finding)
    assert (found.value, found.currency, found.percent) == (D(value), currency, False)


@pytest.mark.parametrize("text", ["20%", "20 %", "20,0 %"])
def test_a_per_cent_sign_is_told(text: str) -> None:
    found = read_number(text, AUTO)
    assert not isinstance(found, Finding)
    assert (found.value, found.percent) == (D(20), True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "цена",
        "12 50",
        "1 25",
        "1 2500",
        "12,50,5",
        "1.250.00",
        "1'250,000'5",
        "1 250.000 5",
        "12 попугаев",
        "12 € 5",
        "12 € $",
        "12-5-3",
        "--5",
        "-(5)",
        "(5",
        "5)",
        "+-5",
        "12e5",
        "0x12",
        "1_000",
        "NaN",
        "Infinity",
        "١٢",
        "5 - 7",
        "12/5",
    ],
)
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert read(text) is Code.NOT_A_NUMBER


def test_a_point_before_three_digits_may_be_either_sign() -> None:
    found = read_number("1.234", AUTO)
    assert isinstance(found, Finding)
    assert found.code is Code.AMBIGUOUS_NUMBER
    assert found.params == {"one": "1234", "other": "1.234"}
    assert read("12,345 руб.") is Code.AMBIGUOUS_NUMBER


def test_the_format_of_the_column_decides_what_is_ambiguous() -> None:
    assert read("1.234", COMMA) == D(1234)
    assert read("1,234", COMMA) == D("1.234")
    assert read("1.234", POINT) == D("1.234")
    assert read("1,234", POINT) == D(1234)
    assert read("1.234", NumberFormat(thousands=".")) == D(1234)
    assert read("1.234", NumberFormat(thousands=" ")) == D("1.234")
    assert read("1.234", NumberFormat(thousands="none")) == D("1.234")


def test_a_column_of_thousandths_has_no_thousands() -> None:
    found = read_number("1.498", AUTO, exact_thousandths=True)
    assert not isinstance(found, Finding)
    assert found.value == D("1.498")


def test_a_decimal_sign_against_the_format_is_refused() -> None:
    found = read_number("12.50", COMMA)
    assert isinstance(found, Finding)
    assert (found.code, found.params) == (Code.WRONG_DECIMAL_SIGN, {"sign": ","})
    assert read("12,50", POINT) is Code.WRONG_DECIMAL_SIGN


def test_thousands_against_the_format_are_refused() -> None:
    assert read("1 250", NumberFormat(thousands="none")) is Code.NOT_A_NUMBER
    assert read("1 250", NumberFormat(thousands="'")) is Code.NOT_A_NUMBER
    assert read("1'250", NumberFormat(thousands="'")) == D(1250)


def test_a_number_of_more_digits_than_a_price_has_is_refused() -> None:
    assert read("9" * MOST_DIGITS) == D("9" * MOST_DIGITS)
    assert read("000" + "9" * MOST_DIGITS) == D("9" * MOST_DIGITS)
    assert read("9" * (MOST_DIGITS + 1)) is Code.NUMBER_TOO_LONG
    assert read("0," + "1" * 12) == D("0." + "1" * 12)
    assert read("0," + "1" * 13) is Code.NUMBER_TOO_LONG


def test_an_essay_is_no_number_and_takes_no_time() -> None:
    assert read("12 " + "а" * 100_000 + "(") is Code.NOT_A_NUMBER
    assert read(" " * 100_000 + "x") is Code.NOT_A_NUMBER


def test_nought_has_no_sign() -> None:
    assert str(read("(0)")) == "0"
    assert str(read("-0")) == "0"


amounts = st.decimals(0, 999_999_999, places=2, allow_nan=False)


@given(
    amounts,
    st.sampled_from([" ", "\u00a0", "\u2009", "'", ".", ",", ""]),
    st.sampled_from([",", "."]),
    st.sampled_from(["", " руб.", " ₽", "р", " $", " шт"]),
)
def test_what_is_written_reads_back(
    amount: Decimal, thousands: str, decimal: str, behind: str
) -> None:
    if thousands == decimal:
        thousands = " "
    written = f"{amount:,.2f}".translate({ord(","): thousands, ord("."): decimal}) + behind
    assert read(written) == amount
    assert read(written, NumberFormat(decimal)) == amount


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text: str) -> None:
    for form in (AUTO, COMMA, POINT, NumberFormat(",", " ")):
        found = read_number(text, form)
        assert isinstance(found, Finding) or found.value.is_finite()


@given(st.from_regex(r"[+-]?[0-9]{1,15}([.,][0-9]{1,2})?", fullmatch=True))
def test_the_short_way_reads_as_the_long_one(text: str) -> None:
    for form in (AUTO, COMMA, POINT):
        if plain_pattern(form).fullmatch(text):
            assert read(text, form) == D(text.replace(",", "."))
