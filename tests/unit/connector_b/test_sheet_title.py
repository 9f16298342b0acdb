"""Which sheets of a workbook a profile means."""

from __future__ import annotations

import pytest

from connector_b.rules.sheet_title import takes


@pytest.mark.parametrize("title", ["Прайс", "", "Лист1"])
def test_no_pattern_takes_every_sheet(title: str) -> None:
    assert takes("", title)
    assert takes("  ", title)


@pytest.mark.parametrize("title", ["Прайс", "ПРАЙС ", " прайс", "Прайс."])
def test_a_name_is_compared_as_headers_are(title: str) -> None:
    assert takes("Прайс", title)


@pytest.mark.parametrize("title", ["Прайс март", "Остатки", ""])
def test_a_name_takes_no_other_sheet(title: str) -> None:
    assert not takes("Прайс", title)


@pytest.mark.parametrize(
    ("pattern", "title"),
    [("Прайс*", "прайс март 2025"), ("*оправы*", "Все Оправы"), ("Лист?", "Лист2"), ("*", "любой")],
)
def test_an_asterisk_stands_for_any_text_and_a_question_mark_for_one_sign(
    pattern: str, title: str
) -> None:
    assert takes(pattern, title)


def test_a_pattern_takes_no_sheet_that_it_does_not_fit() -> None:
    assert not takes("Прайс*", "Старый прайс")
    assert not takes("Лист?", "Лист")
