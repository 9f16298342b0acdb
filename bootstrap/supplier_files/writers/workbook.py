"""xlsx through XlsxWriter, a row in memory at a time."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from bootstrap.supplier_files.sheet import FormulaError, Line, Look, Sheet, Value

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
CLEARED_COLUMNS = 8
# It stands in the file: the same order must give the same bytes.
MADE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC).replace(tzinfo=None)

FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "header": {"bold": True, "border": 1, "align": "center", "text_wrap": True},
    "group": {"bold": True, "bg_color": "#DDE7F0"},
    "goods": {"border": 4},
    "money": {"border": 4, "num_format": "#,##0.00"},
    "date": {"border": 4, "num_format": "dd.mm.yyyy"},
    "cleared": {"border": 4},
}


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    book = xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": MADE})
    formats = {name: book.add_format(look) for name, look in FORMATS.items()}
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.title), sheet, formats)
    book.close()


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    # The list itself and not merge_range(), which writes into rows that are not due yet.
    page.merge += [
        [area.first_row, area.first_column, area.last_row, area.last_column]
        for area in sheet.joined
    ]
    if sheet.logo_row is not None:
        page.insert_image(sheet.logo_row, 0, "logo.png", {"image_data": io.BytesIO(_logo())})
    for row, line in enumerate(sheet.lines):
        if line.look is Look.CLEARED:
            for column in range(CLEARED_COLUMNS):
                page.write_blank(row, column, None, formats["cleared"])
            continue
        for column, value in enumerate(line.cells):
            _write_cell(page, row, column, value, line, formats)
        page.merge += [
            [row, column, row + more, column] for column, more in line.joined_down.items()
        ]
    if sheet.far_cell:
        page.write_blank(LAST_ROW, LAST_COLUMN, None, formats["cleared"])


def _write_cell(
    page: Any, row: int, column: int, value: Value, line: Line, formats: dict[str, Any]
) -> None:
    look = formats[line.look.value]
    match value:
        case None:
            if line.look is not Look.TITLE:
                page.write_blank(row, column, None, look)
        case FormulaError(text):
            page.write_formula(row, column, f"={text}*1.2", formats["money"], text)
        case date():
            page.write_datetime(row, column, value, formats["date"])
        case Decimal():
            money = formats["money"] if line.look is Look.GOODS else look
            page.write_number(row, column, float(value), money)
        case int():
            page.write_number(row, column, value, look)
        case _:
            page.write_string(row, column, value, look)


def _logo() -> bytes:
    """A plain blue rectangle of 120 × 24 as PNG."""
    width, height, colour = 120, 24, b"\x2f\x5d\x8a"
    pixels = zlib.compress((b"\x00" + colour * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
