"""Grids as records of a mapping: a range of powers with its price, or one power with its stock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from decimal import Decimal
from typing import TYPE_CHECKING

from .cell import parser_of
from .finding import Finding
from .grid import Area, Grid
from .grid_title import PAIRED
from .header import Header
from .problem import Code, Problem
from .record import Raw, Record, Value, raw, shown
from .targets import SPANS

if TYPE_CHECKING:
    from .mapping import Mapping

# What the cells of a grid may be besides a target of money: marks of what is made.
MARKS = "marks"
QUANTITY = "quantity"
# What records of grids may say without any column of the mapping.
GRID_TARGETS = PAIRED - {"name"} | {end for span in SPANS.values() for end in span}
GRID_TARGETS |= {*SPANS, "power_step"}


def grid_records(mapping: Mapping, grids: Iterable[Grid], first: int = 1) -> Iterator[Record]:
    """Records numbered from `first`: a row of a grid holds many ranges, so its own number would
    tell none from another. Where each stands is in `raw["cells"]`, "B9:F24".

    `mapping.grid` says what the cells are. Fixed values, formulas and filters of the mapping hold
    as for any row; what the texts above a grid say comes before a fixed value.
    """
    bound = mapping.without_columns().bind(Header(0, 0, ()))
    number = first
    for grid in grids:
        areas = grid.single_cells() if mapping.grid == QUANTITY else grid.areas()
        for area in areas if grid.is_clear else ():
            record = bound.finished(number, *_said(mapping, grid, area))
            if record is not None:
                yield record
                number += 1
        if not grid.is_clear:
            params = {"cells": grid.place}
            problem = Problem(Code.GRID_AXIS_UNCLEAR, None, grid.place, params=params)
            yield Record(number, dict(grid.facts), {"cells": grid.place}, (problem,))
            number += 1


def _said(
    mapping: Mapping, grid: Grid, area: Area
) -> tuple[dict[str, Value], list[Problem], dict[str, Raw]]:
    values: dict[str, Value] = dict(grid.facts)
    if mapping.grid == QUANTITY:
        values["sph"] = area.sph.low
        if area.cyl is not None:
            values["cyl"] = area.cyl.low
        if area.add is not None:
            values["add"] = area.add.low
    else:
        values |= _ends("sph", area.sph) | _ends("cyl", area.cyl) | _ends("add", area.add)
        values["power_step"] = area.step
    problems = []
    if mapping.grid != MARKS:
        problem = _read_cell(mapping, area, values)
        problems = [problem] if problem else []
    return values, problems, _raw(area)


def _ends(name: str, span: tuple[Decimal, Decimal] | None) -> dict[str, Value]:
    return {} if span is None else {f"{name}_min": span[0], f"{name}_max": span[1]}


def _read_cell(mapping: Mapping, area: Area, values: dict[str, Value]) -> Problem | None:
    parse = parser_of(mapping.grid, mapping.number, currency=mapping.currency)
    found = parse(area.value)
    if not isinstance(found, Finding):
        if found is not None:
            values[mapping.grid] = found
        return None
    if found.value is not None:
        values[mapping.grid] = found.value
    if found.currency is not None:
        values.setdefault("currency", found.currency)
    if found.code is None:
        return None
    column, params = area.place, {**(found.params or {}), "cells": area.place}
    return Problem(found.code, mapping.grid, column, shown(area.value), params)


def _raw(area: Area) -> dict[str, Raw]:
    """As the grid itself would say it."""
    said: MappingOf[str, tuple[Decimal, Decimal] | None] = {
        "sph": area.sph,
        "cyl": area.cyl,
        "add": area.add,
    }
    found: dict[str, Raw] = {"cells": area.place}
    for name, span in said.items():
        if span is not None:
            low, high = (f"{end:+.2f}" if end else "0.00" for end in span)
            found[name] = low if low == high else f"{low}…{high}"
    found["value"] = raw(area.value)
    return found
