from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.phone_number import digits, looked_for, numbers, split_off

SAME = [
    "+7 912 345-67-89",
    "8 (912) 345-67-89",
    "8-912-345-67-89",
    "9123456789",
    "7(912)3456789",
    "+7 (912) 345 67 89",
]


@pytest.mark.parametrize("written", SAME)
def test_one_number_has_one_form_however_it_is_written(written):
    assert digits(written) == "79123456789"


@pytest.mark.parametrize(
    ("written", "form"),
    [
        (None, ""),
        ("", ""),
        ("нет", ""),
        ("345-67-89", "3456789"),
        ("+44 20 7946 0018", "442079460018"),
        ("+8 912 345 67 89", "89123456789"),
    ],
)
def test_what_is_no_russian_number_keeps_its_digits(written, form):
    assert digits(written) == form


def test_several_numbers_in_one_field_are_told_apart():
    assert numbers("8 912 345-67-89, 8 343 222-33-44 доб. 12", "+7 912 3456789") == [
        "79123456789",
        "73432223344",
    ]


@pytest.mark.parametrize("typed", ["Иванова", "ул. Ленина, 12", "912", "ivan89@mail.ru", ""])
def test_what_is_no_number_is_not_looked_for_as_one(typed):
    assert looked_for(typed) == []


@given(st.integers(9_000_000_000, 9_999_999_999), st.integers(4, 10))
def test_the_beginning_of_a_number_finds_it_with_any_prefix(number, length):
    form = digits(str(number))
    start = str(number)[:length]
    for typed in (f"8{start}", f"+7{start}", start):
        assert any(piece in form for piece in looked_for(typed)), typed


@given(st.integers(9_000_000_000, 9_999_999_999), st.integers(0, 6), st.integers(4, 10))
def test_a_piece_from_the_middle_finds_the_number(number, first, length):
    piece = str(number)[first : first + length]
    if len(piece) >= 4:
        assert any(found in digits(str(number)) for found in looked_for(piece))


@given(st.text(alphabet="0123456789+-() ,;доб.", max_size=40))
def test_nothing_but_digits_comes_out(text):
    assert all(number.isdigit() for number in numbers(text))


@pytest.mark.parametrize("number", SAME)
def test_a_number_written_behind_a_name_is_split_off(number):
    assert split_off(f"Иванова Мария {number}") == ("Иванова Мария", number)
    assert split_off(f"Иванова Мария, {number}") == ("Иванова Мария", number)


@pytest.mark.parametrize("line", ["Иванова Мария", "Иванов 3-й", "89123456789", "ООО 2000"])
def test_without_name_or_number_nothing_is_split_off(line):
    assert split_off(line) == (line, None)
