"""Texts of .xls records: in UTF-16 or its lower half, or in a code page before Excel 97."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .biff_records import Damaged

_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08


def unicode_text(data: bytes, begin: int, length_size: int) -> str:
    """A text inside one record; its length in characters is one byte or two."""
    length = int.from_bytes(data[begin : begin + length_size], "little")
    begin += length_size
    flags = data[begin]
    begin += 1
    if flags & _RICH:
        begin += 2
    if flags & _EXTENDED:
        begin += 4
    if flags & _WIDE:
        return data[begin : begin + 2 * length].decode("utf-16-le", "replace")
    return data[begin : begin + length].decode("latin-1")


def byte_text(data: bytes, begin: int, length_size: int, encoding: str) -> str:
    length = int.from_bytes(data[begin : begin + length_size], "little")
    begin += length_size
    return data[begin : begin + length].decode(encoding, "replace")


def shared_texts(parts: Iterator[bytes]) -> Iterator[str]:
    """All texts of the SST record, which goes on in CONTINUE records wherever it likes."""
    reader = _Parts(parts)
    reader.take(4)
    (count,) = struct.unpack("<I", reader.take(4))
    for _ in range(count):
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = int.from_bytes(reader.take(2), "little") if flags & _RICH else 0
        extension = int.from_bytes(reader.take(4), "little") if flags & _EXTENDED else 0
        yield reader.characters(length, bool(flags & _WIDE))
        reader.skip(4 * runs + extension)


class _Parts:
    """The contents of a record and its continuations."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._data = b""
        self._begin = 0

    def take(self, size: int) -> bytes:
        data = self._data[self._begin : self._begin + size]
        self._begin += len(data)
        while len(data) < size:
            self._next()
            more = self._data[: size - len(data)]
            self._begin = len(more)
            data += more
        return data

    def skip(self, size: int) -> None:
        while size > len(self._data) - self._begin:
            size -= len(self._data) - self._begin
            self._next()
        self._begin += size

    def characters(self, length: int, wide: bool) -> str:
        """Where a text goes on in the next part, that part says anew how wide it is."""
        pieces = []
        while True:
            width = 2 if wide else 1
            data = self._data[self._begin : self._begin + length * width]
            self._begin += len(data)
            pieces.append(data.decode("utf-16-le" if wide else "latin-1", "surrogatepass"))
            length -= len(data) // width
            if length <= 0:
                return "".join(pieces)
            self._next()
            wide = bool(self._data[0] & _WIDE)
            self._begin = 1

    def _next(self) -> None:
        while True:
            part = next(self._parts, None)
            if part is None:
                raise Damaged("shared texts are cut off")
            if part:
                self._data, self._begin = part, 0
                return
