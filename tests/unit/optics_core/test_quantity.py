from __future__ import annotations

from decimal import Decimal

import pytest

from optics_core.rules.quantity import QUANTITIES
from optics_core.rules.step import on_step

# Limits of section 2 of the domain reference; where the usual range of the issue is another,
# the issue's.
EXPECTED = {
    "sph": ("0.25", ("-20", "20"), ("-45", "45")),
    "cyl": ("0.25", ("-6", "0"), ("-25", "25")),
    "axis": ("1", None, ("1", "180")),
    "add": ("0.25", ("0.75", "4"), ("0.25", "6")),
    "prism_h": ("0.25", ("0", "6"), ("0", "30")),
    "prism_v": ("0.25", ("0", "6"), ("0", "30")),
    "pd": ("0.5", ("56", "72"), ("40", "80")),
    "pd_mono": ("0.5", ("26", "38"), ("18", "42")),
    "pd_near": ("0.5", ("51", "70"), ("35", "80")),
    "roc": ("0.5", ("51", "72"), ("30", "90")),
    "vertex": ("0.5", ("10", "16"), ("5", "25")),
    "height": ("0.5", ("14", "32"), ("5", "45")),
    "acuity": ("0.005", ("0.01", "2"), ("0", "3")),
    "index": ("0.001", ("1.49", "1.9"), ("1.45", "1.95")),
    "cl_bc": ("0.05", ("8", "9.2"), ("5", "10")),
    "cl_dia": ("0.1", ("13", "15"), ("7", "24")),
    "cl_power": ("0.25", ("-20", "20"), ("-45", "45")),
    "tilt": ("1", ("0", "15"), ("-5", "30")),
    "wrap": ("1", ("0", "15"), ("-5", "30")),
}


def decimals(texts):
    return None if texts is None else tuple(Decimal(text) for text in texts)


def test_every_quantity_of_the_reference_is_there_and_no_other():
    assert set(QUANTITIES) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_quantity_has_the_limits_of_the_reference(name):
    step, usual, physical = EXPECTED[name]
    quantity = QUANTITIES[name]
    assert quantity.name == name
    assert quantity.step == Decimal(step)
    assert quantity.usual == decimals(usual)
    assert quantity.physical == decimals(physical)


@pytest.mark.parametrize("quantity", QUANTITIES.values(), ids=list(QUANTITIES))
def test_what_is_usual_is_possible(quantity):
    low, high = quantity.physical
    usual_low, usual_high = quantity.usual or quantity.physical
    assert low <= usual_low < usual_high <= high


@pytest.mark.parametrize("quantity", QUANTITIES.values(), ids=list(QUANTITIES))
def test_every_limit_can_itself_be_typed(quantity):
    limits = quantity.physical + (quantity.usual or ())
    assert all(on_step(limit, quantity.step) for limit in limits)


def test_only_powers_that_suppliers_make_in_eighths_have_a_fine_step():
    fine = {name for name, quantity in QUANTITIES.items() if quantity.fine_step}
    assert fine == {"sph", "cyl"}
    assert QUANTITIES["sph"].fine_step == QUANTITIES["cyl"].fine_step == Decimal("0.125")
