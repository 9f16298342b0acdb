"""Rows that sell one power at two prices are found, whatever their order."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.range_overlap import Area, Span, overlapping

D = Decimal


def area(
    sph: tuple[float, float],
    cyl: tuple[float, float] = (-2, 0),
    *,
    diameter: int = 70,
    source: str = "stock",
    add: tuple[float, float] | None = None,
) -> Area:
    def span(ends: tuple[float, float]) -> Span:
        return D(str(ends[0])), D(str(ends[1]))

    return Area(D(diameter), source, span(sph), span(cyl), None if add is None else span(add))


def test_rows_side_by_side_do_not_overlap() -> None:
    assert overlapping([area((-6, -4.25)), area((-4, 0)), area((0.25, 4))]) == []


def test_a_shared_edge_is_an_overlap() -> None:
    assert overlapping([area((-4, 0)), area((-6, -4))]) == [(0, 1)]


def test_other_blanks_sources_and_cylinders_are_other_lenses() -> None:
    one = area((-4, 0))
    others = [
        area((-4, 0), diameter=65),
        area((-4, 0), source="rx"),
        area((-4, 0), (-4, -2.25)),
        area((-4, 0), add=(1, 3)),
    ]
    assert overlapping([one, *others]) == []


def test_additions_apart_do_not_overlap() -> None:
    assert overlapping([area((0, 1), add=(1, 2)), area((0, 1), add=(2.25, 3))]) == []
    assert overlapping([area((0, 1), add=(1, 2)), area((0, 1), add=(2, 3))]) == [(0, 1)]


def test_minus_and_plus_rows_meet_in_spheres_only() -> None:
    assert overlapping([area((-4, 0), (-2, -0.25)), area((-4, 0), (0.25, 2))]) == []
    assert overlapping([area((-4, 0), (-2, 0)), area((-4, 0), (0, 2))]) == [(0, 1)]


SPANS = st.tuples(st.integers(-8, 8), st.integers(0, 6)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(st.tuples(SPANS, SPANS), max_size=12))
def test_the_sweep_finds_what_comparing_all_pairs_finds(
    rows: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    areas = [area(sph, cyl) for sph, cyl in rows]
    slow = [
        (one, other)
        for one in range(len(areas))
        for other in range(one + 1, len(areas))
        if all(
            areas[one][side][0] <= areas[other][side][1]
            and areas[other][side][0] <= areas[one][side][1]
            for side in (2, 3)
        )
    ]
    assert overlapping(areas) == slow
