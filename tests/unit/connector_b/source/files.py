"""Price lists of every kind, made on the spot: what the tests of the readers read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from connector_b.rules.source import (
    CellValue,
    Limits,
    Source,
    SourceError,
    SourceRow,
    open_source,
)

FIXTURES = Path(__file__).parents[3] / "fixtures" / "price_lists"

Rows = Iterable[Iterable[object]]


@contextmanager
def opened(
    folder: Path,
    data: bytes,
    name: str,
    *,
    limits: Limits | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Iterator[Source]:
    # As Odoo keeps an upload: without its name.
    path = folder / "upload"
    path.write_bytes(data)
    with open_source(
        path, name, limits=limits or Limits(), encoding=encoding, delimiter=delimiter
    ) as source:
        yield source


def first_sheet(folder: Path, data: bytes, name: str, **options: object) -> list[SourceRow]:
    with opened(folder, data, name, **options) as source:  # type: ignore[arg-type]
        return list(source.rows(source.sheets[0].key))


def cells(folder: Path, data: bytes, name: str) -> list[tuple[CellValue, ...]]:
    return [row.cells for row in first_sheet(folder, data, name)]


def refused(folder: Path, data: bytes, name: str, **options: object) -> SourceError:
    """The error of opening a file and of reading all its sheets."""
    with pytest.raises(SourceError) as caught:
        _read_all(folder, data, name, options)
    return caught.value


def _read_all(folder: Path, data: bytes, name: str, options: dict[str, object]) -> None:
    with opened(folder, data, name, **options) as source:  # type: ignore[arg-type]
        for sheet in source.sheets:
            for _row in source.rows(sheet.key):
                """Until it breaks."""


def xlsx(fill: Callable[[xlsxwriter.Workbook], object], **options: object) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, **options}) as book:
        fill(book)
    return data.getvalue()


def xlsx_of(rows: Rows) -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        write_rows(book.add_worksheet("Лист1"), rows)

    return xlsx(fill)


def write_rows(sheet: Worksheet, rows: Rows) -> None:
    for index, row in enumerate(rows):
        sheet.write_row(index, 0, row)


def zipped(members: Mapping[str, bytes | str], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packing) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return data.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def repacked(data: bytes, **changed: bytes) -> bytes:
    """A workbook with parts replaced; `sheet1=…` stands for every part whose name has it."""
    members = unzipped(data)
    for word, content in changed.items():
        for name in members:
            if word in name and not name.endswith(".rels"):
                members[name] = content
    return zipped(members)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx_with_sheet(sheet_data: str, head: str = "", tail: str = "") -> bytes:
    """A workbook whose only sheet has these rows, letter by letter."""
    sheet = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}">{head}<sheetData>{sheet_data}</sheetData>{tail}</worksheet>'
    )
    return repacked(xlsx_of([["x"]]), sheet1=sheet.encode())


ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(tables: Mapping[str, str], styles: str = "", manifest: str = "") -> bytes:
    """Tables by name: what stands inside each <table:table>."""
    body = "".join(
        f'<table:table table:name="{escape(name)}">{rows}</table:table>'
        for name, rows in tables.items()
    )
    content = (
        f"{ODS_HEAD}<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return ods_with_content(content, manifest)


def ods_with_content(content: str, manifest: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        packed.writestr("content.xml", content)
    return data.getvalue()


def ods_rows(rows: Rows) -> str:
    return "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )


def ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind, given, shown = "boolean", f' office:boolean-value="{str(value).lower()}"', value
    elif isinstance(value, int | float):
        kind, given, shown = "float", f' office:value="{value!r}"', value
    else:
        kind, given, shown = "string", "", escape(str(value))
    return (
        f'<table:table-cell office:value-type="{kind}"{given} calcext:value-type="{kind}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
