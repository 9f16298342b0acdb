"""Which reader a file needs: told by its content, never by its name."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from . import signature
from .compound_file import CompoundFile, NotCompound
from .errors import SourceError
from .limits import Limits
from .packed import PackedFile
from .text_encoding import decoded_head

KINDS = ("xlsx", "xls", "ods", "csv", "zip")

# Endings under which people keep what we read.
ENDINGS = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xls": (".xls", ".xlt"),
    "ods": (".ods", ".ots"),
    "csv": (".csv", ".tsv", ".txt", ".tab", ".prn"),
    "zip": (".zip",),
}
_HEAD = 1 << 16
_TYPES = "[content_types].xml"
_DEFAULT = Limits()


def kind_of(path: Path, name: str, limits: Limits = _DEFAULT) -> str:
    """One of KINDS; SourceError for what is none of them, by the name of what it is."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip(b" \t\r\n\x00"):
        raise SourceError("empty_file", file=name)
    if head.startswith((signature.ZIP, signature.EMPTY_ZIP)):
        found = _kind_of_zip(path, name, head, limits)
    elif head.startswith(signature.OLE):
        found = _kind_of_compound(path, name)
    else:
        found = signature.binary(head) or _kind_of_text(head)
    if found in KINDS:
        return found
    raise refusal(name, found)


def refusal(name: str, found: str) -> SourceError:
    """For a thing that is not read; a name that promised a price list is told so."""
    ending = ending_of(name)
    if any(ending in endings for endings in ENDINGS.values()):
        return SourceError("not_what_it_says", file=name, extension=ending, found=found)
    return SourceError("unknown_kind", file=name, found=found)


def ending_of(name: str) -> str:
    """`.xls`, in small letters."""
    return Path(name.rpartition("/")[2]).suffix.lower()


def is_misnamed(name: str, kind: str) -> bool:
    ending = ending_of(name)
    return ending != "" and ending not in ENDINGS[kind]


def _kind_of_zip(path: Path, name: str, head: bytes, limits: Limits) -> str:
    """By the members; by the first of them where the directory at the end is cut off."""
    try:
        packed = PackedFile(path, name, "zip", limits)
    except SourceError as error:
        if error.code != "corrupt":
            raise
        length = int.from_bytes(head[26:28], "little")
        first = head[30 : 30 + length].decode("ascii", "replace").lower()
        return _kind_by_names({first, _TYPES}) or ("xlsx" if first == _TYPES else "zip")
    with closing(packed):
        names = {member.lower() for member in packed.names}
        if "mimetype" in names and "content.xml" in names:
            declared = packed.read("mimetype", _HEAD)
            return "ods" if b"opendocument.spreadsheet" in declared else "odt"
        return _kind_by_names(names) or "zip"


def _kind_by_names(names: set[str]) -> str | None:
    if _TYPES in names:
        if "xl/workbook.bin" in names:
            return "xlsb"
        for folder, found in (("xl/", "xlsx"), ("word/", "docx"), ("ppt/", "pptx")):
            if any(member.startswith(folder) for member in names):
                return found
    if "index/document.iwa" in names:
        return "numbers"
    return "ods" if names & {"mimetype", "meta-inf/manifest.xml"} else None


def _kind_of_compound(path: Path, name: str) -> str:
    try:
        with CompoundFile(path) as compound:
            streams = compound.names
    except NotCompound as error:
        raise SourceError("corrupt", file=name, kind="xls", part="", detail=str(error)) from None
    if "encryptedpackage" in streams:
        raise SourceError("protected", file=name, kind="xlsx")
    for stream, found in (
        ("workbook", "xls"),
        ("book", "xls"),
        ("worddocument", "doc"),
        ("powerpoint document", "ppt"),
        ("__properties_version1.0", "msg"),
    ):
        if stream in streams:
            return found
    return ""


def _kind_of_text(head: bytes) -> str:
    text = decoded_head(head)
    if text is None:
        return ""
    return signature.markup(text) or "csv"
