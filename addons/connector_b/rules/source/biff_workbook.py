"""What a .xls says before its sheets: which there are, number formats, shared texts."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from . import biff_records as biff
from . import cell_format
from .biff_records import Damaged, Record
from .biff_strings import byte_text, shared_texts, unicode_text
from .text_table import TextTable

_BIFF8 = 0x0600
_WORKSHEET = 0
_MAX_FORMATS = 100_000
_MAX_SHEETS = 1_000


class Protected(Exception):
    """The records behind this one are encrypted."""


class TooManyTexts(Exception):
    """The shared texts take more memory than a price list needs."""


@dataclass(frozen=True)
class BiffSheet:
    name: str
    begin: int
    hidden: bool


@dataclass
class BiffWorkbook:
    is_unicode: bool = True
    encoding: str = "cp1251"
    since_1904: bool = False
    sheets: list[BiffSheet] = field(default_factory=list)
    texts: TextTable = field(default_factory=TextTable)
    # Number of the format as cells refer to it → DATE or PERCENT.
    meanings: dict[int, str] = field(default_factory=dict)


def read_workbook(pieces: Iterable[bytes], max_texts: int) -> BiffWorkbook:
    return _Globals(biff.substream(pieces, 0), max_texts).workbook


class _Globals:
    def __init__(self, records: Iterator[Record], max_texts: int) -> None:
        self.workbook = BiffWorkbook()
        self._max_texts = max_texts
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._waiting: Record | None = None
        self._records = records
        steps: dict[int, Callable[[bytes], None]] = {
            biff.BOF: self._version,
            biff.FILEPASS: self._refuse,
            biff.CODEPAGE: self._codepage,
            biff.DATE_1904: self._epoch,
            biff.BOUNDSHEET: self._sheet,
            biff.FORMAT: self._format,
            biff.XF: self._style,
            biff.SST: self._texts,
        }
        while record := self._next():
            kind, data = record
            if kind in steps:
                steps[kind](data)
        for index, format_id in enumerate(self._formats):
            meaning = cell_format.meaning(format_id, self._codes.get(format_id))
            if meaning != cell_format.NUMBER:
                self.workbook.meanings[index] = meaning

    def _next(self) -> Record | None:
        if self._waiting is not None:
            record, self._waiting = self._waiting, None
            return record
        return next(self._records, None)

    def _version(self, data: bytes) -> None:
        (version,) = struct.unpack_from("<H", data)
        self.workbook.is_unicode = version >= _BIFF8

    def _refuse(self, _data: bytes) -> None:
        raise Protected

    def _codepage(self, data: bytes) -> None:
        (page,) = struct.unpack_from("<H", data)
        encoding = {10007: "mac-cyrillic", 10000: "mac-roman", 32768: "mac-roman"}.get(
            page, f"cp{page}"
        )
        try:
            b"".decode(encoding)
        except LookupError:
            # 1200 is UTF-16 of the newer files, 32769 Windows' own: both say nothing here.
            return
        self.workbook.encoding = encoding

    def _epoch(self, data: bytes) -> None:
        self.workbook.since_1904 = data[:1] == b"\x01"

    def _sheet(self, data: bytes) -> None:
        begin, hidden, kind = struct.unpack_from("<IBB", data)
        if kind != _WORKSHEET:
            return
        if len(self.workbook.sheets) >= _MAX_SHEETS:
            raise Damaged("too many sheets")
        if self.workbook.is_unicode:
            name = unicode_text(data, 6, 1)
        else:
            name = byte_text(data, 6, 1, self.workbook.encoding)
        self.workbook.sheets.append(BiffSheet(name, begin, bool(hidden & 3)))

    def _format(self, data: bytes) -> None:
        (format_id,) = struct.unpack_from("<H", data)
        if len(self._codes) >= _MAX_FORMATS:
            return
        if self.workbook.is_unicode:
            self._codes[format_id] = unicode_text(data, 2, 2)
        else:
            self._codes[format_id] = byte_text(data, 2, 1, self.workbook.encoding)

    def _style(self, data: bytes) -> None:
        if len(self._formats) < _MAX_FORMATS:
            self._formats.append(struct.unpack_from("<H", data, 2)[0])

    def _texts(self, data: bytes) -> None:
        for text in shared_texts(self._continued(data)):
            self.workbook.texts.append(text)
            if self.workbook.texts.size > self._max_texts:
                raise TooManyTexts

    def _continued(self, data: bytes) -> Iterator[bytes]:
        yield data
        while (record := next(self._records, None)) and record[0] == biff.CONTINUE:
            yield record[1]
        self._waiting = record


__all__ = ["BiffSheet", "BiffWorkbook", "Damaged", "Protected", "TooManyTexts", "read_workbook"]
