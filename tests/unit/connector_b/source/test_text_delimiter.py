"""The delimiter is the one that makes columns, not the one that happens to occur."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.source.text_delimiter import DELIMITERS, delimiter_hint, guess_delimiter
from tests.unit.connector_b.source.price_texts import BRANDS, COLOURS, NAMES, UNITS

prices = st.integers(100, 9_999_999).map(lambda price: f"{price // 100},{price % 100:02d}")
points = st.integers(100, 9_999_999).map(lambda price: f"{price // 100}.{price % 100:02d}")
rows = st.lists(
    st.tuples(
        st.integers(1, 99999).map(str),
        st.sampled_from(NAMES),
        st.sampled_from(BRANDS),
        st.sampled_from(COLOURS),
        st.sampled_from(UNITS),
        prices | points,
    ),
    min_size=1,
    max_size=8,
)


@given(rows, st.sampled_from(DELIMITERS), st.integers(2, 6), st.integers(0, 3))
def test_a_table_is_cut_as_it_was_written(
    table: list[tuple[str, ...]], delimiter: str, width: int, titles: int
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter)
    for index in range(titles):
        writer.writerow([f"Прайс-лист {index}"])
    writer.writerow(("Код", "Наименование", "Бренд", "Цвет", "Ед.", "Цена")[-width:])
    writer.writerows(row[-width:] for row in table)
    assert guess_delimiter(written.getvalue()) == delimiter


def test_the_comma_of_prices_is_no_delimiter() -> None:
    assert guess_delimiter("Товар;Цена\nОправа;12,50\nЛинза;7,00\n") == ";"
    assert guess_delimiter("1,50;2,50\n3,50;4,50\n") == ";"
    assert guess_delimiter("Товар\tОпт\tРозница\nЛинза\t7,00\t8,00\n") == "\t"


def test_whole_prices_between_commas_are_cut() -> None:
    assert guess_delimiter("code,price,qty\n4600000000001,1200,5\n4600000000002,90,12\n") == ","


def test_delimiters_inside_quotes_do_not_count() -> None:
    assert guess_delimiter('a,b\n"1;2;3",x\n"4;5;6",y\n') == ","


@pytest.mark.parametrize("text", ["", "Прайс", "Прайс\nОправа\n"])
def test_where_nothing_speaks_it_is_the_semicolon(text: str) -> None:
    assert guess_delimiter(text) == ";"


def test_the_hint_of_excel_is_read() -> None:
    assert delimiter_hint("sep=;\r\n") == ";"
    assert delimiter_hint("\ufeffSEP=\t\n") == "\t"
    assert delimiter_hint("sep=;Цена\n") is None
    assert delimiter_hint("Код;Цена\n") is None
