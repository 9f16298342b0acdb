"""What is wrong with a file as a whole, by name. Each takes a finished file and spoils it."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from bootstrap.supplier_files.order import BadOrder
from bootstrap.supplier_files.writers.archive import member

# More than any honest price list unpacks to.
BOMB_BYTES = 1_200_000_000
BLOCK = b" " * (1 << 20)
LAUGHS = 12
XML_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, LAUGHS))
    + ']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" '
    f'uniqueCount="1"><si><t>&a{LAUGHS - 1};</t></si></sst>'
)

SECTOR = 512
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _truncated(path: Path) -> Path:
    """A download that broke off."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    return path


def _renamed(path: Path) -> Path:
    """Somebody "converted" it by changing the name."""
    return path.rename(path.with_suffix(".xlsx" if path.suffix == ".csv" else ".csv"))


def _password(path: Path) -> Path:
    """What Excel leaves of a workbook with a password: an OLE container of two streams."""
    info = struct.pack("<HHI", 4, 4, 0x40) + b'<encryption xmlns="office"/>'
    package = struct.pack("<Q", path.stat().st_size) + path.read_bytes()
    path.write_bytes(_compound({"EncryptionInfo": info, "EncryptedPackage": package}))
    return path


def _zip_bomb(path: Path) -> Path:
    """A member that is small packed and enormous unpacked."""
    _need_zip(path, "zip-bomb")
    with (
        zipfile.ZipFile(path, "a", compresslevel=1) as archive,
        # Unpacked by whoever reads the strings of a workbook; in a zip of files it is one of them.
        archive.open(member(_bomb_name(path)), "w", force_zip64=True) as target,
    ):
        for _ in range(-(-BOMB_BYTES // len(BLOCK))):
            target.write(BLOCK)
    return path


def _bomb_name(path: Path) -> str:
    return "Каталог.csv" if path.suffix == ".zip" else "xl/sharedStrings2.xml"


def _xml_bomb(path: Path) -> Path:
    """Entities that multiply by ten twelve times."""
    _need_zip(path, "xml-bomb")
    with zipfile.ZipFile(path) as archive:
        kept = [(info.filename, archive.read(info)) for info in archive.infolist()]
    target = "content.xml" if path.suffix == ".ods" else "xl/sharedStrings.xml"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in kept:
            if name != target:
                archive.writestr(member(name), data)
        archive.writestr(member(target), XML_BOMB)
    return path


def _nested_zip(path: Path) -> Path:
    """A zip inside a zip inside a zip."""
    for turn in range(2):
        data = path.read_bytes()
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member(f"{turn}{path.suffix if not turn else '.zip'}"), data)
    return path


def _need_zip(path: Path, fault: str) -> None:
    if not zipfile.is_zipfile(path):
        raise BadOrder(f"--error {fault}: only files that are packed can have it: xlsx, ods, zip")


FILE_FAULTS: dict[str, Callable[[Path], Path]] = {
    "empty": _empty,
    "truncated": _truncated,
    "renamed": _renamed,
    "password": _password,
    "zip-bomb": _zip_bomb,
    "xml-bomb": _xml_bomb,
    "nested-zip": _nested_zip,
}


def _compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file, version 3, of streams in its root ([MS-CFB])."""
    # Streams below 4,096 bytes would go to a second allocation table.
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    sectors: list[bytes] = []
    fat: list[int] = []
    starts = {}
    for name, data in padded.items():
        starts[name] = len(sectors)
        blocks = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        sectors += blocks
        fat += [*range(starts[name] + 1, starts[name] + len(blocks)), END]
    directory = len(sectors)
    sectors.append(_directory(padded, starts))
    fat.append(END)
    count = 1
    while (len(fat) + count) * 4 > count * SECTOR:
        count += 1
    if count > 109:
        raise BadOrder("--error password: the file is too big for it; ask for fewer rows")
    places = list(range(len(sectors), len(sectors) + count))
    fat += [FAT_SECTOR] * count
    fat += [FREE] * (count * SECTOR // 4 - len(fat))
    table = struct.pack(f"<{len(fat)}I", *fat)
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, 4096, END, 0, END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *places, *[FREE] * (109 - count))
    return header + b"".join(sectors) + table


def _directory(streams: dict[str, bytes], starts: dict[str, int]) -> bytes:
    # By the container's order: the shorter name first.
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    root = _entry("Root Entry", kind=5, child=1, start=END, size=0)
    entries = [
        _entry(
            name,
            kind=2,
            right=number + 1 if number < len(names) else FREE,
            start=starts[name],
            size=len(streams[name]),
        )
        for number, name in enumerate(names, start=1)
    ]
    return b"".join([root, *entries]).ljust(SECTOR, b"\0")


def _entry(
    name: str, *, kind: int, start: int, size: int, right: int = FREE, child: int = FREE
) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI8x8xIQ", text, len(text) + 2, kind, 1, FREE, right, child, 0, start, size
    )
