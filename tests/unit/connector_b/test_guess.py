"""What a column is, by its header and by its data."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.barcode import check_digit
from connector_b.rules.column_rule import By
from connector_b.rules.guess import APPLIED, LEAST, ColumnGuess, guess
from connector_b.rules.header import Header
from connector_b.rules.number_format import NumberFormat
from connector_b.rules.number_guess import guess_fraction, guess_number_format
from connector_b.rules.proposal import find_groups, propose
from connector_b.rules.source.source import SourceRow
from tests.unit.connector_b.rows import header, sheet


def ean(number: int) -> str:
    body = f"460{number:09d}"
    return body + check_digit(body)


def column(name: str, *cells) -> ColumnGuess:
    """The guess of one column; an article beside it keeps the rows rows."""
    rows = sheet(*[(f"RB-{n}", cell) for n, cell in enumerate(cells)], first=2)
    return guess(header("Артикул", name), rows)[1]


POWERS = ("-2,25", "+1,00", "-0,50", "0,00", "+3,75")
PRICES = (1250.5, 990, 12_400.9, 560, 3_200)


def test_a_name_that_the_data_agree_with_is_sure() -> None:
    found = column("Штрихкод", *map(ean, range(5)))
    assert (found.target, found.confidence >= 0.95) == ("barcode", True)
    assert found.why == ("name", "check_digits")
    assert column("Цена", *PRICES).confidence > 0.9
    assert column("Модель", "RB5154", "RB2140").why == ("name", "data_agrees")


def test_a_name_that_the_data_contradict_is_offered_and_not_applied() -> None:
    for name, cells in (
        ("Цена", ("чёрный", "синий", "красный", "белый", "серый")),
        ("Штрихкод", ("ищем", "скоро", "позже")),
        ("Наименование", (1, 2, 3, 5)),
    ):
        found = column(name, *cells)
        assert LEAST <= found.confidence < APPLIED
        assert found.why == ("name", "data_contradicts")


def test_a_few_bad_cells_make_it_less_sure() -> None:
    good = column("Цена", *PRICES)
    less = column("Цена", *PRICES, "скоро будет")
    assert less.target == "supplier_price"
    assert less.confidence < good.confidence


def test_data_without_a_name_are_known_by_themselves() -> None:
    assert column("", *map(ean, range(5))).target == "barcode"
    assert column("", *map(int, map(ean, range(5)))).target == "barcode"
    assert column("", *POWERS).target == "sph"
    assert column("", 1.5, 1.56, 1.61, 1.67, 1.56).target == "index"
    assert column("", 65, 70, 70, 65, 75).target == "diameter"
    assert column("", 8.4, 8.6, 8.6, 8.8).target == "cl_bc"
    assert column("", 14.2, 14.0, 14.2).target == "cl_dia"
    assert column("", "20%", "20%", "10%").target == "vat"
    assert column("", *PRICES).target == "supplier_price"
    assert column("", "есть", "нет", "есть", "под заказ").target == "quantity"
    assert column("", "52-18-140", "54□17-145", "50/20").target == "frame_size"
    assert column("", "https://x/a.jpg", "https://x/b.jpg").target == "image"
    assert column("", "руб", "руб", "USD").target == "currency"
    assert column("", "шт", "шт.", "пара").target == "uom"
    assert column("", "Оправа Ray-Ban чёрная", "Оправа Oakley синяя", "Футляр жёсткий").target == (
        "name"
    )
    assert column("", "Ray-Ban", "Ray-Ban", "Ray-Ban", "Oakley", "Oakley", "Oakley").target == (
        "brand"
    )


def test_by_chance_right_check_digits_are_no_barcodes() -> None:
    assert column("", "4006381333931", "4006381333932", "4006381333933").target != "barcode"


def test_the_numbers_of_rows_are_no_prices() -> None:
    assert column("", *range(1, 30)).target != "supplier_price"


def test_an_empty_column_says_so() -> None:
    found = column("Примечания клерка", None, None)
    assert (found.target, found.confidence, found.why) == (None, 0.0, ("column_empty",))
    assert "column_empty" in column("РРЦ", None, None).why


def test_one_name_of_two_meanings_is_decided_by_the_data() -> None:
    assert column("Диаметр", 14.2, 14.0, 14.2).target == "cl_dia"
    assert column("Диаметр", 65, 70, 75).target == "diameter"
    assert column("Склад", 5, 3, 0).target == "quantity"
    assert column("Склад", "Москва", "Тверь", "Москва").target == "location"
    assert column("Цвет", "C1", "C2", "001").target == "frame_colour"
    assert column("Цвет", "чёрный", "синий", "золото").target == "frame_colour_name"


def test_each_target_is_given_once_to_the_surest_column() -> None:
    rows = sheet(*[("RB1", 10.5, 10.5), ("RB2", 20, 21)], first=2)
    found = guess(header("Код", "Цена", "Цена, руб"), rows)
    targets = [each.target for each in found if each.target]
    assert len(targets) == len(set(targets))


def test_a_second_price_without_a_telling_name_is_nobodys() -> None:
    """A wholesale price taken for the retail price would be sold at."""
    rows = sheet(*[(f"RB{n}", 200.5 + n, 100.5 + n) for n in range(6)], first=2)
    for names in (("Цена", "Цена с 01.12.2026"), ("Цена", "")):
        mapping, found = propose(header("Артикул", *names), rows)
        targets = [each.target for each in found]
        assert sorted(map(str, targets)) == ["None", "supplier_code", "supplier_price"]
        assert {rule.target for rule in mapping.columns} == {"supplier_code", "supplier_price"}


@pytest.mark.parametrize(
    "names",
    [
        ("Цена без НДС", "Цена с НДС"),
        ("Цена с НДС 10%", "Цена без учёта НДС"),
        ("Price excl. VAT", "Price incl. VAT"),
    ],
)
def test_of_prices_with_and_without_vat_a_person_chooses(names: tuple[str, str]) -> None:
    rows = sheet(*[(f"RB{n}", 200.5 + n, 220.5 + n) for n in range(6)], first=2)
    mapping, found = propose(header("Артикул", *names), rows)
    assert [rule.target for rule in mapping.columns] == ["supplier_code"]
    assert [each.target for each in found[1:]] == ["supplier_price", "supplier_price"]
    assert all(LEAST <= each.confidence < APPLIED for each in found[1:])
    assert all(each.why[-1] == "vat_both" for each in found[1:])


def test_a_wholesale_price_without_vat_is_no_rival_of_a_retail_price_with_it() -> None:
    rows = sheet(*[(f"RB{n}", 200.5 + n, 41.3 + n, 520.5 + n) for n in range(6)], first=2)
    mapping, _found = propose(header("Артикул", "Опт без НДС", "Сумма НДС", "РРЦ с НДС"), rows)
    assert [rule.target for rule in mapping.columns] == [
        "supplier_code",
        "supplier_price",
        "list_price",
    ]


def test_a_price_with_vat_alone_is_the_price() -> None:
    rows = sheet(*[(f"RB{n}", 200.5 + n, 20) for n in range(6)], first=2)
    for name in ("Цена с НДС", "Цена без НДС"):
        mapping, _found = propose(header("Артикул", name, "НДС, %"), rows)
        targets = [rule.target for rule in mapping.columns]
        assert targets == ["supplier_code", "supplier_price", "vat"]


def test_hints_below_the_header_are_no_data() -> None:
    rows = sheet(("Обязательное поле", "Обязательное поле"), ("RB1", 10.5), ("RB2", 20.5), first=2)
    alone = guess(header("Артикул", "Цена"), rows[1:])
    assert guess(header("Артикул", "Цена"), rows) == alone


def test_without_a_name_the_description_is_one() -> None:
    rows = sheet(*[(f"RB{n}", f"Hoya Nulux {n}", "x") for n in range(4)], first=2)
    found = guess(header("Item No", "Description", ""), rows)
    assert (found[1].target, found[1].why[-1]) == ("name", "data_decides")
    found = guess(header("Item No", "Description", "Name"), rows)
    assert found[1].target == "description"


def test_of_dated_prices_none_is_applied() -> None:
    rows = sheet(*[(f"RB{n}", 200.5 + n, 300.5 + n) for n in range(6)], first=2)
    names = header("Артикул", "Цена до 30.11.2026", "Цена с 01.12.2026")
    mapping, _found = propose(names, rows)
    assert [rule.target for rule in mapping.columns] == ["supplier_code"]
    one = header("Артикул", "Цена на 01.12.2026", "Вес")
    assert [rule.target for rule in propose(one, rows)[0].columns] == [
        "supplier_code",
        "supplier_price",
    ]


def test_a_retail_price_in_roubles_beside_rows_that_say_their_currency() -> None:
    rows = sheet(*[(f"RB{n}", 20.5, "EUR", 9990) for n in range(6)], first=2)
    names = header("Артикул", "Wholesale price", "Currency", "Retail price, RUB")
    mapping, _found = propose(names, rows)
    assert mapping.currency == ""
    assert mapping.converted_targets() == {"list_price"}


def test_a_promotion_is_no_price_of_every_day() -> None:
    assert column("Акционная цена", *PRICES).target is None or (
        column("Акционная цена", *PRICES).why == ("prices",)
    )
    assert column("Старая цена", *PRICES).confidence < APPLIED


@pytest.mark.parametrize(
    "name", ["Кол-во в уп.", "Кол-во в упаковке", "Вес, г", "В пути", "Резерв"]
)
def test_pieces_in_a_box_are_no_stock(name: str) -> None:
    found = column(name, 30, 30, 30, 10)
    assert found.target != "quantity" or found.confidence < APPLIED


def test_a_stock_of_ones_and_noughts_is_less_sure() -> None:
    rows = sheet(*[(f"RB{n}", n % 2, n * 3) for n in range(12)], first=2)
    found = guess(header("Артикул", "Наличие", "Запасы"), rows)
    assert [each.target for each in found] == ["supplier_code", None, "quantity"]


def test_codes_with_zeros_in_front_are_codes() -> None:
    rows = sheet(*[(f"{n:06d}", n % 7, f"{n * 100},00") for n in range(1, 20)], first=1)
    mapping, found = propose(Header(0, 0, ("", "", "")), rows)
    assert found[0].target == "supplier_code"
    assert {rule.target: rule.source for rule in mapping.columns} == {
        "supplier_code": "A",
        "supplier_price": "C",
    }


def test_what_is_hardly_likely_is_offered_and_not_applied() -> None:
    rows = sheet(("RB1", 5), ("RB2", 17), ("RB3", 12), first=2)
    mapping, found = propose(header("Артикул", ""), rows)
    assert found[1].target is not None
    assert found[1].confidence < APPLIED
    assert [rule.target for rule in mapping.columns] == ["supplier_code"]


@pytest.mark.parametrize(
    ("name", "factor"),
    [
        ("Цена за 1000 шт., руб.", "0.001"),
        ("Цена, руб. за тыс. шт", "0.001"),
        ("Цена за пару", "0.5"),
        ("Цена за 1 шт., руб.", None),
        ("Цена", None),
    ],
)
def test_a_price_for_many_pieces_is_that_of_one(name: str, factor: str | None) -> None:
    rows = sheet(("RB1", 3951.5), ("RB2", 4200.5), first=2)
    mapping, found = propose(header("Артикул", name), rows)
    assert mapping.columns[1].target == "supplier_price"
    assert mapping.columns[1].factor == (None if factor is None else Decimal(factor))
    assert ("per_pieces" in found[1].why) == (factor is not None)


def test_a_blank_of_two_diameters_is_no_frame() -> None:
    assert column("Диаметр", "65/70", "70/75", "65/70").target == "diameter"


def test_numbers_are_no_coating() -> None:
    assert column("Покрытие", 2000, 2500, 3000.5).target != "coating"


def test_a_named_column_of_numbers_is_no_retail_price() -> None:
    rows = sheet(*[(f"RB{n}", 100.5 + n, 300.5 + n) for n in range(6)], first=2)
    found = guess(header("Артикул", "Цена", "Вес"), rows)
    assert found[2].target is None


def test_beside_a_base_curve_a_sphere_is_a_contact_lens() -> None:
    rows = sheet(*[("A1", 8.6, 14.2, power) for power in POWERS], first=2)
    found = guess(header("Код", "BC", "DIA", "Sph"), rows)
    assert [each.target for each in found[1:]] == ["cl_bc", "cl_dia", "cl_power"]


def test_every_column_has_a_guess_and_the_confidence_is_a_share() -> None:
    rows = sheet(("RB1", None, 5, "за краем"), first=2)
    found = guess(header("Артикул", "Годен до", "Цена"), rows)
    assert [each.index for each in found] == [0, 1, 2, 3]
    assert [each.header for each in found] == ["Артикул", "Годен до", "Цена", ""]
    assert all(0 <= each.confidence < 1 for each in found)
    assert all(each.confidence >= LEAST for each in found if each.target)


def test_rows_above_the_header_are_not_asked() -> None:
    rows = [SourceRow(1, ("текст", "текст")), SourceRow(4, ("RB1", 5.5)), SourceRow(5, ("B", 9.5))]
    assert guess(Header(3, 3, ("Артикул", "Цена")), rows)[1].why == ("name", "data_agrees")


cells = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=10), st.booleans())


@given(
    st.lists(st.sampled_from(["", "Цена", "Артикул", "SPH", "Цвет"]), max_size=5),
    st.lists(st.lists(cells, max_size=6), max_size=8),
)
def test_no_sheet_makes_it_fail(names: list[str], rows: list[list]) -> None:
    mapping, found = propose(header(*names), sheet(*rows, first=2))
    targets = [each.target for each in found if each.target]
    assert len(targets) == len(set(targets))
    applied = [each for each in found if each.target and each.confidence >= APPLIED]
    assert len(mapping.columns) in (len(applied), 0 if mapping.grid else len(applied))


def test_the_signs_of_numbers_are_seen_in_texts() -> None:
    assert guess_number_format(["12,5", "1 250,00"]) == NumberFormat(",", " ")
    assert guess_number_format(["12.5", "1250.55"]) == NumberFormat(".")
    assert guess_number_format(["1.234,50", "5"]) == NumberFormat(",", ".")
    assert guess_number_format(["1,234.50"]) == NumberFormat(".", ",")
    assert guess_number_format(["1'234.50"]) == NumberFormat(".", "'")
    assert guess_number_format(["1.234.567"]) == NumberFormat(",", ".")
    assert guess_number_format(["1 234 567"]) == NumberFormat("auto", " ")
    assert guess_number_format(["0.125", "1250.125"]) == NumberFormat(".")
    assert guess_number_format(["1.234", "текст", 5, 5.5, None]) == NumberFormat()
    assert guess_number_format([]) == NumberFormat()
    assert guess_number_format(["12,50 руб."]) == NumberFormat(",")
    assert guess_number_format(["12,5", "12.5"]) == NumberFormat()
    assert guess_number_format(["12,5"] * 9 + ["12.5"]) == NumberFormat(",")


def test_fractions_of_one_are_percentages_only_without_a_whole_number() -> None:
    assert guess_fraction([0.2, 0.1, 0])
    assert not guess_fraction([0.2, 20])
    assert not guess_fraction([0, 0])
    assert not guess_fraction(["20%"])
    assert not guess_fraction([])


FRAMES = sheet(
    ("Оправы",),
    ("Ray-Ban",),
    ("RB1", ean(1), "Оправа RB 1", "10,50 $", "2 000,00 руб."),
    ("RB2", ean(2), "Оправа RB 2", "11,50 $", "2 100,00 руб."),
    ("Oakley",),
    ("OX1", ean(3), "Оправа OX 1", "12,50 $", "2 300,00 руб."),
    first=2,
)
NAMES = header("Артикул", "EAN", "Наименование", "Опт, $", "РРЦ, руб.")


def test_a_whole_mapping_is_proposed() -> None:
    mapping, found = propose(NAMES, FRAMES)
    assert [(rule.target, rule.by, rule.source) for rule in mapping.columns] == [
        ("supplier_code", By.NAME, "Артикул"),
        ("barcode", By.NAME, "EAN"),
        ("name", By.NAME, "Наименование"),
        ("supplier_price", By.NAME, "Опт, $"),
        ("list_price", By.NAME, "РРЦ, руб."),
    ]
    assert mapping.keys == ("barcode", "supplier_code")
    assert mapping.group_target == "category,brand"
    assert mapping.number == NumberFormat(",", " ")
    assert mapping.currency == "USD"
    assert mapping.converted_targets() == {"list_price"}
    assert len(found) == 5
    bound = mapping.bind(NAMES)
    assert bound.usable
    records = [record for row in FRAMES if (record := bound.record(row))]
    assert [record.values["brand"] for record in records] == ["Ray-Ban", "Ray-Ban", "Oakley"]
    assert {record.values["category"] for record in records} == {"Оправы"}
    assert not any(record.problems for record in records)


def test_names_alone_in_rows_are_brands_or_categories() -> None:
    groups = find_groups(NAMES, FRAMES, guess(NAMES, FRAMES))
    assert groups is not None
    assert (groups.count, groups.target) == (3, "category,brand")
    assert groups.examples == ("Оправы", "Ray-Ban", "Oakley")
    brands = find_groups(NAMES, FRAMES[1:], guess(NAMES, FRAMES))
    assert brands is not None
    assert brands.target == "brand"
    lenses = sheet(("Линзы",), *[row.cells for row in FRAMES if len(row.cells) > 1], first=2)
    groups = find_groups(NAMES, lenses, guess(NAMES, lenses))
    assert groups is not None
    assert groups.target == "category"
    plain = [row for row in FRAMES if len(row.cells) > 1]
    assert find_groups(NAMES, plain, guess(NAMES, plain)) is None


def test_a_brand_of_which_nothing_is_left_is_no_category() -> None:
    goods = [row.cells for row in FRAMES if len(row.cells) > 1]
    rows = sheet(("Ray-Ban",), goods[0], ("Vogue",), ("Oakley",), *goods[1:], first=2)
    groups = find_groups(NAMES, rows, guess(NAMES, rows))
    assert groups is not None
    assert groups.target == "brand"


def test_a_column_without_a_name_is_mapped_by_its_position() -> None:
    mapping, _found = propose(header("Артикул", ""), sheet(("A1", ean(1)), ("A2", ean(2)), first=2))
    assert (mapping.columns[1].by, mapping.columns[1].source) == (By.POSITION, "B")


def test_a_column_written_in_another_way_has_its_own_format() -> None:
    rows = sheet(*[(f"RB{n}", f"{n}0,55", f"{n}1,75", f"{n}2.{n}5") for n in range(1, 7)], first=2)
    mapping, _found = propose(header("Артикул", "Опт", "РРЦ", "Себестоимость"), rows)
    formats = {rule.target: rule.number for rule in mapping.columns}
    assert formats["cost"] == NumberFormat(".")
    assert formats["supplier_price"] == NumberFormat(",")


def test_percentages_as_fractions_are_seen() -> None:
    rows = sheet(("RB1", 0.2, 10), ("RB2", 0.1, 11), first=2)
    mapping, _found = propose(header("Артикул", "НДС", "Цена"), rows)
    formats = {rule.target: rule.number for rule in mapping.columns}
    assert formats["vat"] == NumberFormat(fraction=True)
