"""A supplier's price list of frames, as rows and as a file, the same on every run."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

# (what it fills, name of its column)
COLUMNS = (
    ("name", "Наименование"),
    ("default_code", "Артикул"),
    ("barcode", "Штрихкод"),
    ("list_price", "Розничная цена"),
    ("cost", "Себестоимость"),
    ("category", "Категория"),
    ("supplier_code", "Код поставщика"),
    ("supplier_price", "Закупочная цена"),
)
CATEGORIES = 12

Row = dict[str, Any]


def rows(mark: str, count: int, *, dearer_every: int = 0) -> list[Row]:
    """`mark`, one or two capital letters, keeps the products of two lists apart; of every so many
    rows one is dearer."""
    return [_row(mark, number, dearer_every) for number in range(count)]


def _row(mark: str, number: int, dearer_every: int) -> Row:
    base = 300 + number * 7 % 4000
    # Below the fifth that a person would have to accept.
    dearer = bool(dearer_every) and number % dearer_every == 0
    factor = 1.1 if dearer else 1.0
    return {
        "name": f"Оправа {mark} {number:06}",
        "default_code": f"{mark}-{number:06}",
        "barcode": ean13(f"2{_place(mark):03}{number:08}"),
        "list_price": round(base * 2.5 * factor, 2),
        "cost": round(base * factor, 2),
        "category": f"Оправы / Коллекция {number % CATEGORIES}",
        "supplier_code": f"S{mark}{number:06}",
        "supplier_price": round(base * 0.95 * factor, 2),
    }


def _place(mark: str) -> int:
    """Another number for every mark of one or two capital letters."""
    place = 0
    for letter in mark:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def ean13(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def as_xlsx(listed: Sequence[Row]) -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"constant_memory": True})
    sheet = book.add_worksheet("Прайс")
    sheet.write_row(0, 0, [title for _target, title in COLUMNS])
    for number, row in enumerate(listed, start=1):
        sheet.write_row(number, 0, [row[target] for target, _title in COLUMNS])
    book.close()
    return data.getvalue()
