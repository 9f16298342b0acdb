"""A zip whose members cannot be bombs: what comes out is counted while it comes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from .errors import SourceError
from .limits import Limits

# No office program packs otherwise; bzip2 and lzma reach a thousand times the ratio.
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DIRECTORY_ENTRY = 512
_CHUNK = 1 << 16
_ENCRYPTED, _NAME_IS_UTF8 = 0x1, 0x800

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Unpacked:
    """How much came out of a file so far; shared by an archive and the workbooks inside it.

    A member that is read again counts once.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.total = 0
        self._furthest: dict[tuple[str, str], int] = {}

    def reached(self, file: str, member: str, size: int) -> int:
        """The total, with this member at `size` bytes."""
        known = self._furthest.get((file, member), 0)
        if size > known:
            self._furthest[file, member] = size
            self.total += size - known
        return self.total


class PackedFile:
    """The members of one zip file, by name."""

    def __init__(
        self, path: Path, file: str, kind: str, limits: Limits, unpacked: Unpacked | None = None
    ) -> None:
        self.file = file
        self.kind = kind
        self.limits = limits
        self.unpacked = unpacked or Unpacked(limits.max_unpacked)
        self._size = path.stat().st_size
        # The directory is read whole: a few megabytes of it make thousands of members.
        self._bytes = _Bounded(path, limits.max_members * _DIRECTORY_ENTRY)
        try:
            self._zip = zipfile.ZipFile(self._bytes)
        except _TooMuch:
            self._bytes.close()
            raise self.bomb("", "members", limits.max_members + 1, limits.max_members) from None
        except _DAMAGED as error:
            self._bytes.close()
            raise self.corrupt("", str(error)) from None
        found = len(self._zip.infolist())
        if found > limits.max_members:
            self.close()
            raise self.bomb("", "members", found, limits.max_members)
        self._members = {
            info.filename.replace("\\", "/").lstrip("/").lower(): info
            for info in self._zip.infolist()
            if not info.is_dir()
        }

    @property
    def names(self) -> tuple[str, ...]:
        """As they are written in the file, with slashes between folders."""
        return tuple(
            info.filename.replace("\\", "/").lstrip("/") for info in self._members.values()
        )

    def shown_name(self, member: str) -> str:
        """As the person who packed it saw it: Windows writes names in its DOS code page."""
        info = self._members[member.lower()]
        if info.flag_bits & _NAME_IS_UTF8 or member.isascii():
            return member
        return member.encode("cp437", "replace").decode("cp866")

    def __contains__(self, member: str) -> bool:
        return member.lower() in self._members

    def declared_size(self, member: str) -> int:
        return self._members[member.lower()].file_size

    def chunks(self, member: str, limit: int | None = None) -> Iterator[bytes]:
        """A member's contents, piece by piece, each checked before it is handed on."""
        info = self._members.get(member.lower())
        if info is None:
            raise self.corrupt(member, "no such part")
        if info.flag_bits & _ENCRYPTED:
            raise SourceError("protected", file=self.file, kind=self.kind)
        if info.compress_type not in _PACKINGS:
            raise SourceError(
                "unknown_packing", file=self.file, member=member, method=info.compress_type
            )
        packed = max(1, min(info.compress_size, self._size))
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    if limit is not None and size > limit:
                        raise self.bomb(member, "member", size, limit)
                    self._check(member, size, packed)
                    yield piece
        except _DAMAGED as error:
            raise self.corrupt(member, str(error)) from None

    def read(self, member: str, limit: int) -> bytes:
        """All of a member; of no more than `limit` bytes."""
        return b"".join(self.chunks(member, limit))

    def corrupt(self, part: str, detail: str) -> SourceError:
        return SourceError("corrupt", file=self.file, kind=self.kind, part=part, detail=detail)

    def close(self) -> None:
        self._zip.close()
        self._bytes.close()

    def _check(self, member: str, size: int, packed: int) -> None:
        limits = self.limits
        if size > limits.ratio_from and size > packed * limits.max_ratio:
            raise self.bomb(member, "ratio", size // packed, limits.max_ratio)
        total = self.unpacked.reached(self.file, member, size)
        if total > self.unpacked.limit:
            raise self.bomb(member, "total", total, self.unpacked.limit)

    def bomb(self, member: str, reason: str, found: int, limit: int) -> SourceError:
        return SourceError(
            "zip_bomb", file=self.file, member=member, reason=reason, found=found, limit=limit
        )


class _TooMuch(Exception):
    pass


class _Bounded(io.FileIO):
    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(path)
        self._limit = limit

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self._limit:
            raise _TooMuch
        return super().read(-1 if size is None else size) or b""
