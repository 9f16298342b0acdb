"""A row of a lens's availability that cannot be is named number by number."""

from decimal import Decimal

import pytest

from optics_core.rules import range_row

D = Decimal
SOUND = {
    "sph_min": D(-6),
    "sph_max": D(4),
    "cyl_min": D(-2),
    "cyl_max": D(0),
    "add_min": None,
    "add_max": None,
    "diameter": D(70),
    "step": D("0.25"),
    "prism_max": D(0),
    "lead_days": D(0),
    "price_uncut": D(100),
    "price_glazed": D(300),
    "price_retail": D("1990.50"),
}


def codes(**changes: object) -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in range_row.problems({**SOUND, **changes})]


def test_a_sound_row_has_no_problem() -> None:
    assert codes() == []
    assert codes(add_min=D("0.75"), add_max=D("3.5")) == []
    assert codes(cyl_min=D(0), cyl_max=D(2)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sph_min": D(5)}, [("limits_reversed", "sph_min")]),
        ({"sph_max": D(46)}, [("out_of_bounds", "sph_max")]),
        ({"sph_min": None}, [("missing", "sph_min")]),
        ({"cyl_min": D(-2), "cyl_max": D(2)}, [("mixed_cylinder_signs", "cyl_min")]),
        ({"cyl_min": D("-2.1")}, [("off_step", "cyl_min")]),
        ({"add_min": D(1)}, [("missing", "add_max")]),
        ({"add_min": D(0), "add_max": D(3)}, [("out_of_bounds", "add_min")]),
        ({"diameter": D(7)}, [("out_of_bounds", "diameter")]),
        ({"diameter": None}, [("out_of_bounds", "diameter")]),
        ({"step": D("0.3")}, [("unknown_step", "step")]),
        ({"prism_max": D(31)}, [("out_of_bounds", "prism_max")]),
        ({"lead_days": D(-1)}, [("out_of_bounds", "lead_days")]),
        ({"price_retail": D(-1)}, [("out_of_bounds", "price_retail")]),
    ],
)
def test_each_impossible_number_is_named(
    changes: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert codes(**changes) == expected


def test_several_problems_are_told_at_once() -> None:
    assert len(codes(sph_min=D(5), step=D(2), price_uncut=D(-1))) == 3
