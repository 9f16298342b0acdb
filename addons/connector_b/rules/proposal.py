"""A whole mapping for a file that nobody has mapped yet: what the screen begins with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from .column_rule import By, ColumnRule
from .currencies import CURRENCY_WORDS
from .grid_guess import guess_grid
from .group_rows import BOTH, are_nested, is_category, targets_of
from .guess import APPLIED, MOST_ROWS, ColumnGuess, guess
from .header import Header, letters
from .label import plain
from .mapping import Mapping
from .number_format import NumberFormat
from .number_guess import guess_fraction, guess_number_format
from .price_unit import factor_of
from .row_kind import RowKinds
from .source.cell_value import CellValue
from .source.source import SourceRow
from .targets import KEYS, TARGETS, Kind

_TITLE_ROWS = 12
IN_ROWS = "rows"


@dataclass(frozen=True)
class Groups:
    """Names that stand alone in their rows: how many, the first of them, and what they are."""

    count: int
    examples: tuple[str, ...]
    target: str

    def fills(self, taken: AbstractSet[str]) -> bool:
        """Whether a column does not say the same in every row."""
        return any(target not in taken for target in targets_of(self.target))


def propose(
    header: Header, sample: Sequence[SourceRow], *, sheet: str = ""
) -> tuple[Mapping, list[ColumnGuess]]:
    """The mapping that the guesses make, and the guesses. A grid has no columns to guess."""
    if grid := guess_grid(sample, sheet=sheet):
        return Mapping(grid=grid, currency=_currency(_texts_above(sample)) or ""), []
    guesses = guess(header, sample)
    rows = [row.cells for row in islice(sample, MOST_ROWS) if row.number > header.last]
    found = [each for each in guesses if each.target and each.confidence >= APPLIED]
    numeric = [each.index for each in found if each.target and TARGETS[each.target].kind.is_number]
    common = guess_number_format(cell for row in rows for cell in _at(row, numeric))
    groups = find_groups(header, sample, guesses)
    currency = _currency(
        each.header for each in found if each.target in ("supplier_price", "cost", "list_price")
    )
    if any(each.target == "currency" for each in found):
        # Each row says its own; a header that names one speaks of its column alone.
        currency = IN_ROWS
    columns = tuple(_rule(each, header, rows, common, currency) for each in found)
    taken = {rule.target for rule in columns}
    return (
        Mapping(
            columns=columns,
            keys=tuple(key for key in KEYS if key in taken) or KEYS,
            group_target=groups.target if groups and groups.fills(taken) else "",
            currency=currency if currency and currency != IN_ROWS else "",
            number=common,
        ),
        guesses,
    )


def find_groups(
    header: Header, sample: Sequence[SourceRow], guesses: Sequence[ColumnGuess]
) -> Groups | None:
    """Whether rows of the sample are names of groups: a brand above its frames."""
    positions = frozenset(each.index for each in guesses if each.target)
    kinds = RowKinds(header, positions)
    # Names that follow each other directly stand together.
    runs: list[list[str]] = [[]]
    for row in islice(sample, MOST_ROWS):
        if row.number <= header.last:
            continue
        if not kinds.is_apart(row.cells):
            runs.append([])
        elif (name := kinds.group_name(row.cells)) is not None:
            runs[-1].append(name)
    above_goods = [run for run in runs[:-1] if run]
    names = [name for run in runs for name in run]
    if not names:
        return None
    categories = sum(map(is_category, names))
    target = "category" if categories * 2 >= len(names) else "brand"
    if are_nested(above_goods):
        target = BOTH
    return Groups(len(names), tuple(dict.fromkeys(names))[:5], target)


def _rule(
    each: ColumnGuess,
    header: Header,
    rows: Sequence[tuple[CellValue, ...]],
    common: NumberFormat,
    currency: str | None,
) -> ColumnRule:
    assert each.target is not None
    kind = TARGETS[each.target].kind
    form = None
    if kind.is_number:
        cells = [cell for row in rows for cell in _at(row, [each.index])]
        form = guess_number_format(cells)
        if kind is Kind.PERCENT and guess_fraction(cells):
            form = NumberFormat(form.decimal, form.thousands, fraction=True)
    own = form if form and form != NumberFormat() and form != common else None
    said = _currency([each.header]) if kind is Kind.MONEY else None
    other = bool(said and currency and said != currency)
    by, source = By.POSITION, letters(each.index)
    if each.header:
        by, source = By.NAME, header.labels[each.index]
    factor = factor_of(each.header) if kind is Kind.MONEY else None
    return ColumnRule(each.target, by, source, own, factor, company_currency=other)


def _currency(texts: Iterable[str]) -> str | None:
    """The first currency that is named; prices of a file that is not in ours go before ours."""
    found = [
        code for text in texts for word in plain(text).split() if (code := CURRENCY_WORDS.get(word))
    ]
    return next((code for code in found if code != "RUB"), found[0] if found else None)


def _texts_above(sample: Sequence[SourceRow]) -> list[str]:
    return [cell for row in sample[:_TITLE_ROWS] for cell in row.cells if isinstance(cell, str)]


def _at(row: tuple[CellValue, ...], positions: Sequence[int]) -> list[CellValue]:
    return [row[position] for position in positions if position < len(row)]
