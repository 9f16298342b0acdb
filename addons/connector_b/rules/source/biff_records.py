"""The records of a .xls stream ([MS-XLS]), one by one and never the stream as a whole."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
BOUNDSHEET, SST, FORMAT, XF = 0x0085, 0x00FC, 0x041E, 0x00E0
CODEPAGE, DATE_1904, FILEPASS, MERGED = 0x0042, 0x0022, 0x002F, 0x00E5
DIMENSIONS, NUMBER, RK, MULTIPLE_RK = 0x0200, 0x0203, 0x027E, 0x00BD
SHARED_TEXT, LABEL, RICH_LABEL, BOOL_OR_ERROR = 0x00FD, 0x0204, 0x00D6, 0x0205
FORMULA, TEXT_OF_FORMULA = 0x0006, 0x0207
# Formulas of BIFF3 and 4 in sheets that are otherwise newer.
FORMULAS = frozenset({FORMULA, 0x0206, 0x0406})

_HEADER = struct.Struct("<HH")

Record = tuple[int, bytes]


class Damaged(Exception):
    """The stream ends inside a record, or a record is shorter than its kind."""


def records(pieces: Iterable[bytes], skip: int = 0) -> Iterator[Record]:
    """Kind and contents, from `skip` bytes into the stream to its end."""
    rest = b""
    begin = 0
    for piece in _blocks(pieces, skip):
        rest = rest[begin:] + piece
        begin = 0
        end = len(rest)
        while begin + 4 <= end:
            kind, size = _HEADER.unpack_from(rest, begin)
            if begin + 4 + size > end:
                break
            yield kind, rest[begin + 4 : begin + 4 + size]
            begin += 4 + size
    # What is left is the filling of the last sector, or a record cut off.
    if any(rest[begin:]):
        raise Damaged("cut off in a record")


def substream(pieces: Iterable[bytes], skip: int) -> Iterator[Record]:
    """From a BOF to its EOF; charts inside a sheet have both of their own and are left out."""
    depth = 0
    for kind, data in records(pieces, skip):
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
        if depth == 1:
            yield kind, data
        elif depth <= 0:
            return
    raise Damaged("a sheet without an end")


def _blocks(pieces: Iterable[bytes], skip: int) -> Iterator[bytes]:
    """Sectors are small: put together, records are found faster."""
    block = bytearray()
    for piece in pieces:
        if skip >= len(piece):
            skip -= len(piece)
            continue
        block += piece[skip:]
        skip = 0
        if len(block) >= 1 << 16:
            yield bytes(block)
            block.clear()
    yield bytes(block)
