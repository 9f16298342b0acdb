"""What the mapping screen shows of a file: raw cells, what they are read as, what is wrong."""

from connector_b.rules.column_rule import By, ColumnRule
from connector_b.rules.header import Header
from connector_b.rules.mapping import Mapping
from connector_b.rules.sample_view import SHOWN, goods_of, view
from connector_b.rules.source import SourceRow

HEADER = Header(1, 1, ("Код", "Имя", "Цена", ""))
MAPPING = Mapping(
    columns=(
        ColumnRule("supplier_code", source="Код"),
        ColumnRule("name", source="Имя"),
        ColumnRule("cost", source="Цена"),
        ColumnRule("list_price", By.EXPRESSION, expression="cost * 2"),
    ),
    keys=("supplier_code",),
)


def rows(*prices: object) -> list[SourceRow]:
    return [
        SourceRow(number, (f"A{number}", f"Оправа {number}", price, "x"))  # type: ignore[arg-type]
        for number, price in enumerate(prices, start=2)
    ]


def test_each_cell_is_shown_as_it_stands_and_as_it_is_read() -> None:
    seen = view(MAPPING, HEADER, rows("1 250,50"))
    price = seen.columns[2]
    assert price.target == "cost"
    assert (price.cells[0].raw, price.cells[0].value) == ("1 250,50", "1250.5")


def test_a_column_without_a_meaning_is_shown_raw() -> None:
    column = view(MAPPING, HEADER, rows(1)).columns[3]
    assert (column.label, column.named, column.target) == ("D", False, None)
    assert (column.cells[0].raw, column.cells[0].value) == ("x", "")


def test_what_is_computed_is_shown_beside_the_columns() -> None:
    (cell,) = view(MAPPING, HEADER, rows(100)).computed["list_price"]
    assert cell.value == "200"


def test_what_is_wrong_stands_in_its_cell_and_is_counted() -> None:
    seen = view(MAPPING, HEADER, rows(100, "много", "дорого"))
    price = seen.columns[2]
    assert price.bad == 2
    assert [len(cell.problems) for cell in price.cells] == [0, 1, 1]
    assert (seen.good, seen.refused, seen.skipped) == (1, 2, 0)


def test_rows_of_goods_come_before_those_that_are_left_out() -> None:
    groups = [SourceRow(number, (f"Бренд {number}", None, None, None)) for number in (2, 3, 4)]
    goods = [SourceRow(row.number + 3, row.cells) for row in rows(*[100] * 6)]
    seen = view(MAPPING, HEADER, groups + goods)
    assert [row.number for row in seen.rows] == [5, 6, 7, 8, 9]
    assert seen.skipped == 3
    few = view(MAPPING, HEADER, groups + goods[:3])
    assert [row.number for row in few.rows] == [2, 3, 5, 6, 7]


def test_a_column_with_nothing_in_it_is_empty_unless_it_has_a_name() -> None:
    header = Header(1, 1, ("Код", "Имя", "Цена", "", "Склад"))
    bare = [SourceRow(2, ("A2", "Оправа", 100, None, None))]
    columns = view(MAPPING, header, bare).columns
    assert [column.empty for column in columns] == [False, False, False, True, False]


def test_bad_rows_further_down_take_the_place_of_good_ones() -> None:
    seen = view(MAPPING, HEADER, rows(*[100] * 20, "много"))
    assert [row.number for row in seen.rows] == [2, 3, 4, 5, 22]
    assert len(seen.rows) == SHOWN
    assert seen.rows[-1].refused


def test_rows_that_are_no_goods_are_shown_as_left_out() -> None:
    group = SourceRow(2, ("Ray-Ban",))
    seen = view(MAPPING, HEADER, [group, *rows(1, 2)[1:]])
    assert seen.rows[0].skipped
    assert seen.skipped == 1


def test_a_column_the_file_does_not_have_is_a_problem_of_the_file() -> None:
    mapping = Mapping(columns=(ColumnRule("name", source="Товар"),), keys=("name",))
    assert [each.target for each in view(mapping, HEADER, rows(1)).problems] == ["name"]


def test_what_a_file_lists_is_told_by_its_columns() -> None:
    def listed(*targets: str) -> str:
        return goods_of(Mapping(columns=tuple(ColumnRule(each, source=each) for each in targets)))

    assert listed("name", "list_price") == "product"
    assert listed("frame_model", "frame_size") == "frame"
    assert listed("lens_name", "sph", "cyl") == "lens"
    assert goods_of(Mapping(grid="supplier_price")) == "lens"
