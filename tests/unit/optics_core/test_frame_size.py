"""The size printed inside a temple, read and written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.frame_size import FrameSize, label, parse

D = Decimal


@pytest.mark.parametrize(
    "text",
    ["52□18-140", "52-18-140", "52/18/140", "52 18 140", "52x18-140", " 52 □ 18 – 140 "],
)
def test_the_usual_spellings_are_one_size(text: str) -> None:
    assert parse(text) == FrameSize(D(52), D(18), D(140))


def test_a_temple_may_be_left_out() -> None:
    assert parse("54-17") == FrameSize(D(54), D(17))
    assert parse("49,5□21-145") == FrameSize(D("49.5"), D(21), D(145))


@pytest.mark.parametrize("text", ["M", "", "one size", "52", "140-52-18", "2024-11-05", "99-18"])
def test_what_is_no_size_is_not_guessed(text: str) -> None:
    assert parse(text) is None


def test_a_size_without_bridge_has_no_label() -> None:
    assert label(FrameSize(D(52))) == ""
    assert label(FrameSize(D(52), D(18))) == "52□18"


@given(st.integers(60, 150), st.integers(16, 70), st.none() | st.integers(160, 340))
def test_a_label_reads_back(a: int, dbl: int, temple: int | None) -> None:
    size = FrameSize(D(a) / 2, D(dbl) / 2, None if temple is None else D(temple) / 2)
    assert parse(label(size)) == size
