"""From an order to a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from pathlib import Path

from bootstrap.supplier_files.file_faults import FILE_FAULTS
from bootstrap.supplier_files.order import BadOrder, Order
from bootstrap.supplier_files.row_errors import ROW_ERRORS, check, maybe_spoil
from bootstrap.supplier_files.sheet import Line, Look, Sheet, Value
from bootstrap.supplier_files.styles import STYLES
from bootstrap.supplier_files.styles.style import Style
from bootstrap.supplier_files.writers import writer

CLEARED_ROWS = 40_000
# Of the sheet, not of a row: a style or the lines below know what to do.
SHEET_FAULTS = ("merged", "empty-tail", "far-cell")
KINDS = (*ROW_ERRORS, *SHEET_FAULTS, *FILE_FAULTS)


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    rows: int
    # How many rows have which error.
    errors: Counter[str]


def make(order: Order, path: Path, kind: str = "") -> Made:
    """Write the file; `kind` is the suffix of the path unless told otherwise."""
    style = STYLES.get(order.style)
    if style is None:
        raise BadOrder(f"--style {order.style}: there are {', '.join(STYLES)}")
    kind = kind or path.suffix.lstrip(".") or style.formats[0]
    if kind not in style.formats:
        raise BadOrder(f"--format {kind}: {style.name} comes as {', '.join(style.formats)}")
    order = replace(order, kinds=_kinds(order, style, kind))
    errors: Counter[str] = Counter()
    writer(kind, style.encoding)(path, _sheets(order, style, errors))
    for name in order.kinds:
        if name in FILE_FAULTS:
            path = FILE_FAULTS[name](path)
    return Made(path, order.rows, errors)


def _kinds(order: Order, style: Style, kind: str) -> tuple[str, ...]:
    """Which errors: those asked for; without any, all that a row of the style can have."""
    for name in order.kinds:
        if name not in KINDS:
            raise BadOrder(f"--error {name}: there are {', '.join(KINDS)}")
        if name in ROW_ERRORS:
            check(name, style.places, style.name)
        elif name in SHEET_FAULTS and kind == "csv":
            raise BadOrder(f"--error {name}: a CSV cannot have it")
    if order.errors and not set(ROW_ERRORS).intersection(order.kinds):
        fitting = (name for name, error in ROW_ERRORS.items() if error.meaning in style.places)
        return (*order.kinds, *fitting)
    return order.kinds


def _sheets(order: Order, style: Style, errors: Counter[str]) -> Sequence[Sheet]:
    above: tuple[Value, ...] = ()

    def goods(index: int, cells: tuple[Value, ...]) -> tuple[Value, ...]:
        nonlocal above
        cells, error = maybe_spoil(order, index, cells, above, style.places)
        if error:
            errors[error] += 1
        else:
            above = cells
        return cells

    return [
        replace(sheet, lines=_lines(order, sheet), far_cell="far-cell" in order.kinds)
        for sheet in style.sheets(order, goods)
    ]


def _lines(order: Order, sheet: Sheet) -> Iterator[Line]:
    if "empty-tail" in order.kinds:
        return chain(sheet.lines, repeat(Line(Look.CLEARED, ()), CLEARED_ROWS))
    return sheet.lines
