"""OpenDocument spreadsheets: values, places, what stands in cells besides values."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from connector_b.rules.source import CellError, MergedRange, Percent
from tests.unit.connector_b.source.files import (
    ODS_HEAD,
    cells,
    first_sheet,
    ods,
    ods_rows,
    ods_with_content,
    opened,
    refused,
)

ROW = "<table:table-row>{}</table:table-row>"
CELL = "<table:table-cell{}>{}</table:table-cell>"


def one_cell(attributes: str, content: str = "") -> bytes:
    return ods({"S": ROW.format(CELL.format(attributes, content))})


def test_every_type_of_cell(tmp_path: Path) -> None:
    written = (
        (' office:value-type="string"', "<text:p>Оправа &amp; чехол</text:p>", "Оправа & чехол"),
        (' office:value-type="float" office:value="4006381333931"', "", 4006381333931),
        (' office:value-type="float" office:value="1.50"', "<text:p>1,50</text:p>", 1.5),
        (' office:value-type="percentage" office:value="0.15"', "<text:p>15%</text:p>", 0.15),
        (' office:value-type="currency" office:currency="RUB" office:value="99"', "", 99),
        (' office:value-type="date" office:date-value="2024-02-29"', "", date(2024, 2, 29)),
        (
            ' office:value-type="date" office:date-value="2024-02-29T03:04:05.123456789"',
            "",
            datetime.fromisoformat("2024-02-29T03:04:05.123456"),
        ),
        (' office:value-type="time" office:time-value="PT03H04M05S"', "", time(3, 4, 5)),
        (' office:value-type="boolean" office:boolean-value="true"', "", True),
        (
            ' table:formula="of:=#REF!" office:value-type="string" calcext:value-type="error"',
            "<text:p>#REF!</text:p>",
            CellError("#REF!"),
        ),
        (
            ' office:value-type="string" calcext:value-type="error"',
            "<text:p>#ССЫЛ!</text:p>",
            CellError("#ССЫЛ!"),
        ),
        (
            ' table:formula="of:=[.A1" office:value-type="float" office:value="0"',
            "<text:p>Err:502</text:p>",
            CellError("Err:502"),
        ),
    )
    row = "".join(CELL.format(attributes, content) for attributes, content, _ in written)
    [read] = cells(tmp_path, ods({"S": ROW.format(row)}), "a.ods")
    assert read == tuple(value for _, _, value in written)
    assert isinstance(read[3], Percent)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<text:p>a</text:p><text:p>b</text:p>", "a\nb"),
        ("<text:p>a<text:s/>b<text:s text:c='3'/>c</text:p>", "a b   c"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p>a<text:span>b<text:a>c</text:a>d</text:span>e</text:p>", "abcde"),
        (
            "<office:annotation><text:p>b</text:p></office:annotation><text:p>a</text:p>",
            "a",
        ),
        ("<text:p>a<text:note><text:p>1</text:p></text:note>b</text:p>", "ab"),
        ("<text:p/>", None),
        ("<text:p> </text:p>", None),
    ],
)
def test_a_cell_shows_its_text_and_nothing_else(
    tmp_path: Path, content: str, text: str | None
) -> None:
    row = CELL.format(' office:value-type="string"', content) + CELL.format(
        ' office:value-type="float" office:value="1"', ""
    )
    assert cells(tmp_path, ods({"S": ROW.format(row)}), "a.ods") == [(text, 1)]


def test_repeated_rows_and_columns_keep_the_numbering(tmp_path: Path) -> None:
    table = (
        '<table:table-column table:number-columns-repeated="16384"/>'
        '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
        "<table:table-row>"
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="3" office:value-type="float"'
        ' office:value="5"/>'
        '<table:table-cell table:number-columns-repeated="16379"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell office:value-type="float" office:value="7"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048569">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert first_sheet(tmp_path, ods({"S": table}), "a.ods") == [
        (5, (None, None, 5, 5, 5)),
        (6, (7,)),
        (7, (7,)),
    ]


def test_rows_in_groups_and_rows_without_cells_count(tmp_path: Path) -> None:
    table = (
        "<table:table-header-rows>" + ods_rows([["Цена"]]) + "</table:table-header-rows>"
        '<table:table-row table:number-rows-repeated="2"/>'
        "<table:table-row-group><table:table-row/>" + ods_rows([[5]]) + "</table:table-row-group>"
    )
    assert first_sheet(tmp_path, ods({"S": table}), "a.ods") == [(1, ("Цена",)), (5, (5,))]


def test_merged_cells_are_told_and_what_they_cover_is_empty(tmp_path: Path) -> None:
    table = ods_rows([["x"]]) + ROW.format(
        "<table:table-cell/>"
        + CELL.format(
            ' office:value-type="string" table:number-columns-spanned="3"'
            ' table:number-rows-spanned="2"',
            "<text:p>Цена</text:p>",
        )
        + '<table:table-cell office:value-type="string"><text:p>Опт</text:p></table:table-cell>'
        '<table:covered-table-cell office:value-type="string"><text:p>x</text:p>'
        "</table:covered-table-cell>"
        '<table:covered-table-cell office:value-type="float" office:value="5"/>'
    )
    with opened(tmp_path, ods({"S": table}), "a.ods") as source:
        assert source.merged("S") == (MergedRange(2, 1, 3, 3),)
        assert list(source.rows("S")) == [(1, ("x",)), (2, (None, "Цена", "Опт"))]


def test_every_sheet_begins_at_its_own_first_row_and_hidden_ones_are_flagged(
    tmp_path: Path,
) -> None:
    styles = (
        '<style:style style:name="ta1"><style:table-properties table:display="true"/>'
        '</style:style><style:style style:name="ta2">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    empty = '<table:table-row table:number-rows-repeated="7"/>'
    data = ods(
        {"A": ods_rows([[1], [2]]) + empty, "Б & В": "<table:table-row/>" + ods_rows([[3]])}, styles
    )
    with opened(tmp_path, data, "a.ods") as source:
        assert [sheet.key for sheet in source.sheets] == ["A", "Б & В"]
        assert list(source.rows("A")) == [(1, (1,)), (2, (2,))]
        assert list(source.rows("Б & В")) == [(2, (3,))]
    hidden = (
        f"{ODS_HEAD}<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        '<office:spreadsheet><table:table table:name="A" table:style-name="ta1">'
        f'{ods_rows([[1]])}</table:table><table:table table:name="B" table:style-name="ta2">'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with opened(tmp_path, ods_with_content(hidden), "a.ods") as source:
        assert [sheet.hidden for sheet in source.sheets] == [False, True]


@pytest.mark.parametrize(
    "spoil",
    [
        ("<office:body>", "<!-- a comment --><office:body>"),
        ("<text:p>b</text:p>", "<text:p><![CDATA[b]]></text:p>"),
        ("</table:table-row>", "</table:table-row >"),
        ("table:", "t:"),
    ],
)
def test_unusual_but_right_xml_is_read_all_the_same(tmp_path: Path, spoil: tuple[str, str]) -> None:
    content = (
        f'{ODS_HEAD}<office:body><office:spreadsheet><table:table table:name="S">'
        f"{ods_rows([['a', 1], [None], ['b', 2.5]])}</table:table></office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    data = ods_with_content(content.replace(*spoil))
    assert first_sheet(tmp_path, data, "a.ods") == [(1, ("a", 1)), (3, ("b", 2.5))]


def test_a_lonely_cell_in_the_last_corner_is_refused_by_its_place(tmp_path: Path) -> None:
    table = (
        ods_rows([["Цена"]])
        + '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/>'
        "</table:table-row>"
        + ROW.format(
            '<table:table-cell table:number-columns-repeated="16383"/>'
            '<table:table-cell office:value-type="string"><text:p>.</text:p></table:table-cell>'
        )
    )
    problem = refused(tmp_path, ods({"S": table}), "a.ods")
    assert problem.code == "too_many_columns"
    assert (problem.params["row"], problem.params["column"]) == (1_048_576, "XFD")


@pytest.mark.parametrize("repeated", ["16384", "99999999999999999999", "1000000000"])
def test_a_cell_repeated_beyond_reason_costs_nothing(tmp_path: Path, repeated: str) -> None:
    data = one_cell(
        f' office:value-type="float" office:value="1" table:number-columns-repeated="{repeated}"'
    )
    if len(repeated) == 20:
        assert cells(tmp_path, data, "a.ods") == [(1,)]
    else:
        assert refused(tmp_path, data, "a.ods").code == "too_many_columns"


def test_filled_rows_repeated_beyond_the_last_row_are_refused(tmp_path: Path) -> None:
    row = ods_rows([[1]]).replace(
        "<table:table-row", '<table:table-row table:number-rows-repeated="2000000"'
    )
    assert refused(tmp_path, ods({"S": row}), "a.ods").code == "too_many_rows"


values = (
    st.none()
    | st.booleans()
    | st.integers(-(2**50), 2**50)
    | st.floats(-1e9, 1e9)
    | st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zs"], max_codepoint=0xFFFD), min_size=1
    )
)


@given(table=st.lists(st.lists(values, min_size=1, max_size=5), min_size=1, max_size=6))
@settings(max_examples=60)
def test_what_was_written_is_read_and_calamine_agrees(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[object]]
) -> None:
    data = ods({"S": ods_rows([["head"], *table])})
    read = dict(first_sheet(tmp_path_factory.mktemp("o"), data, "a.ods"))
    for number, row in enumerate(table, 2):
        wanted = list(row)
        while wanted and wanted[-1] is None:
            wanted.pop()
        assert list(read.get(number, ())) == wanted
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for number, line in enumerate(book.get_sheet_by_index(0).iter_rows(), 1):
        theirs = [None if value == "" else value for value in line]
        ours = [*read.get(number, ())]
        assert ours + [None] * (len(theirs) - len(ours)) == theirs
