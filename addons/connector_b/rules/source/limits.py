"""How much of a file is believed to be a price list."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """A bomb must meet one of these before it costs memory, disk or minutes."""

    max_file: int = 200 * MEGABYTE
    # Bytes out of one archive or workbook, nested workbooks of an archive included.
    max_unpacked: int = 1024 * MEGABYTE
    # The sheet of a real price list shrinks to a tenth, one of equal rows to a hundredth;
    # deflate itself ends at 1032.
    max_ratio: int = 200
    # Below this a ratio means nothing: forty thousand equal rows are honest.
    ratio_from: int = 64 * MEGABYTE
    max_members: int = 10_000
    max_rows: int = 1_048_576
    max_columns: int = 500
    # Excel's own limit is 32,767.
    max_cell: int = 100_000
    # Different texts of a workbook; they are held in memory while its rows are read.
    max_texts: int = 256 * MEGABYTE
    max_image: int = 20 * MEGABYTE
