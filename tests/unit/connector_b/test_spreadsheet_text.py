"""Texts on their way into a spreadsheet never become formulas; numbers stay numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.spreadsheet_text import restored, safe


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        "-cmd",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1+1",
        "\u00a0=1",
        "\ufeff=1",
        "＝1",
        "+7 (812) 000-14-27",
        "-2.00.00",
        "--5",
    ],
)
def test_what_could_be_a_formula_is_guarded(text: str) -> None:
    assert safe(text) == "'" + text
    assert restored(safe(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "Оправа", "-2.00", "+2,25", "-5", "-1 250,50", "-15%", "-", "+", "a=1", "5", "'так", "'"],
)
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert safe(text) == text
    assert restored(text) == text


@given(st.text(max_size=20))
def test_no_text_begins_like_a_formula_afterwards(text: str) -> None:
    out = safe(text)
    assert not out.lstrip(" \u00a0\ufeff\u200b\x00").startswith(("=", "@", "\t", "\r"))
    assert restored(out) == text or text.startswith("'")
