"""What is no price list, is locked, damaged or a trap: each is refused by its name."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector_b.rules.source import Limits, SourceError
from connector_b.rules.source.errors import CODES
from connector_b.rules.source.signature import FOUND
from tests.unit.connector_b.source.compound import compound
from tests.unit.connector_b.source.files import (
    FIXTURES,
    ods,
    ods_rows,
    opened,
    refused,
    repacked,
    unzipped,
    xlsx,
    xlsx_of,
    xlsx_with_sheet,
    zipped,
)

SMALL = Limits(max_unpacked=8 << 20, ratio_from=1 << 20, max_ratio=200, max_members=50)
PRICES = xlsx_of([["Товар", "Цена"], ["Оправа", 12.5]])


@pytest.mark.parametrize("data", [b"", b"\r\n \t\n", b"\0" * 5000])
def test_an_empty_file(tmp_path: Path, data: bytes) -> None:
    problem = refused(tmp_path, data, "прайс.xlsx")
    assert (problem.code, problem.params) == ("empty_file", {"file": "прайс.xlsx"})


def test_a_workbook_without_a_filled_cell(tmp_path: Path) -> None:
    def fill(book: object) -> None:
        book.add_worksheet("А").write_blank(3, 3, None)  # type: ignore[attr-defined]
        book.add_worksheet("Б").write_string(0, 0, " ")  # type: ignore[attr-defined]

    problem = refused(tmp_path, xlsx(fill), "a.xlsx")
    assert (problem.code, problem.params["sheets"]) == ("no_rows", ["А", "Б"])


def test_a_file_too_big_is_not_even_opened(tmp_path: Path) -> None:
    problem = refused(tmp_path, b"\0" * 2000, "a.xls", limits=Limits(max_file=1000))
    assert problem.code == "too_big"
    assert problem.params == {"file": "a.xls", "size": 2000, "limit": 1000}


OTHERS = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "image": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "rar": b"Rar!\x1a\x07\x01\0" + b"\1" * 50,
    "7z": b"7z\xbc\xaf\x27\x1c\0\4" + b"\1" * 50,
    "gzip": b"\x1f\x8b\x08\0" + b"\1" * 50,
    "rtf": b"{\\rtf1\\ansi Price}",
    "doc": compound({"WordDocument": b"x"}),
    "ppt": compound({"PowerPoint Document": b"x"}),
    "msg": compound({"__properties_version1.0": b"x"}),
    "docx": zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"}),
    "pptx": zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<d/>"}),
    "xlsb": zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\0"}),
    "numbers": zipped({"Index/Document.iwa": b"\0"}),
    "odt": zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<d/>"},
        packing=zipfile.ZIP_STORED,
    ),
    "html": "<html><head><meta charset=windows-1251></head><table><tr><td>Цена".encode("cp1251"),
    "xml_2003": b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "yml": b'<?xml version="1.0" encoding="UTF-8"?><yml_catalog date="2024"/>',
    "commerceml": '<?xml version="1.0"?><КоммерческаяИнформация ВерсияСхемы="2.04"/>'.encode(),
    "xml": b'<?xml version="1.0"?><goods/>',
    "json": b'[{"sku": "A1", "price": 5}]',
    "mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related\n",
    "database": b"SQLite format 3\0" + b"\0" * 50,
    "program": b"MZ\x90\0\x03\0\0\0" + b"\0" * 50,
    "old_xls": b"\x09\x04\x06\x00\0\4\x10\0" + b"\0" * 50,
    "dbf": b"\x03\x18\x02\x1d" + struct.pack("<IHH", 5, 65, 20) + b"\0" * 52 + b"\r" + b" x" * 50,
}


@pytest.mark.parametrize("found", OTHERS)
@pytest.mark.parametrize("ending", [".xls", ".csv", ".xlsx"])
def test_another_thing_under_the_name_of_a_price_list_is_named(
    tmp_path: Path, found: str, ending: str
) -> None:
    problem = refused(tmp_path, OTHERS[found], f"Прайс{ending}")
    assert problem.code == "not_what_it_says"
    assert problem.params == {"file": f"Прайс{ending}", "extension": ending, "found": found}


def test_another_thing_under_its_own_name_is_named_too(tmp_path: Path) -> None:
    problem = refused(tmp_path, OTHERS["pdf"], "Прайс.pdf")
    assert (problem.code, problem.params["found"]) == ("unknown_kind", "pdf")
    problem = refused(tmp_path, bytes(range(256)) * 4, "Прайс")
    assert (problem.code, problem.params["found"]) == ("unknown_kind", "")


def test_every_other_thing_has_a_name_and_a_test() -> None:
    assert set(OTHERS) == FOUND


@pytest.mark.parametrize("name", ["прайс.csv", "прайс.xls", "прайс.xlsx.txt", "прайс.ods"])
def test_an_xlsx_under_another_name_is_read_and_told(tmp_path: Path, name: str) -> None:
    with opened(tmp_path, PRICES, name) as source:
        assert source.kind == "xlsx"
        assert source.facts.misnamed
        assert len(list(source.rows("Лист1"))) == 2


@pytest.mark.parametrize("name", ["a.xlsx", "A.XLSX", "a.xlsm", "папка.v2/a.xlsx", "a"])
def test_a_right_name_or_none_is_no_lie(tmp_path: Path, name: str) -> None:
    with opened(tmp_path, PRICES, name) as source:
        assert not source.facts.misnamed


def test_locked_files(tmp_path: Path) -> None:
    office = compound({"EncryptionInfo": b"x" * 200, "EncryptedPackage": b"y" * 9000})
    problem = refused(tmp_path, office, "a.xlsx")
    assert (problem.code, problem.params) == ("protected", {"file": "a.xlsx", "kind": "xlsx"})
    manifest = '<file-entry full-path="content.xml"><encryption-data/></file-entry>'
    problem = refused(tmp_path, ods({"S": ods_rows([["x"]])}, manifest=manifest), "a.ods")
    assert (problem.code, problem.params["kind"]) == ("protected", "ods")
    problem = refused(tmp_path, encrypted(zipped({"a.csv": "x;1\n"})), "a.zip")
    assert (problem.code, problem.params["kind"]) == ("protected", "zip")


def encrypted(data: bytes) -> bytes:
    """The flag that says so, in both places where a zip has it."""
    locked = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature)
        locked[at + offset] |= 1
    return bytes(locked)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["xlsx", "ods", "zip"])
def test_a_file_cut_off_is_damage(tmp_path: Path, kind: str, share: float) -> None:
    whole = {
        "xlsx": PRICES,
        "ods": ods({"S": ods_rows([["x", 1]] * 50)}),
        "zip": zipped({"a.csv": "Оправа;1\n" * 500}),
    }[kind]
    problem = refused(tmp_path, whole[: int(len(whole) * share)], f"a.{kind}")
    assert (problem.code, problem.params["kind"]) == ("corrupt", kind)


@settings(max_examples=200)
@given(
    at=st.integers(0, len(PRICES) - 1),
    spoilt=st.binary(min_size=1, max_size=6),
)
def test_spoilt_bytes_are_read_or_refused_by_name(
    tmp_path_factory: pytest.TempPathFactory, at: int, spoilt: bytes
) -> None:
    data = PRICES[:at] + spoilt + PRICES[at + len(spoilt) :]
    try:
        with opened(tmp_path_factory.mktemp("d"), data, "a.xlsx") as source:
            for sheet in source.sheets:
                list(source.rows(sheet.key))
                source.merged(sheet.key)
    except SourceError:
        """What is wrong has a name."""


@pytest.mark.parametrize("part", ["sheet1", "sharedStrings", "styles", "workbook", "theme", "app"])
def test_a_doctype_in_any_part_is_a_bomb(tmp_path: Path, part: str) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
        "<a>&c;</a>"
    )
    for data in (bomb.encode(), bomb.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")):
        problem = refused(tmp_path, repacked(PRICES, **{part: data}), "a.xlsx")
        assert problem.code == "xml_bomb"
        assert part in str(problem.params["part"])


def test_a_doctype_in_an_ods_is_a_bomb(tmp_path: Path) -> None:
    members = unzipped(ods({"S": ods_rows([["x"]])}))
    members["content.xml"] = b"<!DOCTYPE a>" + members["content.xml"].partition(b"?>")[2]
    assert refused(tmp_path, zipped(members), "a.ods").code == "xml_bomb"


@pytest.mark.parametrize(
    "xml",
    [b"<worksheet><sheetData>", b"<worksheet><sheetData><row r='1'></sheetData>", b"", b"Prices"],
)
def test_broken_xml_is_damage_of_its_part(tmp_path: Path, xml: bytes) -> None:
    problem = refused(tmp_path, repacked(PRICES, sheet1=xml), "a.xlsx")
    assert (problem.code, problem.params["part"]) == ("corrupt", "xl/worksheets/sheet1.xml")


def test_a_part_that_unpacks_a_thousandfold(tmp_path: Path) -> None:
    bomb = xlsx_with_sheet("<row/>" + " " * (3 << 20))
    problem = refused(tmp_path, bomb, "a.xlsx", limits=SMALL)
    assert (problem.code, problem.params["reason"]) == ("zip_bomb", "ratio")
    assert problem.params["member"] == "xl/worksheets/sheet1.xml"


def test_parts_that_unpack_to_too_much_together(tmp_path: Path) -> None:
    noise = [[f"{index * 7919 % 1_000_003}{index}" for _ in range(9)] for index in range(8000)]
    limits = Limits(max_unpacked=1 << 20)
    problem = refused(tmp_path, xlsx_of(noise), "a.xlsx", limits=limits)
    assert (problem.code, problem.params["reason"]) == ("zip_bomb", "total")
    assert problem.params["limit"] == 1 << 20


def test_the_workbooks_of_an_archive_share_one_limit(tmp_path: Path) -> None:
    table = xlsx_of([[f"{index * 7919 % 1_000_003}"] * 9 for index in range(2000)])
    archive = zipped({f"{index}.xlsx": table for index in range(6)})
    with opened(tmp_path, table, "a.xlsx", limits=Limits(max_unpacked=1 << 20)) as source:
        assert len(list(source.rows("Лист1"))) == 2000
    problem = refused(tmp_path, archive, "a.zip", limits=Limits(max_unpacked=1 << 20))
    assert (problem.code, problem.params["reason"]) == ("zip_bomb", "total")


def test_reading_a_sheet_again_counts_once(tmp_path: Path) -> None:
    table = xlsx_of([[f"{index * 7919 % 1_000_003}"] * 9 for index in range(2000)])
    with opened(tmp_path, table, "a.xlsx", limits=Limits(max_unpacked=1 << 20)) as source:
        for _ in range(5):
            assert len(list(source.rows("Лист1"))) == 2000


def test_a_member_that_lies_about_its_size_is_cut_off_or_damage(tmp_path: Path) -> None:
    bomb = bytearray(zipped({"a.csv": b"x;1\n" * 2_000_000}))
    at = bomb.index(b"PK\x01\x02")
    struct.pack_into("<I", bomb, at + 24, 1000)
    problem = refused(tmp_path, bytes(bomb), "a.zip", limits=SMALL)
    assert problem.code in ("corrupt", "zip_bomb")


def test_too_many_members(tmp_path: Path) -> None:
    archive = zipped({f"{index}.csv": "x;1\n" for index in range(51)})
    problem = refused(tmp_path, archive, "a.zip", limits=SMALL)
    assert (problem.code, problem.params["reason"]) == ("zip_bomb", "members")
    assert problem.params["limit"] == 50


def test_millions_of_members_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for index in range(3000):
            packed.writestr(f"{index:0200}.csv", "")
    path = tmp_path / "upload"
    path.write_bytes(data.getvalue())
    tracemalloc.start()
    problem = refused(tmp_path, data.getvalue(), "a.zip", limits=SMALL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (problem.code, problem.params["reason"]) == ("zip_bomb", "members")
    assert peak < 1 << 20


def test_an_archive_inside_an_archive(tmp_path: Path) -> None:
    inner = zipped({"a.csv": "x;1\n"})
    problem = refused(tmp_path, zipped({"внутри.zip": inner, "b.csv": "x;1\n"}), "a.zip")
    assert (problem.code, problem.params["reason"]) == ("zip_bomb", "nested")
    assert problem.params["member"] == "внутри.zip"


def test_an_unusual_packing(tmp_path: Path) -> None:
    archive = zipped({"a.csv": "x;1\n" * 100}, packing=zipfile.ZIP_BZIP2)
    problem = refused(tmp_path, archive, "a.zip")
    assert (problem.code, problem.params["member"]) == ("unknown_packing", "a.csv")


def test_too_many_texts(tmp_path: Path) -> None:
    table = xlsx_of([[f"Оправа {index}"] for index in range(5000)])
    problem = refused(tmp_path, table, "a.xlsx", limits=Limits(max_texts=10_000))
    assert (problem.code, problem.params["reason"]) == ("zip_bomb", "texts")


def test_a_shared_text_that_runs_on_and_on(tmp_path: Path) -> None:
    for text in ("<t>{}</t>", "<r><t>{}</t></r>", "<t><![CDATA[{}]]></t>"):
        texts = f'<sst xmlns="x"><si>{text.format("x" * 200_000)}</si></sst>'
        problem = refused(
            tmp_path, repacked(xlsx_of([["x"]]), sharedStrings=texts.encode()), "a.xlsx"
        )
        assert (problem.code, problem.params["row"]) == ("cell_too_long", 1)


@pytest.mark.parametrize("cell", ['t="str"><v>{}</v>', 't="inlineStr"><is><t>{}</t></is>'])
def test_a_cell_that_runs_on_and_on(tmp_path: Path, cell: str) -> None:
    data = xlsx_with_sheet(f'<row r="7"><c r="A7" {cell.format("x" * 200_000)}</c></row>')
    problem = refused(tmp_path, data, "a.xlsx")
    assert (problem.code, problem.params["row"]) == ("cell_too_long", 7)


@pytest.mark.parametrize("long", ['<row r="1"><c r="{}"/></row>', "<row r='1' {}='1'/>"])
def test_a_tag_that_runs_on_and_on_takes_no_memory(tmp_path: Path, long: str) -> None:
    data = xlsx_with_sheet(long.format("A" * (40 << 20)))
    tracemalloc.start()
    problem = refused(tmp_path, data, "a.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problem.code == "corrupt"
    assert peak < 20 << 20


DEEP = "<a>" * 3_000_000 + "</a>" * 3_000_000


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: xlsx_with_sheet("", head=DEEP), id="before the rows"),
        pytest.param(lambda: xlsx_with_sheet(f"<row>{DEEP}</row>"), id="in a row"),
        pytest.param(lambda: xlsx_with_sheet("<row><c><v>1</v></c></row>", tail=DEEP), id="after"),
        pytest.param(lambda: repacked(PRICES, styles=DEEP.encode()), id="styles"),
        pytest.param(lambda: repacked(PRICES, sharedStrings=DEEP.encode()), id="texts"),
        pytest.param(lambda: ods({"S": DEEP}), id="ods"),
    ],
)
def test_elements_inside_elements_without_end_take_no_memory(
    tmp_path: Path, data: Callable[[], bytes]
) -> None:
    before = _peak()
    problem = refused(tmp_path, data(), "a.xlsx", limits=Limits(max_ratio=2000))
    assert problem.code == "corrupt"
    assert _peak() - before < 250 << 20


def _peak() -> int:
    """Of the process, in bytes: expat's own memory is not Python's."""
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    assert found is not None
    return int(found[1]) * 1024


def test_a_thousand_sheets_are_too_many(tmp_path: Path) -> None:
    problem = refused(tmp_path, ods({str(index): "" for index in range(1001)}), "a.ods")
    assert problem.code == "corrupt"
    sheets = '<sheet name="S" sheetId="1" r:id="rId1"/>' * 1001
    book = unzipped(PRICES)["xl/workbook.xml"].decode()
    begin, end = book.index("<sheet "), book.index("</sheets>")
    many = repacked(PRICES, workbook=(book[:begin] + sheets + book[end:]).encode())
    assert refused(tmp_path, many, "a.xlsx").code == "corrupt"


def test_a_row_of_a_million_cells_is_refused(tmp_path: Path) -> None:
    for cell in ("<c/>", "<c><v>1</v></c>"):
        problem = refused(tmp_path, xlsx_with_sheet(f"<row r='1'>{cell * 600_000}</row>"), "a.xlsx")
        assert problem.code in ("corrupt", "too_many_columns")


def test_codes_and_their_table_agree() -> None:
    from connector_b.rules.source import errors

    table = (errors.__doc__ or "").split("=\n")
    for code, params in CODES.items():
        line = next(line for part in table for line in part.splitlines() if line.startswith(code))
        assert line.split()[0] == code
        for param in params:
            assert param in (errors.__doc__ or "")


def test_an_error_with_other_params_than_promised_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        SourceError("too_big", file="a", size=1)
    with pytest.raises(KeyError):
        SourceError("no_such_code", file="a")


def test_the_fixture_says_how_it_was_made() -> None:
    assert (FIXTURES / "README.md").exists()
