"""Microsoft's compound file, the container of .xls: streams in chains of sectors ([MS-CFB])."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

_END = 0xFFFFFFFE
_LAST_REGULAR = 0xFFFFFFFA
_MAX_ENTRIES = 10_000
_MINI_SECTOR = 64
_ENTRY = 128


class NotCompound(Exception):
    """Damaged, cut off, or only pretending."""


class CompoundFile:
    """Names are compared in small letters; storages are no folders here, streams lie flat."""

    def __init__(self, path: Path) -> None:
        self._stream: BinaryIO = path.open("rb")
        self._size = path.stat().st_size
        try:
            self._read_header()
        except NotCompound:
            self.close()
            raise
        except (struct.error, ValueError, IndexError, OverflowError) as error:
            self.close()
            raise NotCompound(str(error)) from None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A stream's bytes from its begin, sector by sector."""
        first, size = self._entries[name]
        if size < self._mini_cutoff:
            yield from self._mini_chunks(first, size)
            return
        for sector in self._chain(first):
            piece = self._sector(sector)[:size]
            size -= len(piece)
            yield piece
            if size <= 0:
                return
        raise NotCompound("a stream is shorter than it says")

    def close(self) -> None:
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read_header(self) -> None:
        header = self._stream.read(512)
        if len(header) < 512:
            raise NotCompound("cut off in the header")
        shift, mini_shift = struct.unpack_from("<HH", header, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise NotCompound(f"sectors of 2^{shift}")
        self._sector_size = 1 << shift
        (
            fat_sectors,
            directory,
            _transaction,
            self._mini_cutoff,
            mini_fat,
            _mini_fat_sectors,
            difat,
            _difat_sectors,
        ) = struct.unpack_from("<8I", header, 44)
        sectors = array("I", struct.unpack_from("<109I", header, 76))
        self._fat = array("I")
        self._read_fat(sectors, difat, fat_sectors)
        self._mini_fat = array("I")
        for sector in self._chain(mini_fat):
            self._mini_fat.frombytes(self._sector(sector))
        _little_endian(self._mini_fat)
        self._entries: dict[str, tuple[int, int]] = {}
        self._mini_sectors: list[int] = []
        self._read_directory(directory)

    def _read_fat(self, sectors: array[int], difat: int, count: int) -> None:
        most = self._size // self._sector_size + 1
        while difat <= _LAST_REGULAR and len(sectors) <= most:
            more = array("I", self._sector(difat))
            _little_endian(more)
            difat = more.pop()
            sectors.extend(more)
        for sector in sectors[: min(count, most)]:
            if sector <= _LAST_REGULAR:
                self._fat.frombytes(self._sector(sector))
        _little_endian(self._fat)

    def _read_directory(self, first: int) -> None:
        for sector in self._chain(first):
            block = self._sector(sector)
            for begin in range(0, len(block) - _ENTRY + 1, _ENTRY):
                length, kind = struct.unpack_from("<HB", block, begin + 64)
                start, size = struct.unpack_from("<II", block, begin + 116)
                name = block[begin : begin + max(0, min(length, 64) - 2)].decode("utf-16-le")
                if kind == 5:
                    self._mini_sectors = list(self._chain(start))
                elif kind == 2:
                    self._entries.setdefault(name.lower(), (start, size))
            if len(self._entries) > _MAX_ENTRIES:
                raise NotCompound("too many streams")

    def _chain(self, sector: int) -> Iterator[int]:
        for _ in range(len(self._fat) + 1):
            if sector == _END or sector > _LAST_REGULAR:
                return
            yield sector
            if sector >= len(self._fat):
                raise NotCompound("a chain leads out of the file")
            sector = self._fat[sector]
        raise NotCompound("a chain without an end")

    def _sector(self, sector: int) -> bytes:
        begin = (sector + 1) * self._sector_size
        if begin >= self._size:
            raise NotCompound("cut off")
        self._stream.seek(begin)
        piece = self._stream.read(self._sector_size)
        # Some programs do not fill up the last one.
        return piece.ljust(self._sector_size, b"\0")

    def _mini_chunks(self, sector: int, size: int) -> Iterator[bytes]:
        per_sector = self._sector_size // _MINI_SECTOR
        for _ in range(len(self._mini_fat) + 1):
            if size <= 0:
                return
            if sector >= len(self._mini_fat):
                raise NotCompound("a stream is shorter than it says")
            index, within = divmod(sector, per_sector)
            block = self._sector(self._mini_sectors[index])
            piece = block[within * _MINI_SECTOR : (within + 1) * _MINI_SECTOR][:size]
            size -= len(piece)
            yield piece
            sector = self._mini_fat[sector]


def _little_endian(numbers: array[int]) -> None:
    if sys.byteorder == "big":
        numbers.byteswap()
