"""The header is found by itself, below titles and addresses, in one row or two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.header import Header, find_header, header_at, letters, position_of
from connector_b.rules.source.source import MergedRange
from tests.unit.connector_b.rows import sheet

GOODS = [("RB1", "Оправа Ray-Ban 5154", 4006381333931, 1250.5, 3)] * 6


def test_a_header_in_the_first_row() -> None:
    rows = sheet(("Артикул", "Наименование", "EAN", "Цена", "Остаток"), *GOODS)
    assert find_header(rows) == Header(1, 1, ("Артикул", "Наименование", "EAN", "Цена", "Остаток"))


def test_titles_addresses_and_a_logo_stand_above() -> None:
    rows = sheet(
        ("ООО «Оптика-Опт»",),
        ("196084, Санкт-Петербург, Заставская ул., д. 22", None, None, "Прайс-лист"),
        ("Тел. (812) 000-14-27", "opt@optika.example"),
        (),
        ("Цены с НДС 20 % от 02.11.2025",),
        ("№", "Артикул", "Наименование", "Опт", "РРЦ"),
        *[(number, "RB1", "Оправа", 10.5, 20) for number in range(1, 8)],
    )
    found = find_header(rows)
    assert (found.first, found.last) == (6, 6)
    assert found.names == ("№", "Артикул", "Наименование", "Опт", "РРЦ")


def test_unknown_names_above_numbers_are_a_header_too() -> None:
    rows = sheet(("Прайс",), ("Вещь", "Сколько стоит", "Где лежит"), *[("стул", 5, "угол")] * 5)
    assert find_header(rows).first == 2


def test_goods_without_any_header() -> None:
    found = find_header(sheet(*GOODS))
    assert found == Header(0, 0, ("", "", "", "", ""))
    assert find_header([]) == Header(0, 0, ())


def test_a_row_of_goods_named_like_columns_is_no_header() -> None:
    rows = sheet(
        ("Код", "Товар", "Группа", "Цена"),
        ("A1", "Линза", "Линзы", 100),
        ("A2", "Оправа", "Бренд", 200),
        ("A3", "Футляр", "Прочее", 50),
    )
    assert find_header(rows).first == 1


TWO_ROWS = [
    ("Артикул", "Наименование", "Цена", None, "Остаток"),
    (None, None, "опт", "розница"),
    ("RB1", "Оправа", 100, 200, 5),
    ("RB2", "Оправа", 100, 200, 5),
    ("RB3", "Оправа", 100, 200, 5),
]
JOINED = ("Артикул", "Наименование", "Цена / опт", "Цена / розница", "Остаток")


def test_a_merged_header_of_two_rows_is_joined() -> None:
    merged = [MergedRange(1, 2, 1, 3), MergedRange(1, 0, 2, 0), MergedRange(1, 1, 2, 1)]
    assert find_header(sheet(*TWO_ROWS), merged) == Header(1, 2, JOINED)


def test_a_text_file_does_not_know_what_is_merged() -> None:
    assert find_header(sheet(*TWO_ROWS)) == Header(1, 2, JOINED)


def test_the_names_may_be_in_the_lower_row() -> None:
    rows = sheet(
        ("Прайс-лист",),
        ("Товар", None, "Цена", None, None),
        ("Артикул", "Наименование", "опт", "розница", "акция"),
        *[("RB1", "Оправа", 1, 2, 3)] * 5,
    )
    merged = [MergedRange(1, 0, 1, 4), MergedRange(2, 0, 2, 1), MergedRange(2, 2, 2, 4)]
    expected = ("Товар / Артикул", "Товар / Наименование")
    expected += ("Цена / опт", "Цена / розница", "Цена / акция")
    assert find_header(rows, merged) == Header(2, 3, expected)
    assert find_header(rows) == Header(2, 3, expected)


def test_a_title_over_all_columns_is_no_part_of_the_header() -> None:
    rows = sheet(
        ("Оправы", None, None),
        ("Артикул", "Наименование", "Цена"),
        *[("RB1", "Оправа", 1)] * 5,
    )
    assert find_header(rows, [MergedRange(1, 0, 1, 2)]).first == 2
    assert find_header(rows).first == 2


def test_two_sentences_above_are_no_groups_of_columns() -> None:
    rows = sheet(
        ("Остатки и цены на 02.11.2025", None, "курс ЦБ на день оплаты"),
        ("Код", "EAN", "Товар", "Цена"),
        *[("A", "4006381333931", "Линза", 1)] * 5,
    )
    assert find_header(rows).names == ("Код", "EAN", "Товар", "Цена")


def test_goods_below_a_header_with_an_empty_column_are_goods() -> None:
    rows = sheet(
        ("Артикул", None, "Цена"),
        ("RB1", "чёрная", "дорого"),
        ("RB2", "синяя", 100),
        ("RB3", "синяя", 100),
    )
    assert find_header(rows) == Header(1, 1, ("Артикул", "", "Цена"))


def test_shops_below_a_stock_are_parts_of_its_name() -> None:
    rows = sheet(
        ("Артикул", "Наименование", "Остаток", None),
        (None, None, "Тверь", "Москва"),
        *[("RB1", "Оправа", 1, 2)] * 4,
    )
    assert find_header(rows).names[2:] == ("Остаток / Тверь", "Остаток / Москва")


def test_goods_without_a_price_below_a_nameless_column_are_goods() -> None:
    rows = sheet(("Артикул", None, "Цена"), ("RB1", "чёрная"), *[("RB2", "синяя", 100)] * 3)
    assert find_header(rows).last == 1


def test_texts_above_texts_are_goods() -> None:
    assert find_header(sheet(*[("раз", "два", "три", "четыре", "пять", "шесть")] * 5)).first == 0


def test_rows_apart_are_no_two_row_header() -> None:
    rows = sheet(*TWO_ROWS[:1], (), *TWO_ROWS[1:])
    assert find_header(rows).last == 1


def test_the_numbers_of_columns_below_belong_to_the_header() -> None:
    rows = sheet(("Артикул", "Наименование", "Цена"), (1, 2, 3), *[("RB1", "Оправа", 7)] * 4)
    assert find_header(rows).last == 2
    rows = sheet(("Артикул", "Наименование", "Цена"), ("1", "2", "4"), *[("RB1", "Оправа", 7)] * 4)
    assert find_header(rows).last == 1


def test_the_width_is_that_of_the_widest_row() -> None:
    rows = sheet(("Артикул", "Цена"), ("RB1", 5, "распродажа"), ("RB2", 6))
    assert find_header(rows).names == ("Артикул", "Цена", "")


def test_a_person_may_say_which_row_it_is() -> None:
    rows = sheet(("a", "b"), ("c", "d"), (1, 2))
    assert header_at(rows, 2) == Header(2, 2, ("c", "d"))
    assert header_at(sheet(*TWO_ROWS), 1) == Header(1, 2, JOINED)
    assert header_at(rows, 9) == Header(9, 9, ("", ""))


def test_labels_tell_each_column_from_the_others() -> None:
    assert Header(1, 1, ("Цена", "", "Цена", "Цена")).labels == (
        "Цена",
        "B",
        "Цена (2)",
        "Цена (3)",
    )
    assert Header(1, 1, ("Цена", "Цена (2)", "Цена")).labels == ("Цена", "Цена (2)", "Цена (3)")


@given(st.lists(st.sampled_from(["", "A", "B", "A (2)", "A (3)", "C"]), max_size=8))
def test_labels_are_never_equal(names: list[str]) -> None:
    labels = Header(1, 1, tuple(names)).labels
    assert len(set(labels)) == len(labels)
    assert all(labels)


@pytest.mark.parametrize(
    ("position", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_letters(position: int, text: str) -> None:
    assert letters(position) == text
    assert position_of(text) == position
    assert position_of(f" {text.lower()} ") == position
    assert position_of(str(position + 1)) == position


@pytest.mark.parametrize("text", ["", "0", "A1", "Я", "ABCD", "-1", "123456", "1.5"])
def test_what_is_no_column(text: str) -> None:
    assert position_of(text) is None


cells = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=10))


@given(st.lists(st.lists(cells, max_size=6), max_size=12))
def test_no_sheet_makes_it_fail(rows: list[list]) -> None:
    found = find_header(sheet(*rows))
    assert 0 <= found.first <= found.last
