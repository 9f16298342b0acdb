"""Finds the columns of a mapping in a file's header and makes everything ready once."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from .bound import Bound, BoundColumn, BoundFilter, BoundFormula
from .cell import parser_of
from .column_rule import By, ColumnRule
from .expression import RATE, Expression, ExpressionError
from .finding import Finding, Parser
from .header import Header, position_of
from .label import plain, undated
from .number_cell import limits
from .number_format import NumberFormat
from .pattern import LONGEST_TEXT, PatternError, compile_pattern
from .problem import Code, Problem
from .record import Value
from .row_filter import Place, RowFilter
from .targets import TARGETS, is_money
from .wide_table import kinds_in_header, repeated_names

if TYPE_CHECKING:
    from .mapping import Mapping


def bind(mapping: Mapping, header: Header) -> Bound:
    binder = _Binder(mapping, header)
    binder.read_rules()
    formulas = binder.formulas_in_order()
    filters = tuple(binder.filters())
    return Bound(
        header,
        tuple(binder.problems),
        # The row's currency first: signs beside its prices are compared with it.
        columns=tuple(sorted(binder.columns, key=lambda column: column.target != "currency")),
        fixed=binder.fixed,
        formulas=formulas,
        filters=filters,
        required=tuple(rule.target for rule in binder.rules if rule.required),
        group_target=mapping.group_target,
        rate=mapping.rate,
    )


class _Binder:
    def __init__(self, mapping: Mapping, header: Header) -> None:
        self.mapping = mapping
        self.header = header
        self.problems: list[Problem] = []
        self.columns: list[BoundColumn] = []
        self.fixed: dict[str, Value] = {}
        self.rules: list[ColumnRule] = []
        self._formulas: dict[str, BoundFormula] = {}
        self._names = [plain(name) for name in header.names]
        # Where rows say their currency, that of the mapping is only for the others.
        in_rows = any(rule.target == "currency" for rule in mapping.columns)
        self._currency = "" if in_rows else mapping.currency

    def read_rules(self) -> None:
        seen: set[str] = set()
        for rule in self.mapping.columns:
            if rule.target not in TARGETS:
                self._problem(Code.TARGET_UNKNOWN, rule)
            elif rule.target in seen:
                self._problem(Code.TARGET_TWICE, rule)
            else:
                seen.add(rule.target)
                self.rules.append(rule)
                self._read(rule)
        self._check_shape(seen)

    def _read(self, rule: ColumnRule) -> None:
        position = None
        if rule.by is By.FIXED:
            value = self._written(rule, rule.fixed)
            if value is not None:
                self.fixed[rule.target] = value
        elif rule.has_column:
            position = self.position(rule)
            if position is None:
                return
            default = self._written(rule, rule.default) if rule.default else None
            self.columns.append(BoundColumn(rule.target, position, self._parser(rule), default))
        if rule.by is By.EXPRESSION or rule.expression:
            self._read_formula(rule, position)

    def _parser(self, rule: ColumnRule) -> Parser:
        return parser_of(
            rule.target,
            rule.number or self.mapping.number,
            currency=None if rule.company_currency else self._currency,
            factor=rule.factor,
            pad=rule.pad,
        )

    def _written(self, rule: ColumnRule, text: str) -> Value:
        """A value that stands in the mapping itself, as a person typed it there."""
        value = parser_of(rule.target, NumberFormat(), currency=None, pad=rule.pad)(text)
        if isinstance(value, Finding):
            if value.value is None or (value.code and value.code.refuses):
                code = str(value.code or Code.RANGE_UNEXPECTED)
                self._problem(Code.VALUE_INVALID, rule, text, why=code)
            return value.value
        return value

    def position(self, rule: ColumnRule) -> int | None:
        if rule.by is By.POSITION:
            position = position_of(rule.source)
            if position is None:
                self._missing(rule)
            return position
        found = self._by_pattern(rule) if rule.by is By.PATTERN else self._by_name(rule.source)
        if found is None:
            return None
        if not found:
            self._missing(rule)
            return None
        if len(found) > 1 and rule.by is By.PATTERN:
            columns = [self.header.labels[position] for position in found]
            self._problem(
                Code.COLUMN_AMBIGUOUS, rule, by=str(rule.by), source=rule.source, columns=columns
            )
            return None
        return found[0]

    def _by_name(self, source: str) -> list[int]:
        """A label tells two columns of one name apart; the name itself is the first of them. Where
        there is none, the one that differs in a date only."""
        if source in self.header.labels:
            return [self.header.labels.index(source)]
        wanted = plain(source)
        found = [place for place, name in enumerate(self._names) if wanted and name == wanted]
        if found or not (bare := undated(source)):
            return found
        found = [place for place, name in enumerate(self.header.names) if undated(name) == bare]
        return found if len(found) == 1 else []

    def _by_pattern(self, rule: ColumnRule) -> list[int] | None:
        try:
            pattern = compile_pattern(rule.source)
        except PatternError as error:
            self.problems.append(error.problem(rule.target, rule.source))
            return None
        return [
            position
            for position, name in enumerate(self.header.names)
            if name and pattern.search(name[:LONGEST_TEXT])
        ]

    def _read_formula(self, rule: ColumnRule, position: int | None) -> None:
        try:
            expression = Expression.parse(rule.expression)
        except ExpressionError as error:
            self.problems.append(error.problem(rule.target, rule.expression))
            return
        target = TARGETS[rule.target]
        if not target.kind.is_number:
            self._problem(Code.EXPRESSION_INVALID, rule, rule.expression, **_NOT_A_NUMBER)
            return
        if RATE in expression.names and self.mapping.rate is None:
            self._problem(Code.EXPRESSION_VALUE_MISSING, rule, rule.expression, names=[RATE])
            return
        self._formulas[rule.target] = BoundFormula(
            rule.target, expression, limits(target), position
        )

    def formulas_in_order(self) -> tuple[BoundFormula, ...]:
        """Each behind those it builds upon. Of its own column a formula may speak by name."""
        sorter = TopologicalSorter(
            {
                target: {
                    name
                    for name in formula.expression.names & self._formulas.keys()
                    if name != target or formula.position is None
                }
                for target, formula in self._formulas.items()
            }
        )
        try:
            return tuple(self._formulas[target] for target in sorter.static_order())
        except CycleError as error:
            names = list(dict.fromkeys(error.args[1]))
            self.problems.append(Problem(Code.EXPRESSION_CIRCLE, names[0], params={"names": names}))
            return ()

    def filters(self) -> Iterable[BoundFilter]:
        for each in self.mapping.filters:
            problems = each.problems()
            self.problems += problems
            if not problems and (found := self._filter(each)):
                yield found

    def _filter(self, each: RowFilter) -> BoundFilter | None:
        if each.place is Place.TARGET:
            return BoundFilter(each.skips(), target=each.name)
        found = self._by_name(each.name)
        if not found:
            params = {"by": str(By.NAME), "source": each.name}
            self.problems.append(Problem(Code.COLUMN_MISSING, None, each.name, params=params))
            return None
        return BoundFilter(each.skips(), position=found[0])

    def _check_shape(self, filled: set[str]) -> None:
        if not self.mapping.columns or self.mapping.grid:
            return
        if twice := repeated_names(self.header.names):
            self.problems.append(Problem(Code.TABLES_BESIDE, params={"columns": twice}))
        kinds = kinds_in_header(self.header.names)
        if kinds and not any(map(is_money, filled)):
            self.problems.append(Problem(Code.PRICES_BY_KIND, params={"columns": kinds}))
        else:
            self._check_keys(filled)

    def _check_keys(self, filled: set[str]) -> None:
        # A frame is also told by its model, colour and size, a lens by its name and power.
        known = {*self.mapping.keys, "frame_model", "lens_name"}
        if not filled & known:
            keys = list(self.mapping.keys)
            self.problems.append(Problem(Code.KEY_NOT_MAPPED, params={"keys": keys}))

    def _missing(self, rule: ColumnRule) -> None:
        self._problem(Code.COLUMN_MISSING, rule, by=str(rule.by), source=rule.source)

    def _problem(
        self, code: Code, rule: ColumnRule, value: str | None = None, **params: object
    ) -> None:
        column = rule.source if rule.has_column else None
        self.problems.append(Problem(code, rule.target, column, value, params))


_NOT_A_NUMBER = {"reason": "types", "position": 0, "name": ""}
