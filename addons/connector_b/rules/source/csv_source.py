"""Text with delimiters (.csv, .tsv, .txt), row by row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from .cell_reference import column_letters
from .cell_value import ERROR_TEXTS, CellError, CellValue, text
from .errors import SourceError
from .limits import Limits
from .source import Facts, MergedRange, SheetInfo, SourceRow
from .text_delimiter import delimiter_hint, guess_delimiter
from .text_encoding import guess_encoding

_SAMPLE = 1 << 16
# ="00123" keeps Excel from making a number of it.
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


class CsvSource:
    kind = "csv"
    left_out: tuple[str, ...] = ()
    images: Mapping[str, Callable[[], bytes]] = MappingProxyType({})

    def __init__(
        self,
        path: Path,
        file: str,
        encoding: str | None,
        delimiter: str | None,
        limits: Limits,
        *,
        misnamed: bool,
    ) -> None:
        self._path = path
        self._file = file
        self._limits = limits
        delimiter = _typed_delimiter(delimiter)
        self._encoding = encoding or guess_encoding(path)
        try:
            codecs.lookup(self._encoding)
        except LookupError:
            raise self._bad_encoding(1, "") from None
        with self._open(errors="replace") as stream:
            sample = stream.read(_SAMPLE)
        self._hint = delimiter_hint(sample[: sample.find("\n") + 1])
        whole_lines = sample[: sample.rfind("\n") + 1] or sample
        self._delimiter = delimiter or self._hint or guess_delimiter(whole_lines)
        self.facts = Facts(
            self._encoding,
            self._delimiter,
            guessed=encoding is None or (delimiter is None and self._hint is None),
            misnamed=misnamed,
        )
        title = Path(file.rpartition(" › ")[2]).stem
        self.sheets = (SheetInfo(title, title, file),)

    def rows(self, sheet_key: str) -> Iterator[SourceRow]:
        names = [sheet.key for sheet in self.sheets]
        if sheet_key not in names:
            raise SourceError("no_such_sheet", file=self._file, sheet=sheet_key, sheets=names)
        try:
            with self._open() as stream:
                lines = _Lines(stream, self._refusal, self._limits)
                if self._hint is not None:
                    stream.readline(self._limits.max_cell)
                yield from self._rows(lines)
        except UnicodeDecodeError:
            raise self._not_decoded() from None

    def _rows(self, lines: _Lines) -> Iterator[SourceRow]:
        reader = csv.reader(lines, delimiter=self._delimiter)
        limit = self._limits.max_columns
        while True:
            lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise self._refusal(
                    "cell_too_long", lines.row, limit=self._limits.max_cell
                ) from None
            if lines.is_open_quote:
                raise self._refusal("open_quote", lines.row)
            values = [_value(cell) for cell in cells]
            while values and values[-1] is None:
                values.pop()
            if not values:
                continue
            if len(values) > limit:
                column = column_letters(len(values) - 1)
                raise self._refusal("too_many_columns", lines.row, column=column, limit=limit)
            if lines.row > self._limits.max_rows:
                raise self._refusal("too_many_rows", lines.row, limit=self._limits.max_rows)
            yield SourceRow(lines.row, tuple(values))

    def merged(self, sheet_key: str) -> tuple[MergedRange, ...]:
        return ()

    def close(self) -> None:
        """Each reading opens and closes the file by itself."""

    def _open(self, errors: str = "strict") -> io.TextIOWrapper:
        encoding = "utf-8-sig" if self._encoding == "utf-8" else self._encoding
        return self._path.open(encoding=encoding, errors=errors, newline="")

    def _refusal(self, code: str, row: int, **params: object) -> SourceError:
        return SourceError(code, file=self._file, sheet=self.sheets[0].title, row=row, **params)

    def _not_decoded(self) -> SourceError:
        """Where it is, by reading again: a stream is decoded ahead of its rows."""
        row = 0
        try:
            with self._open(errors="surrogateescape") as stream:
                while line := stream.readline(_SAMPLE):
                    row += 1
                    for letter in line:
                        if "\udc80" <= letter <= "\udcff":
                            return self._bad_encoding(row, f"{ord(letter) - 0xDC00:02X}")
        except UnicodeDecodeError as error:
            return self._bad_encoding(row + 1, error.object[error.start : error.end].hex().upper())
        return self._bad_encoding(row, "")

    def _bad_encoding(self, row: int, found: str) -> SourceError:
        return SourceError(
            "bad_encoding", file=self._file, encoding=self._encoding, row=row, found=found
        )


def _typed_delimiter(typed: str | None) -> str | None:
    """What a person can type for a tab; None, to be guessed, for what delimits nothing."""
    typed = {"\\t": "\t", "tab": "\t"}.get((typed or "").lower(), typed)
    return typed if typed and len(typed) == 1 and typed not in '"\r\n' else None


class _Lines:
    """Lines for csv.reader, that know which row they belong to and how much of it has come."""

    def __init__(
        self, stream: io.TextIOWrapper, refusal: Callable[..., SourceError], limits: Limits
    ) -> None:
        self.row = 0
        self._stream = stream
        self._refusal = refusal
        self._limits = limits
        self._taken: list[str] = []
        self._length = 0
        self._ended = False

    def begin(self) -> None:
        """A new row begins."""
        self.row += 1
        self._taken = []
        self._length = 0

    @property
    def is_open_quote(self) -> bool:
        """The file ended inside a quotation that runs over lines."""
        return (
            self._ended
            and len(self._taken) > 1
            and sum(line.count('"') for line in self._taken) % 2 == 1
        )

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        limit = self._limits.max_cell
        line = self._stream.readline(limit)
        if not line:
            self._ended = True
            raise StopIteration
        if not self._length and self.row == 1:
            line = line.removeprefix("\ufeff")
        self._length += len(line)
        self._taken.append(line)
        if self._length >= limit:
            code = "open_quote" if len(self._taken) > 1 else "cell_too_long"
            params = {} if code == "open_quote" else {"limit": limit}
            raise self._refusal(code, self.row, **params)
        return line.replace("\0", "")


def _value(cell: str) -> CellValue:
    if cell.startswith("="):
        kept = _KEPT_AS_TEXT.fullmatch(cell)
        cell = kept[1] if kept else cell
    stripped = cell.strip()
    return CellError(stripped) if stripped in ERROR_TEXTS else text(cell)
