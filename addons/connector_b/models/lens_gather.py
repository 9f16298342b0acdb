"""Rows of ranges put together: a lens goes in as a whole, or stays as it is."""

from decimal import Decimal

from odoo import api, models

from odoo.addons.optics_core.rules import range_row

from ..rules.duplicates import Duplicates
from ..rules.grid_title import facts_of
from ..rules.problem import Code, Problem
from ..rules.record import Record
from .product_dictionary import folded

# What tells one power of a lens in stock from another.
POWER_KEYS = ("barcode", "default_code", "supplier_code", "quantity")
# What a row says of its range; everything else it says of its lens.
PART_TARGETS = frozenset(
    "diameter sph_min sph_max cyl_min cyl_max add_min add_max power_step delay lens_source "
    "supplier_price glazed_price list_price cost currency vat".split()
)
# Codes of rows in price lists that name a range: of the lens they tell nothing.
OWN_CODES = ("barcode", "default_code", "supplier_code")
ENDS = tuple((part, f"{part}_min", f"{part}_max") for part in ("sph", "cyl", "add"))
QUARTER = Decimal("0.25")
# A sentence names so many of the rows that are to be corrected.
NAMED = 5
RULE_NAMES = {"power_step": "step", "delay": "lead_days"}
TARGET_NAMES = {rule: target for target, rule in RULE_NAMES.items()}


class PowerDuplicates(Duplicates):
    """A lens has many ranges, all under one article; powers in stock share only that."""

    def __init__(self):
        super().__init__(("barcode",))

    def problems_of(self, record):
        return super().problems_of(record) if is_power(record) else ()


def is_power(record):
    """Whether the row is one power in stock, with a code or a quantity of its own."""
    values = record.values
    return (
        not record.parts
        and values.get("sph") is not None
        and not any(values.get(end) is not None for _part, *ends in ENDS for end in ends)
        and any(values.get(key) is not None for key in POWER_KEYS)
    )


class ImportTargetLens(models.AbstractModel):
    _inherit = "connector.import.target.lens"

    @api.model
    def _is_power(self, record):
        return is_power(record)

    @api.model
    def _duplicates(self, keys):
        return PowerDuplicates()

    @api.model
    def _gathered(self, placed):
        """One record a lens, its ranges in `parts`. Where a row of a lens is refused, none of it
        goes in: its old ranges would be replaced by half of the new ones."""
        lenses = {}
        for place, record in placed:
            if is_power(record):
                yield place, record
            else:
                self._complete(record)
                record.problems += tuple(self._range_problems(record))
                lenses.setdefault(self._identity(record), []).append((place, record))
        for rows in lenses.values():
            bad = [self._where(place, record) for place, record in rows if record.refused]
            sound = [(place, record) for place, record in rows if not record.refused]
            if not bad:
                yield self._one(sound)
                continue
            yield from ((place, record) for place, record in rows if record.refused)
            # A grid is corrected in its place; of a table every row has to come back.
            if sound and "cells" in sound[0][1].raw:
                sound = [self._one(sound)]
            rows = ", ".join(bad[:NAMED]) + ("…" if len(bad) > NAMED else "")
            for place, record in sound:
                record.problems += (
                    Problem(Code.LENS_INCOMPLETE, "lens_name", None, None, {"rows": rows}),
                )
                yield place, record

    def _where(self, place, record):
        return str(record.raw.get("cells") or record.number - place.base)

    def _one(self, rows):
        (place, first), *_others = rows
        codes = {
            name
            for name in OWN_CODES
            if len({record.values.get(name) for _place, record in rows}) > 1
        }
        values = {
            name: value
            for _place, record in reversed(rows)
            for name, value in record.values.items()
            if name not in PART_TARGETS and name not in codes
        }
        parts = tuple(
            {name: value for name, value in record.values.items() if name in PART_TARGETS}
            for _place, record in rows
        )
        problems = tuple(problem for _place, record in rows for problem in record.problems)
        return place, Record(first.number, values, first.raw, problems, parts=parts)

    def _identity(self, record):
        values = record.values
        name = values.get("lens_name") or values.get("name")
        if not name:
            return next(((key, str(values[key])) for key in OWN_CODES if values.get(key)), ("",))
        said = (values.get(each) for each in ("index", "coating", "material", "design"))
        return (folded(name), *(folded(each or "") for each in said))

    def _complete(self, record):
        """What the name says of the lens, and both ends of each power."""
        values = record.values
        name = values.get("lens_name") or values.get("name")
        if name:
            for target, value in facts_of([(name,)]).items():
                if target != "lens_name":
                    values.setdefault(target, value)
        for part, low, high in ENDS:
            single = values.pop(part, None)
            if single is not None:
                values.setdefault(low, single)
                values.setdefault(high, single)
            # "From 0 to -2" is how cylinders are spoken of.
            if part == "cyl" and values.get(low) is not None and values.get(high) is not None:
                values[low], values[high] = sorted((values[low], values[high]))
        if values.get("sph_min") is not None:
            values.setdefault("cyl_min", values.get("cyl_max") or Decimal(0))
            values.setdefault("cyl_max", values["cyl_min"])

    def _range_problems(self, record):
        """Of optics' own rules, in the words of the file."""
        if record.refused:
            return
        values = record.values
        cells = record.raw.get("cells")
        if values.get("sph_min") is None and values.get("sph_max") is None:
            yield Problem(Code.SPHERE_MISSING, "sph")
            return
        if values.get("diameter") is None:
            yield Problem(Code.DIAMETER_MISSING, "diameter")
            return
        row = {
            "step": values.get("power_step") or QUARTER,
            "prism_max": Decimal(0),
            "lead_days": values.get("delay") or Decimal(0),
            "diameter": values["diameter"],
            **{end: values.get(end) for _part, *ends in ENDS for end in ends},
        }
        for problem in range_row.problems(row):
            yield self._said_of_range(problem, cells)

    def _said_of_range(self, problem, cells):
        target = TARGET_NAMES.get(problem.field, problem.field)
        params = {
            name: str(number)
            for name in ("low", "high", "step")
            if (number := getattr(problem, name)) is not None
        }
        if problem.code == "limits_reversed":
            params["low"] = str(problem.value)
            code = Code.LIMITS_REVERSED
        elif problem.code == "mixed_cylinder_signs":
            params["low"] = str(problem.value)
            code = Code.MIXED_CYLINDER_SIGNS
        elif problem.code == "missing":
            code = Code.EMPTY_REQUIRED
        elif problem.code == "out_of_bounds":
            code = Code.OUT_OF_BOUNDS
        else:
            params.setdefault("step", "0.125")
            code = Code.OFF_STEP
        value = None if problem.value is None else str(problem.value)
        return Problem(code, target, cells, value, params)
