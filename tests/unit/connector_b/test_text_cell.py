"""Texts, articles, yes and no, dates, currencies, pictures."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.cell import parser_of
from connector_b.rules.currencies import currency_code
from connector_b.rules.finding import Finding
from connector_b.rules.number_format import NumberFormat
from connector_b.rules.problem import Code
from connector_b.rules.source.cell_value import CellError, CellValue, Percent
from connector_b.rules.text_cell import LONGEST_CODE, LONGEST_DESCRIPTION, LONGEST_NAME


def read(target: str, cell: CellValue, **options):
    """The value, or the code of what is wrong with it."""
    found = parser_of(target, NumberFormat(), **options)(cell)
    return found.code if isinstance(found, Finding) else found


def test_a_name_is_one_line_without_idle_blanks() -> None:
    assert read("name", "  Оправа\u00a0 Ray-Ban\n5154 ") == "Оправа Ray-Ban 5154"
    assert read("name", "Опра\u00adва\u200b\x00 1") == "Оправа 1"
    assert read("name", "\ud800x") == "x"


@pytest.mark.parametrize("text", ["-", "—", "--", "\x00", "\u200b"])
def test_a_dash_is_no_name(text: str) -> None:
    assert read("name", text) is None
    assert read("supplier_code", text) is None
    assert read("description", text) is None


def test_what_is_no_text_is_read_as_it_is_seen() -> None:
    assert read("name", 5154) == "5154"
    assert read("name", 12.5) == "12.5"
    assert read("name", 1e20) == "100000000000000000000"
    assert read("name", True) == "TRUE"
    assert read("name", Percent(0.15)) == "15.00%"
    assert read("name", date(2024, 5, 12)) == "2024-05-12"


def test_a_formula_error_is_no_text() -> None:
    for target in ("name", "supplier_code", "description", "active", "delay", "barcode", "image"):
        assert read(target, CellError("#REF!")) is Code.CELL_ERROR
        assert read(target, "#REF!") is Code.CELL_ERROR
    assert read("name", "#1 в продажах") == "#1 в продажах"


def test_a_description_keeps_its_lines() -> None:
    assert read("description", " Оправа \r\n\r\n  титан\x00 \n") == "Оправа\n\nтитан"


def test_too_long_texts_are_refused() -> None:
    assert read("name", "x" * LONGEST_NAME) == "x" * LONGEST_NAME
    assert read("name", "x" * (LONGEST_NAME + 1)) is Code.TEXT_TOO_LONG
    assert read("supplier_code", "x" * LONGEST_CODE) == "x" * LONGEST_CODE
    assert read("supplier_code", "x" * (LONGEST_CODE + 1)) is Code.TEXT_TOO_LONG
    assert read("description", "x" * LONGEST_DESCRIPTION) is not Code.TEXT_TOO_LONG
    assert read("description", "x" * (LONGEST_DESCRIPTION + 1)) is Code.TEXT_TOO_LONG


def test_an_article_that_became_a_number_is_its_digits() -> None:
    assert read("supplier_code", 5154) == "5154"
    assert read("supplier_code", 5154.5) == "5154.5"
    assert read("frame_model", 1e5) == "100000"


def test_zeros_in_front_are_put_back_to_a_code_of_digits() -> None:
    assert read("supplier_code", 5154, pad=6) == "005154"
    assert read("supplier_code", "5154", pad=6) == "005154"
    assert read("supplier_code", "RB51", pad=6) == "RB51"
    assert read("supplier_code", "1234567", pad=6) == "1234567"


def test_an_article_that_lost_digits_is_refused() -> None:
    assert read("supplier_code", 10**15) is Code.CODE_SCIENTIFIC
    assert read("supplier_code", 10**15 - 1) == "9" * 15
    assert read("supplier_code", "1,23E+10") is Code.CODE_SCIENTIFIC
    assert read("supplier_code", "1E10+2") == "1E10+2"


@pytest.mark.parametrize("cell", [date(2024, 5, 12), datetime(2024, 5, 12), time(12)])  # noqa: DTZ001
def test_an_article_or_size_that_became_a_date_is_refused(cell: CellValue) -> None:
    assert read("supplier_code", cell) is Code.DATE_IN_CODE
    assert read("frame_size", cell) is Code.DATE_IN_CODE


@pytest.mark.parametrize("cell", ["да", "Да ", "yes", "1", 1, 1.0, True, "+", "ИСТИНА"])
def test_yes(cell: CellValue) -> None:
    assert read("active", cell) is True


@pytest.mark.parametrize("cell", ["нет", "no", "0", 0, 0.0, False, "ЛОЖЬ", "-"])
def test_no(cell: CellValue) -> None:
    assert read("active", cell) is False


@pytest.mark.parametrize("cell", ["может быть", 2, 0.5, date(2024, 1, 1)])
def test_neither_yes_nor_no(cell: CellValue) -> None:
    assert read("active", cell) is Code.NOT_YES_OR_NO


def test_nothing_is_neither_and_no_problem() -> None:
    assert read("active", "\u200b") is None


def test_currencies_have_many_names() -> None:
    assert read("currency", "руб.") == "RUB"
    assert read("currency", " Доллар  США ") == "USD"
    assert read("currency", "€") == "EUR"
    assert read("currency", "sek") == "SEK"
    assert read("currency", "у.е.") is Code.CURRENCY_UNKNOWN
    assert read("currency", 12) is Code.CURRENCY_UNKNOWN
    assert read("currency", "-") is None
    assert currency_code("ябв") is None
    assert currency_code("abcd") is None


@pytest.mark.parametrize(
    "text",
    ["https://shop.example/a.jpg", "http://x/1", "RB5154.JPG", "фото 1.png", "a/b/c.webp"],
)
def test_a_picture_is_an_address_or_the_name_of_a_file(text: str) -> None:
    assert read("image", text) == text


@pytest.mark.parametrize(
    "text",
    [
        "фото",
        "file:///etc/passwd.x",
        "https://",
        "http:// x/a",
        "ftp://x/a",
        "a.exe",
        "http://[",
        5,
        "https://x/" + "a" * 2000,
    ],
)
def test_what_is_no_picture_is_a_warning(text: CellValue) -> None:
    assert read("image", text) is Code.NOT_AN_IMAGE_NAME
    assert not Code.NOT_AN_IMAGE_NAME.refuses


@given(
    st.sampled_from(["name", "supplier_code", "description", "active", "currency", "image", "uom"]),
    st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.dates()),
)
def test_no_cell_makes_a_parser_fail(target: str, cell: CellValue) -> None:
    found = parser_of(target, NumberFormat())(cell)
    if isinstance(found, str):
        assert found == found.strip()
        assert found
        assert "\x00" not in found
