"""The small parts of an .xlsx: which sheets there are, and what its styles mean."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from . import cell_format
from .packed import PackedFile
from .xml_part import XmlPart, read_xml

NewPart = Callable[[str], XmlPart]
_MAX_STYLES = 100_000
_MAX_SHEETS = 1_000
# Styles bloated by years of copying reach twenty megabytes.
_MAX_PART = 64 << 20


@dataclass(frozen=True)
class Sheet:
    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Workbook:
    sheets: tuple[Sheet, ...]
    since_1904: bool
    styles: str | None
    shared_texts: str | None


@dataclass(frozen=True)
class _Relation:
    kind: str
    part: str


def read_workbook(packed: PackedFile, new_part: NewPart) -> Workbook:
    """Worksheets only: charts and macro sheets hold no rows."""
    main = next(
        (
            relation.part
            for relation in _relations(packed, new_part, "").values()
            if relation.kind == "officeDocument"
        ),
        "xl/workbook.xml",
    )
    relations = _relations(packed, new_part, main)
    sheets: list[Sheet] = []
    since_1904: list[bool] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            since_1904.append(attributes.get("date1904", "0") in ("1", "true", "on"))
        if name != "sheet":
            return
        if len(sheets) >= _MAX_SHEETS:
            raise packed.corrupt(main, "too many sheets")
        relation = relations.get(attributes.get("id", ""))
        if relation and relation.kind == "worksheet":
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(Sheet(attributes.get("name", ""), relation.part, hidden))

    read_xml(packed.chunks(main, _MAX_PART), new_part(main), start)
    for sheet in sheets:
        if sheet.part not in packed:
            raise packed.corrupt(sheet.name, "no such part")
    return Workbook(
        tuple(sheets),
        any(since_1904),
        _part_of_kind(relations, "styles", packed),
        _part_of_kind(relations, "sharedStrings", packed),
    )


def _relations(packed: PackedFile, new_part: NewPart, owner: str) -> dict[str, _Relation]:
    folder, name = posixpath.split(owner)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, _Relation] = {}
    if part not in packed:
        return found

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "").replace("\\", "/")
        if not target.startswith("/"):
            target = posixpath.join(folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        found[attributes.get("Id", "")] = _Relation(kind, posixpath.normpath(target).lstrip("/"))

    read_xml(packed.chunks(part, _MAX_PART), new_part(part), start)
    return found


def _part_of_kind(relations: dict[str, _Relation], kind: str, packed: PackedFile) -> str | None:
    parts = (relation.part for relation in relations.values() if relation.kind == kind)
    return next((part for part in parts if part in packed), None)


def read_styles(packed: PackedFile, new_part: NewPart, part: str | None) -> dict[str, str]:
    """Number of the style, as cells refer to it → DATE or PERCENT; plain numbers are left out."""
    if part is None:
        return {}
    codes: dict[int, str] = {}
    formats: list[int] = []
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name)
        given = attributes.get("numFmtId", "0")
        format_id = int(given) if given.isdecimal() and len(given) < 10 else 0
        if name == "numFmt" and "dxf" not in path and len(codes) < _MAX_STYLES:
            codes[format_id] = attributes.get("formatCode", "")
        elif name == "xf" and path[-2:-1] == ["cellXfs"] and len(formats) < _MAX_STYLES:
            formats.append(format_id)

    def end(_name: str) -> None:
        path.pop()

    read_xml(packed.chunks(part, _MAX_PART), new_part(part), start, end)
    meanings = {}
    for index, format_id in enumerate(formats):
        meaning = cell_format.meaning(format_id, codes.get(format_id))
        if meaning != cell_format.NUMBER:
            meanings[str(index)] = meaning
    return meanings
