"""Compound files with one stream and .xls records, byte by byte: what no library writes for us."""

from __future__ import annotations

import struct
from collections.abc import Iterable

FREE, END, FAT, DIFAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
SECTOR = 512
# How many sectors of the FAT the header has room to list, and every further sector of places.
IN_HEADER, IN_SECTOR = 109, 127


def compound(streams: dict[str, bytes]) -> bytes:
    """Every stream filled up to 4096 bytes, so that none is a mini stream."""
    contents = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    directory = [_entry("Root Entry", 5, END, 0)]
    chains: list[int] = []
    body = b""
    for name, data in contents.items():
        padded = data + b"\0" * (-len(data) % SECTOR)
        first, count = len(chains), len(padded) // SECTOR
        chains += [*range(first + 1, first + count), END]
        body += padded
        directory.append(_entry(name, 2, first, len(data)))
    listed = b"".join(directory)
    listed += b"\0" * (-len(listed) % SECTOR)
    directory_at = len(chains)
    count = len(listed) // SECTOR
    chains += [*range(directory_at + 1, directory_at + count), END]
    body += listed
    fat_count = difat_count = 0
    while (len(chains) + fat_count + difat_count) * 4 > fat_count * SECTOR:
        fat_count += 1
        difat_count = max(0, -(-(fat_count - IN_HEADER) // IN_SECTOR))
    fat_at = list(range(len(chains), len(chains) + fat_count))
    difat_at = len(chains) + fat_count
    chains += [FAT] * fat_count + [DIFAT] * difat_count
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fat_count * SECTOR, b"\xff")
    listed_elsewhere = b""
    for index in range(difat_count):
        begin = IN_HEADER + index * IN_SECTOR
        places = fat_at[begin : begin + IN_SECTOR]
        following = difat_at + index + 1 if index + 1 < difat_count else END
        places += [FREE] * (IN_SECTOR - len(places)) + [following]
        listed_elsewhere += struct.pack(f"<{IN_SECTOR + 1}I", *places)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6s", 0x3E, 3, 0xFFFE, 9, 6, b"")
    first_difat = difat_at if difat_count else END
    header += struct.pack(
        "<9I", 0, fat_count, directory_at, 0, 4096, END, 0, first_difat, difat_count
    )
    in_header = fat_at[:IN_HEADER]
    header += struct.pack("<109I", *in_header, *[FREE] * (IN_HEADER - len(in_header)))
    return header + body + fat + listed_elsewhere


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBB", len(written), kind, 1)
        + struct.pack("<III", FREE, FREE, FREE)
        + b"\0" * 36
        + struct.pack("<IIi", start, size, 0)
    )


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def begin(version: int, kind: int) -> bytes:
    return record(0x809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


def xls(
    cells: Iterable[bytes],
    *,
    version: int = 0x600,
    globals_: bytes = b"",
    name: bytes = b"\x01\x00S",
    sheet_kind: int = 0,
    stream: str = "Workbook",
) -> bytes:
    """A workbook of one sheet with these records; `globals_` stand before the sheets."""
    start = begin(version, 5) + globals_
    size = len(start) + 4 + 6 + len(name) + 4
    sheet = record(0x85, struct.pack("<IBB", size, 0, sheet_kind) + name)
    book = start + sheet + record(0xA)
    return compound({stream: book + begin(version, 0x10) + b"".join(cells) + record(0xA)})


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, text: str) -> bytes:
    """A text of BIFF8 that stands in its cell."""
    content = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    return record(0x204, struct.pack("<HHH", row, column, 0) + content)


def byte_label(row: int, column: int, text: bytes) -> bytes:
    """A text of Excel 5 and 95."""
    return record(0x204, struct.pack("<HHHH", row, column, 0, len(text)) + text)


def shared(row: int, column: int, index: int) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, 0, index))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x6, struct.pack("<HHH", row, column, 0) + result + b"\0" * 8)


def shared_texts(texts: list[str], splits: Iterable[int] = ()) -> bytes:
    """The SST record, cut into CONTINUE records within texts, at these offsets of UTF-16 units.

    Every text is wide; where a text is cut, its next piece begins with a width of its own.
    """
    cuts = set(splits)
    parts = [struct.pack("<II", len(texts), len(texts))]
    offset = 0
    for text in texts:
        units = text.encode("utf-16-le")
        parts[-1] += struct.pack("<HB", len(units) // 2, 1)
        for position in range(0, len(units), 2):
            if offset in cuts and position:
                parts.append(b"\x01")
            parts[-1] += units[position : position + 2]
            offset += 1
    first, *more = parts
    return record(0xFC, first) + b"".join(record(0x3C, part) for part in more)


def shared_texts_in_parts(texts: list[str]) -> bytes:
    """A long SST record as Excel cuts it: no record above 8224 bytes."""
    parts = [struct.pack("<II", len(texts), len(texts))]
    for text in texts:
        written = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
        if len(parts[-1]) + len(written) > 8224:
            parts.append(b"")
        parts[-1] += written
    first, *more = parts
    return record(0xFC, first) + b"".join(record(0x3C, part) for part in more)
