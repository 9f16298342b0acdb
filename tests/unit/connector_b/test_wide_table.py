"""Sheets of which a table of goods is only a part, or that are none."""

from __future__ import annotations

import pytest

from connector_b.rules.column_rule import ColumnRule
from connector_b.rules.mapping import Mapping
from connector_b.rules.problem import Code
from tests.unit.connector_b.rows import header

CODE_AND_PRICE = Mapping(
    columns=(ColumnRule("supplier_code", source="Артикул"), ColumnRule("cost", source="Цена"))
)


def test_two_tables_side_by_side_are_told() -> None:
    bound = CODE_AND_PRICE.bind(header("Артикул", "Цена", "", "Артикул", "Цена"))
    (problem,) = bound.problems
    assert problem.code is Code.TABLES_BESIDE
    assert problem.params == {"columns": ["Артикул", "Цена"]}
    # The left half may be imported all the same.
    assert bound.usable
    assert bound.positions == {"supplier_code": 0, "cost": 1}


@pytest.mark.parametrize(
    "names",
    [
        ("Артикул", "Цена", "Цена"),
        ("Артикул", "Цена", "Опт", "РРЦ", "Опт", "РРЦ"),
        ("Артикул", "Цена", "", "", ""),
    ],
)
def test_a_name_that_comes_twice_makes_no_second_table(names: tuple[str, ...]) -> None:
    assert not CODE_AND_PRICE.bind(header(*names)).problems


NAME_ALONE = Mapping(columns=(ColumnRule("name", source="Линза"),))
LENS_ALONE = Mapping(columns=(ColumnRule("lens_name", source="Линза"),))


@pytest.mark.parametrize(
    "names",
    [
        ("Линза", "Без покрытия", "HMC", "SHMC"),
        ("Линза", "1.5", "1,56", "1.67", "1.74"),
        ("Линза", "1.5 / HMC", "1.5 / SHMC", "1.6 / HMC"),
        ("Линза", "Индекс 1.56", "Индекс 1.6"),
    ],
)
@pytest.mark.parametrize("mapping", [NAME_ALONE, LENS_ALONE])
def test_a_table_of_prices_by_coating_is_called_so(
    mapping: Mapping, names: tuple[str, ...]
) -> None:
    bound = mapping.bind(header(*names))
    (problem,) = bound.problems
    assert problem.code is Code.PRICES_BY_KIND
    assert problem.params == {"columns": list(names[1:])}
    assert not bound.usable


def test_whoever_takes_one_of_its_columns_as_the_price_may() -> None:
    rules = (*LENS_ALONE.columns, ColumnRule("cost", source="HMC"))
    assert Mapping(columns=rules).bind(header("Линза", "HMC", "SHMC")).usable


def test_a_column_of_coatings_makes_no_such_table() -> None:
    names = header("Линза", "Покрытие", "Индекс", "AR")
    assert not LENS_ALONE.bind(names).problems
    (problem,) = NAME_ALONE.bind(names).problems
    assert problem.code is Code.KEY_NOT_MAPPED
