"""The vocabulary: what suppliers call their columns."""

from __future__ import annotations

import pytest

from connector_b.rules.aliases import ALIASES
from connector_b.rules.label import plain, undated
from connector_b.rules.targets import KEYS, SPANS, TARGETS, Kind, is_money
from connector_b.rules.vocabulary import matches


def best(name: str) -> str | None:
    found = matches(name)
    return found[0].target if found else None


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("Артикул", "supplier_code"),
        ("Арт.", "supplier_code"),
        ("Код", "supplier_code"),
        ("ШК", "barcode"),
        ("Штрих-код", "barcode"),
        ("EAN13", "barcode"),
        ("РРЦ", "list_price"),
        ("Розн. цена", "list_price"),
        ("Цена / розница", "list_price"),
        ("Опт", "supplier_price"),
        ("Закуп", "supplier_price"),
        ("Цена с НДС", "supplier_price"),
        ("Цена, руб.", "supplier_price"),
        ("Цена / опт", "supplier_price"),
        ("Остаток", "quantity"),
        ("Наличие", "quantity"),
        ("Кол-во", "quantity"),
        ("Сфера", "sph"),
        ("SPH", "sph"),
        ("сф.", "sph"),
        ("Цилиндр", "cyl"),
        ("CYL", "cyl"),
        ("Аддидация", "add"),
        ("ADD", "add"),
        ("Диаметр", "diameter"),
        ("Ø", "diameter"),
        ("D", "diameter"),
        ("Индекс", "index"),
        ("n", "index"),
        ("Покрытие", "coating"),
        ("БК", "cl_bc"),
        ("BC", "cl_bc"),
        ("Базовая кривизна", "cl_bc"),
        ("Модель", "frame_model"),
        ("Цвет", "frame_colour"),
        ("Размер 52-18-140", "frame_size"),
        ("Цeна", "supplier_price"),
        ("  ЦЕНА\n(руб.) ", "supplier_price"),
        ("Розн. цена на 01.11.2025", "list_price"),
        ("Наименование товара поставщика", "name"),
        ("Наимен. тов.", "name"),
        ("Срок поставки, дней", "delay"),
        ("Ставка НДС, %", "vat"),
        ("supplier_price", "supplier_price"),
        ("Годен до", None),
        ("", None),
        ("№ п/п", None),
    ],
)
def test_a_header_is_known_in_both_languages(name: str, target: str | None) -> None:
    assert best(name) == target


def test_the_plainest_name_is_the_surest() -> None:
    assert matches("Артикул")[0].strength > matches("Код")[0].strength
    assert matches("Цена")[0].strength > matches("Цена за пару")[0].strength
    assert matches("Розница")[0].strength > matches("Розница / Цена")[0].strength - 0.2


def test_every_target_has_names_and_no_name_has_two_targets() -> None:
    assert set(ALIASES) == set(TARGETS)
    owner: dict[str, str] = {}
    for target, aliases in ALIASES.items():
        assert aliases, target
        for alias in aliases:
            words = plain(alias)
            assert words, alias
            assert owner.setdefault(words, target) == target, alias


def test_targets_are_what_others_build_upon() -> None:
    assert set(KEYS) <= set(TARGETS)
    for name, ends in SPANS.items():
        assert {TARGETS[each].kind for each in (name, *ends)} == {Kind.POWER}
    assert is_money("cost")
    assert not is_money("quantity")
    assert not is_money("")
    assert Kind.MONEY.is_number
    assert not Kind.BARCODE.is_number


def test_marks_case_and_lookalike_letters_do_not_count() -> None:
    assert plain("Цена,  руб.\n(с НДС)") == "цена руб с ндс"
    assert plain("Учётная_цена") == "учетная цена"
    assert plain("СФЕРА") == plain("Cфepa")
    assert plain("Ø, мм") == "ø мм"
    assert plain("...") == ""
    assert undated("Цена на 1 ноября 2025 г.") == "цена"
