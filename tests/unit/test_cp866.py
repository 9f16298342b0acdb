from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkt_adapter.app.cp866 import printable


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Очки «Авиатор»", 'Очки "Авиатор"'),
        ("“Ray–Ban” — 5 €…", '"Ray-Ban" - 5 EUR...'),
        ("Заказ № 7, 20 °C", "Заказ № 7, 20 °C"),
        ("Линза 1.56×2 ±0.25", "Линза 1.56x2 +/-0.25"),
        ("Café Zoë", "Cafe Zoe"),
        ("Ёжик й", "Ёжик й"),
        ("и\u0306од", "йод"),
        ("½ м²", "1/2 м2"),
        ("Қазақ әйнек", "Казак айнек"),
        ("строка\nвторая\tтретья\u00a0конец", "строка вторая третья конец"),
        ("мягкий\u00adперенос", "мягкийперенос"),
        ("眼镜 👓", "?? ?"),
        ("  по краям  ", "по краям"),
        ("", ""),
    ],
)
def test_a_text_is_printed_in_letters_the_register_has(text, printed):
    assert printable(text) == printed


@given(st.text())
def test_any_text_becomes_printable_and_then_stays_as_it_is(text):
    printed = printable(text)
    printed.encode("cp866")
    assert all(char.isprintable() for char in printed)
    assert printable(printed) == printed


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяёАЯЁ№ abcXYZ0123456789.,-+()/\"'"))
def test_ordinary_russian_text_is_not_touched(text):
    assert printable(text) == text.strip()
