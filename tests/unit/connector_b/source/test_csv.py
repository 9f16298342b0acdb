"""Text files: rows, quotes, damage."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.source import CellError, Facts, Limits
from tests.unit.connector_b.source.files import cells, first_sheet, opened, refused


def test_what_was_guessed_is_told(tmp_path: Path) -> None:
    data = "Товар;Цена\r\nОправа;12,50\r\n".encode("cp866")
    with opened(tmp_path, data, "прайс.csv") as source:
        assert source.kind == "csv"
        assert source.facts == Facts("cp866", ";", guessed=True)
        assert [(sheet.key, sheet.title) for sheet in source.sheets] == [("прайс", "прайс")]
        assert list(source.rows("прайс")) == [(1, ("Товар", "Цена")), (2, ("Оправа", "12,50"))]
        assert source.merged("прайс") == ()


def test_what_a_person_says_is_not_guessed(tmp_path: Path) -> None:
    data = "Цена|12\n".encode("koi8-r")
    with opened(tmp_path, data, "a.csv", encoding="koi8-r", delimiter="|") as source:
        assert source.facts == Facts("koi8-r", "|", guessed=False)
        assert list(source.rows("a")) == [(1, ("Цена", "12"))]


@pytest.mark.parametrize("typed", ["\t", "\\t", "tab", "TAB"])
def test_a_tab_can_be_typed(tmp_path: Path, typed: str) -> None:
    with opened(tmp_path, b"a;b\tc;d\n", "a.csv", delimiter=typed) as source:
        assert source.facts.delimiter == "\t"
        assert list(source.rows("a")) == [(1, ("a;b", "c;d"))]


@pytest.mark.parametrize("typed", ["", ";;", '"', "\n"])
def test_a_delimiter_that_delimits_nothing_is_guessed(tmp_path: Path, typed: str) -> None:
    with opened(tmp_path, b"a;b\n", "a.csv", delimiter=typed, encoding="ascii") as source:
        assert (source.facts.delimiter, source.facts.guessed) == (";", True)


def test_an_encoding_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, b"a;b\n", "a.csv", encoding="cp-1251x")
    assert (problem.code, problem.params["encoding"]) == ("bad_encoding", "cp-1251x")
    data = "Цена;1\n".encode("cp1251")
    assert first_sheet(tmp_path, data, "a.csv", encoding="Windows-1251") == [(1, ("Цена", "1"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_no_mark_sticks_to_the_first_cell(tmp_path: Path, encoding: str) -> None:
    assert cells(tmp_path, "Цена;Опт\nа;б\n".encode(encoding), "a.csv")[0] == ("Цена", "Опт")


def test_a_mark_before_a_chosen_utf_16_is_no_letter(tmp_path: Path) -> None:
    data = "\ufeffЦена;Опт\n".encode("utf-16-le")
    assert first_sheet(tmp_path, data, "a.csv", encoding="utf-16-le") == [(1, ("Цена", "Опт"))]


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    data = 'Товар;Цена\n\n;;\n"Оправа\nдетская";5\nЛинза;6\n'.encode()
    assert first_sheet(tmp_path, data, "a.csv") == [
        (1, ("Товар", "Цена")),
        (4, ("Оправа\nдетская", "5")),
        (5, ("Линза", "6")),
    ]


def test_the_hint_line_of_excel_is_no_row(tmp_path: Path) -> None:
    data = "sep=|\r\nТовар|Цена;опт\r\n".encode()
    assert first_sheet(tmp_path, data, "a.csv") == [(1, ("Товар", "Цена;опт"))]


def test_numbers_kept_as_text_lose_their_wrapping(tmp_path: Path) -> None:
    assert cells(
        tmp_path,
        b'="0123456789012";=1+1;="",x\n',
        "a.csv",
    ) == [("0123456789012", "=1+1", '="",x')]


def test_errors_that_excel_saved_are_errors(tmp_path: Path) -> None:
    data = "Оправа;#REF!;#Н/Д;# 5\n".encode()
    assert cells(tmp_path, data, "a.csv") == [
        ("Оправа", CellError("#REF!"), CellError("#Н/Д"), "# 5")
    ]


def test_an_inch_sign_inside_a_text_quotes_nothing(tmp_path: Path) -> None:
    data = 'Дисплей 15" матовый;5\nОправа;6\n'.encode()
    assert cells(tmp_path, data, "a.csv") == [('Дисплей 15" матовый', "5"), ("Оправа", "6")]


def test_a_quote_that_is_never_closed_is_refused_where_it_opens(tmp_path: Path) -> None:
    short = 'Товар;Цена\n"Оправа;5\nЛинза;6\nФутляр;7\n'
    for tail in ("", "Чехол;8\n" * 50_000):
        problem = refused(tmp_path, (short + tail).encode(), "a.csv")
        assert (problem.code, problem.params["row"]) == ("open_quote", 2)


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, b"a;b\n" + b"x" * 300_000, "a.csv")
    assert (problem.code, problem.params["row"]) == ("cell_too_long", 2)


def test_a_byte_that_does_not_fit_is_named_with_its_row(tmp_path: Path) -> None:
    good = "Оправа металлическая;12,50\n" * 2000
    data = good.encode() + b"\xcf;1\n" + good.encode()
    problem = refused(tmp_path, data, "a.csv")
    assert problem.code == "bad_encoding"
    assert problem.params == {"file": "a.csv", "encoding": "utf-8", "row": 2001, "found": "CF"}


def test_a_wrong_choice_of_encoding_is_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, "Цена;1\n".encode("cp1251"), "a.csv", encoding="utf-8")
    assert (problem.code, problem.params["row"]) == ("bad_encoding", 1)
    problem = refused(tmp_path, b"\x00\xd8\x00\x00", "a.csv", encoding="utf-16-le")
    assert problem.code in ("bad_encoding", "unknown_kind", "not_what_it_says")


def test_too_wide_a_row_is_refused(tmp_path: Path) -> None:
    wide = ";" * 600 + "x\n"
    problem = refused(tmp_path, f"a;b\n{wide}".encode(), "a.csv")
    assert problem.code == "too_many_columns"
    assert (problem.params["row"], problem.params["column"]) == (2, "WC")


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, b"a;b\n" * 11, "a.csv", limits=Limits(max_rows=10))
    assert (problem.code, problem.params["row"]) == ("too_many_rows", 11)


# A line end that stands alone between quotes is kept as it is.
letters = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x4FF) | st.sampled_from('\n;,"')
)


@given(table=st.lists(st.lists(letters, min_size=2, max_size=5), min_size=1, max_size=6))
def test_what_a_spreadsheet_saved_is_read(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["Код", "Цена"], *table])
    data = written.getvalue().encode("utf-8-sig")
    read = dict(first_sheet(tmp_path_factory.mktemp("c"), data, "a.csv", delimiter=";"))
    for number, row in enumerate(table, 2):
        wanted = [cell if cell.strip() else None for cell in row]
        while wanted and wanted[-1] is None:
            wanted.pop()
        got = [
            value.text if isinstance(value, CellError) else value for value in read.get(number, ())
        ]
        assert got == wanted
