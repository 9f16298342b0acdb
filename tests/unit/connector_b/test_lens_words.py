"""What suppliers call the properties of lenses."""

import pytest

from connector_b.rules.lens_words import (
    coating_names,
    design_of,
    is_plastic,
    is_shape,
    material_of,
    source_of,
)


@pytest.mark.parametrize(
    ("text", "design"),
    [
        ("Прогрессивная", "progressive"),
        ("Линза бифокальная 1.5", "bifocal"),
        ("Офисная", "office"),
        ("однофокальная", "single"),
        ("SV", "single"),
        ("Single vision", "single"),
        ("PAL short", "progressive"),
        ("Асферика", None),
        ("", None),
    ],
)
def test_designs_are_known_in_both_languages(text: str, design: str | None) -> None:
    assert design_of(text) == design


def test_a_shape_is_no_design_and_no_mistake() -> None:
    assert is_shape("Асферика")
    assert is_shape("AS")
    assert not is_shape("Ascona")


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("Поликарбонат", "polycarbonate"),
        ("CR-39", "cr39"),
        ("Trivex", "trivex"),
        ("минеральное стекло", "glass"),
        ("полимер", None),
        ("дерево", None),
    ],
)
def test_materials_are_known(text: str, material: str | None) -> None:
    assert material_of(text) == material


def test_plastic_may_be_any_of_several_materials() -> None:
    assert is_plastic("полимер")
    assert not is_plastic("дерево")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Склад", "stock"),
        ("рецептурная", "rx"),
        ("RX", "rx"),
        ("stock", "stock"),
        ("под заказ", "rx"),
        ("неясно", None),
    ],
)
def test_a_lens_lies_on_a_shelf_or_is_made(text: str, source: str | None) -> None:
    assert source_of(text) == source


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("HMC", ["HMC"]),
        ("HMC + UV400", ["HMC", "UV400"]),
        ("HMC/Blue  cut", ["HMC", "Blue cut"]),
        ("без покрытия", []),
        ("UC", []),
    ],
)
def test_coatings_are_listed_one_by_one(text: str, names: list[str]) -> None:
    assert coating_names(text) == names
