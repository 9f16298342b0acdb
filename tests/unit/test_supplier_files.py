"""Supplier files made to order are what was ordered, and the same each time."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook, PasswordError

from bootstrap.supplier_files import file_faults
from bootstrap.supplier_files.__main__ import main
from bootstrap.supplier_files.barcode import ean13
from bootstrap.supplier_files.making import KINDS, make
from bootstrap.supplier_files.order import FOREIGN_BARCODE, BadOrder, Order
from bootstrap.supplier_files.row_errors import ROW_ERRORS
from bootstrap.supplier_files.styles import STYLES

EVERY_FILE = [(style.name, kind) for style in STYLES.values() for kind in style.formats]
SAMPLES = Path(__file__).parents[2] / "addons/connector_b/static/samples"
FIRST_FRAME = 8
ARTICLE, BARCODE, NAME, PRICE = 1, 2, 3, 10


def read(path: Path, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()


def frames(path: Path) -> list[list[Any]]:
    """Goods rows of the distributor: those with a running number."""
    return [row for row in read(path)[FIRST_FRAME:] if isinstance(row[0], float)]


def order(style: str = "optmarket", rows: int = 60, **options: Any) -> Order:
    return Order(style, rows, **options)


@pytest.mark.parametrize(("style", "kind"), EVERY_FILE)
def test_the_same_order_gives_the_same_bytes(tmp_path: Path, style: str, kind: str) -> None:
    asked = order(style, seed=7, errors=Decimal("0.2"))
    first = make(asked, tmp_path / f"1.{kind}").path.read_bytes()
    assert first == make(asked, tmp_path / f"2.{kind}").path.read_bytes()
    other = order(style, seed=8, errors=Decimal("0.2"))
    assert first != make(other, tmp_path / f"3.{kind}").path.read_bytes()


def test_another_seed_changes_prices_and_no_key(tmp_path: Path) -> None:
    one = frames(make(order(seed=1), tmp_path / "1.xlsx").path)
    two = frames(make(order(seed=2), tmp_path / "2.xlsx").path)
    assert [row[ARTICLE] for row in one] == [row[ARTICLE] for row in two]
    assert [row[PRICE] for row in one] != [row[PRICE] for row in two]


def test_a_longer_file_begins_as_a_shorter_one(tmp_path: Path) -> None:
    short = frames(make(order(rows=30), tmp_path / "1.xlsx").path)
    assert frames(make(order(rows=200), tmp_path / "2.xlsx").path)[:30] == short


def test_the_distributor_has_a_letterhead_a_joined_header_and_brands(tmp_path: Path) -> None:
    rows = read(make(order(rows=130), tmp_path / "out.xlsx").path)
    assert rows[0][0] == "ООО «ОПТМАРКЕТ»"
    assert rows[6][PRICE] == "Цена, руб."
    assert rows[7][PRICE : PRICE + 2] == ["опт", "розн."]
    groups = [row[1] for row in rows[FIRST_FRAME:] if row[1] and not row[2]]
    assert groups[:3] == ["Вега", "Берег", "Заря"]


def test_the_lens_maker_has_a_grid_a_sheet(tmp_path: Path) -> None:
    path = make(order("linza", rows=120), tmp_path / "out.xlsx").path
    assert len(CalamineWorkbook.from_path(str(path)).sheet_names) == 3
    rows = read(path)
    assert rows[7][:3] == ["Sph", 0.0, -0.25]
    assert [row[0] for row in rows[8:57]] == [6 - step / 4 for step in range(49)]


def test_the_wholesaler_writes_cp1251_with_semicolons_and_commas(tmp_path: Path) -> None:
    path = make(order("kontakt", rows=20), tmp_path / "out.csv").path
    with path.open(encoding="cp1251", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[2][9] == "Цена USD"
    assert rows[3][0] == "000001"
    assert "," in rows[3][9]
    assert rows[-1][2] == "Итого позиций: 20"
    assert not [cell for cell in chain.from_iterable(rows) if "?" in cell]


@pytest.mark.parametrize("style", ["optmarket", "kontakt"])
def test_keys_names_and_barcodes_are_unique(tmp_path: Path, style: str) -> None:
    path = make(order(style, rows=5000), tmp_path / "out.csv").path
    with path.open(encoding=STYLES[style].encoding, newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=";") if len(row) > 9 and row[9]]
    for meaning in ("key", "barcode", "name"):
        column = STYLES[style].places[meaning][0]
        values = [row[column] for row in rows if row[0][:1].isdigit()]
        assert len(values) == len(set(values)) == 5000, meaning


def test_barcodes_pass_their_check() -> None:
    # 4 006381 33393 1, the textbook's; and one of ours by the same sum.
    assert ean13(1, 0) == "4691000000006"
    code = ean13(3, 123_456)
    assert sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(code)) % 10 == 0


def test_the_share_of_spoiled_rows_is_what_was_asked(tmp_path: Path) -> None:
    made = make(order(rows=5000, errors=Decimal("0.03")), tmp_path / "out.csv")
    assert 100 <= made.errors.total() <= 200
    assert set(made.errors) == set(ROW_ERRORS)


def test_without_errors_asked_there_are_none(tmp_path: Path) -> None:
    assert not make(order(rows=500), tmp_path / "out.csv").errors


def spoiled(tmp_path: Path, name: str) -> tuple[list[list[Any]], list[list[Any]]]:
    """Rows as they should be and as they came, of which some are spoiled."""
    whole = frames(make(order(rows=40), tmp_path / "whole.xlsx").path)
    asked = order(rows=40, errors=Decimal("0.5"), kinds=(name,))
    made = make(asked, tmp_path / "spoiled.xlsx")
    assert set(made.errors) == {name}
    found = frames(made.path)
    assert sum(a != b for a, b in zip(whole, found, strict=True)) == made.errors[name]
    return whole, [after for before, after in zip(whole, found, strict=True) if before != after]


@pytest.mark.parametrize(
    ("name", "column", "is_wrong"),
    [
        ("date-in-price", PRICE, lambda value: hasattr(value, "year")),
        ("negative", PRICE, lambda value: value < 0),
        ("text-in-price", PRICE, lambda value: value == "по запросу"),
        ("no-price", PRICE, lambda value: value == ""),
        ("no-key", ARTICLE, lambda value: value == ""),
        ("foreign-barcode", BARCODE, lambda value: value == FOREIGN_BARCODE),
        ("barcode-as-number", BARCODE, lambda value: value == "4,69100E+12"),
        ("injection", NAME, lambda value: value.startswith("=cmd")),
    ],
)
def test_an_error_of_a_row_is_what_its_name_says(
    tmp_path: Path, name: str, column: int, is_wrong: Any
) -> None:
    _whole, rows = spoiled(tmp_path, name)
    assert all(is_wrong(row[column]) for row in rows)


@pytest.mark.parametrize(
    ("name", "column"), [("duplicate-key", ARTICLE), ("duplicate-barcode", BARCODE)]
)
def test_a_duplicate_repeats_a_row_of_the_file(tmp_path: Path, name: str, column: int) -> None:
    whole, rows = spoiled(tmp_path, name)
    assert {row[column] for row in rows} <= {row[column] for row in whole}


def test_a_wrong_barcode_fails_its_check(tmp_path: Path) -> None:
    whole, rows = spoiled(tmp_path, "bad-barcode")
    assert not {row[BARCODE] for row in rows} & {row[BARCODE] for row in whole}
    assert all(len(row[BARCODE]) == 13 for row in rows)


def test_a_broken_formula_is_an_error_cell(tmp_path: Path) -> None:
    made = make(order(rows=5, errors=Decimal(1), kinds=("ref",)), tmp_path / "out.xlsx")
    with zipfile.ZipFile(made.path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert page.count('t="e"') == made.errors["ref"] == 4


def test_names_may_be_joined_over_the_colours_of_a_model(tmp_path: Path) -> None:
    path = make(order(rows=6, kinds=("merged",)), tmp_path / "out.xlsx").path
    with zipfile.ZipFile(path) as archive:
        assert 'mergeCell ref="D10:D12"' in archive.read("xl/worksheets/sheet1.xml").decode()
    assert [bool(row[NAME]) for row in frames(path)] == [True, False, False] * 2


def test_cleared_rows_follow_the_last(tmp_path: Path) -> None:
    path = make(order(rows=6, kinds=("empty-tail",)), tmp_path / "out.xlsx").path
    with zipfile.ZipFile(path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert page.count("<row ") > 40_000


def test_the_last_cell_of_the_sheet_may_be_formatted(tmp_path: Path) -> None:
    path = make(order(rows=6, kinds=("far-cell",)), tmp_path / "out.xlsx").path
    with zipfile.ZipFile(path) as archive:
        assert 'r="XFD1048576"' in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_share_of_the_prices_rises(tmp_path: Path) -> None:
    old = frames(make(order(rows=400), tmp_path / "1.xlsx").path)
    asked = order(rows=400, repriced=Decimal("0.1"), repriced_by=Decimal(25))
    new = frames(make(asked, tmp_path / "2.xlsx").path)
    pairs = [(a[PRICE], b[PRICE]) for a, b in zip(old, new, strict=True) if a != b]
    assert 20 <= len(pairs) <= 60
    assert all(after == pytest.approx(before * 1.25) for before, after in pairs)


def test_a_password_is_recognised_by_readers(tmp_path: Path) -> None:
    made = make(order(kinds=("password",)), tmp_path / "out.xlsx")
    with pytest.raises(PasswordError):
        CalamineWorkbook.from_path(str(made.path))


def test_a_renamed_workbook_is_a_workbook_still(tmp_path: Path) -> None:
    made = make(order(kinds=("renamed",)), tmp_path / "out.xlsx")
    assert made.path.name == "out.csv"
    assert zipfile.is_zipfile(made.path)


def test_a_truncated_file_cannot_be_opened(tmp_path: Path) -> None:
    made = make(order(kinds=("truncated",)), tmp_path / "out.xlsx")
    assert not zipfile.is_zipfile(made.path)
    assert made.path.stat().st_size > 0


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    assert make(order(kinds=("empty",)), tmp_path / "out.xlsx").path.stat().st_size == 0


def test_a_zip_bomb_is_small_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_faults, "BOMB_BYTES", 50_000_000)
    path = make(order("linza", kinds=("zip-bomb",)), tmp_path / "out.zip").path
    assert path.stat().st_size < 1_000_000
    with zipfile.ZipFile(path) as archive:
        assert max(info.file_size for info in archive.infolist()) >= 50_000_000


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_an_xml_bomb_declares_entities(tmp_path: Path, kind: str) -> None:
    path = make(order(kinds=("xml-bomb",)), tmp_path / f"out.{kind}").path
    with zipfile.ZipFile(path) as archive:
        assert any(b"<!ENTITY" in archive.read(name) for name in archive.namelist())


def test_a_nested_zip_has_a_zip_inside(tmp_path: Path) -> None:
    path = make(order(kinds=("nested-zip",)), tmp_path / "out.zip").path
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["1.zip"]


@pytest.mark.parametrize(
    ("asked", "name", "said"),
    [
        (order("elsewhere"), "out.xlsx", "--style elsewhere: there are optmarket"),
        (order(kinds=("typo",)), "out.xlsx", "--error typo: there are ref"),
        (order("linza", kinds=("no-key", "bad-barcode")), "out.xlsx", "linza has no barcode"),
        (order("linza"), "out.csv", "linza comes as xlsx"),
        (order(kinds=("merged",)), "out.csv", "a CSV cannot have it"),
        (order("kontakt", kinds=("xml-bomb",)), "out.csv", "only files that are packed"),
        (order("linza", rows=100_000), "out.xlsx", "at most 12250"),
    ],
)
def test_what_cannot_be_made_is_said(tmp_path: Path, asked: Order, name: str, said: str) -> None:
    with pytest.raises(BadOrder, match=said):
        make(asked, tmp_path / name)


def test_the_command_makes_a_file_and_tells_what_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.xlsx"
    words = ["--style", "optmarket", "--rows", "200", "--errors", "3%", "--error", "ref", str(path)]
    assert main(words) == 0
    assert f"{path}: 200 rows; with errors: ref " in capsys.readouterr().out
    assert len(frames(path)) == 200


def test_the_command_refuses_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--error", "typo", str(tmp_path / "out.xlsx")]) == 2
    assert "--error typo" in capsys.readouterr().err


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Peak of a process of its own: 20,000 rows cost next to nothing over 200."""
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from bootstrap.supplier_files.making import make\n"
        "from bootstrap.supplier_files.order import Order\n"
        "make(Order('optmarket', int(sys.argv[1])), Path(sys.argv[2]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )

    def peak(rows: int) -> int:
        command = [sys.executable, "-c", code, str(rows), str(tmp_path / "out.xlsx")]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert peak(20_000) - peak(200) < 20_000


@pytest.mark.parametrize(
    ("style", "rows", "name"),
    [
        ("optmarket", 75, "optmarket.xlsx"),
        ("linza", 98, "linza.xlsx"),
        ("kontakt", 60, "kontakt.csv"),
    ],
)
def test_the_addon_brings_samples_of_each_style(
    tmp_path: Path, style: str, rows: int, name: str
) -> None:
    """They are made by the generator, so that nobody mends one by hand and loses the other."""
    made = make(order(style, rows, seed=2026), tmp_path / name).path
    kept = SAMPLES / name
    if kept.suffix == ".csv":
        assert kept.read_bytes() == made.read_bytes()
        return
    for number in range(len(CalamineWorkbook.from_path(str(made)).sheet_names)):
        assert read(kept, number) == read(made, number)


def test_the_page_names_every_error() -> None:
    page = (SAMPLES.parents[3] / "docs/4-import.md").read_text(encoding="utf-8")
    told = page[page.index("Ошибки строк") :]
    assert set(re.findall(r"`([a-z-]+)`", told)) == set(KINDS)
