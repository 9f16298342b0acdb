from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from optics_core.rules.lens_range import LIMITS, LensRange, fits
from optics_core.rules.transposition import transpose
from tests.unit.optics_core.powers import power, prescriptions, steps


def numbers(**texts):
    return {name: Decimal(text) for name, text in texts.items()}


STOCK = LensRange(**numbers(sph_min="-6", sph_max="4", cyl_min="-2", cyl_max="0", diameter="70"))
# The same lenses as a supplier with plus cylinders lists them would be another table; this is
# simply his.
PLUS = LensRange(**numbers(sph_min="-6", sph_max="4", cyl_min="0", cyl_max="2", diameter="70"))
PROGRESSIVE = LensRange(
    **numbers(
        sph_min="-8",
        sph_max="6",
        cyl_min="-4",
        cyl_max="0",
        add_min="0.75",
        add_max="3.5",
        diameter="75",
        prism_max="4",
    )
)


@pytest.mark.parametrize(
    ("row", "wanted", "failed"),
    [
        (STOCK, power("-2", "-1", 20), []),
        (STOCK, power("-6", "-2", 180), []),
        (STOCK, power("4"), []),
        (STOCK, power("-6.25"), ["sph"]),
        (STOCK, power("4.25", "-0.25", 5), ["sph"]),
        (STOCK, power("0", "-2.25", 5), ["cyl"]),
        (STOCK, power("5", "-3", 5, "2"), ["sph", "cyl", "add"]),
        (STOCK, power("-2.125"), ["step"]),
        (STOCK, power("-2", "-0.125", 5), ["step"]),
        (STOCK, power(), ["sph"]),
        (PROGRESSIVE, power("-2", "-1", 20, "2"), []),
        (PROGRESSIVE, power("-2", "-1", 20), ["add"]),
        (PROGRESSIVE, power("-2", "-1", 20, "3.75"), ["add"]),
        (PROGRESSIVE, power("-2", "-1", 20, "0.50"), ["add"]),
    ],
)
def test_the_limits_that_failed_are_named(row, wanted, failed):
    assert fits(row, wanted) == failed


def test_a_power_is_looked_up_in_the_sign_of_the_row():
    # -2.00 +1.00 is in the supplier's table; as -1.00 -1.00 its cylinder would not be.
    assert fits(PLUS, power("-1", "-1", 20)) == []
    # The sphere that counts is the one in the row's sign: 5.00 there, 3.00 here.
    assert fits(PLUS, power("5", "-2", 20)) == []
    assert fits(STOCK, power("5", "-2", 20)) == ["sph"]


def test_a_row_with_any_plus_in_its_cylinders_is_a_plus_row():
    weak = replace(PLUS, cyl_max=Decimal("0.25"))
    assert weak.in_plus_cylinder
    assert fits(weak, power("0", "-0.25", 20)) == []
    assert not STOCK.in_plus_cylinder


@given(prescriptions())
def test_the_notation_of_a_prescription_never_matters(wanted):
    for row in (STOCK, PLUS, PROGRESSIVE):
        assert fits(row, wanted) == fits(row, transpose(wanted))


@pytest.mark.parametrize(
    ("blank", "failed"), [("69.5", []), ("70", []), ("70.5", ["diameter"]), (None, [])]
)
def test_a_blank_must_be_as_large_as_the_frame_needs(blank, failed):
    minimum = None if blank is None else Decimal(blank)
    assert fits(STOCK, power("-2"), minimum_blank=minimum) == failed


def test_a_row_without_a_diameter_is_made_as_large_as_needed():
    made = replace(STOCK, diameter=None)
    assert fits(made, power("-2"), minimum_blank=Decimal(90)) == []


@pytest.mark.parametrize(
    ("row", "prism", "failed"),
    [
        (STOCK, None, []),
        (STOCK, "0", []),
        (STOCK, "0.25", ["prism"]),
        (PROGRESSIVE, "4", []),
        (PROGRESSIVE, "4.25", ["prism"]),
    ],
)
def test_a_prism_needs_a_row_that_has_it(row, prism, failed):
    add = "2" if row is PROGRESSIVE else None
    wanted = Decimal(prism) if prism is not None else None
    assert fits(row, power("-2", add=add), wanted) == failed


def test_all_that_failed_is_said_at_once_and_in_order():
    wanted = power("-9.125", "-5.125", 20, "4")
    assert fits(PROGRESSIVE, wanted, Decimal(5), Decimal(80)) == list(LIMITS)


@given(prescriptions(), steps(0, 2))
def test_a_wider_row_never_fits_less(wanted, wider):
    more = replace(
        STOCK,
        sph_min=STOCK.sph_min - wider,
        sph_max=STOCK.sph_max + wider,
        cyl_min=STOCK.cyl_min - wider,
    )
    assert set(fits(more, wanted)) <= set(fits(STOCK, wanted))
