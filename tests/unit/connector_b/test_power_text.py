"""Powers and ranges of powers as suppliers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.finding import Finding
from connector_b.rules.number_format import NumberFormat
from connector_b.rules.power_text import eighth, read_power
from connector_b.rules.problem import Code

D = Decimal
AUTO = NumberFormat()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-2.25", "-2.25"),
        ("−2,25", "-2.25"),
        ("+2.00 D", "2.00"),
        ("sph -2,00", "-2.00"),
        ("2.125", "2.125"),
        ("-1,375", "-1.375"),
        ("PL", "0"),
        ("пл.", "0"),
        ("±0", "0"),
    ],
)
def test_one_power(text: str, value: str) -> None:
    assert read_power(text, AUTO) == D(value)


@pytest.mark.parametrize("text", ["", "-", "нет", "ds"])
def test_nothing_said_is_no_power(text: str) -> None:
    assert read_power(text, AUTO) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("-6.00…+4.00", "-6", "4"),
        ("-6,00 ... +4,00", "-6", "4"),
        ("-6.00..+4.00", "-6", "4"),
        ("от -6 до +4", "-6", "4"),
        ("от 0 до -6,00", "-6", "0"),
        ("0.00 - -4.00", "-4", "0"),
        ("0.00/-2.00", "-2", "0"),
        ("-0,25 по -2,12", "-2.125", "-0.25"),
        ("до -2.00", "-2", "0"),
        ("до +4", "0", "4"),
        ("±6.00", "-6", "6"),
        ("+/-6", "-6", "6"),
        ("from -6 to +4 D", "-6", "4"),
    ],
)
def test_a_range_has_its_lower_end_first(text: str, low: str, high: str) -> None:
    found = read_power(text, AUTO)
    assert isinstance(found, Finding)
    assert (found.code, found.span) == (None, (D(low), D(high)))


@pytest.mark.parametrize("text", ["20%", "2 руб", "abc", "2 3", "1" * 200])
def test_what_is_no_power_is_refused(text: str) -> None:
    found = read_power(text, AUTO)
    assert isinstance(found, Finding)
    assert found.code is Code.NOT_A_NUMBER


@given(st.integers(-240, 240))
def test_eighths_cut_or_rounded_are_eighths(count: int) -> None:
    power = D(count) / 8
    assert eighth(power) == power
    assert eighth(D(f"{power:.2f}")) == power
    assert eighth(power.quantize(D("0.01"), "ROUND_DOWN")) == power
