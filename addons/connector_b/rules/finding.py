"""What a parser says of a cell when it has more, or less, to say than a value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .problem import Code
from .source.cell_value import CellValue


class Finding(NamedTuple):
    """`value` is taken all the same: the code is a warning, or there is none.

    `currency` is what the cell's own sign says; `span` is a range of powers, low and high.
    """

    code: Code | None = None
    params: dict[str, Any] | None = None
    value: str | Decimal | None = None
    currency: str | None = None
    span: tuple[Decimal, Decimal] | None = None


# Never called with None: an empty cell needs no reading. Returns a value, None for a cell that
# means "nothing", or a Finding. A plain value and no exception, because it is called a million
# times a file.
Parser = Callable[[CellValue], str | Decimal | bool | date | Finding | None]
