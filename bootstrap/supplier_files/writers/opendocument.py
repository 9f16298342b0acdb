"""ods, as LibreOffice and МойОфис save it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from bootstrap.supplier_files.sheet import FormulaError, Line, Look, Sheet, Value
from bootstrap.supplier_files.writers.archive import member

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0" \
xmlns:text="{OASIS}:text:1.0" office:version="1.3"><office:body><office:spreadsheet>"""
TAIL = "</office:spreadsheet></office:body></office:document-content>"
CLEARED = '<table:table-row><table:table-cell table:number-columns-repeated="8"/></table:table-row>'


def write_ods(path: Path, sheets: Sequence[Sheet]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        # By the format's rule the first member, not compressed.
        archive.writestr(member("mimetype", zipfile.ZIP_STORED), MIMETYPE)
        archive.writestr(member("META-INF/manifest.xml"), MANIFEST)
        with archive.open(member("content.xml"), "w") as content:
            for part in _parts(sheets):
                content.write(part.encode())


def _parts(sheets: Sequence[Sheet]) -> Iterator[str]:
    yield HEAD
    for sheet in sheets:
        spans = {
            (area.first_row, area.first_column): (
                area.last_row - area.first_row + 1,
                area.last_column - area.first_column + 1,
            )
            for area in sheet.joined
        }
        yield f"<table:table table:name={quoteattr(sheet.title)}>"
        for row, line in enumerate(sheet.lines):
            down = {(row, column): (more + 1, 1) for column, more in line.joined_down.items()}
            yield _row(row, line, spans | down)
        yield "</table:table>"
    yield TAIL


def _row(row: int, line: Line, spans: dict[tuple[int, int], tuple[int, int]]) -> str:
    if line.look is Look.CLEARED:
        return CLEARED
    cells = [_cell(value, spans.get((row, column))) for column, value in enumerate(line.cells)]
    return f"<table:table-row>{''.join(cells) or '<table:table-cell/>'}</table:table-row>"


def _cell(value: Value, span: tuple[int, int] | None) -> str:
    joined = ""
    if span:
        rows, columns = span
        joined = f' table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
    match value:
        case None:
            return f"<table:table-cell{joined}/>"
        case Decimal() | int():
            kind = f' office:value-type="float" office:value="{value}"'
            text = str(value).replace(".", ",")
        case date():
            kind = f' office:value-type="date" office:date-value="{value.isoformat()}"'
            text = f"{value:%d.%m.%Y}"
        case FormulaError(text):
            kind = f' table:formula="of:={escape(text)}*1.2" office:value-type="string"'
        case _:
            kind, text = ' office:value-type="string"', value
    return f"<table:table-cell{joined}{kind}><text:p>{escape(text)}</text:p></table:table-cell>"
