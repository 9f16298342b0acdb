"""A mapping on a certain file: rows in, records out. The loop that every cell goes through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .expression import RATE, VALUE, Expression
from .finding import Finding, Parser
from .group_rows import GroupRows
from .header import Header
from .hint_row import is_hint, last_hint
from .problem import Code, Problem
from .record import Raw, Record, Value, shown
from .row_kind import RowKinds
from .source.cell_value import CellValue
from .source.source import SourceRow
from .targets import SPANS

_Check = Callable[[Decimal], Decimal | Finding]


@dataclass(frozen=True)
class BoundColumn:
    target: str
    position: int
    parse: Parser
    default: Value = None


@dataclass(frozen=True)
class BoundFormula:
    """`position` is that of the column whose value it works on, or None."""

    target: str
    expression: Expression
    checked: _Check
    position: int | None = None


@dataclass(frozen=True)
class BoundFilter:
    skips: Callable[[Any], bool]
    target: str = ""
    position: int | None = None


CYLINDER = SPANS["cyl"]


class Bound:
    """Reads the rows of one sheet from the top down; a name carried down makes it remember, so
    every reading of a file wants a `Bound` of its own.

    `problems` are the file's: with a refusing one among them no row should be imported.
    `positions` are the columns that were found, by target.
    """

    def __init__(
        self,
        header: Header,
        problems: tuple[Problem, ...],
        *,
        columns: tuple[BoundColumn, ...] = (),
        fixed: dict[str, Value] | None = None,
        formulas: tuple[BoundFormula, ...] = (),
        filters: tuple[BoundFilter, ...] = (),
        required: tuple[str, ...] = (),
        group_target: str = "",
        rate: Decimal | None = None,
    ) -> None:
        self.header = header
        self.problems = problems
        self.positions = {column.target: column.position for column in columns}
        self._labels = header.labels
        self._columns = tuple(
            (each.target, each.position, each.parse, each.default) for each in columns
        )
        self._width = max(
            [position + 1 for position in self.positions.values()]
            + [each.position + 1 for each in filters if each.position is not None],
            default=0,
        )
        self._fixed = fixed or {}
        self._formulas = formulas
        self._column_filters = tuple(
            (each.position, each.skips) for each in filters if each.position is not None
        )
        self._value_filters = tuple(
            (each.target, each.skips) for each in filters if each.position is None
        )
        self._required = required
        self._rate = rate
        self._groups = GroupRows(group_target)
        self._last_hint = max(last_hint(header), header.last)
        # Of ranges told in two columns, those whose ends may be written the other way round.
        filled = {*self.positions, *self._fixed}
        self._spans = tuple((low, high) for low, high in SPANS.values() if filled & {low, high})
        self._kinds = RowKinds(header, frozenset(self.positions.values()))

    @property
    def usable(self) -> bool:
        return not any(problem.refuses for problem in self.problems)

    def record(self, row: SourceRow) -> Record | None:
        """None for what is no goods: rows that a filter skips, names of groups, the header
        again, totals, what stands above the header, hints below it."""
        number, cells = row
        if number <= self._last_hint and (number <= self.header.last or is_hint(cells)):
            return None
        if self._kinds.is_apart(cells):
            group = self._kinds.group_name(cells)
            if group is not None:
                self._groups.take(group)
            return None
        self._groups.goods()
        if len(cells) < self._width:
            cells += (None,) * (self._width - len(cells))
        for position, skips in self._column_filters:
            if skips(cells[position]):
                return None
        values: dict[str, Value] = self._fixed.copy()
        problems: list[Problem] | None = None
        for target, position, parse, default in self._columns:
            cell = cells[position]
            found = None if cell is None else parse(cell)
            if isinstance(found, Finding):
                problems = [] if problems is None else problems
                self._take(found, target, position, cell, values, problems)
            elif found is not None:
                values[target] = found
            elif default is not None:
                values[target] = default
        return self._finished(number, cells, values, problems or [])

    def finished(
        self, number: int, values: dict[str, Value], problems: list[Problem], raw: dict[str, Raw]
    ) -> Record | None:
        """A record that comes of no row of cells: fixed values, formulas, filters as for any."""
        return self._finished(number, (), {**self._fixed, **values}, problems, raw)

    def _finished(
        self,
        number: int,
        cells: tuple[CellValue, ...],
        values: dict[str, Value],
        problems: list[Problem],
        raw: dict[str, Raw] | None = None,
    ) -> Record | None:
        """What one value has to do with the others."""
        for target, name in self._groups.carried.items():
            if values.get(target) is None:
                values[target] = name
        for low, high in self._spans:
            _order_ends(low, high, values)
        if self._formulas:
            self._calculate(cells, values, problems)
        for target, skips in self._value_filters:
            if skips(values.get(target)):
                return None
        for target in self._required:
            if values.get(target) is None and not any(each.target == target for each in problems):
                problems.append(Problem(Code.EMPTY_REQUIRED, target, self._label_of(target)))
        return Record(number, values, raw, tuple(problems), cells=cells, labels=self._labels)

    def _take(
        self,
        found: Finding,
        target: str,
        position: int,
        cell: CellValue,
        values: dict[str, Value],
        problems: list[Problem],
    ) -> None:
        """A value that comes with something to say."""
        column = self._labels[position] if position < len(self._labels) else None

        def problem(code: Code, params: dict[str, Any] | None) -> None:
            problems.append(Problem(code, target, column, shown(cell), params or {}))

        if found.code is not None:
            problem(found.code, found.params)
        if found.value is not None:
            values[target] = found.value
        if found.span is not None:
            if target in SPANS:
                values.update(zip(SPANS[target], found.span, strict=True))
            else:
                problem(Code.RANGE_UNEXPECTED, None)
        if found.currency is not None:
            other = values.setdefault("currency", found.currency)
            if other != found.currency:
                problem(Code.CURRENCY_MIXED, {"found": found.currency, "other": str(other)})

    def _calculate(
        self, cells: tuple[CellValue, ...], values: dict[str, Value], problems: list[Problem]
    ) -> None:
        known: dict[str, Value] = {**values, RATE: self._rate}
        failed = {problem.target for problem in problems if problem.refuses}
        for formula in self._formulas:
            target = formula.target
            if target in failed:
                continue
            known[VALUE] = values.get(target)
            found: Decimal | Finding | None = formula.expression.evaluate(known)
            if isinstance(found, Decimal):
                found = formula.checked(found)
            if isinstance(found, Finding):
                assert found.code is not None
                quoted = shown(cells[formula.position]) if formula.position is not None else None
                problems.append(
                    Problem(found.code, target, self._label_of(target), quoted, found.params or {})
                )
                failed.add(target)
                values.pop(target, None)
                known.pop(target, None)
            elif found is not None:
                values[target] = known[target] = found
            elif formula.position is not None:
                # Half a price is none: what the formula needed besides is not there.
                values.pop(target, None)
                known.pop(target, None)

    def _label_of(self, target: str) -> str | None:
        position = self.positions.get(target)
        return None if position is None else self._labels[position]


def _order_ends(low: str, high: str, values: dict[str, Value]) -> None:
    """ "от 0 до -6": of minus powers the lower end is behind. A cylinder "до -4" begins at none."""
    one, other = values.get(low), values.get(high)
    if low == CYLINDER[0] and (one is None) != (other is None):
        one = Decimal(0) if one is None else one
        other = Decimal(0) if other is None else other
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        values[low], values[high] = min(one, other), max(one, other)
