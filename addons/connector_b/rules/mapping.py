"""How the columns of one supplier's files become values: what a profile remembers."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from .binding import bind
from .bound import Bound
from .column_rule import ColumnRule
from .expression import RATE, Expression, ExpressionError
from .grid_records import GRID_TARGETS
from .group_rows import targets_of
from .header import Header
from .number_format import NumberFormat
from .row_filter import RowFilter
from .sheet_title import takes
from .targets import KEYS, SPANS, TARGETS, is_money

VERSION = 1


class MappingVersionError(ValueError):
    """Written by a later version of this program."""


@dataclass(frozen=True)
class Mapping:
    """`sheet` is a pattern of the sheet's title, "" for the first that is not hidden.

    `header_row` is where the header stands, 0 to find it. `group_target` is what a name alone in
    a row says of the rows below it ("brand", "category", or "category,brand" of two such rows in a
    row); "" skips them. `currency` is an ISO code, "" where it is the company's or stands in the
    cells; `rate` the units of the company's currency for one of it. `grid` is what the cells of
    sphere × cylinder grids are: a target of money, "quantity" or "marks" (what is made); "" where
    the sheet is a table.
    """

    columns: tuple[ColumnRule, ...] = ()
    keys: tuple[str, ...] = KEYS
    filters: tuple[RowFilter, ...] = ()
    sheet: str = ""
    header_row: int = 0
    group_target: str = ""
    currency: str = ""
    rate: Decimal | None = None
    number: NumberFormat = field(default_factory=NumberFormat)
    grid: str = ""

    def bind(self, header: Header) -> Bound:
        """Ready to read the rows below this header; what does not fit is in `.problems`."""
        return bind(self, header)

    def takes_sheet(self, title: str) -> bool:
        return takes(self.sheet, title)

    def without_columns(self) -> Mapping:
        """For grids: what is said for the whole file."""
        rules = tuple(rule for rule in self.columns if not rule.has_column)
        return replace(self, columns=rules)

    def targets(self) -> frozenset[str]:
        """What the mapping may fill; helpers of formulas are left out."""
        names = {rule.target for rule in self.columns}
        names |= {*targets_of(self.group_target), self.grid}
        if self.grid:
            names |= GRID_TARGETS
        for name in names & SPANS.keys():
            names |= set(SPANS[name])
        if not self.currency and any(_may_say_currency(rule) for rule in self.columns):
            names.add("currency")
        return frozenset(name for name in names if name in TARGETS and not TARGETS[name].helper)

    def converted_targets(self) -> frozenset[str]:
        """Money that is in the company's currency already: a formula with `rate` has seen to it,
        its own or one that it builds upon, or the column is said to be in it."""
        formulas = {rule.target: _names(rule) for rule in self.columns if rule.expression}
        converted = {rule.target for rule in self.columns if rule.company_currency}
        converted |= {target for target, names in formulas.items() if RATE in names}
        while (
            more := {target for target, names in formulas.items() if names & converted} - converted
        ):
            converted |= more
        return frozenset(name for name in converted if is_money(name))

    def to_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "columns": [rule.to_json() for rule in self.columns],
            "keys": list(self.keys),
            "filters": [each.to_json() for each in self.filters],
            "sheet": self.sheet,
            "header_row": self.header_row,
            "group_target": self.group_target,
            "currency": self.currency,
            "rate": None if self.rate is None else str(self.rate),
            "number": self.number.to_json(),
            "grid": self.grid,
        }

    @classmethod
    def from_json(cls, data: MappingOf[str, Any]) -> Mapping:
        if data.get("version", VERSION) > VERSION:
            raise MappingVersionError(data["version"])
        rate = data.get("rate")
        return cls(
            columns=tuple(map(ColumnRule.from_json, data.get("columns") or ())),
            keys=tuple(data.get("keys") or KEYS),
            filters=tuple(map(RowFilter.from_json, data.get("filters") or ())),
            sheet=data.get("sheet", ""),
            header_row=data.get("header_row", 0),
            group_target=data.get("group_target", ""),
            currency=data.get("currency", ""),
            rate=None if rate is None else Decimal(rate),
            number=NumberFormat.from_json(data.get("number") or {}),
            grid=data.get("grid", ""),
        )


def _may_say_currency(rule: ColumnRule) -> bool:
    return rule.has_column and is_money(rule.target) and not rule.company_currency


def _names(rule: ColumnRule) -> frozenset[str]:
    try:
        return Expression.parse(rule.expression).names
    except ExpressionError:
        # Said by bind(); here nothing depends on it.
        return frozenset()
