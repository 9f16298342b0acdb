"""Whole files of three suppliers, read without a hand: what the rules make of them together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bootstrap.supplier_files.making import make
from bootstrap.supplier_files.order import Order
from connector_b.rules.duplicates import Duplicates
from connector_b.rules.grid import find_grids
from connector_b.rules.grid_guess import guess_grid
from connector_b.rules.grid_records import grid_records
from connector_b.rules.header import find_header
from connector_b.rules.mapping import Mapping
from connector_b.rules.proposal import propose
from connector_b.rules.record import Record
from connector_b.rules.source import SourceError, open_source

ROWS = 60
OPTMARKET = {
    "supplier_code": "Артикул",
    "barcode": "Штрихкод",
    "name": "Наименование",
    "frame_model": "Модель",
    "frame_colour": "Цвет / код",
    "frame_colour_name": "Цвет / название",
    "frame_size": "Размер, мм / проём",
    "frame_bridge": "Размер, мм / мост",
    "frame_temple": "Размер, мм / заушник",
    "supplier_price": "Цена, руб. / опт",
    "list_price": "Цена, руб. / розн.",
}
KONTAKT = {
    "supplier_code": "Код",
    "barcode": "EAN",
    "name": "Товар",
    "category": "Группа",
    "brand": "Производитель",
    "cl_bc": "BC",
    "cl_dia": "DIA",
    "cl_power": "PWR",
    "supplier_price": "Цена USD",
}


def proposed(path: Path) -> Mapping:
    with open_source(path, path.name) as source:
        sheet = source.sheets[0]
        rows = list(source.rows(sheet.key))
        header = find_header(rows[:200], source.merged(sheet.key))
        below = [row for row in rows if row.number > header.last]
        return propose(header, below[:100], sheet=sheet.title)[0]


def read(path: Path, mapping: Mapping) -> list[Record]:
    with open_source(path, path.name) as source:
        sheet = source.sheets[0]
        rows = list(source.rows(sheet.key))
        header = find_header(rows[:200], source.merged(sheet.key))
        bound = mapping.bind(header)
        assert bound.usable
        found = [bound.record(row) for row in rows if row.number > header.last]
    return [record for record in found if record is not None]


def read_to_the_end(path: Path) -> None:
    with open_source(path, path.name) as source:
        for sheet in source.sheets:
            list(source.rows(sheet.key))


@pytest.mark.parametrize(
    ("style", "kind", "columns", "currency"),
    [
        *(("optmarket", kind, OPTMARKET, "RUB") for kind in ("xlsx", "ods", "csv", "zip")),
        *(("kontakt", kind, KONTAKT, "USD") for kind in ("xlsx", "ods", "csv", "zip")),
    ],
)
def test_columns_of_a_new_supplier_are_proposed_right(
    tmp_path: Path, style: str, kind: str, columns: dict[str, str], currency: str
) -> None:
    order = Order(style, ROWS, errors=Decimal("0.03"))
    mapping = proposed(make(order, tmp_path / f"price.{kind}").path)
    found = {rule.target: rule.source for rule in mapping.columns}
    assert {target: found.get(target) for target in columns} == columns
    assert mapping.currency == currency


@pytest.mark.parametrize(("style", "kind"), [("optmarket", "xlsx"), ("kontakt", "csv")])
def test_what_is_proposed_reads_every_row(tmp_path: Path, style: str, kind: str) -> None:
    path = make(Order(style, ROWS), tmp_path / f"price.{kind}").path
    records = read(path, proposed(path))
    assert len(records) == ROWS
    assert not [record for record in records if record.refused]


def test_brands_in_rows_of_their_own_come_to_the_rows_below(tmp_path: Path) -> None:
    path = make(Order("optmarket", 130), tmp_path / "price.xlsx").path
    brands = Counter(record.values.get("brand") for record in read(path, proposed(path)))
    assert brands == {"Вега": 60, "Берег": 60, "Заря": 10}


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_grid_is_recognised_and_becomes_ranges(tmp_path: Path, kind: str) -> None:
    path = make(Order("linza", 98), tmp_path / f"price.{kind}").path
    with open_source(path, path.name) as source:
        assert len(source.sheets) == 2
        sheet = source.sheets[0]
        rows = list(source.rows(sheet.key))
        assert guess_grid(rows, sheet=sheet.title) == "supplier_price"
        grids = find_grids(rows, sheet=sheet.title)
        records = list(grid_records(Mapping(grid="supplier_price"), grids))
    assert not [record for record in records if record.refused]
    assert len(records) < 12, "rectangles of one price, not cells"
    first = records[0].values
    assert (first["index"], first["diameter"], first["coating"]) == (Decimal("1.5"), 65, "HMC")
    powers = sum(
        ((value["sph_max"] - value["sph_min"]) * 4 + 1)
        * ((value["cyl_max"] - value["cyl_min"]) * 4 + 1)
        for value in (record.values for record in records)
    )
    # All but the corners that are not made: 2 x 4 spheres by 4 cylinders.
    assert powers == 49 * 9 - 2 * 4 * 4


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("ref", "cell_error"),
        ("negative", "negative"),
        ("date-in-price", "date_in_number"),
        ("text-in-price", "price_on_request"),
        ("duplicate-key", "duplicate_in_file"),
        ("bad-barcode", "barcode_check_digit"),
        ("barcode-as-number", "barcode_scientific"),
    ],
)
def test_each_error_of_a_row_is_found_in_its_row_and_in_no_other(
    tmp_path: Path, error: str, code: str
) -> None:
    mapping = proposed(make(Order("optmarket", ROWS), tmp_path / "whole.xlsx").path)
    mapping = replace(mapping, keys=("supplier_code",))
    order = Order("optmarket", ROWS, errors=Decimal("0.3"), kinds=(error,))
    made = make(order, tmp_path / "price.xlsx")
    duplicates = Duplicates(mapping.keys)
    found = [
        [problem.code for problem in (*record.problems, *duplicates.problems_of(record))]
        for record in read(made.path, mapping)
    ]
    assert sum(code in codes for codes in found) == made.errors[error] > 5


@pytest.mark.parametrize(
    ("fault", "name", "code"),
    [
        ("empty", "price.xlsx", "empty_file"),
        ("truncated", "price.xlsx", "corrupt"),
        ("password", "price.xlsx", "protected"),
        ("xml-bomb", "price.xlsx", "xml_bomb"),
        ("xml-bomb", "price.ods", "xml_bomb"),
        ("nested-zip", "price.zip", "zip_bomb"),
    ],
)
def test_each_fault_of_a_file_is_refused_by_its_name(
    tmp_path: Path, fault: str, name: str, code: str
) -> None:
    path = make(Order("optmarket", ROWS, kinds=(fault,)), tmp_path / name).path
    with pytest.raises(SourceError) as refused:
        read_to_the_end(path)
    assert refused.value.code == code


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = make(Order("optmarket", ROWS, kinds=("zip-bomb",)), tmp_path / "price.zip").path
    with pytest.raises(SourceError) as refused:
        read_to_the_end(path)
    assert refused.value.code == "zip_bomb"


def test_a_workbook_named_csv_is_read_all_the_same(tmp_path: Path) -> None:
    path = make(Order("optmarket", ROWS, kinds=("renamed",)), tmp_path / "price.xlsx").path
    assert path.suffix == ".csv"
    assert len(read(path, proposed(path))) == ROWS


@pytest.mark.parametrize("fault", ["empty-tail", "far-cell"])
def test_rows_that_somebody_cleared_are_no_rows(tmp_path: Path, fault: str) -> None:
    path = make(Order("optmarket", ROWS, kinds=(fault,)), tmp_path / "price.xlsx").path
    assert len(read(path, proposed(path))) == ROWS
