from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from optics_core.rules.short_name import addressed, short_name

words = st.text("абвгдежзиклмнопрстуфхцчшэюя", min_size=2, max_size=12).map(str.capitalize)


@pytest.mark.parametrize(
    ("name", "short", "said"),
    [
        ("Иванова Мария Петровна", "Иванова М. П.", "Мария Петровна И."),
        ("иванова мария", "иванова М.", "мария И."),
        ("Иванова", "Иванова", "И."),
        ("  Иванова   Мария ", "Иванова М.", "Мария И."),
        ("Иванова-Петрова Анна Мария Тереза", "Иванова-Петрова А. М.", "Анна Мария И."),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_names_of_the_ticket_and_of_the_page(name, short, said):
    assert short_name(name) == short
    assert addressed(name) == said


@given(words, st.lists(words, max_size=3))
def test_the_page_never_says_a_surname_in_full(surname, rest):
    assume(surname not in rest)
    assert surname not in addressed(" ".join([surname, *rest])).split()
