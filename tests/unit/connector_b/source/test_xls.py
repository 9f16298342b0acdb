"""Workbooks of Excel 5 to 2003: a real one, and records that no library would write for us."""

from __future__ import annotations

import io
import struct
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.source import CellError, MergedRange, Percent, SourceError
from connector_b.rules.source.biff_rows import unpacked
from tests.unit.connector_b.source import compound
from tests.unit.connector_b.source.files import (
    FIXTURES,
    cells,
    first_sheet,
    opened,
    refused,
)

FRAMES = (FIXTURES / "frames.xls").read_bytes()
EXCEL_5 = 0x500


def test_a_real_workbook(tmp_path: Path) -> None:
    with opened(tmp_path, FRAMES, "frames.xls") as source:
        assert source.kind == "xls"
        assert [(s.key, s.hidden) for s in source.sheets] == [("Оправы", False), ("Скрытый", True)]
        assert source.merged("Оправы") == (MergedRange(2, 1, 2, 3), MergedRange(3, 3, 3, 4))
        read = dict(source.rows("Оправы"))
    assert list(read) == [2, 3, 4, 6, 7, 9]
    assert read[4][1:4] == ("Артикул", "Наименование", "Цена")
    assert read[6] == (
        None,
        "RB 3025",
        "Оправа Aviator, золото",
        12990.5,
        0.15,
        date(2024, 2, 1),
        8056597177696,
        True,
    )
    assert isinstance(read[6][4], Percent)
    assert read[7][2] == "Оправа № 5 «Венеция»"
    assert read[7][6] == "0123456789012"
    assert read[9] == (None, "X", None, CellError("#REF!"))


def test_the_same_as_calamine_reads(tmp_path: Path) -> None:
    read = dict(first_sheet(tmp_path, FRAMES, "frames.xls"))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(FRAMES))
    for number, line in enumerate(book.get_sheet_by_index(0).iter_rows(), 1):
        # calamine leaves out the empty column A, and knows no errors.
        ours = [None if isinstance(v, CellError) else v for v in read.get(number, ())[1:]]
        theirs = [None if value == "" else value for value in line]
        assert ours + [None] * (len(theirs) - len(ours)) == theirs


def test_errors_booleans_and_formulas(tmp_path: Path) -> None:
    data = compound.xls(
        [
            compound.error(0, 0, 0x17),
            compound.formula(0, 1, struct.pack("<d", 12.5)),
            compound.formula(0, 2, b"\x02\0\x07\0\0\0\xff\xff"),
            compound.formula(0, 3, b"\x00\0\0\0\0\0\xff\xff"),
            compound.record(0x207, struct.pack("<HB", 2, 0) + b"ab"),
            compound.formula(0, 4, b"\x01\0\x01\0\0\0\xff\xff"),
            compound.formula(0, 5, b"\x03\0\0\0\0\0\xff\xff"),
            compound.record(0x205, struct.pack("<HHHBB", 0, 6, 0, 0, 0)),
        ]
    )
    assert cells(tmp_path, data, "a.xls") == [
        (CellError("#REF!"), 12.5, CellError("#DIV/0!"), "ab", True, None, False)
    ]


def test_numbers_packed_into_thirty_bits(tmp_path: Path) -> None:
    several = struct.pack("<HH", 0, 1) + b"".join(
        struct.pack("<HI", 0, packed) for packed in (5 << 2 | 2, 1999 << 2 | 3)
    )
    data = compound.xls(
        [
            compound.record(0x27E, struct.pack("<HHHi", 0, 0, 0, -7 << 2 | 2)),
            compound.record(0xBD, several + struct.pack("<H", 2)),
        ]
    )
    assert cells(tmp_path, data, "a.xls") == [(-7, 5, 19.99)]


@given(st.integers(-(2**29), 2**29 - 1))
def test_packed_integers_unpack(value: int) -> None:
    assert unpacked(value << 2 | 2) == value
    assert unpacked(value << 2 | 3) == value / 100


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_packed_doubles_unpack(value: float) -> None:
    upper = struct.unpack("<q", struct.pack("<d", value))[0] >> 34 << 34
    packed = struct.unpack("<i", struct.pack("<I", (upper >> 32) & 0xFFFFFFFC))[0]
    assert unpacked(packed) == struct.unpack("<d", struct.pack("<q", upper))[0]


def test_cells_written_column_by_column_come_row_by_row(tmp_path: Path) -> None:
    written = [
        compound.number(row, column, row * 10 + column) for column in (1, 0) for row in (2, 0)
    ]
    assert first_sheet(tmp_path, compound.xls(written), "a.xls") == [
        (1, (0, 1)),
        (3, (20, 21)),
    ]


