"""A shelf is filled up once it runs below its minimum."""

from decimal import Decimal

from optics_core.rules.stock_level import to_order

D = Decimal


def test_enough_is_not_ordered() -> None:
    assert to_order(D(2), D(2), D(6)) == 0
    assert to_order(D(9), D(2), D(6)) == 0
    assert to_order(D(0), D(0), D(0)) == 0


def test_below_the_minimum_it_is_filled_up_to_the_maximum() -> None:
    assert to_order(D(1), D(2), D(6)) == 5
    assert to_order(D(-1), D(2), D(6)) == 7


def test_what_is_on_its_way_is_not_ordered_again() -> None:
    ordered = to_order(D(1), D(2), D(6))
    assert to_order(D(1) + ordered, D(2), D(6)) == 0


def test_a_maximum_below_the_minimum_counts_as_the_minimum() -> None:
    assert to_order(D(1), D(2), D(0)) == 1
