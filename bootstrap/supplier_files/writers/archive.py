"""A zip with the price list inside, as mail sends it."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from bootstrap.supplier_files.sheet import Sheet
from bootstrap.supplier_files.writers.workbook import write_xlsx

INSIDE = "Прайс-лист.xlsx"
# It stands in the file: the same order must give the same bytes.
MADE = (2026, 11, 2, 9, 0, 0)


def write_zip(path: Path, sheets: Sequence[Sheet]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inner = Path(folder, INSIDE)
        write_xlsx(inner, sheets)
        with (
            zipfile.ZipFile(path, "w") as archive,
            archive.open(member(INSIDE), "w") as target,
            inner.open("rb") as source,
        ):
            while block := source.read(1 << 20):
                target.write(block)


def member(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, MADE)
    info.compress_type = compression
    return info
