"""Workbooks of Excel 2007 and later: values, places, sheets."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from connector_b.rules.source import CellError, MergedRange, Percent, SourceError
from tests.unit.connector_b.source.files import (
    cells,
    first_sheet,
    opened,
    refused,
    repacked,
    xlsx,
    xlsx_of,
    xlsx_with_sheet,
)


def test_rows_and_columns_keep_the_numbers_that_a_person_sees(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write("C5", "Цена")
        sheet.write("D7", 12.5)

    assert first_sheet(tmp_path, xlsx(fill), "a.xlsx") == [
        (5, (None, None, "Цена")),
        (7, (None, None, None, 12.5)),
    ]


def test_a_whole_number_is_an_int_and_a_barcode_keeps_its_digits(tmp_path: Path) -> None:
    [row] = cells(tmp_path, xlsx_of([[4006381333931, 12.0, 0.5, -3, 1e20]]), "a.xlsx")
    assert row == (4006381333931, 12, 0.5, -3, 1e20)
    assert [type(value) for value in row] == [int, int, float, int, float]


def test_dates_times_and_per_cent_are_told_by_their_formats(tmp_path: Path) -> None:
    formats = ("dd.mm.yyyy", "[$-419]d mmmm yyyy;@", "dd.mm.yy hh:mm", "h:mm", "0.00%", "[h]:mm")

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for column, code in enumerate(formats):
            value = 0.25 if code in ("h:mm", "0.00%") else 45323.25 if "yy h" in code else 45323
            sheet.write_number(0, column, value, book.add_format({"num_format": code}))

    [row] = cells(tmp_path, xlsx(fill), "a.xlsx")
    day = date(2024, 2, 1)
    assert row == (day, day, datetime.fromisoformat("2024-02-01 06:00"), time(6), 0.25, 45323)
    assert isinstance(row[4], Percent)


@pytest.mark.parametrize(
    "code",
    [
        '#,##0.00" руб."',
        '0.00 "шт. (ds)"',
        r"#,##0.00\ [$₽-419]",
        r'_-* #,##0.00\ "₽"_-;\-* #,##0.00\ "₽"_-',
        "0.00E+00",
        "0.00 USD",
        "0.00;-0.00%",
        'General;"нет";0%',
        "[Red]0.00",
        "General",
        "@",
    ],
)
def test_a_price_is_no_date_whatever_letters_its_format_has(tmp_path: Path, code: str) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet().write_number(0, 0, 12.5, book.add_format({"num_format": code}))

    [[price]] = cells(tmp_path, xlsx(fill), "a.xlsx")
    assert (price, type(price)) == (12.5, float)


def test_dates_since_1904_are_the_same_days(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        book.add_worksheet().write_datetime(0, 0, datetime.fromisoformat("2024-02-29"), day)

    assert cells(tmp_path, xlsx(fill, date_1904=True), "a.xlsx") == [(date(2024, 2, 29),)]


def test_a_failed_formula_is_an_error_and_a_good_one_its_result(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=B1*#REF!", None, "#REF!")
        sheet.write_formula("B1", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C1", "=2*3", None, 6)
        sheet.write_formula("D1", '="a"&"b"', None, "ab")
        sheet.write_formula("E1", "=1=1", None, True)

    assert cells(tmp_path, xlsx(fill), "a.xlsx") == [
        (CellError("#REF!"), CellError("#DIV/0!"), 6, "ab", True)
    ]


def test_texts_keep_their_letters(tmp_path: Path) -> None:
    texts = ["Оправа <15\"> & 'чехол'", " отступ ", "две\nстроки", "_x000D_ буквально", "№ «1» 👓"]
    assert cells(tmp_path, xlsx_of([texts]), "a.xlsx") == [tuple(texts)]


def test_formatted_text_is_read_without_the_format(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet()
        sheet.write_rich_string("A1", "Цена ", bold, "опт", " & розница")
        sheet.write("B1", "просто")

    assert cells(tmp_path, xlsx(fill), "a.xlsx") == [("Цена опт & розница", "просто")]


def test_a_reading_aid_is_no_part_of_the_text(tmp_path: Path) -> None:
    texts = b'<sst xmlns="x"><si><t>A</t><rPh sb="0" eb="1"><t>B</t></rPh></si></sst>'
    assert cells(tmp_path, repacked(xlsx_of([["x"]]), sharedStrings=texts), "a.xlsx") == [("A",)]


@pytest.mark.parametrize("written", ["1,5", "inf", "NaN", "1_000", "нет", "9" * 5000])
def test_a_number_that_is_none_is_kept_as_it_is_written(tmp_path: Path, written: str) -> None:
    data = xlsx_with_sheet(f'<row r="1"><c r="A1"><v>{written}</v></c></row>')
    assert cells(tmp_path, data, "a.xlsx") == [(written,)]


def test_blank_cells_and_rows_of_blanks_are_empty(tmp_path: Path) -> None:
    data = xlsx_of([["a", "  ", "b", " \xa0 "], ["  "], [None], ["c"]])
    assert first_sheet(tmp_path, data, "a.xlsx") == [(1, ("a", None, "b")), (4, ("c",))]


def test_merged_cells_are_told_and_their_value_stands_at_the_top_left(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Л")
        sheet.merge_range("B2:D2", "Цена")
        sheet.merge_range("A5:A9", "Бренд")

    with opened(tmp_path, xlsx(fill), "a.xlsx") as source:
        assert source.merged("Л") == (MergedRange(2, 1, 2, 3), MergedRange(5, 0, 9, 0))
        assert list(source.rows("Л")) == [(2, (None, "Цена")), (5, ("Бренд",))]


def test_hidden_sheets_are_flagged_and_charts_are_no_sheets(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        shown = book.add_worksheet("Прайс")
        shown.write("B3", 1)
        book.add_worksheet("Скрыт").hide()
        book.add_worksheet("Скрыт совсем").very_hidden()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Прайс!$B$3:$B$3"})
        book.add_chartsheet("График").set_chart(chart)

    with opened(tmp_path, xlsx(fill), "a.xlsx") as source:
        assert [(sheet.key, sheet.hidden) for sheet in source.sheets] == [
            ("Прайс", False),
            ("Скрыт", True),
            ("Скрыт совсем", True),
        ]
        assert (source.sheets[0].rows, source.sheets[0].columns) == (3, 2)
        assert list(source.rows("Скрыт")) == []


def test_a_sheet_can_be_read_again_and_given_up_half_way(tmp_path: Path) -> None:
    with opened(tmp_path, xlsx_of([[index] for index in range(5000)]), "a.xlsx") as source:
        assert next(source.rows("Лист1")) == (1, (0,))
        assert len(list(source.rows("Лист1"))) == 5000
        assert len(list(source.rows("Лист1"))) == 5000


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with (
        opened(tmp_path, xlsx_of([["a"]]), "a.xlsx") as source,
        pytest.raises(SourceError) as caught,
    ):
        list(source.rows("Март"))
    assert caught.value.code == "no_such_sheet"
    assert caught.value.params == {"file": "a.xlsx", "sheet": "Март", "sheets": ["Лист1"]}


def test_forty_thousand_empty_rows_at_the_end_are_no_rows(tmp_path: Path) -> None:
    filled = (
        '<row r="1"><c r="A1" t="str"><v>Цена</v></c></row><row r="2"><c r="A2"><v>5</v></c></row>'
    )
    empty = "".join(
        f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/><c r="J{row}" s="1"/></row>'
        for row in range(3, 40_003)
    )
    read = first_sheet(tmp_path, xlsx_with_sheet(filled + empty), "a.xlsx")
    assert read == [(1, ("Цена",)), (2, (5,))]


def test_a_lonely_cell_in_the_last_corner_is_refused_by_its_place(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Прайс")
        sheet.write("A1", "Цена")
        sheet.write(1_048_575, 16_383, ".")

    problem = refused(tmp_path, xlsx(fill), "a.xlsx")
    assert problem.code == "too_many_columns"
    assert problem.params == {
        "file": "a.xlsx",
        "sheet": "Прайс",
        "row": 1_048_576,
        "column": "XFD",
        "limit": 500,
    }


def test_a_row_filled_too_wide_is_refused_with_or_without_gaps(tmp_path: Path) -> None:
    assert len(cells(tmp_path, xlsx_of([range(500)]), "a.xlsx")[0]) == 500
    for wide in ([*range(501)], [*range(20), *[None] * 480, 5]):
        problem = refused(tmp_path, xlsx_of([["x"], wide]), "a.xlsx")
        assert problem.code == "too_many_columns"
        assert (problem.params["row"], problem.params["column"]) == (2, "SG")


def test_a_row_below_the_last_row_is_refused(tmp_path: Path) -> None:
    data = xlsx_with_sheet('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')
    problem = refused(tmp_path, data, "a.xlsx")
    assert (problem.code, problem.params["row"]) == ("too_many_rows", 1_048_577)


def test_a_text_that_is_not_there_is_damage_of_the_sheet(tmp_path: Path) -> None:
    data = xlsx_with_sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')
    problem = refused(tmp_path, data, "a.xlsx")
    assert (problem.code, problem.params["part"]) == ("corrupt", "Лист1")
