"""Is a row of a lens's availability possible at all: limits in order, signs, steps, prices.

The same limits stand as CHECKs on the table; here they are named one by one, so that whoever
types or imports a price list reads which number is wrong.
"""

from collections.abc import Mapping
from decimal import Decimal

from .problem import Problem

# Lowest and highest value a column may hold. Dioptres, millimetres, days, money.
BOUNDS: dict[str, tuple[Decimal, Decimal]] = {
    "sph": (Decimal(-45), Decimal(45)),
    "cyl": (Decimal(-25), Decimal(25)),
    "add": (Decimal("0.25"), Decimal(6)),
    "diameter": (Decimal(40), Decimal(90)),
    "prism_max": (Decimal(0), Decimal(30)),
    "lead_days": (Decimal(0), Decimal(365)),
}
STEPS = (Decimal("0.125"), Decimal("0.25"), Decimal("0.5"), Decimal(1))
PRICES = ("price_uncut", "price_glazed", "price_retail")
GRID = Decimal("0.125")


def problems(row: Mapping[str, Decimal | None]) -> list[Problem]:
    """What is wrong with a row, first things first; an empty list is a sound row."""
    found = []
    for part in ("sph", "cyl", "add"):
        found += _span_problems(row, part)
    cyl_min, cyl_max = row.get("cyl_min"), row.get("cyl_max")
    if cyl_min is not None and cyl_max is not None and cyl_min < 0 < cyl_max:
        found.append(Problem("mixed_cylinder_signs", "cyl_min", None, cyl_min, high=cyl_max))
    for name in ("diameter", "prism_max", "lead_days"):
        low, high = BOUNDS[name]
        value = row.get(name)
        if value is None or not low <= value <= high:
            found.append(Problem("out_of_bounds", name, None, value, low, high))
    if row.get("step") not in STEPS:
        found.append(Problem("unknown_step", "step", None, row.get("step")))
    found += [
        Problem("out_of_bounds", name, None, price, low=Decimal(0))
        for name in PRICES
        if (price := row.get(name)) is not None and price < 0
    ]
    return found


def _span_problems(row: Mapping[str, Decimal | None], part: str) -> list[Problem]:
    """Both ends of a span are there (an addition: both or none), possible, and in order."""
    names = (f"{part}_min", f"{part}_max")
    ends = [row.get(name) for name in names]
    if part == "add" and ends == [None, None]:
        return []
    low, high = BOUNDS[part]
    found = []
    for name, end in zip(names, ends, strict=True):
        if end is None:
            found.append(Problem("missing", name, None, None, low, high))
        elif not low <= end <= high:
            found.append(Problem("out_of_bounds", name, None, end, low, high))
        elif end % GRID:
            found.append(Problem("off_step", name, None, end, step=GRID))
    lower, upper = ends
    if lower is not None and upper is not None and lower > upper:
        found.append(Problem("limits_reversed", names[0], None, lower, high=upper))
    return found
