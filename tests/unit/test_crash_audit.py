"""The crash harness's audit notices each kind of loss and doubling; sound books pass."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.crash.audit import Books, Row, violations
from tests.crash.diary import Promise


def row(number: int) -> Row:
    return Row(f"r{number}", f"k{number}", 100, "printed", "synced", "FN", number, "9", number, 0)


def document(number: int, **changes: Any) -> dict[str, Any]:
    made = {"receipt_id": f"r{number}", "fn": "FN", "fd": number, "fiscal_sign": "9", "total": 100}
    return {**made, **changes}


SHIFT = document(1, receipt_id=None)
SOUND = Books(
    promises=[Promise("k2", "r2", 100, None), Promise("k3", "r3", 100, ("FN", 3, "9"))],
    rows=[row(2), row(3)],
    register=[SHIFT, document(2), document(3)],
    ofd=[document(2), document(3)],
)


def test_sound_books_pass() -> None:
    assert violations(SOUND) == []


@pytest.mark.parametrize(
    ("spoilt", "word"),
    [
        ({"promises": [Promise("k4", "r4", 100, None)]}, "LOST"),
        ({"promises": [Promise("k2", "r9", 100, None)]}, "LOST"),
        ({"promises": [Promise("k2", "r2", 101, None)]}, "CHANGED"),
        ({"promises": [Promise("k2", "r2", 100, ("FN", 3, "9"))]}, "CHANGED"),
        ({"register": [document(2), document(3), document(4, receipt_id="r3")]}, "DUPLICATE"),
        ({"register": [document(2)]}, "NOT PRINTED"),
        ({"register": [*SOUND.register, document(4)]}, "STRANGER"),
        ({"register": [document(2), document(3, total=99)]}, "WRONG DOCUMENT"),
        ({"rows": [row(2), replace(row(3), print_state="queued")]}, "UNKNOWN PRINT"),
        ({"ofd": [document(2)]}, "NOT DELIVERED"),
        ({"ofd": [document(2), document(3), document(3)]}, "DELIVERED TWICE"),
        ({"ofd": [document(2), document(3), document(4)]}, "STRANGER"),
        ({"ofd": [document(2), document(3, fiscal_sign="8")]}, "WRONG DELIVERY"),
        ({"rows": [row(2), replace(row(3), status="pending")]}, "UNKNOWN DELIVERY"),
        ({"ofd": [document(3), document(2)]}, "ORDER"),
        ({"rows": [row(3), row(2)]}, "ORDER"),
        ({"rows": [row(2), replace(row(3), hlc_time=2)]}, "ORDER"),
    ],
)
def test_a_spoilt_book_is_noticed(spoilt: dict[str, Any], word: str) -> None:
    found = violations(replace(SOUND, **spoilt))

    assert any(violation.startswith(word) for violation in found), found
