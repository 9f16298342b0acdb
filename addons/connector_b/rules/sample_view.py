"""The first rows of a file as a mapping reads them: what the mapping screen shows live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .header import Header, letters
from .mapping import Mapping
from .problem import Problem
from .record import Record, shown
from .source.source import SourceRow
from .targets import SPANS

# Rows of a file that are read for the screen, and of these shown.
READ = 200
SHOWN = 5
# A problem further down is shown instead of the last good rows.
MOST_BAD_SHOWN = 2


@dataclass(frozen=True)
class CellView:
    """What stands in the file, what it is read as, and what is wrong with it."""

    raw: str
    value: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ColumnView:
    """`bad` counts the rows read in which this column is refused; a column without a name is
    labelled by its letter; `empty` has neither a name nor anything in the rows read."""

    position: int
    letter: str
    label: str
    named: bool
    target: str | None
    cells: tuple[CellView, ...]
    bad: int
    empty: bool = False


@dataclass(frozen=True)
class RowView:
    """`skipped`: a filter leaves it out, or it is no row of goods."""

    number: int
    skipped: bool
    refused: bool


@dataclass(frozen=True)
class SampleView:
    """`computed` are targets without a column of their own, one text a shown row; `problems` are
    those of the whole file, `filled` the targets that get a value."""

    rows: tuple[RowView, ...]
    columns: tuple[ColumnView, ...]
    computed: dict[str, tuple[CellView, ...]]
    problems: tuple[Problem, ...]
    filled: frozenset[str]
    good: int
    refused: int
    skipped: int


def view(mapping: Mapping, header: Header, rows: Sequence[SourceRow]) -> SampleView:
    bound = mapping.bind(header)
    read = [(row, bound.record(row)) for row in rows[:READ] if row.number > header.last]
    chosen = _chosen(read)
    targets = {position: target for target, position in bound.positions.items()}
    width = max([len(header.names)] + [len(row.cells) for row, _record in read], default=0)
    columns = tuple(
        _column(position, header, targets.get(position), read, chosen) for position in range(width)
    )
    computed = [rule.target for rule in mapping.columns if rule.target not in bound.positions]
    records = [record for _row, record in read]
    refused = sum(1 for record in records if record and record.refused)
    skipped = records.count(None)
    return SampleView(
        rows=tuple(
            RowView(row.number, record is None, bool(record and record.refused))
            for row, record in chosen
        ),
        columns=columns,
        computed={target: tuple(_cell(r, target, None) for r in chosen) for target in computed},
        problems=bound.problems,
        filled=mapping.targets(),
        good=len(records) - refused - skipped,
        refused=refused,
        skipped=skipped,
    )


_Read = tuple[SourceRow, Record | None]


def _chosen(read: Sequence[_Read]) -> list[_Read]:
    """The first rows of goods, and some that are refused where none of the first is. Rows that
    are left out fill what is left of the place."""
    goods = [each for each in read if each[1] is not None]
    first = goods[:SHOWN]
    if not any(record and record.refused for _row, record in first):
        bad = [each for each in goods[SHOWN:] if each[1] and each[1].refused][:MOST_BAD_SHOWN]
        first = first[: SHOWN - len(bad)] + bad
    left_out = [each for each in read if each[1] is None][: SHOWN - len(first)]
    return sorted(first + left_out, key=lambda each: each[0].number)


def _column(
    position: int,
    header: Header,
    target: str | None,
    read: Sequence[_Read],
    chosen: Sequence[_Read],
) -> ColumnView:
    bad = sum(
        1
        for _row, record in read
        if record and any(each.refuses for each in _problems_of(record, target))
    )
    labels = header.labels
    named = position < len(header.names) and bool(header.names[position])
    filled = any(position < len(row.cells) and row.cells[position] is not None for row, _r in read)
    return ColumnView(
        position,
        letters(position),
        labels[position] if position < len(labels) else letters(position),
        named,
        target,
        tuple(_cell(each, target, position) for each in chosen),
        bad,
        empty=not (named or filled or target),
    )


def _cell(each: _Read, target: str | None, position: int | None) -> CellView:
    row, record = each
    raw = ""
    if position is not None and position < len(row.cells):
        cell = row.cells[position]
        raw = "" if cell is None else shown(cell)
    if record is None or target is None:
        return CellView(raw, "")
    return CellView(raw, _value(record, target), _problems_of(record, target))


def _problems_of(record: Record, target: str | None) -> tuple[Problem, ...]:
    if target is None:
        return ()
    return tuple(problem for problem in record.problems if problem.target == target)


def _value(record: Record, target: str) -> str:
    value = record.values.get(target)
    if value is None and target in SPANS:
        ends = [text(record.values.get(name)) for name in SPANS[target]]
        return "…".join(ends) if all(ends) else ""
    return text(value)


def text(value: Any) -> str:
    """A value as it stands in JSON for people: numbers without idle zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


_OF_LENSES = frozenset({"sph", "sph_min", "lens_name", "index"})
_OF_FRAMES = frozenset({"frame_model", "frame_size", "frame_bridge"})


def goods_of(mapping: Mapping) -> str:
    """What a file lists, as `connector.import.profile.target` has it."""
    filled = mapping.targets()
    if mapping.grid or len(_OF_LENSES & filled) > 1:
        return "lens"
    return "frame" if "frame_model" in filled and _OF_FRAMES & filled else "product"
