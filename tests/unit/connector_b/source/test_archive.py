"""Archives of price lists and images."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from connector_b.rules.source import Limits, SourceError
from tests.unit.connector_b.source.files import (
    FIXTURES,
    ods,
    ods_rows,
    opened,
    refused,
    xlsx_of,
    zipped,
)
from tests.unit.connector_b.source.test_bad_files import encrypted

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
SPRING = xlsx_of([["Оправа", 5]])


def test_the_sheets_of_all_members_are_there(tmp_path: Path) -> None:
    archive = zipped(
        {
            "весна.xlsx": SPRING,
            "папка/линзы.csv": "Линза;7\n".encode("cp1251"),
            "старые.xls": (FIXTURES / "frames.xls").read_bytes(),
            "новые.ods": ods({"Лист": ods_rows([["Футляр", 1]])}),
        }
    )
    with opened(tmp_path, archive, "прайсы.zip") as source:
        assert source.kind == "zip"
        assert [(sheet.key, sheet.title, sheet.file, sheet.hidden) for sheet in source.sheets] == [
            ("весна.xlsx › Лист1", "Лист1", "весна.xlsx", False),
            ("линзы.csv", "линзы", "линзы.csv", False),
            ("старые.xls › Оправы", "Оправы", "старые.xls", False),
            ("старые.xls › Скрытый", "Скрытый", "старые.xls", True),
            ("новые.ods › Лист", "Лист", "новые.ods", False),
        ]
        assert list(source.rows("весна.xlsx › Лист1")) == [(1, ("Оправа", 5))]
        assert list(source.rows("линзы.csv")) == [(1, ("Линза", "7"))]
        assert list(source.rows("новые.ods › Лист")) == [(1, ("Футляр", 1))]
        assert len(source.merged("старые.xls › Оправы")) == 2
        assert source.facts.encoding == "cp1251"
        assert not source.facts.misnamed


def test_members_of_one_name_keep_their_folders(tmp_path: Path) -> None:
    archive = zipped({"1/цены.csv": "а;1\n", "2/цены.csv": "б;2\n"})
    with opened(tmp_path, archive, "a.zip") as source:
        assert [sheet.key for sheet in source.sheets] == ["1/цены.csv", "2/цены.csv"]
        assert list(source.rows("2/цены.csv")) == [(1, ("б", "2"))]


def test_names_that_windows_packed_are_russian(tmp_path: Path) -> None:
    name = "Прайс.csv"
    written = zipped({"12345.csv": "а;1\n"}).replace(b"12345", name[:5].encode("cp866"))
    with opened(tmp_path, written, "a.zip") as source:
        assert [sheet.key for sheet in source.sheets] == [name]


def test_images_are_loaded_when_asked(tmp_path: Path) -> None:
    archive = zipped({"a.xlsx": SPRING, "фото/RB 3025.PNG": PNG, "b.jpg": b"\xff\xd8\xff" * 9000})
    with opened(tmp_path, archive, "a.zip", limits=Limits(max_image=1000)) as source:
        assert set(source.images) == {"фото/RB 3025.PNG", "b.jpg"}
        assert source.images["фото/RB 3025.PNG"]() == PNG
        with pytest.raises(SourceError) as caught:
            source.images["b.jpg"]()
    assert (caught.value.code, caught.value.params["reason"]) == ("zip_bomb", "member")


def test_what_is_no_price_list_is_left_out_by_name(tmp_path: Path) -> None:
    archive = zipped(
        {
            "a.xlsx": SPRING,
            "условия.pdf": b"%PDF-1.7",
            "письмо.docx": zipped({"[Content_Types].xml": "", "word/document.xml": "<d/>"}),
            "пусто.csv": "",
            "__MACOSX/._a.xlsx": b"\0\5\x16\7",
            "Thumbs.db": b"x",
            "~$a.xlsx": b"x",
        }
    )
    with opened(tmp_path, archive, "a.zip") as source:
        assert [sheet.key for sheet in source.sheets] == ["a.xlsx › Лист1"]
        assert source.left_out == ("условия.pdf", "письмо.docx", "пусто.csv")


def test_an_archive_without_a_price_list(tmp_path: Path) -> None:
    problem = refused(tmp_path, zipped({"a.pdf": b"%PDF-1.7", "b.png": PNG}), "a.zip")
    assert problem.code == "no_sheets"
    assert problem.params == {"file": "a.zip", "kind": "zip", "left_out": ["a.pdf"]}
    assert refused(tmp_path, zipped({}), "a.zip").code == "no_sheets"


def test_a_locked_or_damaged_member_is_named_with_its_archive(tmp_path: Path) -> None:
    problem = refused(tmp_path, zipped({"a.csv": "x;1\n", "b.xlsx": SPRING[:-40]}), "a.zip")
    assert (problem.code, problem.params["file"]) == ("corrupt", "a.zip › b.xlsx")
    problem = refused(tmp_path, encrypted(zipped({"a.csv": "x;1\n"})), "a.zip")
    assert (problem.code, problem.params["file"]) == ("protected", "a.zip")


def test_members_are_told_by_content_too(tmp_path: Path) -> None:
    with opened(tmp_path, zipped({"прайс.csv": SPRING}), "a.zip") as source:
        assert source.sheets[0].key == "прайс.csv › Лист1"
        assert source.facts.misnamed


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    with opened(tmp_path, zipped({"a.xlsx": SPRING}), "a.zip") as source:
        assert any(room.iterdir())
        assert source.sheets
    refused(tmp_path, zipped({"a.xlsx": SPRING, "b.zip": zipped({"x.csv": "1;2"})}), "a.zip")
    assert list(room.iterdir()) == []
