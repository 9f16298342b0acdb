from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.lens_supply import SUPPLIES, in_hand, of_eye, of_job


@pytest.mark.parametrize(
    ("from_stock", "ordered", "received", "supply"),
    [
        (False, False, False, "to_order"),
        (False, True, False, "ordered"),
        (False, True, True, "arrived"),
        (True, False, False, "stock"),
    ],
)
def test_where_the_lens_of_an_eye_is(from_stock, ordered, received, supply):
    assert of_eye(from_stock=from_stock, ordered=ordered, received=received) == supply


def test_nothing_is_received_that_was_not_ordered():
    assert of_eye(from_stock=False, ordered=False, received=True) == "to_order"


def test_a_job_without_lenses_waits_for_none():
    assert of_job([]) is None
    assert not in_hand(None)


@given(st.lists(st.sampled_from(SUPPLIES), min_size=1, max_size=2))
def test_a_job_waits_for_the_later_of_its_lenses(supplies):
    job = of_job(supplies)
    assert job in supplies
    assert all(SUPPLIES.index(job) <= SUPPLIES.index(each) for each in supplies)
    assert in_hand(job) == all(map(in_hand, supplies))
