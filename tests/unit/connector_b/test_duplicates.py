"""Two rows with one key inside one file."""

from __future__ import annotations

import tracemalloc
from decimal import Decimal

from connector_b.rules.duplicates import Duplicates
from connector_b.rules.problem import Code, Problem
from connector_b.rules.record import Record

KEYS = ("barcode", "supplier_code")


def found(*rows: dict, keys: tuple[str, ...] = KEYS) -> list[tuple[Problem, ...]]:
    duplicates = Duplicates(keys)
    return [duplicates.problems_of(Record(number, dict(row))) for number, row in enumerate(rows, 2)]


def codes(*rows: dict, **more) -> list[list[Code]]:
    return [[problem.code for problem in problems] for problems in found(*rows, **more)]


def test_the_later_row_is_refused_with_the_number_of_the_first() -> None:
    problems = found(
        {"barcode": "1", "cost": Decimal(5)},
        {"barcode": "2", "cost": Decimal(5)},
        {"barcode": "1", "cost": Decimal(6)},
        {"barcode": "1", "cost": Decimal(7)},
    )
    assert [len(each) for each in problems] == [0, 0, 1, 1]
    (problem,) = problems[2]
    assert (problem.code, problem.target, problem.value) == (Code.DUPLICATE_IN_FILE, "barcode", "1")
    assert problem.params == {"key": "barcode", "first_row": 2}
    assert problem.refuses
    assert problems[3][0].params["first_row"] == 2


def test_a_row_that_says_the_very_same_is_a_warning() -> None:
    row = {"supplier_code": "RB1", "cost": Decimal(5)}
    (problem,) = found(row, row)[1]
    assert (problem.code, problem.params) == (Code.DUPLICATE_IDENTICAL, {"first_row": 2})
    assert not problem.refuses
    # The same as the first, not as the one between.
    other = {"supplier_code": "RB1", "cost": Decimal(6)}
    assert codes(row, other, other, row) == [
        [],
        [Code.DUPLICATE_IN_FILE],
        [Code.DUPLICATE_IN_FILE],
        [Code.DUPLICATE_IDENTICAL],
    ]


def test_the_first_of_rows_that_contradict_each_other_is_known() -> None:
    duplicates = Duplicates(KEYS)
    rows = [("1", 5), ("1", 5), ("2", 5), ("2", 6), ("3", 5)]
    for number, (barcode, cost) in enumerate(rows, 2):
        duplicates.problems_of(Record(number, {"barcode": barcode, "cost": Decimal(cost)}))
    assert duplicates.contradicted == {4}


def test_one_article_of_two_barcodes_is_two_colours() -> None:
    assert codes(
        {"barcode": "1", "supplier_code": "RB1"},
        {"barcode": "2", "supplier_code": "RB1"},
        {"barcode": "3", "supplier_code": "RB1"},
    ) == [[], [], []]


def test_an_article_alone_that_another_row_has_is_its_product() -> None:
    with_barcode = {"barcode": "1", "supplier_code": "RB1"}
    alone = {"supplier_code": "RB1"}
    assert codes(with_barcode, alone) == [[], [Code.DUPLICATE_IN_FILE]]
    assert codes(alone, with_barcode) == [[], [Code.DUPLICATE_IN_FILE]]


def test_a_barcode_is_never_shared_even_where_it_is_no_key() -> None:
    one, other = {"supplier_code": "A", "barcode": "1"}, {"supplier_code": "B", "barcode": "1"}
    assert codes(one, other, keys=("supplier_code",)) == [[], [Code.DUPLICATE_BARCODE]]
    assert codes(one, other, keys=("supplier_code", "barcode")) == [[], [Code.DUPLICATE_BARCODE]]
    problems = found(one, other, keys=("supplier_code",))[1]
    assert problems[0].params == {"first_row": 2}


def test_a_row_without_a_key_is_no_duplicate() -> None:
    assert codes({"name": "a"}, {"name": "a"}, {"barcode": ""}, {"barcode": ""}) == [[]] * 4


def test_of_several_reasons_one_is_said() -> None:
    row = {"barcode": "1", "supplier_code": "RB1"}
    assert [len(each) for each in found(row, {**row, "name": "b"})] == [0, 1]


def test_a_hundred_thousand_rows_cost_a_few_megabytes() -> None:
    duplicates = Duplicates(KEYS)
    tracemalloc.start()
    for number in range(20_000):
        values = {"barcode": f"46000{number:08d}", "supplier_code": f"RB-{number}"}
        duplicates.problems_of(Record(number, values))
    kept, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 20_000 * 500


def test_a_barcode_with_its_leading_zero_is_the_same_barcode() -> None:
    assert codes({"barcode": "712901000026"}, {"barcode": "0712901000026"})[1] == [
        Code.DUPLICATE_IN_FILE
    ]
