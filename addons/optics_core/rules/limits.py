"""What may be typed. Two lists come back: what is refused, and what must be confirmed.

Refused is what cannot be: beyond the physical range, off the step, an axis without its
cylinder. Unusual is a rare person: somebody with the right says why, and it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from .exact import InexactError, exact
from .prism import BASES_H, BASES_V
from .problem import Problem
from .quantity import QUANTITIES, Quantity, Range
from .step import neighbours, on_step

Value = Decimal | float | str | None
Values = Mapping[str, Value]
UsualRanges = Mapping[str, Range | None]
Findings = tuple[list[Problem], list[Problem]]

# Which quantity's limits hold for a field of an eye, and for a field of both.
EYE_FIELDS = {
    "sph": "sph",
    "cyl": "cyl",
    "axis": "axis",
    "add": "add",
    "prism_h": "prism_h",
    "prism_v": "prism_v",
    "pd": "pd_mono",
    "height": "height",
    "acuity": "acuity",
    "acuity_corrected": "acuity",
    "cl_power": "cl_power",
    "cl_cyl": "cyl",
    "cl_axis": "axis",
    "cl_add": "add",
    "cl_bc": "cl_bc",
    "cl_dia": "cl_dia",
}
PAIR_FIELDS = {
    "pd": "pd",
    "pd_near": "pd_near",
    "roc": "roc",
    "vertex": "vertex",
    "tilt": "tilt",
    "wrap": "wrap",
}

PD_SUM_TOLERANCE = Decimal("0.5")
PD_ASYMMETRY = Decimal(4)

_PRISM_BASES = (("prism_h", "base_h", BASES_H), ("prism_v", "base_v", BASES_V))
_BASE_FIELDS = ("base_h", "base_v")


def check_eye(
    eye: str,
    values: Values,
    usual: UsualRanges | None = None,
    *,
    fine_step: bool = False,
) -> Findings:
    """(refused, unusual) for the values of one eye.

    `usual` overrides the default ranges by name of quantity, None takes a range away;
    `fine_step` allows eighths of a dioptre.
    """
    numbers, refused, unusual = _check_each(values, EYE_FIELDS, eye, usual, fine_step)
    refused += _check_cylinder(eye, numbers, "sph", "cyl", "axis")
    refused += _check_cylinder(eye, numbers, "cl_power", "cl_cyl", "cl_axis")
    refused += _check_bases(eye, values, numbers)
    return refused, unusual


def check_pair(
    od: Values,
    os: Values,
    pair: Values,
    usual: UsualRanges | None = None,
) -> Findings:
    """(refused, unusual) for what belongs to both eyes; each eye has its own check."""
    numbers, refused, unusual = _check_each(pair, PAIR_FIELDS, None, usual, False)
    pd, near, roc = (numbers.get(name) for name in ("pd", "pd_near", "roc"))
    if pd is not None and near is not None and near > pd:
        refused.append(Problem("pd_near_exceeds_far", "pd_near", None, near, high=pd))
    right, left = _number(od.get("pd")), _number(os.get("pd"))
    if right is not None and left is not None:
        if pd is not None and abs(right + left - pd) > PD_SUM_TOLERANCE:
            low, high = pd - PD_SUM_TOLERANCE, pd + PD_SUM_TOLERANCE
            refused.append(Problem("pd_sum", "pd", None, right + left, low, high))
        if abs(right - left) > PD_ASYMMETRY:
            apart = abs(right - left)
            problem = Problem("pd_asymmetric", "pd", None, apart, high=PD_ASYMMETRY)
            unusual.append(problem)
    measured = [value for value in (near, pd) if value is not None]
    if roc is not None and measured and roc not in measured:
        problem = Problem("roc_differs", "roc", None, roc, measured[0], measured[-1])
        unusual.append(problem)
    return refused, unusual


def check_order(eyes: Mapping[str, Values], lens_type: str, frame_b: Value = None) -> list[Problem]:
    """What a prescription may leave open but an order may not: refused, all of it."""
    problems = []
    b = _number(frame_b)
    for eye, values in eyes.items():
        numbers = {field: _number(values.get(field)) for field in ("sph", "add", "height")}
        if numbers["sph"] is None:
            problems.append(Problem("sphere_missing", "sph", eye, None))
        if lens_type in ("bifocal", "progressive"):
            if not numbers["add"]:
                problems.append(Problem("add_missing", "add", eye, values.get("add")))
            if numbers["height"] is None:
                problems.append(Problem("height_missing", "height", eye, None))
        height = numbers["height"]
        if height is not None and b is not None and height >= b:
            problems.append(Problem("height_exceeds_frame", "height", eye, height, high=b))
    return problems


def check_date(field: str, value: date | None, today: date) -> list[Problem]:
    """A prescription of tomorrow is a slip of the finger."""
    if value is None or value <= today:
        return []
    return [Problem("date_in_future", field, None, value)]


def _check_each(
    values: Values,
    fields: Mapping[str, str],
    eye: str | None,
    usual: UsualRanges | None,
    fine_step: bool,
) -> tuple[dict[str, Decimal | None], list[Problem], list[Problem]]:
    unknown = set(values) - set(fields) - set(_BASE_FIELDS if eye else ())
    if unknown:
        raise KeyError(f"no limits are known for {', '.join(sorted(unknown))}")
    if usual and not usual.keys() <= QUANTITIES.keys():
        raise KeyError(f"not quantities: {sorted(usual.keys() - QUANTITIES.keys())}")
    numbers: dict[str, Decimal | None] = {}
    refused: list[Problem] = []
    unusual: list[Problem] = []
    for field, name in fields.items():
        try:
            number = _typed(values.get(field))
        except InvalidOperation:
            refused.append(Problem("not_a_number", field, eye, values.get(field)))
            continue
        numbers[field] = number
        if number is None:
            continue
        quantity = _with_usual(QUANTITIES[name], usual)
        problem = _beyond_physical(number, quantity) or _off_step(number, quantity, fine_step)
        if problem:
            refused.append(replace(problem, field=field, eye=eye))
            continue
        problem = _beyond_usual(number, quantity)
        if problem:
            unusual.append(replace(problem, field=field, eye=eye))
    return numbers, refused, unusual


def _typed(value: Value) -> Decimal | None:
    try:
        return exact(value)
    except InexactError:
        # Finer than any step, or huge: it was typed, and a limit will name it.
        number = Decimal(str(value))
        if number.is_nan():
            raise InvalidOperation from None
        return number


def _number(value: Value) -> Decimal | None:
    """For comparing fields; what is wrong with one of them is said elsewhere."""
    try:
        return exact(value)
    except InexactError:
        return None


def _with_usual(quantity: Quantity, usual: UsualRanges | None) -> Quantity:
    if usual is None or quantity.name not in usual:
        return quantity
    return replace(quantity, usual=usual[quantity.name])


def _beyond_physical(number: Decimal, quantity: Quantity) -> Problem | None:
    low, high = quantity.physical
    if low <= number <= high:
        return None
    return Problem("beyond_physical", quantity.name, None, number, low, high)


def _off_step(number: Decimal, quantity: Quantity, fine_step: bool) -> Problem | None:
    step = (quantity.fine_step if fine_step else None) or quantity.step
    if on_step(number, step):
        return None
    low, high = neighbours(number, step)
    return Problem("off_step", quantity.name, None, number, low, high, step)


def _beyond_usual(number: Decimal, quantity: Quantity) -> Problem | None:
    if quantity.usual is None:
        return None
    low, high = quantity.usual
    if quantity.name == "cyl" and number > 0:
        # The range is of the minus-cylinder form; shown in the sign that was typed.
        low, high = -high, -low
    if low <= number <= high:
        return None
    return Problem("beyond_usual", quantity.name, None, number, low, high)


def _check_cylinder(
    eye: str, numbers: Mapping[str, Decimal | None], sph: str, cyl: str, axis: str
) -> list[Problem]:
    problems: list[Problem] = []
    if not {sph, cyl, axis} <= numbers.keys():
        # One of them is no number at all, and was refused for that.
        return problems
    if numbers[cyl] and numbers[axis] is None:
        low, high = QUANTITIES["axis"].physical
        problems.append(Problem("axis_missing", axis, eye, None, low, high))
    if not numbers[cyl] and numbers[axis] is not None:
        problems.append(Problem("axis_without_cylinder", axis, eye, numbers[axis]))
    if numbers[cyl] and numbers[sph] is None:
        # No sphere is no measurement; no power is written 0.00.
        problems.append(Problem("sphere_missing", sph, eye, None))
    return problems


def _check_bases(eye: str, values: Values, numbers: Mapping[str, Decimal | None]) -> list[Problem]:
    problems = []
    for prism_field, base_field, bases in _PRISM_BASES:
        if prism_field not in numbers:
            continue
        prism, base = numbers[prism_field], values.get(base_field) or None
        if base is not None and base not in bases:
            problems.append(Problem("base_unknown", base_field, eye, base))
        elif prism and base is None:
            problems.append(Problem("base_missing", base_field, eye, None))
        elif base is not None and not prism:
            problems.append(Problem("base_without_prism", base_field, eye, base))
    return problems
