"""A table of equal values told in few rectangles: every cell once, the largest first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.rectangles import Rectangle, rectangles


def table(*lines: str) -> dict[tuple[int, int], str]:
    return {
        (row, column): mark
        for row, line in enumerate(lines)
        for column, mark in enumerate(line)
        if mark != " "
    }


def test_one_value_is_one_rectangle() -> None:
    assert rectangles(table("aaa", "aaa")) == [(Rectangle(0, 0, 1, 2), "a")]
    assert rectangles({}) == []


def test_the_largest_is_taken_first() -> None:
    found = rectangles(table("ab", "aabbb", "  bbb"))
    assert (Rectangle(1, 2, 2, 4), "b") in found
    assert (Rectangle(0, 0, 1, 0), "a") in found
    assert len(found) == 4


def test_a_hole_is_in_no_rectangle() -> None:
    found = rectangles(table("aaa", "a a", "aaa"))
    assert len(found) == 4
    assert (
        sum((each.bottom - each.top + 1) * (each.right - each.left + 1) for each, _value in found)
        == 8
    )


tables = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)), st.sampled_from("abc"), max_size=40
)


@given(tables)
def test_every_cell_is_told_once_and_rightly(cells: dict[tuple[int, int], str]) -> None:
    told: dict[tuple[int, int], object] = {}
    for each, value in rectangles(cells):
        for row in range(each.top, each.bottom + 1):
            for column in range(each.left, each.right + 1):
                assert (row, column) not in told
                told[row, column] = value
    assert told == cells


@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 4), st.integers(0, 4))
def test_a_full_rectangle_stays_whole(height: int, width: int, top: int, left: int) -> None:
    cells = {(top + row, left + column): 1 for row in range(height) for column in range(width)}
    expected = Rectangle(top, left, top + height - 1, left + width - 1)
    assert rectangles(cells) == [(expected, 1)]