@given(
    texts=st.lists(
        st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0", max_codepoint=0xFFFD),
            min_size=1,
            max_size=20,
        ),
        min_size=1,
        max_size=8,
    ),
    splits=st.lists(st.integers(1, 100), max_size=6),
)
def test_shared_texts_may_be_cut_anywhere(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], splits: list[int]
) -> None:
    data = compound.xls(
        [compound.shared(index, 0, index) for index in range(len(texts))]
        + [compound.number(len(texts), 0, 1)],
        globals_=compound.shared_texts(texts, splits),
    )
    read = dict(first_sheet(tmp_path_factory.mktemp("s"), data, "a.xls"))
    assert [read.get(number, (None,))[0] for number in range(1, len(texts) + 1)] == [
        text if text.strip() else None for text in texts
    ]


def test_a_text_may_go_on_in_narrow_letters(tmp_path: Path) -> None:
    first = struct.pack("<II", 1, 1) + struct.pack("<HB", 4, 1) + "Це".encode("utf-16-le")
    table = compound.record(0xFC, first) + compound.record(0x3C, b"\x00ab")
    data = compound.xls([compound.shared(0, 0, 0)], globals_=table)
    assert cells(tmp_path, data, "a.xls") == [("Цеab",)]


def test_formatted_shared_texts_are_read_without_the_format(tmp_path: Path) -> None:
    rich = struct.pack("<HBH", 2, 0x08, 2) + b"ab" + b"\0" * 8
    extended = struct.pack("<HBI", 1, 0x04, 3) + b"c" + b"\0" * 3
    table = compound.record(0xFC, struct.pack("<II", 2, 2) + rich + extended)
    data = compound.xls([compound.shared(0, 0, 0), compound.shared(0, 1, 1)], globals_=table)
    assert cells(tmp_path, data, "a.xls") == [("ab", "c")]


def test_excel_95_is_read_by_its_code_page(tmp_path: Path) -> None:
    data = compound.xls(
        [compound.byte_label(0, 0, "Цена".encode("cp1251")), compound.number(1, 0, 5)],
        version=EXCEL_5,
        globals_=compound.record(0x42, struct.pack("<H", 1251)),
        name=b"\x05" + "Оправ".encode("cp1251"),
        stream="Book",
    )
    with opened(tmp_path, data, "a.xls") as source:
        assert list(source.rows("Оправ")) == [(1, ("Цена",)), (2, (5,))]


def test_a_chart_is_no_sheet(tmp_path: Path) -> None:
    problem = refused(tmp_path, compound.xls([], sheet_kind=2), "a.xls")
    assert (problem.code, problem.params["kind"]) == ("no_sheets", "xls")


def test_the_cells_of_a_chart_inside_a_sheet_are_not_the_sheets(tmp_path: Path) -> None:
    chart = compound.begin(0x600, 0x20) + compound.number(0, 0, 99) + compound.record(0xA)
    data = compound.xls([compound.number(0, 0, 1), chart, compound.number(1, 0, 2)])
    assert first_sheet(tmp_path, data, "a.xls") == [(1, (1,)), (2, (2,))]


def test_a_sheet_that_never_ends_is_cut_off(tmp_path: Path) -> None:
    last = compound.number(0, 0, 1)
    data = compound.xls([last]).replace(last + compound.record(0xA), last + b"\0" * 4)
    problem = refused(tmp_path, data, "a.xls")
    assert (problem.code, problem.params["part"]) == ("corrupt", "S")


def test_a_password_is_named(tmp_path: Path) -> None:
    for locked in (
        compound.xls([], globals_=compound.record(0x2F, b"\x01\0" + b"\0" * 52)),
        compound.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}),
    ):
        assert refused(tmp_path, locked, "a.xls").code == "protected"


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_file_cut_off_anywhere_is_damage(tmp_path: Path, share: float) -> None:
    problem = refused(tmp_path, FRAMES[: int(len(FRAMES) * share)], "a.xls")
    assert problem.code == "corrupt"


@given(st.integers(0, len(FRAMES) - 1), st.binary(min_size=1, max_size=8))
def test_spoilt_bytes_are_read_or_refused_by_name(
    tmp_path_factory: pytest.TempPathFactory, at: int, spoilt: bytes
) -> None:
    data = FRAMES[:at] + spoilt + FRAMES[at + len(spoilt) :]
    try:
        with opened(tmp_path_factory.mktemp("d"), data, "a.xls") as source:
            for sheet in source.sheets:
                list(source.rows(sheet.key))
    except SourceError:
        """What is wrong has a name."""


def test_a_chain_of_sectors_that_bites_its_tail_ends(tmp_path: Path) -> None:
    data = bytearray(compound.xls([compound.number(0, 0, 1)] * 2000))
    fat_at = struct.unpack_from("<I", data, 76)[0]
    struct.pack_into("<I", data, (fat_at + 1) * 512 + 4 * 5, 2)
    assert refused(tmp_path, bytes(data), "a.xls").code == "corrupt"
