"""An opened file, whatever its kind: sheets, rows, what was found out about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from .cell_value import CellValue


class SourceRow(NamedTuple):
    """`number` is the row number a person sees beside it; `cells[0]` stands in column A.

    Never empty, and the last cell is never None.
    """

    number: int
    cells: tuple[CellValue, ...]


class MergedRange(NamedTuple):
    """Rows as a person counts them, columns from 0 as `SourceRow.cells` does; both ends in."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class SheetInfo:
    """`rows` and `columns` are what the file claims of itself; None where it claims nothing."""

    key: str
    title: str
    file: str
    hidden: bool = False
    rows: int | None = None
    columns: int | None = None


@dataclass(frozen=True)
class Facts:
    """What was found out besides the contents.

    `encoding` and `delimiter` are those of a text file (of the first in an archive), else None;
    `guessed` when at least one of them was not given. `misnamed`: the name's ending says another
    kind than the content, which was read all the same.
    """

    encoding: str | None = None
    delimiter: str | None = None
    guessed: bool = False
    misnamed: bool = False


class Source(Protocol):
    """Opened by `open_source`; of no use after its `with`."""

    @property
    def kind(self) -> str: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def sheets(self) -> tuple[SheetInfo, ...]: ...

    @property
    def left_out(self) -> tuple[str, ...]:
        """Members of an archive that are neither price lists nor images."""

    @property
    def images(self) -> Mapping[str, Callable[[], bytes]]:
        """Name inside the archive → loader; size-limited as everything that is unpacked."""

    def rows(self, sheet_key: str) -> Iterator[SourceRow]:
        """From the top, as often as asked. Wholly empty rows are skipped."""

    def merged(self, sheet_key: str) -> tuple[MergedRange, ...]:
        """Merged cells, top to bottom; none for a text file."""
