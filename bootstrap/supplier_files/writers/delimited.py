"""CSV as Russian programs write it: semicolons, decimal commas, an encoding of its own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from bootstrap.supplier_files.order import BadOrder
from bootstrap.supplier_files.sheet import FormulaError, Sheet, Value


def write_csv(path: Path, sheets: Sequence[Sheet], encoding: str) -> None:
    if len(sheets) > 1:
        raise BadOrder("--format csv: this style has several sheets, a CSV has one")
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        for sheet in sheets:
            width = 0
            for line in sheet.lines:
                width = max(width, len(line.cells))
                texts = [text_of(value) for value in line.cells]
                # A line without values still has its semicolons, as old programs leave them.
                writer.writerow(texts + [""] * (width - len(texts)))


def text_of(value: Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return str(value).replace(".", ",")
        case date():
            return f"{value:%d.%m.%Y}"
        case FormulaError(text):
            return text
        case _:
            return str(value)
