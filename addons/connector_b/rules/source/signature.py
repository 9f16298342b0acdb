"""What a file is by its first bytes: what we read, and what suppliers send instead of it."""

from __future__ import annotations

import re

# What a sentence can call the thing that came instead of a price list.
FOUND = frozenset(
    {
        "7z",
        "commerceml",
        "database",
        "dbf",
        "doc",
        "docx",
        "gzip",
        "html",
        "image",
        "json",
        "mhtml",
        "msg",
        "numbers",
        "odt",
        "old_xls",
        "pdf",
        "ppt",
        "pptx",
        "program",
        "rar",
        "rtf",
        "xlsb",
        "xml",
        "xml_2003",
        "yml",
    }
)

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_BINARY = (
    (b"%PDF", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "database"),
    (b"\x00\x01\x00\x00Standard ", "database"),
    (b"MZ", "program"),
    # Sheets of Excel 2 to 4, before there were workbooks.
    (b"\x09\x00\x04\x00", "old_xls"),
    (b"\x09\x02\x06\x00", "old_xls"),
    (b"\x09\x04\x06\x00", "old_xls"),
)
_DBASE = re.compile(rb"[\x03\x30\x83\x8b\xf5].[\x01-\x0c][\x01-\x1f]", re.DOTALL)
_BLANK = " \t\r\n\x00\ufeff"
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|table|style|div|title|tr|td)[\s>/]", re.IGNORECASE
)


def binary(head: bytes) -> str | None:
    """One of FOUND, for what can be told before anybody decodes a text."""
    for magic, found in _BINARY:
        if head.startswith(magic) and not (found == "program" and _is_text(head)):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "image"
    if _DBASE.match(head) and head[12:14] == b"\x00\x00" and b"\x0d" in head[32:]:
        return "dbf"
    return None


def markup(head: str) -> str | None:
    """One of FOUND, for a text that is made for programs and not a table of cells."""
    begin = head.lstrip(_BLANK)
    if begin[:13].lower() == "mime-version:":
        return "mhtml"
    if begin.startswith("<?xml") or re.match(r"<[\w:]+\s+xmlns", begin):
        return _xml(begin)
    without_comments = re.sub(r"<!--.*?-->\s*", "", begin, flags=re.DOTALL)
    if _HTML.match(without_comments):
        return "html"
    if without_comments.startswith("<!DOCTYPE yml_catalog"):
        return "yml"
    if re.match(r'[\[{]\s*(?:["{\[]|$)', begin) and re.search(r'"\s*:', begin):
        return "json"
    return None


def _xml(text: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "xml_2003"
    if "<yml_catalog" in text:
        return "yml"
    if "КоммерческаяИнформация" in text:
        return "commerceml"
    if re.search(r"<html[\s>]", text, re.IGNORECASE):
        return "html"
    return "xml"


def _is_text(head: bytes) -> bool:
    return not re.search(rb"[\x00-\x08\x0e-\x1f]", head)
