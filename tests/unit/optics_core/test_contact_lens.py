from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.contact_lens import (
    DIAMETER_TOLERANCE,
    RADIUS_TOLERANCE,
    check,
    in_series,
    power_tolerance,
    snap,
)
from optics_core.rules.problem import Problem

powers = st.integers(-4500, 4500).map(lambda count: Decimal(count) / 100)


def series() -> list[Decimal]:
    """The table of GOST 31586-2012 written out, to -45 and +45."""
    near = [Decimal(count) / 4 for count in range(25)]
    middle = [Decimal(count) / 2 for count in range(13, 26)]
    far = [Decimal(count) for count in range(13, 46)]
    positive = near + middle + far
    return sorted({sign * power for power in positive for sign in (1, -1)})


SERIES = series()


@given(powers)
def test_a_power_is_in_the_series_exactly_when_the_table_has_it(power):
    assert in_series(power) == (power in SERIES)


@given(powers)
def test_a_power_snaps_to_the_nearest_of_the_table(power):
    snapped = snap(power)
    assert snapped in SERIES
    assert abs(snapped - power) == min(abs(each - power) for each in SERIES)


@pytest.mark.parametrize(
    ("power", "snapped"),
    [
        ("-5.90", "-6.00"),
        ("-6.10", "-6.00"),
        ("6.25", "6.50"),
        ("-6.25", "-6.50"),
        ("-12.60", "-12.50"),
        ("12.75", "13.00"),
        ("-12.75", "-13.00"),
        ("13.49", "13.00"),
        ("0.125", "0.25"),
        ("-20.50", "-21.00"),
    ],
)
def test_a_power_between_two_of_the_series_snaps_away_from_zero(power, snapped):
    assert snap(Decimal(power)) == Decimal(snapped)


@pytest.mark.parametrize(
    ("power", "tolerance"),
    [
        ("0", "0.125"),
        ("-6.00", "0.125"),
        ("6.50", "0.25"),
        ("-12.50", "0.25"),
        ("13.00", "0.50"),
        ("-20.00", "0.50"),
        ("-25.00", "0.50"),
    ],
)
def test_each_band_has_its_tolerance(power, tolerance):
    assert power_tolerance(Decimal(power)) == Decimal(tolerance)


def test_diameter_and_radius_have_theirs():
    assert (Decimal("0.3"), Decimal("0.1")) == (DIAMETER_TOLERANCE, RADIUS_TOLERANCE)


def test_a_power_off_the_series_is_named_with_what_there_is_instead():
    assert check("os", Decimal("-6.25")) == [
        Problem(
            "off_series",
            "cl_power",
            "os",
            Decimal("-6.25"),
            low=Decimal("-6.50"),
            high=Decimal("-6.00"),
            step=Decimal("0.50"),
        )
    ]
    assert check("od", Decimal("12.75"))[0].low == Decimal("12.50")
    assert check("od", Decimal("12.75"))[0].high == Decimal("13.00")


@given(powers)
def test_only_what_is_off_the_series_is_a_problem(power):
    assert bool(check("od", power)) != in_series(power)


def test_an_unmeasured_power_is_no_problem():
    assert check("od", None) == []
