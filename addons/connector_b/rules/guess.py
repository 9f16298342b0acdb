"""What each column of a file probably is: by its header and by its data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .column_data import ColumnData
from .header import Header
from .hint_row import is_hint, last_hint
from .label import plain, undated
from .price_unit import pieces_of
from .source.cell_value import CellValue
from .source.source import SourceRow
from .targets import is_money
from .vocabulary import matches

# Reasons, in `ColumnGuess.why`. Of the header: name, name_contains, name_shortened. Of the data:
# those of `column_data`, besides
AGREES = "data_agrees"
CONTRADICTS = "data_contradicts"
EMPTY = "column_empty"
RIVAL = "data_decides"
CONTACT = "beside_base_curve"
PER_PIECES = "per_pieces"
VAT = "vat_both"

# Below this a person should look twice; the screen offers it all the same.
SURE = 0.8
# Below this a person may choose it, and nothing does so alone: a price in the wrong place is worse
# than none.
APPLIED = 0.6
# Below this nothing is offered.
LEAST = 0.3
_OFFERED = 0.5
MOST_ROWS = 500
_PRICES = ("supplier_price", "list_price", "cost")
_WITHOUT_VAT = re.compile(r"\b(?:без|не вкл\w*|excl\w*|net of|without) (?:учета )?(?:ндс|vat)\b")
_VAT = re.compile(r"\b(?:ндс|vat)\b")

# One name, two meanings: the data decide.
_RIVALS = {
    "diameter": "cl_dia",
    "cl_dia": "diameter",
    "base_curve": "cl_bc",
    "cl_bc": "base_curve",
    "location": "quantity",
    "quantity": "location",
    "frame_size": "diameter",
}


@dataclass(frozen=True)
class ColumnGuess:
    """`target` is None where nothing is probable enough."""

    index: int
    header: str
    target: str | None
    confidence: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    target: str
    confidence: float
    why: tuple[str, ...]


def guess(header: Header, sample: Sequence[SourceRow]) -> list[ColumnGuess]:
    """One for every column, in their order; each target at most once."""
    body = [row for row in sample if row.number > header.last][:MOST_ROWS]
    rows = [row.cells for row in body if row.number > last_hint(header) or not is_hint(row.cells)]
    width = max([len(header.names)] + [len(row) for row in rows])
    names = [*header.names, *[""] * (width - len(header.names))]
    data = [ColumnData(_column(rows, position)) for position in range(width)]
    candidates = [_candidates(names[position], data[position]) for position in range(width)]
    _doubt_dated_prices(candidates, names)
    vat = _doubt_vat_prices(candidates, names)
    chosen = _assign(candidates)
    _offer_each(chosen, vat)
    _name_by_description(chosen)
    _tell_contact_lenses(chosen)
    _tell_units(chosen, names)
    return [
        ColumnGuess(
            position,
            names[position],
            found.target if (found := chosen.get(position)) else None,
            found.confidence if found else 0.0,
            found.why if found else (() if data[position] else (EMPTY,)),
        )
        for position in range(width)
    ]


def _column(rows: Sequence[tuple[CellValue, ...]], position: int) -> list[CellValue]:
    return [row[position] if position < len(row) else None for row in rows]


def _candidates(name: str, data: ColumnData) -> list[_Candidate]:
    """Everything a column may be, with how sure that is."""
    found: dict[str, _Candidate] = {}
    evidence = {each.target: each for each in data.evidence()}
    for match in matches(name):
        target, confidence, why = match.target, match.strength, [match.why]
        if not data:
            # Nobody can tell, and nothing would be imported from it now.
            _keep(found, _Candidate(target, confidence * 0.9, (match.why, EMPTY)))
            continue
        fit = data.fits(target)
        rival = _RIVALS.get(target)
        if fit < 0.5 and rival and data.fits(rival) > 0.8:
            _keep(found, _Candidate(rival, confidence * 0.9, (match.why, RIVAL)))
        if fit < 0.5:
            # Still to be chosen by a person: the header may know better.
            confidence, why = confidence * 0.4, [*why, CONTRADICTS]
        elif fit < 0.9:
            confidence *= 0.6 + 0.4 * fit
        elif target in evidence:
            confidence, why = min(confidence + 0.05, 0.99), [*why, evidence[target].why]
        elif match.why == "name":
            why.append(AGREES)
        if target == "quantity" and data.only_yes_or_no():
            # "1" may be "there is some".
            confidence *= 0.6
        _keep(found, _Candidate(target, confidence, tuple(why)))
    weight = 1.0 if not name else 0.75
    for each in evidence.values():
        _keep(found, _Candidate(each.target, each.confidence * weight, (each.why,)))
    _name_the_colour(found, data)
    return [each for each in found.values() if each.confidence >= LEAST]


def _keep(found: dict[str, _Candidate], candidate: _Candidate) -> None:
    known = found.get(candidate.target)
    if known is None or candidate.confidence > known.confidence:
        found[candidate.target] = candidate


def _name_the_colour(found: dict[str, _Candidate], data: ColumnData) -> None:
    """A column "Цвет" of words is the colour's name, not its number."""
    colour = found.get("frame_colour")
    if colour and data and data.share(lambda text: not any(map(str.isdigit, text))) > 0.7:
        del found["frame_colour"]
        _keep(
            found, _Candidate("frame_colour_name", colour.confidence * 0.95, (*colour.why, RIVAL))
        )


