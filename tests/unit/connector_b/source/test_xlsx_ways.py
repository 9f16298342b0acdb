"""The fast way through a sheet and the exact one tell the same, and what calamine tells."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import date, datetime, time
from math import isclose
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from connector_b.rules.source.xlsx_rows import exact_rows, plain_rows, raw_rows
from connector_b.rules.source.xml_part import XmlPart
from connector_b.rules.source.xml_plain import NotPlain
from tests.unit.connector_b.source.files import (
    MAIN,
    cells,
    first_sheet,
    repacked,
    unzipped,
    xlsx_of,
    xlsx_with_sheet,
)

texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00", max_codepoint=0x1FFFF)
    .filter(lambda letter: letter >= " " or letter in "\n\t")
    .filter(lambda letter: letter not in "\ufffe\uffff"),
    max_size=12,
).filter(lambda text: "_x" not in text and not text.startswith(("=", "http", "{", "ftp", "mail")))
values = st.none() | texts | st.integers(-(2**50), 2**50) | st.floats(-1e9, 1e9) | st.booleans()
tables = st.lists(st.lists(values, max_size=6), max_size=6)


def part() -> XmlPart:
    return XmlPart("a.xlsx", "xlsx", "sheet1.xml")


def both_ways(sheet: bytes) -> tuple[list[object], list[object]]:
    def cut(size: int) -> list[bytes]:
        return [sheet[begin : begin + size] for begin in range(0, len(sheet), size)]

    plain = [row for row in plain_rows(cut(97), part()) if row.cells]
    exact = [row for row in exact_rows(cut(97), part(), 1000) if row.cells]
    merged = [(row.number, [(*c[:3], c[3] or c[4]) for c in row.cells]) for row in plain]
    return merged, [(row.number, [c[:4] for c in row.cells]) for row in exact]


def same(read: Sequence[object], wanted: Sequence[object]) -> bool:
    """Numbers as near as sixteen digits, which is what XlsxWriter writes."""
    return len(read) == len(wanted) and all(
        (isclose(mine, theirs, rel_tol=1e-14) if _is_number(theirs) else mine == theirs)  # type: ignore[arg-type]
        for mine, theirs in zip(read, wanted, strict=True)
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@given(tables)
def test_plain_and_exact_agree(table: list[list[object]]) -> None:
    sheet = next(
        data for name, data in unzipped(xlsx_of(table)).items() if name.endswith("sheet1.xml")
    )
    plain, exact = both_ways(sheet)
    assert plain == exact


@given(table=tables)
@settings(max_examples=60)
def test_what_was_written_is_read_and_calamine_agrees(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[object]]
) -> None:
    table = [["head"], *table]
    data = xlsx_of(table)
    read = {
        row.number: row.cells for row in first_sheet(tmp_path_factory.mktemp("x"), data, "a.xlsx")
    }
    for index, row in enumerate(table, 1):
        wanted = [None if isinstance(value, str) and not value.strip() else value for value in row]
        while wanted and wanted[-1] is None:
            wanted.pop()
        assert same(read.get(index, ()), wanted)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for index, line in enumerate(book.get_sheet_by_index(0).iter_rows(), 1):
        ours = [*read.get(index, ())]
        ours += [None] * (len(line) - len(ours))
        theirs = [None if isinstance(v, str) and not v.strip() else v for v in line]
        assert same(ours, theirs)


SAME = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><!-- a comment --><c r="B2"><v>1</v></c></row>',
        '<row r="2"><c r="B2"><v><![CDATA[1]]></v></c></row>',
        "<row r='2'><c r='B2'><v>1</v></c></row>",
        '<row r="2"><c r="B2"><v>1</v><extLst><ext><v>9</v></ext></extLst></c></row>',
        '<row r="2"><c r="B2"><f>A&lt;1</f><v>1</v></c></row>',
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>1</v></c></row>',
        '<row r="2"><c s="0" r="B2" t="n" cm="1"><v>1</v></c></row>',
        '<row\nr="2"\tspans="1:2"><c r="B2"><v\n>1</v></c></row  >',
        '<row r="2" note="a>b"><c r="B2"><v>1</v></c></row>',
        '<row r="2"><c r="B2" t="inlineStr"><is><r><t>1</t></r><rPh><t>2</t></rPh></is></c></row>',
    ],
)
def test_unusual_but_right_xml_is_read_all_the_same(tmp_path: Path, rows: str) -> None:
    last = '<row r="4"><c r="A4"><v>7</v></c></row>'
    read = first_sheet(tmp_path, xlsx_with_sheet(SAME + rows + last), "a.xlsx")
    assert [row.number for row in read] == [1, 2, 4]
    assert read[0].cells == ("a",)
    assert str(read[1].cells[1]) == "1"
    assert read[2].cells == (7,)


def test_rows_and_cells_without_places_count_on(tmp_path: Path) -> None:
    rows = '<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c r="B3"><v>3</v></c></row>'
    assert first_sheet(tmp_path, xlsx_with_sheet(rows), "a.xlsx") == [
        (1, (1, None, 2)),
        (3, (None, 3)),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251"])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_prefixed_xml_and_other_encodings_are_read(
    tmp_path: Path, encoding: str, prefix: str
) -> None:
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?><x:worksheet xmlns:x="{MAIN}">'
        '<x:sheetData><x:row r="3"><x:c r="B3" t="str"><x:v>Цена</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    written = sheet.replace("xmlns:x", "xmlns").replace("x:", "") if not prefix else sheet
    data = repacked(xlsx_of([["x"]]), sheet1=written.encode(encoding))
    assert first_sheet(tmp_path, data, "a.xlsx") == [(3, (None, "Цена"))]


def test_the_exact_way_goes_on_where_the_fast_one_gave_up() -> None:
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c></row>'
    rows = "".join(row.format(index) for index in range(1, 4000))
    odd = "<row r='4000'><c r='A4000'><v>4000</v></c></row>"
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}{odd}</sheetData></worksheet>'.encode()
    pieces = [sheet[begin : begin + 5000] for begin in range(0, len(sheet), 5000)]
    with pytest.raises(NotPlain):
        list(plain_rows(pieces, part()))
    read = list(raw_rows(lambda: pieces, part, 1000))
    assert [row.number for row in read] == list(range(1, 4001))


@pytest.mark.parametrize("odd", [1, 2, 3])
def test_a_blank_in_the_end_of_a_row_loses_no_row(tmp_path: Path, odd: int) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row{" " if row == odd else ""}>'
        for row in (1, 2, 3)
    )
    read = first_sheet(tmp_path, xlsx_with_sheet(rows), "a.xlsx")
    assert [row.number for row in read] == [1, 2, 3]


def test_line_ends_inside_texts_are_those_of_xml(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>a\r\nb\rc&#13;d</v></c></row>'
    assert cells(tmp_path, xlsx_with_sheet(rows), "a.xlsx") == [("a\nb\nc\rd",)]


@pytest.mark.parametrize("size", [1, 7, 50, 10_000])
def test_rows_inside_a_comment_are_no_rows(size: int) -> None:
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c></row>'
    for open_, close in (("<!--", "-->"), ("<?hint ", "?>")):
        data = row.format(1) + open_ + row.format(2) + row.format(3) + close + row.format(4)
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'.encode()
        pieces = [sheet[begin : begin + size] for begin in range(0, len(sheet), size)]
        assert [row.number for row in raw_rows(lambda p=pieces: p, part, 1000)] == [1, 4]  # type: ignore[misc]


def test_ordinary_files_take_the_fast_way() -> None:
    table = [[f"ОПР-{index}", index * 1.5, None, "шт & пара"] for index in range(3000)]
    sheet = unzipped(xlsx_of(table))["xl/worksheets/sheet1.xml"]
    assert len(list(plain_rows([sheet], part()))) == 3000


def test_dates_agree_with_calamine(tmp_path: Path) -> None:
    draw = random.Random(4)
    serials = [*range(70), *(draw.uniform(0, 60_000) for _ in range(200)), 2_958_465]
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"})
        for row, serial in enumerate(serials):
            sheet.write_number(row, 0, serial, moment)
    ours = [row[0] for row in cells(tmp_path, data.getvalue(), "a.xlsx")]
    theirs_of = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data.getvalue()))
    lines = theirs_of.get_sheet_by_index(0).iter_rows()
    for mine, [theirs] in zip(ours, lines, strict=True):
        assert _seconds(mine) == pytest.approx(_seconds(theirs), abs=0.01)


_FIRST = date(1899, 12, 31)


def _seconds(moment: object) -> float:
    if isinstance(moment, time):
        moment = datetime.combine(_FIRST, moment)
    elif not isinstance(moment, datetime):
        assert isinstance(moment, date)
        moment = datetime.combine(moment, time())
    return (moment - datetime.combine(_FIRST, time())).total_seconds()