def _doubt_dated_prices(candidates: list[list[_Candidate]], names: list[str]) -> None:
    """Of a price until November and one from December only a person knows which is meant."""
    dated = [place for place, name in enumerate(names) if plain(name) != undated(name)]
    for target in _PRICES:
        rivals = [
            place for place in dated if any(each.target == target for each in candidates[place])
        ]
        for place in rivals if len(rivals) > 1 else ():
            candidates[place] = [
                _Candidate(each.target, each.confidence * 0.6, each.why)
                if each.target == target
                else each
                for each in candidates[place]
            ]


def _doubt_vat_prices(candidates: list[list[_Candidate]], names: list[str]) -> dict[int, str]:
    """Whether a price with VAT or the one without is meant depends on how the shop is taxed: the
    columns that may be a price, and which."""
    prices: dict[str, list[int]] = {}
    for place, found in enumerate(candidates):
        price = max(filter(_is_named_price, found), key=lambda each: each.confidence, default=None)
        if price and _VAT.search(plain(names[place])):
            prices.setdefault(price.target, []).append(place)
    doubted: dict[int, str] = {}
    for target, places in prices.items():
        if len({bool(_WITHOUT_VAT.search(plain(names[place]))) for place in places}) > 1:
            doubted |= dict.fromkeys(places, target)
    for place in doubted:
        candidates[place] = [
            _Candidate(each.target, min(each.confidence, _OFFERED), (*each.why, VAT))
            if each.target in _PRICES
            else each
            for each in candidates[place]
        ]
    return doubted


def _is_named_price(candidate: _Candidate) -> bool:
    """A sum of tax looks like a price; its header does not say so."""
    return candidate.target in _PRICES and candidate.why[0].startswith("name")


def _offer_each(chosen: dict[int, _Candidate], doubted: dict[int, str]) -> None:
    """What one of them may be, the others may be as well: a person chooses among them."""
    for place, target in doubted.items():
        if place not in chosen:
            chosen[place] = _Candidate(target, _OFFERED, (VAT,))


def _assign(candidates: list[list[_Candidate]]) -> dict[int, _Candidate]:
    """The surest first; a column whose target is taken gets its next best."""
    order = sorted(
        ((each.confidence, -position, each) for position, found in enumerate(candidates)
         for each in found),
        key=lambda entry: (-entry[0], -entry[1], entry[2].target),
    )  # fmt: skip
    chosen: dict[int, _Candidate] = {}
    taken: set[str] = set()
    for confidence, negative, each in order:
        position = -negative
        if position not in chosen and each.target not in taken:
            rounded = round(min(confidence, 0.99), 2)
            chosen[position] = _Candidate(each.target, rounded, each.why)
            taken.add(each.target)
    return chosen


def _name_by_description(chosen: dict[int, _Candidate]) -> None:
    """Where no column is the name, what describes the goods names them."""
    taken = {each.target: position for position, each in chosen.items()}
    position = taken.get("description")
    if position is None or taken.keys() & {"name", "lens_name"}:
        return
    each = chosen[position]
    chosen[position] = _Candidate("name", min(each.confidence, 0.8), (*each.why, RIVAL))


def _tell_contact_lenses(chosen: dict[int, _Candidate]) -> None:
    """Beside a base curve and a diameter of 14 mm a sphere is a contact lens's."""
    taken = {each.target: position for position, each in chosen.items()}
    contact = {"cl_bc", "cl_dia"} & taken.keys() and "diameter" not in taken
    if contact and "sph" in taken and "cl_power" not in taken:
        position = taken["sph"]
        sphere = chosen[position]
        chosen[position] = _Candidate("cl_power", sphere.confidence, (*sphere.why, CONTACT))


def _tell_units(chosen: dict[int, _Candidate], names: list[str]) -> None:
    """A price for a thousand or a pair is none for one."""
    for position, each in chosen.items():
        if is_money(each.target) and pieces_of(names[position]) is not None:
            why = (*each.why, PER_PIECES)
            chosen[position] = _Candidate(each.target, each.confidence, why)
